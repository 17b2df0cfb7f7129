"""The desk of a record that search finds, or that is shown on one that search finds."""

from contextlib import nullcontext

from portal import search
from portal.common.admin import CuratedAdmin


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
