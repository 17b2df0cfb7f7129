"""The curators' desk for what cities send in: the queue."""

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from portal.common.desk.history import HistoryInJournal
from portal.common.display import day
from portal.common.languages import shown
from portal.common.templatetags.text import isolated
from practices.models import Submission
from practices.permissions import may_review
from practices.review_page import OUT_OF_HANDS
from practices.review_views import ReviewViews
from practices.submission_filters import (
    KindFilter,
    OriginalLanguageFilter,
    QueueFilter,
    StateFilter,
    found,
)

_TAGGED = '{} <span class="tag tag--{}">{}</span>'


class SubmissionAdmin(ReviewViews, HistoryInJournal, admin.ModelAdmin):
    """Nothing is added, deleted or set by hand here: curators' acts are those of practices.review.

    Drafts are their authors' alone: for the desk there are none.
    """

    list_display = ["titled", "of_city", "stage", "promise", "curator"]
    list_filter = [
        QueueFilter,
        StateFilter,
        KindFilter,
        "city__country__region",
        OriginalLanguageFilter,
    ]
    show_facets = admin.ShowFacets.ALWAYS
    list_select_related = ["city__country", "reviewer"]
    list_per_page = 50
    show_full_result_count = False
    ordering = [F("due_on").asc(nulls_last=True), "-sent_at"]
    sortable_by = ["promise"]
    search_fields = ["reference"]
    search_help_text = gettext_lazy("Searches references, titles and cities.")
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        return Submission.objects.at_desk().with_confirmation()

    def changelist_view(self, request, extra_context=None):
        title = {"title": _("What cities have sent in")}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def get_search_results(self, request, queryset, search_term):
        return found(queryset, search_term), False

    @admin.display(description=gettext_lazy("title"))
    def titled(self, submission):
        title = submission.desk_title or submission.reference
        small = '<br><small class="quiet" dir="ltr">{}</small>'
        return format_html("<bdi>{}</bdi>" + small, title, submission.reference)

    @admin.display(description=gettext_lazy("city"))
    def of_city(self, submission):
        typed = format_html("<bdi>{}</bdi>", submission.desk_answers.get("city") or "–")
        if submission.state in OUT_OF_HANDS:
            return typed
        if submission.city is None:
            return format_html(_TAGGED, typed, "warn", _("not in the exchange yet"))
        name = isolated(shown(submission.city, "name"))
        if submission.is_confirmed or not submission.is_open:
            return name
        return format_html(_TAGGED, name, "warn", _("not yet confirmed"))

    @admin.display(description=gettext_lazy("state"))
    def stage(self, submission):
        kind = _("new version") if submission.changes_a_practice else _("new practice")
        return format_html('{}<br><small class="quiet">{}</small>', submission.status.label, kind)

    @admin.display(
        description=pgettext_lazy("of an answer", "promised by"),
        ordering=F("due_on").asc(nulls_last=True),
    )
    def promise(self, submission):
        if submission.due_on is None:
            return "–"
        if not submission.is_late:
            return day(submission.due_on)
        late = pgettext("answer", "late")
        return format_html(_TAGGED, day(submission.due_on), "late", late)

    @admin.display(description=gettext_lazy("curator"))
    def curator(self, submission):
        if submission.reviewer is None:
            return "–"
        return format_html("<bdi>{}</bdi>", submission.reviewer)

    def has_view_permission(self, request, obj=None):
        return may_review(request.user)

    has_change_permission = has_module_permission = has_view_permission

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
