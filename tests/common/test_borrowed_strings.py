"""Strings of other packages: still in use there, and shown with our translation."""

import json
import re
from functools import cache
from pathlib import Path

import allauth
import django
import import_export
import modeltranslation
import polib
import pytest
import simple_history
from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.utils import translation
from django.views.i18n import JSONCatalog

PACKAGES = (allauth, django, import_export, modeltranslation, simple_history)
CATALOGUE = polib.pofile(str(settings.LOCALE_PATHS[0] / "ar/LC_MESSAGES/django.po"))
SCRIPTS = polib.pofile(str(settings.LOCALE_PATHS[0] / "ar/LC_MESSAGES/djangojs.po"))
BORROWED = [
    entry
    for entry in CATALOGUE
    if any(path.startswith("portal/common/borrowed_strings.py") for path, _ in entry.occurrences)
]


@cache
def sources():
    """Code and templates of the packages, with strings that are split over lines joined."""
    texts = [
        path.read_text()
        for package in PACKAGES
        for suffix in ("*.py", "*.html", "*.txt")
        for path in Path(package.__file__).parent.rglob(suffix)
        if "locale" not in path.parts
    ]
    joined = re.sub(r"[\"']\s*\n\s*[\"']", "", "\n".join(texts))
    return re.sub(r"\s+", " ", joined)


def test_there_are_borrowed_strings():
    assert len(BORROWED) >= 5


@pytest.mark.parametrize("entry", BORROWED, ids=lambda entry: entry.msgid[:40])
def test_a_borrowed_string_is_still_said_by_its_package(entry):
    said = re.sub(r"%\((\w+)\)s", r"{{ \1 }}", entry.msgid)
    assert entry.msgid in sources() or said in sources()


def test_our_translation_comes_before_the_package_s_own():
    with translation.override("ar"), pytest.raises(ValidationError) as refused:
        MinimumLengthValidator(15).validate("short")
    assert refused.value.messages == [
        "كلمة المرور هذه قصيرة جدًا، ولا بد فيها من 15 حرفًا على الأقل."
    ]


@pytest.mark.parametrize("entry", SCRIPTS, ids=lambda entry: entry.msgid[:40])
def test_a_string_of_the_desk_s_scripts_is_still_said_and_in_our_words(entry):
    scripts = Path(django.__file__).parent.glob("contrib/admin/static/admin/js/**/*.js")
    assert any(f"'{entry.msgid}'" in script.read_text() for script in scripts)
    with translation.override("ar"):
        catalogue = json.loads(
            JSONCatalog.as_view(packages=["django.contrib.admin"])(
                RequestFactory().get("/")
            ).content
        )["catalog"]
    ours = [entry.msgstr_plural[form] for form in sorted(entry.msgstr_plural)] or entry.msgstr
    assert catalogue[entry.msgid] == ours
