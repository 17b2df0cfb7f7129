"""The curators' desk for practices and target groups."""

from django.contrib import admin, messages
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from findings.models import Finding
from portal.common.admin import DocumentInline, PhotoInline, SourceInline
from portal.common.desk.filters import MissingTranslationFilter, WithoutSourceFilter
from portal.common.desk.lists import date_column, text_column
from portal.common.desk.spreadsheets import SpreadsheetAdmin
from portal.common.display import number
from portal.common.refusals import Refused
from portal.common.sorting import sort_columns
from portal.search.admin import SearchedAdmin
from practices import publication
from practices.models import (
    Practice,
    PracticeDocument,
    PracticePhoto,
    PracticeSource,
    Submission,
    TargetGroup,
)
from practices.resources import PracticeResource
from practices.submission_admin import SubmissionAdmin

# Cities wait for it: it stands first on the desk's page.
admin.site.register(Submission, SubmissionAdmin)


class PastReviewFilter(admin.SimpleListFilter):
    """Practices whose review date has passed."""

    title = _("date of review")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [("past", _("Has passed"))]

    def queryset(self, request, queryset):
        return queryset.past_review() if self.value() == "past" else queryset


class PracticeSourceInline(SourceInline):
    model = PracticeSource


class PracticeDocumentInline(DocumentInline):
    model = PracticeDocument


class PracticePhotoInline(PhotoInline):
    model = PracticePhoto


@admin.register(Practice)
class PracticeAdmin(SpreadsheetAdmin, SearchedAdmin):
    resource_classes = [PracticeResource]
    titled = text_column("title", _("title"))
    review = date_column("review_by", _("to be reviewed by"))
    list_display = ["titled", "city", "evidence", "state", "review"]
    list_filter = [
        "state",
        MissingTranslationFilter,
        "evidence",
        WithoutSourceFilter,
        PastReviewFilter,
        "main_theme",
        "city__country__region",
    ]
    show_facets = admin.ShowFacets.ALWAYS
    list_select_related = ["city"]
    ordering = ["-updated_at", "-pk"]
    search_fields = ["slug"]
    folded_search_fields = [*sort_columns(), "city__spellings"]
    readonly_fields = ["published_at", "gone_since"]
    actions = ["withdraw", "archive", "publish_again"]
    autocomplete_fields = [
        "city",
        "other_cities",
        "findings",
        "main_theme",
        "themes",
        "target_groups",
    ]
    inlines = [PracticeSourceInline, PracticeDocumentInline, PracticePhotoInline]
    fieldsets = [
        (
            _("What and where"),
            {
                "fields": [
                    "original_language",
                    "title",
                    "summary",
                    "city",
                    "other_cities",
                    ("starts", "ends"),
                ],
                "description": _(
                    "An official reads title and summary first: say what was done, without praise."
                ),
            },
        ),
        (
            _("The story"),
            {
                "fields": ["problem", "approach", "steps"],
                "description": _("Why the city acted, what it did, and how another would begin."),
            },
        ),
        (
            _("Who and with what"),
            {
                "fields": ["run_by", "for_whom", "target_groups", "resources", "cost_band"],
                "description": _("What a city without a budget needs to know before it begins."),
            },
        ),
        (
            _("Did it work"),
            {
                "fields": [
                    "evidence",
                    "effect",
                    "evaluation",
                    "evaluation_url",
                    "what_did_not_work",
                    "what_a_city_needs",
                ],
                "description": _(
                    "Whether it helped and how well that is known are two questions. Claims are "
                    "attributed; a missing evaluation is said to be missing."
                ),
            },
        ),
        (
            _("Where it belongs"),
            {
                "fields": ["main_theme", "themes", "findings"],
                "description": _("The main theme is one of the themes."),
            },
        ),
        (
            _("Publication"),
            {
                "fields": [
                    "state",
                    "published_at",
                    "gone_since",
                    "gone_reason",
                    "review_by",
                    "slug",
                    "curator_note",
                ],
                "description": _(
                    "Unlisted is the draft: only this desk shows it. Withdrawn and archived "
                    "practices leave a page that says so. Once the practice is published, its name "
                    "in addresses stays as it is."
                ),
            },
        ),
    ]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "findings":
            # The name of a finding begins with the year of its edition.
            kwargs["queryset"] = Finding.objects.select_related("edition").in_order_of_number()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        before = Practice.objects.filter(pk=obj.pk).values_list("state", flat=True).first()
        super().save_model(request, obj, form, change)
        publication.announce(obj, before, by=request.user)

    def has_curate_permission(self, request):
        return self.may_curate(request)

    @admin.action(description=_("Withdraw in the name of the city"), permissions=["curate"])
    def withdraw(self, request, queryset):
        self._act_on_each(request, queryset, publication.withdraw)

    @admin.action(description=_("Archive"), permissions=["curate"])
    def archive(self, request, queryset):
        self._act_on_each(request, queryset, publication.archive)

    @admin.action(description=_("Publish again"), permissions=["curate"])
    def publish_again(self, request, queryset):
        self._act_on_each(request, queryset, publication.publish_again)

    def _act_on_each(self, request, queryset, act):
        done = 0
        for practice in queryset:
            try:
                act(practice, by=request.user)
                done += 1
            except Refused as refused:
                messages.error(request, format_html("<bdi>{}</bdi>: {}", practice, refused))
        if done:
            text = ngettext("%(number)s practice changed.", "%(number)s practices changed.", done)
            messages.success(request, text % {"number": number(done)})


@admin.register(TargetGroup)
class TargetGroupAdmin(SearchedAdmin):
    named = text_column("name", _("name"))
    list_display = ["named", "slug"]
    list_filter = [MissingTranslationFilter]
    search_fields = ["slug"]
    slug_from = "name"
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "description", "slug"],
                "description": _("About ten in all: they are a filter, not a description."),
            },
        )
    ]
