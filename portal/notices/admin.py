"""The desk of notices: who was told what, and whether the mail left. Texts of mails are not shown.

What is shown is read only; mails that failed can be sent again.
"""

from importlib import import_module

from django.contrib import admin, messages
from django.db.models import OuterRef, Subquery
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from post_office.models import Attachment, Email, EmailTemplate, Log

from portal.common.desk.filters import LanguageFilter
from portal.common.display import moment, number
from portal.common.refusals import Refused
from portal.notices.models import MailState, Notice
from portal.notices.sending import send_again

# post-office's own desks show the texts of all mails, secrets included.
import_module("post_office.admin")
for _model in (Attachment, Email, EmailTemplate, Log):
    admin.site.unregister(_model)


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state of the e-mail")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        # As they stand in an address: the counts ask for each in turn.
        return [(str(state), label) for state, label in MailState.choices]

    def queryset(self, request, queryset):
        if self.value() not in map(str, MailState.values):
            return queryset
        return queryset.filter(mail__status=self.value())


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin):
    list_display = ["what", "reader", "state"]
    list_display_links = None
    list_filter = [StateFilter, ("language", LanguageFilter), "created_at"]
    show_facets = admin.ShowFacets.ALWAYS
    list_select_related = ["person", "mail"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["email", "person__name"]
    fields = readonly_fields = list_display
    actions = ["send_again"]

    def get_queryset(self, request):
        failures = Log.objects.filter(email=OuterRef("mail")).order_by("-pk")
        return (
            super().get_queryset(request).annotate(reason=Subquery(failures.values("message")[:1]))
        )

    @admin.display(description=pgettext_lazy("reader", "to"), ordering="email")
    def reader(self, notice):
        if notice.is_secret:
            # Whom somebody invites is between the two.
            return format_html("<bdi>•••@{}</bdi>", notice.email.rpartition("@")[2])
        name = notice.person.get_full_name() if notice.person else ""
        return format_html("<bdi>{}</bdi> <bdi>{}</bdi>", name, notice.email)

    @admin.display(description=gettext_lazy("notice"), ordering="created_at")
    def what(self, notice):
        when = moment(notice.created_at)
        return format_html(
            '<bdi>{}</bdi><br><span class="quiet">{}</span>', notice.line_at_desk, when
        )

    @admin.display(description=gettext_lazy("e-mail"), ordering="mail__status")
    def state(self, notice):
        if notice.mail is None:
            return _("sent or failed long ago")
        state = notice.mail.status
        words = MailState(state).label
        if state == MailState.SENT:
            return f"{words}: {moment(notice.mail.last_updated)}"
        if state == MailState.QUEUED:
            return words
        if state == MailState.REQUEUED:
            words = _("will be tried again: %(moment)s") % {
                "moment": moment(notice.mail.scheduled_time)
            }
        return format_html('{}<br><bdi class="quiet">{}</bdi>', words, notice.reason)

    @admin.action(description=gettext_lazy("Send failed e-mails again"), permissions=["view"])
    def send_again(self, request, notices):
        queued = 0
        for notice in notices:
            try:
                send_again(notice, by=request.user)
            except Refused:
                continue
            queued += 1
        message = ngettext(
            "%(count)s e-mail that had failed will be sent again.",
            "%(count)s e-mails that had failed will be sent again.",
            queued,
        ) % {"count": number(queued)}
        self.message_user(request, message, messages.SUCCESS if queued else messages.WARNING)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
