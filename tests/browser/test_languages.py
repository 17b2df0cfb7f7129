"""Every string of a page is marked for translation, and longer words do not break it."""

import re
import shutil
from pathlib import Path

import polib
import pytest
from django.conf import settings

from tests.browser.kinds import KINDS
from tests.browser.letters import left_in_another_language
from tests.browser.serving import served_portal

ARABIC = Path(settings.LOCALE_PATHS[0]) / "ar"
# Placeholders are kept as they are.
KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{\w*\})")
# Latin letters and their look-alikes: what stays Latin on a page was never marked.
DISGUISE = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "абцдефгхийклмнопкрстуввхызАБЦДЕФГХИЙКЛМНОПКРСТУВВХЫЗ",
)


def disguised(text: str) -> str:
    """`text` in other letters and 40 % longer, its placeholders kept."""
    parts = [
        part if KEPT.fullmatch(part) else part.translate(DISGUISE) for part in KEPT.split(text)
    ]
    words = " ыыыыыыы" * (len(text) // 20)
    return "".join(parts) + words


@pytest.fixture(scope="module")
def disguised_portal(tmp_path_factory):
    """The portal whose Arabic interface is English in disguise: unmarked strings stay Latin."""
    locale = tmp_path_factory.mktemp("locale")
    shutil.copytree(ARABIC, locale / "ar")
    catalogue = polib.pofile(str(locale / "ar" / "LC_MESSAGES" / "django.po"))
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(range(6), disguised(entry.msgid_plural))
        else:
            entry.msgstr = disguised(entry.msgid)
    catalogue.save_as_mofile(str(locale / "ar" / "LC_MESSAGES" / "django.mo"))
    with served_portal(tmp_path_factory.mktemp("disguised"), locale=locale) as portal:
        yield portal


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_visible_string_is_marked_and_may_be_longer_by_two_fifths(
    disguised_portal, open_page, kind
):
    page = open_page(disguised_portal.url("ar", kind.path), viewport={"width": 390, "height": 800})
    assert left_in_another_language(page, "ar") == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
