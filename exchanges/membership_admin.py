"""The curators' desk for those who speak for cities: what waits first, decided by acts only."""

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from exchanges import membership as acts
from exchanges.choices import MembershipState
from exchanges.models import Membership
from exchanges.models.membership import REASON_LENGTH
from exchanges.permissions import is_curator
from portal.accounts.forms import Email
from portal.accounts.models import User
from portal.common.desk.history import HistoryInJournal
from portal.common.display import moment
from portal.common.formfields import CleanedCharField
from portal.common.languages import shown
from portal.common.refusals import Refused
from portal.common.templatetags.text import isolated


class ReasonActionForm(ActionForm):
    """What to do with the chosen ones, and why."""

    reason = CleanedCharField(
        label=_("Reason (the person reads it)"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class AppointmentForm(forms.ModelForm):
    """Somebody with an account who is to speak for a city from now on."""

    email = Email(label=_("E-mail address of the account"))

    class Meta:
        model = Membership
        fields = ["city", "role"]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        self.person = User.objects.filter(email=email, is_active=True).first()
        if self.person is None:
            message = _("There is no account with this address. Invite it on the city’s page.")
            raise forms.ValidationError(message, code="unknown")
        return email


class PeopleOfCityFilter(admin.SimpleListFilter):
    """Cities whose people need a curator."""

    title = pgettext_lazy("of a city", "people")
    parameter_name = "people"

    def lookups(self, request, model_admin):
        return [
            ("waiting", _("Somebody waits for a decision")),
            ("no-focal-point", _("Has people, but no focal point")),
            ("none", _("Nobody speaks for it")),
        ]

    def queryset(self, request, queryset):
        of_city = Membership.objects.filter(city=OuterRef("pk"))
        waiting, speaking, deciding = map(
            Exists, (of_city.waiting(), of_city.confirmed(), of_city.focal_points())
        )
        if self.value() == "waiting":
            return queryset.filter(waiting)
        if self.value() == "no-focal-point":
            return queryset.filter(speaking, ~deciding)
        return queryset.filter(~speaking) if self.value() == "none" else queryset


@admin.register(Membership)
class MembershipAdmin(HistoryInJournal, admin.ModelAdmin):
    """Nothing is edited and nothing deleted here: what happens to a membership is an act."""

    list_display = ["who", "of_city", "role", "state", "asked", "decide"]
    list_display_links = ["who"]
    list_filter = ["state", "role"]
    list_select_related = ["person", "city"]
    list_per_page = 50
    show_facets = admin.ShowFacets.ALWAYS
    show_full_result_count = False
    search_fields = ["person__name", "person__email", "city__slug", "city__spellings"]
    autocomplete_fields = ["city"]
    actions = ["confirm_chosen", "refuse_chosen", "end_chosen"]
    action_form = ReasonActionForm
    readonly_facts = [
        "who", "of_city", "role", "state", "decide", "asked_at", "decided_at", "decider",
        "ended_at", "ender", "reason",
    ]  # fmt: skip

    def get_ordering(self, request):
        """Those first that wait for a decision, the oldest of them on top."""
        place = Case(
            When(state=MembershipState.ASKED, then=0), default=1, output_field=IntegerField()
        )
        waiting_since = Case(When(state=MembershipState.ASKED, then="asked_at"))
        return [place.asc(), waiting_since.asc(), "-asked_at", "-pk"]

    def changelist_view(self, request, extra_context=None):
        title = {"title": gettext("Who speaks for cities")}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(
            request, obj, **kwargs, **({} if obj else {"form": AppointmentForm})
        )

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = field.widget.can_view_related = False
            field.widget.can_change_related = False
        return field

    def get_fields(self, request, obj=None):
        return self.readonly_facts if obj else ["email", "city", "role"]

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Whether the reader may run the actions; each act asks again."""
        return is_curator(request.user)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return redirect(request.path)

    def save_model(self, request, obj, form, change):
        appointed = acts.appoint(form.person, obj.city, by=request.user, role=obj.role)
        obj.pk = appointed.pk
        obj.refresh_from_db()

    def log_addition(self, request, obj, message):
        """Nothing: the act is in the journal."""

    def response_add(self, request, obj, post_url_continue=None) -> HttpResponse:
        self.message_user(request, _("The person speaks for the city now."), messages.SUCCESS)
        return redirect("admin:exchanges_membership_changelist")

    def get_view_on_site_url(self, obj=None):
        """The page where the membership is decided."""
        return reverse("exchanges:city-person", args=[obj.city.slug, obj.pk]) if obj else None

    @admin.display(description=_("person"), ordering="person__name")
    def who(self, membership) -> SafeString:
        person = membership.person
        return format_html(
            '<bdi>{}</bdi><br><bdi dir="ltr" class="quiet">{}</bdi>', person.name, person.email
        )

    @admin.display(description=_("city"), ordering="city__slug")
    def of_city(self, membership) -> SafeString:
        return isolated(shown(membership.city, "name"))

    @admin.display(description=_("decided by"))
    def decider(self, membership) -> SafeString | str:
        if membership.decided_at and not membership.decided_by:
            return _("by the domain of the address")
        return _name(membership.decided_by)

    @admin.display(description=_("ended by"))
    def ender(self, membership) -> SafeString | str:
        return _name(membership.ended_by)

    @admin.display(description=pgettext_lazy("a membership", "asked"), ordering="asked_at")
    def asked(self, membership) -> str:
        return moment(membership.asked_at)

    @admin.display(description=pgettext_lazy("a membership", "decision"))
    def decide(self, membership) -> SafeString:
        is_waiting = membership.is_waiting
        label = (
            pgettext("a membership", "Decide") if is_waiting else pgettext("a membership", "View")
        )
        return format_html('<a href="{}">{}</a>', self.get_view_on_site_url(membership), label)

    @admin.action(description=_("Confirm the chosen requests"), permissions=["decide"])
    def confirm_chosen(self, request, queryset):
        self._each(request, queryset, lambda one: acts.confirm(one, by=request.user))

    @admin.action(description=_("Refuse the chosen requests"), permissions=["decide"])
    def refuse_chosen(self, request, queryset):
        if reason := self._reason(request):
            self._each(
                request, queryset, lambda one: acts.refuse(one, by=request.user, reason=reason)
            )

    @admin.action(description=_("End the chosen memberships"), permissions=["decide"])
    def end_chosen(self, request, queryset):
        if reason := self._reason(request):
            self._each(request, queryset, lambda one: acts.end(one, by=request.user, reason=reason))

    def _reason(self, request: HttpRequest) -> str:
        form = ReasonActionForm(request.POST)
        del form.fields["action"]
        reason = form.cleaned_data.get("reason", "") if form.is_valid() else ""
        if not reason:
            message = _("Say why, beside the action: the person reads it. Nothing was done.")
            self.message_user(request, message, messages.ERROR)
        return reason

    def _each(
        self,
        request: HttpRequest,
        queryset: QuerySet[Membership],
        act: Callable[[Membership], None],
    ) -> None:
        done = 0
        for membership in queryset:
            try:
                act(membership)
            except Refused as refusal:
                self.message_user(request, f"{membership}: {refusal}", messages.ERROR)
            else:
                done += 1
        if done:
            message = ngettext("%(count)s done.", "%(count)s done.", done) % {"count": done}
            self.message_user(request, message, messages.SUCCESS)


def _name(person: User | None) -> SafeString | str:
    # No link: curators have no desk for accounts.
    return format_html("<bdi>{}</bdi>", person.name) if person else "-"
