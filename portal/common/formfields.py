"""Form fields that every form of ours uses: cleaned text, and dates and numbers in any digits."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.common.dates import PartialDate
from portal.common.text import clean_text, western_digits

_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")


class CleanedCharField(forms.CharField):
    """A form field whose text went through clean_text; use it in every form of ours."""

    def __init__(self, *, single_line=True, **kwargs):
        self.single_line = single_line
        super().__init__(**kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        if value in self.empty_values:
            return value
        # A text of invisible characters only is empty, so that "required" sees it.
        return clean_text(value, single_line=self.single_line) or self.empty_value


class PartialDateFormField(forms.CharField):
    """Takes 2024, 2024-03 or 2024-03-06 in any digits; gives a PartialDate or None."""

    def to_python(self, value):
        if isinstance(value, PartialDate):
            return value
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        try:
            return PartialDate.parse(text)
        except ValueError:
            raise ValidationError(
                _("Enter a year, a month or a day: 2024, 2024-03 or 2024-03-06."), code="invalid"
            ) from None

    def run_validators(self, value):
        """Nothing to validate: parsing settled length and characters."""


class DigitsAware:
    """Mixin: what was typed in the digits of any script is read as if typed in Western ones."""

    def to_python(self, value):
        return super().to_python(western_digits(value) if isinstance(value, str) else value)


class DigitsAwareDateField(DigitsAware, forms.DateField):
    """A date in any digits."""


class DigitsAwareTimeField(DigitsAware, forms.TimeField):
    """A time in any digits."""


class DigitsAwareDateTimeField(DigitsAware, forms.DateTimeField):
    """A date and time in any digits."""


class DigitsAwareSplitDateTimeField(forms.SplitDateTimeField):
    """A date and a time, each in its own input and in any digits."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.fields = (DigitsAwareDateField(required=False), DigitsAwareTimeField(required=False))


class DigitsAwareNumber(DigitsAware):
    """Mixin: a number in any digits, grouped or not. The input is of type text: number inputs of
    browsers take the digits of their own language only."""

    def to_python(self, value):
        if isinstance(value, str):
            value = western_digits(value).strip()
            if _GROUPED.fullmatch(value):
                value = value.replace(",", "")
        return super().to_python(value)

    def widget_attrs(self, widget):
        is_whole = not isinstance(self, forms.FloatField | forms.DecimalField)
        return super().widget_attrs(widget) | {"inputmode": "numeric" if is_whole else "decimal"}


class DigitsAwareIntegerField(DigitsAwareNumber, forms.IntegerField):
    """A whole number in any digits, grouped or not."""

    widget = forms.TextInput


class DigitsAwareDecimalField(DigitsAwareNumber, forms.DecimalField):
    """A decimal number in any digits, grouped or not."""

    widget = forms.TextInput


# For ModelAdmin.formfield_overrides: the same fields on the curators' desk.
DIGITS_AWARE = {
    models.DateField: {"form_class": DigitsAwareDateField},
    models.DateTimeField: {"form_class": DigitsAwareSplitDateTimeField},
    models.DecimalField: {"form_class": DigitsAwareDecimalField},
    models.IntegerField: {
        "form_class": DigitsAwareIntegerField,
        "widget": forms.TextInput(attrs={"class": "vIntegerField"}),
    },
    models.BigIntegerField: {
        "form_class": DigitsAwareIntegerField,
        "widget": forms.TextInput(attrs={"class": "vBigIntegerField"}),
    },
    models.TimeField: {"form_class": DigitsAwareTimeField},
}
