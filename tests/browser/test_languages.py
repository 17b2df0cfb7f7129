"""Nothing on a page is left in the other language, and longer words do not break it."""

import re
import shutil
from pathlib import Path

import polib
import pytest
from django.conf import settings

from tests.browser.kinds import KINDS
from tests.browser.serving import served_portal

ARABIC = Path(settings.LOCALE_PATHS[0]) / "ar"
# Placeholders are kept as they are.
KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{\w*\})")
# Latin letters and their look-alikes: what stays Latin on a page was never marked.
DISGUISE = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "абцдефгхийклмнопкрстуввхызАБЦДЕФГХИЙКЛМНОПКРСТУВВХЫЗ",
)
# Text nodes that a reader sees, outside of what is marked as a stored value or another language.
UNMARKED_LATIN = """() => {
  const kept = 'bdi, code, kbd, script, style, [dir="auto"], [lang]:not(html)';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.closest(kept) || !parent.checkVisibility()) continue;
    const words = walker.currentNode.data.match(/[A-Za-z]{3,}/g);
    if (words) found.push(words.join(' '));
  }
  for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
    for (const element of document.querySelectorAll(`body [${name}]`)) {
      const words = element.getAttribute(name).match(/[A-Za-z]{3,}/g);
      const marked = element.closest('[lang]:not(html), bdi, [dir="auto"]');
      if (words && !marked) found.push(words.join(' '));
    }
  }
  return found;
}"""


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
    assert page.evaluate(UNMARKED_LATIN) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_an_arabic_page_has_no_english_outside_marked_content(portal, open_page, kind):
    page = open_page(portal.url("ar", kind.path))
    assert page.evaluate(UNMARKED_LATIN) == []


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_an_english_page_has_no_arabic_outside_marked_content(portal, open_page, kind):
    page = open_page(portal.url("en", kind.path))
    arabic = UNMARKED_LATIN.replace("[A-Za-z]{3,}", r"[\u0600-\u06ff]{2,}").replace(
        'bdi, code, kbd, script, style, [dir="auto"], ', "code, kbd, script, style, "
    )
    assert page.evaluate(arabic) == []
