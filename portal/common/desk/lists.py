"""Lists of records on the desk: sorted for the reader, found whatever the spelling."""

from functools import reduce
from operator import or_

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from portal.common.display import day
from portal.common.languages import shown
from portal.common.sorting import SortedByText, sort_column, sort_key
from portal.common.templatetags.text import isolated
from portal.common.text import has_letter_or_digit


def sorting_of(model: type[models.Model], name: str | None) -> str | None:
    """What sorts the column `name` of `model` as a reader expects; None for the column itself."""
    if issubclass(model, SortedByText) and name == model.sort_field:
        return sort_column()
    field = next((field for field in model._meta.fields if field.name == name), None)
    if field and field.many_to_one and issubclass(field.related_model, SortedByText):
        return f"{name}__{sort_column()}"
    return None


def found_by(
    queryset: models.QuerySet, typed: str, search_fields: list[str], folded_fields: list[str]
) -> models.QuerySet:
    """The rows that have every word of `typed` in a search field.

    In `folded_fields`, which hold texts as sort_key() makes them, case, accents, vowel marks and
    seats of hamza do not count.
    """
    for word in typed.split():
        found = [models.Q(**{f"{field}__icontains": word}) for field in search_fields]
        if has_letter_or_digit(word):
            found += [models.Q(**{f"{f}__contains": sort_key(word)}) for f in folded_fields]
        queryset = queryset.filter(reduce(or_, found))
    return queryset


def text_column(name: str, label: str):
    """A column with a translated text, in the page's language where it can be."""

    @admin.display(ordering=name, description=label)
    def shows(desk, record) -> SafeString:
        return isolated(shown(record, name))

    return shows


def date_column(name: str, label: str):
    """A column with a date of any precision, in words."""

    @admin.display(ordering=name, description=label)
    def shows(desk, record) -> str:
        value = getattr(record, name)
        return day(value) if value else ""

    return shows


def yes_or_no(name: str, label: str):
    """A column that shows a boolean field as an icon that is read out in the page's language."""

    @admin.display(ordering=name, description=label)
    def shows(desk, record) -> SafeString:
        value = getattr(record, name)
        icon = static(f"admin/img/icon-{'yes' if value else 'no'}.svg")
        return format_html('<img src="{}" alt="{}">', icon, in_words(value))

    return shows


def in_words(value: bool) -> str:
    return pgettext("answer", "yes") if value else pgettext("answer", "no")


class SortedChangeList(ChangeList):
    """A list whose columns of names are sorted by the keys of the page's language."""

    def get_ordering_field(self, field_name):
        name = super().get_ordering_field(field_name)
        return sorting_of(self.model, name) or name
