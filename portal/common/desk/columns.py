"""Columns of exported and imported files: values as anybody can type them, checked as in a form.

Nothing here depends on the language of the page, so that a file made in one is read in another.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from import_export import widgets

from portal.common.display import listing
from portal.common.formfields import DIGITS_AWARE
from portal.common.text import clean_text, western_digits

SEPARATOR = "|"
YES = {"1", "true", "yes", "نعم"}
NO = {"0", "false", "no", "لا"}


def as_text(value: Any) -> str:
    """A cell, which a spreadsheet may hold as a number or a date, as somebody would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value).strip()


class ColumnWidget(widgets.Widget):
    """A column of the table itself, checked by the form field that the desk uses for it."""

    def __init__(self, column: models.Field):
        super().__init__()
        self.column = column
        self.language = getattr(column, "language", "")

    def clean(self, value, row=None, **kwargs):
        """The value to be stored; raises ValueError with what is wrong in the page's language."""
        text = as_text(value)
        if isinstance(self.column, models.BooleanField):
            return _read_boolean(text)
        if not text:
            return self._empty()
        try:
            return self._form_field.clean(text)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from None

    def render(self, value, obj=None, **kwargs):
        if value is None:
            return ""
        if isinstance(value, bool):
            return int(value)
        if isinstance(value, Decimal):
            return float(value)
        return value if isinstance(value, int) else str(value)

    @cached_property
    def _form_field(self):
        overrides = (DIGITS_AWARE.get(ancestor) for ancestor in type(self.column).__mro__)
        return self.column.formfield(**next(filter(None, overrides), {}))

    def _empty(self):
        if self.column.null:
            return None
        return self.column.get_default() if self.column.has_default() else ""


@dataclass(frozen=True)
class Key:
    """What names a record in a file: an attribute, and what has to be read along for it."""

    attribute: str = "slug"
    needs: tuple[str, ...] = ()


class NamesRecords:
    """Mixin: the records that cells name. They are read once: a widget lives for one file."""

    language = ""

    def __init__(self, model: type[models.Model], key: Key, **kwargs):
        super().__init__(model, field=key.attribute, **kwargs)
        self.key = key

    @cached_property
    def _records(self) -> dict[str, models.Model]:
        rows = self.model._default_manager.select_related(*self.key.needs)
        return {str(getattr(record, self.key.attribute)): record for record in rows}

    @cached_property
    def _keys(self) -> dict[int, str]:
        return {record.pk: key for key, record in self._records.items()}

    def records_in(self, value: Any) -> list[models.Model]:
        """The records that a cell names; raises ValueError with every key that nothing has."""
        keys = [western_digits(clean_text(key)) for key in as_text(value).split(SEPARATOR)]
        keys = list(dict.fromkeys(filter(None, keys)))
        unknown = [key for key in keys if key not in self._records]
        if unknown:
            raise ValueError(_("Nothing here is called %(keys)s.") % {"keys": listing(unknown)})
        return [self._records[key] for key in keys]


class LinkWidget(NamesRecords, widgets.ForeignKeyWidget):
    """A link to one record."""

    def clean(self, value, row=None, **kwargs):
        records = self.records_in(value)
        if len(records) > 1:
            raise ValueError(_("Only one value may stand here."))
        return records[0] if records else None


class LinksWidget(NamesRecords, widgets.ManyToManyWidget):
    """Links to many records, joined by SEPARATOR."""

    def clean(self, value, row=None, **kwargs):
        return self.records_in(value)

    def render(self, value, obj=None, **kwargs):
        if value is None:
            return ""
        return SEPARATOR.join(sorted(self._keys[record.pk] for record in value.all()))


def _read_boolean(text: str) -> bool:
    word = western_digits(text).lower()
    if word not in YES | NO:
        raise ValueError(_("Write 1 for yes or 0 for no."))
    return word in YES
