"""Desks of the search: of records that it finds or that are shown on one, and of its misses."""

from contextlib import nullcontext

from django.contrib import admin
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from import_export import resources

from portal import search
from portal.common.admin import CuratedAdmin
from portal.common.desk.filters import LanguageFilter
from portal.common.desk.spreadsheets import SpreadsheetAdmin
from portal.search.misses import Miss


class SearchedAdmin(CuratedAdmin):
    """Refreshes the search entries last in the transaction of a save or a deletion."""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        search.refresh([form.instance])

    def delete_model(self, request, obj):
        with search.refreshing([obj]):
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with search.refreshing(queryset):
            super().delete_queryset(request, queryset)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        is_restoring = request.method == "POST" and object_id.isdecimal()
        record = self.model._default_manager.filter(pk=object_id) if is_restoring else ()
        with search.refreshing(record) if is_restoring else nullcontext():
            return super().history_form_view(request, object_id, version_id, extra_context)


class MissResource(resources.ModelResource):
    """One row a search without a match; never read in again."""

    class Meta:
        model = Miss
        fields = ["query", "instead", "language", "place", "count", "first_day", "last_day"]


@admin.register(Miss)
class MissAdmin(SpreadsheetAdmin, admin.ModelAdmin):
    """What readers looked for and did not find, for those who write what can be found."""

    resource_classes = [MissResource]
    list_display = [
        "query", "instead", "count", "language_named", "place", "first_day", "last_day",
    ]  # fmt: skip
    readonly_fields = list_display
    list_filter = [("language", LanguageFilter), "place"]
    list_display_links = None
    list_per_page = 100
    show_full_result_count = False
    search_fields = ["query"]
    actions = None

    @admin.display(description=_("language of the page"), ordering="language")
    def language_named(self, miss):
        return get_language_info(miss.language)["name_translated"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
