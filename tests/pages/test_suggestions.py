"""Suggestions while somebody types: which, in which language, at what cost, for any text."""

import pytest

from exchanges.models import City
from findings.models import Finding
from portal import search
from portal.common.kept import forget_all
from portal.pages.suggestions import KINDS, MOST
from practices.choices import State
from practices.models import Practice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_kept_from_other_tests():
    forget_all()


def suggested(client, query, language="en"):
    response = client.get(f"/{language}/search/suggest/", {"q": query})
    assert response.status_code == 200
    return response.json()


def addresses(answer) -> list[str]:
    return [item["address"] for group in answer["groups"] for item in group["items"]]


def title(item) -> str:
    return "".join(piece for piece, _matches in item["title"])


@pytest.mark.parametrize("query", ["oslo", "osl", "OSLO", "أوسلو", "اوسل"])
@pytest.mark.parametrize(("language", "name"), [("en", "Oslo"), ("ar", "أوسلو")])
def test_a_city_is_suggested_in_the_language_of_the_page(client, query, language, name):
    answer = suggested(client, query, language)
    [city] = [
        item
        for group in answer["groups"]
        for item in group["items"]
        if item["address"] == f"/{language}/cities/oslo/"
    ]
    assert title(city) == name
    assert "lang" not in city


def test_every_kind_is_suggested_with_what_stands_beside_it(client):
    practice = Practice.objects.get(slug="london-shared-endeavour-fund")
    finding = Finding.objects.get(edition__year=2023, number=4)
    queries = {
        practice.get_absolute_url(): practice.title_en,
        finding.get_absolute_url(): finding.title_en,
        "/en/cities/oslo/": "Oslo",
        "/en/events/tdi-2023-oslo/": "Responding to Extremist and Hate-Motivated Violence",
    }
    notes = {}
    for address, query in queries.items():
        answer = suggested(client, query)
        [notes[address]] = [
            (group["label"], item["note"])
            for group in answer["groups"]
            for item in group["items"]
            if item["address"].endswith(address.removeprefix("/en"))
        ]
    assert list(notes.values()) == [
        ("Practices", "London"),
        ("Findings", "Edition 2023, finding 4"),
        ("Cities", "Norway"),
        ("Dialogue events", "2023"),
    ]


def test_every_address_leads_to_a_page(client):
    for query in ("co", "city", "الم"):
        for address in addresses(suggested(client, query, "ar")):
            assert client.get(address).status_code == 200


def test_a_title_in_another_language_says_which(client):
    practice = Practice.objects.get(slug="london-shared-endeavour-fund")
    Practice.objects.filter(pk=practice.pk).update(title_ar=None)
    search.refresh([practice])
    answer = suggested(client, practice.title_en, "ar")
    [item] = [
        item
        for group in answer["groups"]
        for item in group["items"]
        if f"/{practice.pk}-" in item["address"]
    ]
    assert (item["lang"], item["dir"]) == ("en", "ltr")
    assert title(item) == practice.title_en


def test_matches_are_marked_and_no_letter_is_lost(client):
    [group] = [group for group in suggested(client, "oslo")["groups"] if group["label"] == "Cities"]
    assert group["items"][0]["title"] == [["Oslo", True]]


def test_there_are_never_more_than_a_list_can_show(client):
    for query in ("co", "the city", "و", "ال", "prevention of hate in cities"):
        assert len(addresses(suggested(client, query))) <= MOST


@pytest.mark.parametrize("query", ["", "o", " ", "\u200f", "xkjwvb"])
def test_nothing_is_suggested_for_less_than_two_letters_or_nothing_alike(client, query):
    answer = suggested(client, query)
    assert answer == {"groups": [], "status": "No suggestions"}


@pytest.mark.parametrize(
    "query",
    [
        '"', "C++", "AND", "NEAR(", "*", "t:x", "city-hall", "word " * 2000, "ًٌٍ", "the of", "😀",
        "\u202e", "%", "_", "'; DROP",
    ],
)  # fmt: skip
def test_any_text_is_answered(client, query):
    answer = suggested(client, query)
    assert set(answer) == {"groups", "status"}


def test_what_is_not_public_is_not_suggested(client):
    practice = Practice.objects.get(slug="london-shared-endeavour-fund")
    practice.state = State.UNLISTED
    practice.save()
    search.refresh([practice])
    City.objects.filter(slug="oslo").update(is_published=False)
    search.refresh([City.objects.get(slug="oslo")])
    assert practice.get_absolute_url() not in addresses(suggested(client, practice.title_en))
    assert "/en/cities/oslo/" not in addresses(suggested(client, "oslo"))


def test_an_answer_takes_few_statements_whatever_is_in_it(client, django_assert_max_num_queries):
    suggested(client, "co")
    forget_all()
    with django_assert_max_num_queries(5):
        first = suggested(client, "city")
    with django_assert_max_num_queries(4):
        assert suggested(client, "city") == first
    assert first["groups"]


def test_an_answer_is_kept_for_a_minute_by_the_browser_alone(client):
    response = client.get("/en/search/suggest/?q=oslo")
    assert response["Cache-Control"] == "private, max-age=60"
    assert response["Content-Type"] == "application/json"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_the_number_is_announced_in_the_language_of_the_page(client):
    answer = suggested(client, "أوسلو", "ar")
    count = len(addresses(answer))
    assert count
    assert answer["status"] != f"{count} suggestions"
    assert "اقتراح" in answer["status"]


def test_kinds_are_those_that_search_everything_finds():
    assert set(KINDS) == {"practice", "finding", "city", "event"}
