"""How a curator picks one record among many on the review page: by the desk's search, among the
likely ones, or by typing what it is called where no script runs.
"""

import re
from collections.abc import Callable, Iterable

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal import search
from practices.models import Practice, Submission

NEAREST_SHOWN = 5
_ADDRESS = re.compile(r"/practices/(?P<number>[0-9]{1,18})-")


def number_in(text: str) -> int:
    """The number that `text` is; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def nearest_practices(submission: Submission) -> list[Practice]:
    """The published practices that have most in common with what a city sent in, the nearest
    first.
    """
    told = (submission.answers.get(name) or "" for name in ("title", "problem", "approach"))
    found = search.find(
        " ".join(told).strip() or submission.reference,
        language=submission.original_language,
        kinds=["practice"],
        limit=NEAREST_SHOWN,
        repair=False,
    )
    practices = Practice.objects.published().select_related("city").in_bulk(found.ids)
    return [practices[pk] for pk in found.ids if pk in practices]


def practices_at(address: str) -> list[Practice]:
    """The published practice whose page has this address."""
    found = _ADDRESS.search(address)
    published = Practice.objects.published()
    return list(published.filter(pk=found["number"])) if found else []


class RecordSelect(AutocompleteSelect):
    """The desk's search for one record; what is no number in a post finds nothing.

    Where no script runs it is a plain list of the record that is chosen and the `likely` ones,
    with a field in which any other is named.
    """

    def __init__(self, column: str, typed_label):
        super().__init__(Submission._meta.get_field(column), admin.site)
        self.typed_label = typed_label
        self.likely: Iterable[models.Model] = ()

    def optgroups(self, name, value, attr=None):
        groups = super().optgroups(name, [key for key in value if number_in(str(key))], attr)
        label = self.choices.field.label_from_instance
        options = groups[0][1]
        options += [
            self.create_option(name, record.pk, label(record), False, len(options) + place)
            for place, record in enumerate(self.likely)
            if str(record.pk) not in value
        ]
        return groups

    def render(self, name, value, attrs=None, renderer=None):
        typed = "" if value is None or number_in(str(value)) else value
        return format_html(
            '{}<noscript><label>{} <input type="text" name="{}_typed" value="{}" dir="auto" '
            'autocomplete="off"></label></noscript>',
            super().render(name, value, attrs, renderer), self.typed_label, name, typed,
        )  # fmt: skip

    def value_from_datadict(self, data, files, name):
        typed = data.get(f"{name}_typed", "").strip()
        return typed or super().value_from_datadict(data, files, name)


class RecordField(forms.ModelChoiceField):
    """One record, by its number or by a text that `named` finds it by."""

    def __init__(self, queryset, *, named: Callable[[str], list], widget, **options):
        super().__init__(queryset, widget=widget, required=False, **options)
        self.named = named

    def to_python(self, value):
        if not isinstance(value, str) or not value or number_in(value):
            return super().to_python(value)
        found = self.named(value)
        if len(found) > 1:
            raise ValidationError(_("Several have this name. Type the country too."), code="many")
        return super().to_python(str(found[0].pk) if found else "0")
