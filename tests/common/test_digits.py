"""One setting gives all Arabic pages the Arabic-Indic digits; what people typed stays as it is."""

import re
from html.parser import HTMLParser

import polib
import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import translation

from exchanges.models import City, DialogueEvent
from findings.models import Edition, Finding
from portal.settings.environment import BASE_DIR
from practices.models import Practice

pytestmark = pytest.mark.django_db

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
UNSEEN = {"script", "style", "title"}
WESTERN = re.compile(r"[0-9]")


class OwnWords(HTMLParser):
    """Collects what the interface says: the texts outside marked content, and labels."""

    def __init__(self):
        super().__init__()
        self._open: list[tuple[str, bool]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        # Typed texts stand in <bdi>, or in an element with a direction or language of its own.
        is_typed = tag in UNSEEN | {"bdi"} or (tag != "html" and {"dir", "lang"} & named.keys())
        if tag not in VOID:
            self._open.append((tag, bool(is_typed)))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not any(is_typed for _tag, is_typed in self._open):
            self.texts.append(data.strip())


def addresses():
    """One of every kind of public page, those with the most on them."""
    with translation.override("ar"):
        named = ("home", "about", "search")
        return [
            *(reverse(f"pages:{name}") for name in named),
            reverse("practices:practice-list"),
            reverse("practices:practice-list") + "?page=2",
            reverse("exchanges:city-list"),
            reverse("exchanges:event-list"),
            *(edition.get_absolute_url() for edition in Edition.objects.published()),
            Finding.objects.published().filter(number=6).first().get_absolute_url(),
            City.objects.get(slug="oslo").get_absolute_url(),
            *(event.get_absolute_url() for event in DialogueEvent.objects.published()[:3]),
            *(practice.get_absolute_url() for practice in Practice.objects.published()[:3]),
        ]


def own_words(page):
    parser = OwnWords()
    parser.feed(page)
    return parser.texts


def written_by_translators():
    """Texts of the catalogue that have digits of their own, as a year in a sentence."""
    catalogue = polib.pofile(str(BASE_DIR / "locale/ar/LC_MESSAGES/django.po"))
    return {entry.msgstr for entry in catalogue if WESTERN.search(entry.msgstr)}


def test_all_digits_of_arabic_pages_change_at_once(client, settings):
    caches["pages"].clear()
    settings.NUMBERING = {"ar": "arab"}
    fixed = written_by_translators()
    left = {}
    for address in addresses():
        texts = own_words(client.get(address).content.decode())
        western = {text for text in texts if WESTERN.search(text) and "://" not in text} - fixed
        if western:
            left[address] = western
    caches["pages"].clear()
    assert left == {}


def test_no_page_mixes_digits(client):
    for address in addresses():
        texts = own_words(client.get(address).content.decode())
        assert [text for text in texts if re.search("[٠-٩۰-۹]", text)] == [], address


def test_the_parser_tells_typed_texts_from_the_interface_s():
    page = '<html lang="ar"><p>3 <bdi>4</bdi><br>5</p><p dir="rtl">6<b>7</b></p><i>8</i></html>'
    assert own_words(page) == ["3", "5", "8"]
