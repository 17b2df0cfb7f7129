"""What every desk of the curators shares: languages, history, filters, rights."""

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline
from modeltranslation.fields import TranslationField
from modeltranslation.utils import build_localized_fieldname

from portal.common.desk.deletion import readable_deletion
from portal.common.desk.forms import InItsLanguage
from portal.common.desk.history import HistoryDesk
from portal.common.desk.lists import SortedChangeList, found_by
from portal.common.formfields import DIGITS_AWARE
from portal.common.languages import current_language
from portal.common.sorting import SortedByText, sort_column, sort_columns


class TextsForTranslators:
    """Mixin for desks: who may change records but not add any changes their texts only."""

    def get_readonly_fields(self, request, obj=None):
        fixed = super().get_readonly_fields(request, obj)
        if self.may_curate(request):
            return fixed
        listed = [*flatten_fieldsets(self.get_fieldsets(request, obj)), *fixed]
        is_open = self.has_change_permission(request)
        return [name for name in dict.fromkeys(listed) if not (is_open and self._is_text(name))]

    def may_curate(self, request) -> bool:
        """Whether the person writes records, not only their texts."""
        return request.user.has_perm(f"{self.opts.app_label}.add_{self.opts.model_name}")

    def _is_text(self, name: str) -> bool:
        columns = {field.name: field for field in self.opts.fields}
        return isinstance(columns.get(name), TranslationField)


class CuratedAdmin(TextsForTranslators, InItsLanguage, HistoryDesk, TranslationAdmin):
    """A desk with a tab a language and a history with differences.

    `slug_from` names the translated field from which the slug of a new record is proposed;
    `folded_search_fields` are searched beside `search_fields`, whatever the spelling.
    """

    save_on_top = True
    list_per_page = 50
    show_full_result_count = False
    formfield_overrides = DIGITS_AWARE
    change_form_template = "admin/curated_change_form.html"
    slug_from = None
    folded_search_fields = None

    class Media:
        js = ["js/language-tabs.js"]

    def get_changelist(self, request, **kwargs):
        return SortedChangeList

    def get_ordering(self, request):
        if self.ordering or not issubclass(self.model, SortedByText):
            return super().get_ordering(request)
        return [sort_column(), "pk"]

    def get_search_results(self, request, queryset, search_term):
        is_named = issubclass(self.model, SortedByText)
        folded = self.folded_search_fields or (sort_columns() if is_named else [])
        return found_by(queryset, search_term, self.get_search_fields(request), folded), False

    def get_prepopulated_fields(self, request, obj=None):
        if obj or not self.slug_from:
            return {}
        return {"slug": [build_localized_fieldname(self.slug_from, settings.LANGUAGE_CODE)]}

    def get_changeform_initial_data(self, request):
        return {
            "original_language": current_language(),
            **super().get_changeform_initial_data(request),
        }

    def get_view_on_site_url(self, obj=None):
        """The page of a record that everybody may see, else None."""
        if obj is None or not hasattr(obj, "get_absolute_url"):
            return None
        # As it is stored: a form with a fault has filled `obj` with what was typed.
        public = type(obj)._default_manager.published().filter(pk=obj.pk).first()
        return public.get_absolute_url() if public else None

    def get_deleted_objects(self, objs, request):
        return readable_deletion(super().get_deleted_objects(objs, request))

    def revert_disabled(self, request, obj=None):
        """Bringing a version back sets every column, so it is not for translators."""
        return not self.may_curate(request) or super().revert_disabled(request, obj)


class CuratedInline(TextsForTranslators, InItsLanguage, TranslationStackedInline):
    """Rows that hang on a record, with a tab a language."""

    extra = 0
    formfield_overrides = DIGITS_AWARE


class SourceInline(CuratedInline):
    """Where the facts of a record come from."""

    fields = ["label", "url", "position"]


class DocumentInline(CuratedInline):
    """Files to read."""

    fields = ["title", "file", "language", "position"]


class PhotoInline(CuratedInline):
    """Photographs with what a reader who does not see them needs."""

    fields = ["preview", "image", "alt", "caption", "credit", "position"]
    readonly_fields = ["preview"]

    @admin.display(description=_("preview"))
    def preview(self, photo):
        if not photo.pk or not photo.image._committed:
            return ""
        return format_html('<img class="photo-preview" src="{}" alt="{}">', photo.url, str(photo))
