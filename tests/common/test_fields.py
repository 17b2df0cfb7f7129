"""Every field of ours, in models, forms and on the curators' desk, lets text in by the one door."""

import datetime
import importlib
import pkgutil
from decimal import Decimal

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.test import RequestFactory
from modeltranslation.fields import TranslationField

import exchanges
import findings
import portal
import practices
from exchanges.models import City, Theme
from portal.accounts.models import User
from portal.common import formfields
from portal.common.fields import BytewiseCharField, CleanLine, CleanText, WebAddressField
from portal.common.formfields import (
    CleanedCharField,
    DigitsAwareDateField,
    DigitsAwareDateTimeField,
    DigitsAwareDecimalField,
    DigitsAwareIntegerField,
    DigitsAwareSplitDateTimeField,
    DigitsAwareTimeField,
    PartialDateFormField,
)

OURS = ("portal", "exchanges", "findings", "practices")
# Texts that people do not write, or that are held to a pattern of their own.
PATTERNED = (
    BytewiseCharField,
    models.EmailField,
    models.FileField,
    models.SlugField,
    WebAddressField,
)
BY_NAME = {
    "cache_key", "value",  # rows of the database cache
    "code",  # a country's two capital letters, or what a mail told to type
    "password",  # a hash
    "time_zone",  # one of the zones that the system knows
    "history_change_reason", "history_type",  # written by the history
}  # fmt: skip
# Written by the index and the counting of misses, from texts that were read.
BY_THE_SEARCH = {"Entry.facets", "Miss.instead", "Word.written"}
# Written by acts, from names in the code and from texts that were cleaned.
BY_ACTS = {
    "JournalEntry.change_message", "JournalEntry.object_id", "JournalEntry.object_repr",
    "Lease.holder", "Lease.name", "Notice.key", "Notice.kind", "Notice.to",
}  # fmt: skip
CLEAN_FORM_FIELDS = (
    CleanedCharField,
    PartialDateFormField,
    forms.EmailField,
    forms.SlugField,
    forms.URLField,
    forms.UUIDField,
)


def our_models():
    return [m for m in apps.get_models() if m.__module__.partition(".")[0] in OURS]


def our_classes(base):
    """Every class of ours below `base`, from every module of ours."""
    for package in (portal, exchanges, findings, practices):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".settings" not in module.name and ".migrations" not in module.name:
                importlib.import_module(module.name)
    found, waiting = set(), [base]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found |= {c for c in below if c.__module__.partition(".")[0] in OURS}
    return found


def is_free_text(field):
    return (
        isinstance(field, models.CharField | models.TextField)
        and field.editable
        and not field.choices
        and not isinstance(field, PATTERNED)
        and field.name not in BY_NAME
    )


def test_every_text_that_people_write_is_a_cleaned_one():
    plain = {
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.fields
        if is_free_text(field) and not isinstance(field, CleanText | CleanLine)
    }
    assert plain == BY_THE_SEARCH | BY_ACTS


def test_every_address_that_people_write_is_a_checked_one():
    plain = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.fields
        if isinstance(field, models.URLField) and not isinstance(field, WebAddressField)
    ]
    assert plain == []


def faulty_fields(fields):
    """Names of form fields that let text, numbers or dates in by another door."""
    for name, field in fields.items():
        if name in BY_NAME:
            is_right = True
        elif isinstance(field, forms.SplitDateTimeField):
            is_right = isinstance(field, DigitsAwareSplitDateTimeField)
        elif isinstance(field, forms.DateField | forms.TimeField | forms.DateTimeField):
            is_right = isinstance(field, formfields.DigitsAware)
        elif isinstance(field, forms.IntegerField):
            is_right = isinstance(field, formfields.DigitsAwareNumber)
        elif isinstance(field, forms.CharField):
            # A password is kept as it is; nobody types what a page notes for itself.
            is_hidden = isinstance(field.widget, forms.PasswordInput | forms.HiddenInput)
            is_right = is_hidden or isinstance(field, CLEAN_FORM_FIELDS)
        elif isinstance(field, forms.FileField):
            is_right = hasattr(field, "accept")
        else:
            is_right = True
        if not is_right:
            yield name


def fields_of_ours(form):
    """The fields of a form class but those it has as it got them from another package."""
    theirs = {
        (name, type(field))
        for base in form.__mro__
        if base.__module__.partition(".")[0] not in OURS
        for name, field in getattr(base, "base_fields", {}).items()
    }
    return {n: field for n, field in form.base_fields.items() if (n, type(field)) not in theirs}


def test_every_form_of_ours_uses_the_fields_of_ours():
    faults = [
        f"{form.__module__}.{form.__qualname__}.{name}"
        for form in our_classes(forms.BaseForm)
        for name in faulty_fields(fields_of_ours(form))
    ]
    assert faults == []


@pytest.mark.django_db
def test_the_curators_desk_uses_them_too():
    request = RequestFactory().get("/")
    request.user = User.objects.create_superuser("curator@example.org", name="Curator")
    faults = []
    for model, desk in admin.site._registry.items():
        if model in our_models():
            sets = [form_set for form_set, _inline in desk.get_formsets_with_inlines(request)]
            for form in [desk.get_form(request), *(form_set.form for form_set in sets)]:
                names = faulty_fields(form.base_fields)
                faults += [f"{form._meta.model.__name__}.{name}" for name in names]
    assert faults == []


