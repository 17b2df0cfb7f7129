"""Model fields that every app uses: cleaned text, addresses, sort keys, partial dates."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.common.dates import PartialDate
from portal.common.formfields import CleanedCharField, PartialDateFormField
from portal.common.text import clean_text, has_letter_or_digit

_is_http_address = URLValidator(schemes=["http", "https"])


def validate_says_something(text: str) -> None:
    """Raise ValidationError for a text of signs only."""
    if not has_letter_or_digit(text):
        raise ValidationError(_("Write at least one letter or digit."), code="signs")


def validate_web_address(address: str) -> None:
    """Raise ValidationError for what is no http or https address, or hides part of itself."""
    if any(unicodedata.category(character)[0] == "C" for character in address):
        raise ValidationError(_("This address contains invisible characters."), code="invisible")
    _is_http_address(address)


class Cleaned:
    """Mixin: text is cleaned on its way in, by forms, imports, full_clean and at the latest save().

    The attribute of a record that is saved without full_clean keeps what it was given; the
    database does not.
    """

    is_single_line = False

    def to_python(self, value):
        value = super().to_python(value)
        return value if value is None else clean_text(value, single_line=self.is_single_line)

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if not isinstance(value, str):
            return value
        return clean_text(value, single_line=self.is_single_line)

    def formfield(self, **kwargs):
        return super().formfield(
            **{"form_class": CleanedCharField, "single_line": self.is_single_line, **kwargs}
        )


class CleanText(Cleaned, models.TextField):
    """A text of several lines."""


class CleanLine(Cleaned, models.CharField):
    """A text of one line that says something: a name, a title, a label."""

    is_single_line = True
    default_validators = [validate_says_something]


class WebAddressField(models.URLField):
    """An http or https address without hidden characters."""

    default_validators = [validate_web_address]

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class BytewiseCharField(models.CharField):
    """A CharField that both engines compare byte by byte (SQLite's default; collation C)."""

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class PartialDateField(BytewiseCharField):
    """A date of which the day, or the day and the month, may not be known.

    Stored as ISO 8601 with reduced precision ("2024", "2024-03", "2024-03-06"), so that the stored
    texts sort by date. In Python it is a PartialDate or None.
    """

    description = _("date of which only the year, or year and month, may be known")

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return PartialDate.parse(value) if value else None

    def to_python(self, value):
        if value in (None, ""):
            return None
        if isinstance(value, PartialDate):
            return value
        try:
            return PartialDate.parse(str(value))
        except ValueError:
            raise ValidationError(
                _("Enter a year, a month or a day: 2024, 2024-03 or 2024-03-06."), code="invalid"
            ) from None

    def get_prep_value(self, value):
        value = self.to_python(value)
        return "" if value is None and not self.null else value and str(value)

    def run_validators(self, value):
        """Nothing to validate: parsing settled length and characters."""

    def value_to_string(self, obj):
        return str(self.value_from_object(obj) or "")

    def formfield(self, **kwargs):
        return models.Field.formfield(self, **{"form_class": PartialDateFormField, **kwargs})
