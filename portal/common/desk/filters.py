"""Filters that show what is left to do."""

from functools import reduce
from operator import or_

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from portal.common.languages import LANGUAGE_CODES, columns


class MissingTranslationFilter(admin.SimpleListFilter):
    """Records with a text that is missing in one language although another has it."""

    title = _("missing text")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return [(code, get_language_info(code)["name_translated"]) for code in LANGUAGE_CODES]

    def queryset(self, request, queryset):
        if self.value() not in LANGUAGE_CODES:
            return queryset
        fields = translator.get_options_for_model(queryset.model).fields
        return queryset.filter(reduce(or_, (_missing(field, self.value()) for field in fields)))


class WithoutSourceFilter(admin.SimpleListFilter):
    """Records that name no source at all."""

    title = _("sources")
    parameter_name = "sources"

    def lookups(self, request, model_admin):
        return [("none", _("No source named"))]

    def queryset(self, request, queryset):
        return queryset.filter(sources=None) if self.value() == "none" else queryset


class LanguageFilter(admin.ChoicesFieldListFilter):
    """The languages of a field, named in the language of the page."""

    def choices(self, changelist):
        names = {
            name: get_language_info(code)["name_translated"]
            for code, name in self.field.flatchoices
        }
        for choice in super().choices(changelist):
            name, before_count, count = str(choice["display"]).partition(" (")
            yield choice | {"display": names.get(name, name) + before_count + count}


def _missing(field: str, language: str) -> Q:
    """`field` is empty in `language` and filled in some other."""
    column = build_localized_fieldname(field, language)
    others = [name for name in columns(field) if name != column]
    is_empty = Q(**{f"{column}__isnull": True}) | Q(**{column: ""})
    return is_empty & reduce(or_, (Q(**{f"{other}__gt": ""}) for other in others))
