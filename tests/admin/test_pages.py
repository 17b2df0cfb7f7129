"""Every page of the desk: it answers, in both languages, under the portal's name."""

import datetime
import re
from html.parser import HTMLParser

import pytest

from exchanges.models import City
from portal.search import misses
from practices.models import Practice
from tests.admin.conftest import DESKS, LANGUAGES, desk, record_of, title_of

PAGES_OF_A_RECORD = ["change", "history", "delete"]
# Not words: names of formats and of what files and addresses are made of.
TERMS = re.compile(r"\b(CSV|XLSX|UTF|CLDR|ISO|slug|example\.org|oslo|https?://\S+)\b")


class VisibleText(HTMLParser):
    """Collects what a reader sees or hears and nothing marks as being in another language."""

    SILENT = ("script", "style", "bdi", "code")
    VOID = ("br", "hr", "img", "input", "link", "meta", "col", "use", "path")

    def __init__(self):
        super().__init__()
        self.open = []
        self.texts = []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        for name in ("alt", "title", "placeholder", "aria-label"):
            if attrs.get(name):
                self.handle_data(attrs[name])
        if tag == "input" and attrs.get("type") in ("submit", "button"):
            self.handle_data(attrs.get("value", ""))
        if tag not in self.VOID:
            is_marked = attrs.get("lang") not in (None, "ar") or attrs.get("dir") in ("ltr", "auto")
            self.open.append((tag, tag in self.SILENT or is_marked))

    def handle_endtag(self, tag):
        while tag not in self.VOID and self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not any(is_silent for _tag, is_silent in self.open) and data.strip():
            self.texts.append(data.strip())


def english_words(response) -> list[str]:
    """What stands in Latin letters on an Arabic page without being marked as such."""
    reader = VisibleText()
    reader.feed(response.content.decode())
    return [text for text in reader.texts if re.search("[A-Za-z]{3,}", TERMS.sub("", text))]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", DESKS)
def test_each_desk_answers_with_every_page(curator, model, language):
    site = {"en": "Transatlantic City Exchange", "ar": "ملتقى المدن عبر الأطلسي"}[language]
    addresses = [desk(model, language=language), desk(model, "add", language=language)]
    pk = record_of(model)
    addresses += [desk(model, page, language=language, pk=pk) for page in PAGES_OF_A_RECORD]
    for address in addresses:
        response = curator.get(address)
        assert (address, response.status_code) == (address, 200)
        assert title_of(response).strip().endswith(f"| {site}")


@pytest.mark.parametrize("page", ["", "add", "import", "export"])
@pytest.mark.parametrize("model", ["practices.practice", "exchanges.city"])
def test_the_arabic_desk_speaks_arabic(curator, model, page):
    response = curator.get(desk(model, page, language="ar"))
    # Titles of practices carry names in Latin letters; they are isolated, their labels are not.
    names = ("Plattform", "ReDirect", "VINK", "CARE", "Sluta skjut", "SaLTo", "P.A.T.H.")
    assert [t for t in english_words(response) if not any(name in t for name in names)] == []


@pytest.mark.parametrize("model", DESKS)
def test_forms_on_the_arabic_desk_speak_arabic(curator, model):
    assert english_words(curator.get(desk(model, "add", language="ar"))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_curators_read_what_was_not_found_in_their_language(curator, language):
    day = datetime.date(2026, 3, 6)
    known = {"language": "ar", "place": misses.Place.PRACTICES, "first_day": day, "last_day": day}
    miss = misses.Miss.objects.create(query="تجريب", instead="", count=7, **known)
    listed = curator.get(desk("search.miss", language=language))
    opened = curator.get(desk("search.miss", "change", language=language, pk=miss.pk))
    for response in (listed, opened):
        assert "تجريب" in response.text
        assert 'name="_save"' not in response.text
        if language == "ar":
            assert english_words(response) == []


def test_the_index_is_in_the_order_of_the_work(curator):
    parts = curator.get("/en/admin/").context["app_list"]
    assert [(part["name"], [m["name"] for m in part["models"]]) for part in parts] == [
        ("Practices", ["Submissions", "Practices", "Target groups"]),
        ("Findings", ["Findings", "Editions"]),
        (
            "Cities and dialogue events",
            ["Memberships", "Cities", "Dialogue events", "Partners", "Themes", "Countries"],
        ),
        ("Search", ["Searches without a match"]),
        ("Notices", ["Notices"]),
        ("Accounts", ["Journal entries"]),
    ]


def test_a_published_record_leads_to_its_page_and_a_draft_does_not(curator, practice):
    address = desk("practices.practice", "change", pk=practice.pk)
    assert practice.get_absolute_url() in curator.get(address).content.decode()
    Practice.objects.filter(pk=practice.pk).update(state="unlisted")
    assert practice.get_absolute_url() not in curator.get(address).content.decode()


def test_an_unpublished_city_has_no_link_to_a_page(curator):
    city = City.objects.get(slug="oslo")
    City.objects.filter(pk=city.pk).update(is_published=False)
    response = curator.get(desk("exchanges.city", "change", pk=city.pk))
    assert not response.context["has_absolute_url"]


@pytest.mark.parametrize(
    ("typed", "slug"),
    [("oslo", "oslo"), ("اوسلو", "oslo"), ("ÅRHUS", "aarhus"), ("MALMO", "malmo")],
)
def test_a_city_is_found_whatever_its_spelling(curator, typed, slug):
    rows = curator.get(desk("exchanges.city"), {"q": typed}).context["cl"].result_list
    assert slug in {city.slug for city in rows}


def test_rows_are_sorted_as_a_reader_of_the_language_expects(curator):
    names = {}
    for language in LANGUAGES:
        rows = curator.get(desk("exchanges.theme", language=language)).context["cl"].result_list
        names[language] = [theme.slug for theme in rows]
    assert sorted(names["en"]) == sorted(names["ar"])
    assert names["en"] != names["ar"]


@pytest.mark.parametrize(
    "path",
    [
        "practices/practice/x/history/",
        "practices/practice/1/history/x/",
        "practices/practice/0/history/0/",
    ],
)
def test_a_version_that_is_none_is_not_found(curator, path):
    assert curator.get(f"/en/admin/{path}").status_code == 404
