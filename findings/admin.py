"""The curators' desk for findings and editions."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from findings.models import (
    Discussion,
    Edition,
    EditionSource,
    Finding,
    FindingPhoto,
    FindingSource,
)
from portal.common.admin import PhotoInline, SourceInline
from portal.common.desk.filters import MissingTranslationFilter, WithoutSourceFilter
from portal.common.desk.lists import text_column, yes_or_no
from portal.common.languages import columns
from portal.search.admin import SearchedAdmin


class DiscussionInline(admin.TabularInline):
    model = Discussion
    extra = 0
    autocomplete_fields = ["event"]


class FindingSourceInline(SourceInline):
    model = FindingSource


class FindingPhotoInline(PhotoInline):
    model = FindingPhoto


@admin.register(Finding)
class FindingAdmin(SearchedAdmin):
    titled = text_column("title", _("title"))
    partial = yes_or_no("is_partial", _("partial"))
    published = yes_or_no("is_published", _("published"))
    list_display = ["titled", "edition", "number", "partial", "published"]
    list_filter = [
        MissingTranslationFilter,
        WithoutSourceFilter,
        "edition",
        "is_partial",
        "is_published",
    ]
    ordering = ["-edition__year", "number"]
    search_fields = ["edition__year"]
    autocomplete_fields = ["edition", "themes"]
    inlines = [DiscussionInline, FindingSourceInline, FindingPhotoInline]
    fieldsets = [
        (
            _("The finding"),
            {
                "fields": [
                    ("edition", "number"),
                    "original_language",
                    "title",
                    "summary",
                    "recommendation",
                    "themes",
                ],
                "description": _("What was found first, then what cities are advised to do."),
            },
        ),
        (
            _("Publication"),
            {
                "fields": ["is_partial", "is_published", "curator_note"],
                "description": _("A partial finding says so at the top of its page."),
            },
        ),
    ]

    def get_queryset(self, request):
        """With editions: the name of a finding begins with the year."""
        return super().get_queryset(request).select_related("edition")


class EditionSourceInline(SourceInline):
    model = EditionSource


@admin.register(Edition)
class EditionAdmin(SearchedAdmin):
    titled = text_column("title", _("title"))
    complete = yes_or_no("is_complete", _("complete"))
    published = yes_or_no("is_published", _("published"))
    list_display = ["year", "titled", "complete", "published"]
    list_filter = [MissingTranslationFilter, WithoutSourceFilter, "is_complete", "is_published"]
    search_fields = [*columns("title"), "year"]
    autocomplete_fields = ["supporters"]
    inlines = [EditionSourceInline]
    fieldsets = [
        (
            _("The edition"),
            {
                "fields": ["year", "original_language", "title", "intro", "supporters"],
                "description": _("One edition a year. Its findings are written one by one."),
            },
        ),
        (
            _("Publication"),
            {
                "fields": [
                    "is_complete",
                    ("published_on", "updated_on"),
                    "is_published",
                    "curator_note",
                ],
                "description": _("Mark it complete when all ten findings are here."),
            },
        ),
    ]
