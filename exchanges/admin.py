"""The curators' desk for cities, dialogue events, partners, themes and countries."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from exchanges.membership_admin import PeopleOfCityFilter
from exchanges.models import (
    City,
    CitySource,
    Country,
    DialogueEvent,
    EventDocument,
    EventPartner,
    EventPhoto,
    EventSource,
    Partner,
    Theme,
)
from exchanges.resources import CityResource
from portal.common.admin import DocumentInline, PhotoInline, SourceInline
from portal.common.desk.filters import MissingTranslationFilter, WithoutSourceFilter
from portal.common.desk.lists import date_column, text_column, yes_or_no
from portal.common.desk.spreadsheets import SpreadsheetAdmin
from portal.common.sorting import sort_columns
from portal.search.admin import SearchedAdmin


class CitySourceInline(SourceInline):
    model = CitySource


@admin.register(City)
class CityAdmin(SpreadsheetAdmin, SearchedAdmin):
    resource_classes = [CityResource]
    named = text_column("name", _("name"))
    published = yes_or_no("is_published", _("published"))
    list_display = ["named", "country", "standing", "population", "published"]
    list_filter = [
        MissingTranslationFilter,
        WithoutSourceFilter,
        "is_published",
        PeopleOfCityFilter,
        "standing",
        "country__region",
    ]
    list_select_related = ["country"]
    search_fields = ["slug"]
    folded_search_fields = [*sort_columns(), "spellings"]
    autocomplete_fields = ["country", "offers", "seeks"]
    slug_from = "name"
    inlines = [CitySourceInline]
    fieldsets = [
        (
            _("Name"),
            {
                "fields": ["name", "other_names", "country", "slug"],
                "description": _(
                    "The name in each language as its readers write it. Once the city is "
                    "published, its name in addresses stays as it is."
                ),
            },
        ),
        (
            _("Facts"),
            {
                "fields": [
                    ("population", "population_year"),
                    "population_basis",
                    "website",
                    ("latitude", "longitude"),
                ],
                "description": _(
                    "A population needs its year and what it covers. A city without coordinates "
                    "stands beside the map."
                ),
            },
        ),
        (
            _("In the network"),
            {
                "fields": ["standing", "offers", "seeks", "email_domains"],
                "description": _("What the city can give to others, and what it looks for."),
            },
        ),
        (
            _("Publication"),
            {
                "fields": ["is_published", "curator_note"],
                "description": _("An unpublished city appears nowhere in public."),
            },
        ),
    ]


class EventPartnerInline(admin.TabularInline):
    model = EventPartner
    extra = 0
    autocomplete_fields = ["partner"]


class EventSourceInline(SourceInline):
    model = EventSource


class EventDocumentInline(DocumentInline):
    model = EventDocument


class EventPhotoInline(PhotoInline):
    model = EventPhoto


@admin.register(DialogueEvent)
class DialogueEventAdmin(SearchedAdmin):
    titled = text_column("title", _("title"))
    begins = date_column("starts", _("start"))
    published = yes_or_no("is_published", _("published"))
    list_display = ["titled", "begins", "confidence", "published"]
    list_filter = [MissingTranslationFilter, WithoutSourceFilter, "is_published", "confidence"]
    ordering = ["-starts", "slug"]
    search_fields = ["slug", "starts"]
    autocomplete_fields = ["host_cities", "cities", "themes"]
    slug_from = "title"
    inlines = [EventPartnerInline, EventSourceInline, EventDocumentInline, EventPhotoInline]
    fieldsets = [
        (
            _("What"),
            {
                "fields": ["original_language", "title", "summary", "themes"],
                "description": _("A title that says what was discussed, then three sentences."),
            },
        ),
        (
            _("When and where"),
            {
                "fields": [("starts", "ends"), "host_cities", "venue"],
                "description": _("A date may be a year, a month or a day: 2024, 2024-03."),
            },
        ),
        (
            _("Who came"),
            {
                "fields": ["participants", "participants_number", "cities"],
                "description": _("Only what a source says; leave empty what is not known."),
            },
        ),
        (
            _("Publication"),
            {
                "fields": ["confidence", "is_published", "slug", "curator_note"],
                "description": _(
                    "The page tells readers how sure we are. Once the event is published, its "
                    "name in addresses stays as it is."
                ),
            },
        ),
    ]


@admin.register(Partner)
class PartnerAdmin(SearchedAdmin):
    named = text_column("name", _("name"))
    list_display = ["named", "kind", "city"]
    list_filter = [MissingTranslationFilter, "kind"]
    list_select_related = ["city"]
    search_fields = ["slug"]
    autocomplete_fields = ["city"]
    slug_from = "name"
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "kind", "city", "website", "slug", "curator_note"],
                "description": _("Organisations that host, accompany, support or fund."),
            },
        )
    ]


@admin.register(Theme)
class ThemeAdmin(SearchedAdmin):
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
                "description": _("Keep themes few: cities, findings and practices share them."),
            },
        )
    ]


@admin.register(Country)
class CountryAdmin(SearchedAdmin):
    named = text_column("name", _("name"))
    list_display = ["named", "code", "region"]
    list_filter = [MissingTranslationFilter, "region"]
    search_fields = ["code"]
    fieldsets = [
        (
            None,
            {
                "fields": ["code", "name", "region"],
                "description": _("Names as in CLDR. The region groups countries in filters."),
            },
        )
    ]