@pytest.mark.django_db
def test_a_record_saved_without_any_form_is_clean_in_the_database():
    theme = Theme.objects.create(
        slug="a-theme", name_en=" One\u202e\nname\0 ", description_ar="سطر\u2028\u200fسطر"
    )
    stored = Theme.objects.filter(pk=theme.pk).values("name_en", "description_ar").get()
    assert stored == {"name_en": "One name", "description_ar": "سطر\n\u200fسطر"}


@pytest.mark.django_db
def test_a_text_that_is_empty_in_one_language_stays_empty_there():
    theme = Theme.objects.create(slug="a-theme", name_en="Only English")
    theme.save()
    assert Theme.objects.filter(pk=theme.pk).values_list("name_ar", flat=True).get() is None


@pytest.mark.parametrize("name", ["–", "!?", "…"])
def test_a_name_of_signs_only_is_refused(name):
    city = City(slug="x", name_en=name)
    with pytest.raises(ValidationError) as refused:
        city.clean_fields(exclude=["country", "name_ar", "name", "slug"])
    assert list(refused.value.message_dict) == ["name_en"]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "ftp://example.org/x",
        "https://example.org/\u202egpj.exe",
        "https://example.org/a b",
        "https://example.org/\u200b",
        "//example.org",
        "data:text/html,x",
    ],
)
def test_an_address_that_hides_something_is_refused(address):
    with pytest.raises(ValidationError):
        WebAddressField().clean(address, None)


@pytest.mark.parametrize("address", ["https://example.org/", "http://مثال.إختبار/مسار?س=١#x"])
def test_plain_addresses_are_taken(address):
    assert WebAddressField().clean(address, None) == address


def test_an_address_without_a_scheme_is_taken_as_https():
    assert WebAddressField().formfield().clean("example.org/x") == "https://example.org/x"


DAY = datetime.date(2024, 3, 22)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (DigitsAwareDateField(), "٢٠٢٤-٠٣-٢٢", DAY),
        (DigitsAwareDateField(), "٢٢/٠٣/٢٠٢٤", DAY),
        (DigitsAwareDateField(), "۲۲.۰۳.۲۰۲۴", DAY),
        (DigitsAwareDateField(), "2024-03-22", DAY),
        (DigitsAwareTimeField(), "١٤:٣٢", datetime.time(14, 32)),
        (DigitsAwareIntegerField(), "٢٠٢٣", 2023),
        (DigitsAwareIntegerField(), "٧٠٩٬٠٠٠", 709_000),
        (DigitsAwareIntegerField(), "709,000", 709_000),
        (DigitsAwareIntegerField(), "−٥", -5),
        (DigitsAwareDecimalField(), "٥٩٫٩١٣٩", Decimal("59.9139")),
        (DigitsAwareDecimalField(), "1,234.5", Decimal("1234.5")),
        (DigitsAwareDecimalField(), "١٬٢٣٤٫٥", Decimal("1234.5")),
        (PartialDateFormField(), "٢٠٢٤-٠٣", "2024-03"),
    ],
)
def test_dates_and_numbers_are_read_in_any_digits(field, typed, value):
    read = field.clean(typed)
    assert (str(read) if isinstance(value, str) else read) == value


def test_a_moment_is_read_in_any_digits():
    read = DigitsAwareDateTimeField().clean("٢٠٢٤-٠٣-٢٢ ١٤:٣٢")
    assert (read.date(), read.hour, read.minute) == (DAY, 14, 32)
    read = DigitsAwareSplitDateTimeField().clean(["٢٢/٠٣/٢٠٢٤", "١٤:٣٢"])
    assert (read.date(), read.hour, read.minute) == (DAY, 14, 32)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (DigitsAwareDateField(), "03/22/2024"),
        (DigitsAwareDateField(), "٢٠٢٤-١٣-٠١"),
        (DigitsAwareIntegerField(), "1,2"),
        (DigitsAwareIntegerField(), "١٫٥"),
        (DigitsAwareDecimalField(), "12,5"),
        (DigitsAwareDecimalField(), "NaN"),
        (DigitsAwareIntegerField(), "x"),
    ],
)
def test_what_is_no_date_or_number_is_refused_in_a_sentence(field, typed):
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    assert refused.value.messages[0]


def test_a_number_can_be_typed_in_arabic_digits_in_every_browser():
    html = DigitsAwareIntegerField().widget.render("number", 1, {})
    assert 'type="text"' in html
    assert DigitsAwareIntegerField().widget.attrs["inputmode"] == "numeric"
    assert DigitsAwareDecimalField().widget.attrs["inputmode"] == "decimal"


@pytest.mark.parametrize("typed", ["\u200f\u200b", " \u2060 ", "\u202e"])
def test_a_required_text_of_invisible_characters_is_missing(typed):
    with pytest.raises(ValidationError) as refused:
        CleanedCharField().clean(typed)
    assert refused.value.code == "required"


def test_translated_columns_are_cleaned_as_the_texts_they_translate():
    columns = [f for f in City._meta.fields if isinstance(f, TranslationField)]
    assert len(columns) >= 4
    assert all(isinstance(column.formfield(), CleanedCharField) for column in columns)
