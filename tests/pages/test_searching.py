"""Search everything: what was found, by kind."""

import re

import pytest

from exchanges.models import City
from portal import search
from portal.pages.searching import MOST_OF_A_KIND
from practices.choices import State
from practices.models import Practice

pytestmark = pytest.mark.django_db


def groups(response) -> dict[str, int]:
    """How much was found, by kind in the order of the page."""
    return {group.kind: group.total for group in response.context["groups"]}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_without_a_query_there_is_the_form_and_examples(client, language):
    response = client.get(f"/{language}/search/")
    assert groups(response) == {}
    assert 'role="search"' in response.text
    assert len(re.findall(r'<a href="\?q=', response.text)) == 3


@pytest.mark.parametrize("query", ["", "   ", "%09", "%E2%80%8F"])
def test_an_empty_query_finds_nothing_and_breaks_nothing(client, query):
    assert groups(client.get(f"/en/search/?q={query}")) == {}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("query", ["Oslo", "أوسلو"])
def test_each_kind_is_found_in_either_language(client, language, query):
    response = client.get(f"/{language}/search/", {"q": query})
    assert list(groups(response)) == ["practice", "city", "event"]
    assert f'href="/{language}/cities/oslo/"' in response.text
    assert f'href="/{language}/events/tdi-2023-oslo/"' in response.text


def test_findings_are_found(client):
    response = client.get("/en/search/?q=survivors")
    assert '<a href="/en/findings/2023/4/">' in response.text
    assert "Edition 2023, finding 4" in response.text


def test_practices_stand_first_and_lead_to_all_of_them(client):
    response = client.get("/en/search/?q=prevention of hate")
    total = groups(response)["practice"]
    assert total > MOST_OF_A_KIND
    cards = re.findall(r'<h3[^>]*><a href="/en/practices/(\d+)-', response.text)
    assert len(cards) == MOST_OF_A_KIND
    assert f"The best {MOST_OF_A_KIND} are shown." in response.text
    assert '<a href="/en/practices/?q=prevention%20of%20hate">All of them' in response.text
    listed = client.get("/en/practices/", {"q": "prevention of hate"})
    assert listed.context["results"].total == total
    assert [card.pk for card in listed.context["results"].practices[:MOST_OF_A_KIND]] == [
        int(pk) for pk in cards
    ]


def test_what_is_not_public_is_not_found(client):
    practice = Practice.objects.get(slug="london-shared-endeavour-fund")
    practice.state = State.UNLISTED
    practice.save()
    search.refresh([practice])
    city = City.objects.get(slug="oslo")
    city.is_published = False
    city.save()
    search.refresh([city])
    assert practice.title_en not in client.get("/en/search/?q=shared endeavour fund").text
    assert 'href="/en/cities/oslo/"' not in client.get("/en/search/?q=oslo").text


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "Nothing was found."), ("ar", "لم يُعثر على شيء.")]
)
def test_nothing_found_says_so_and_leads_on(client, language, sentence):
    text = client.get(f"/{language}/search/?q=zzzzqqq").text
    assert sentence in text
    empty = text[text.index('class="empty"') :]
    assert re.findall(r'<a href="([^"]+)"', empty[: empty.index("</ul>")]) == [
        f"/{language}/{path}/" for path in ("practices", "findings", "cities", "events")
    ]


def test_the_query_is_shown_as_text_only(client):
    text = client.get("/en/search/", {"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in text
    assert 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in text


STRANGE = [
    "C++", "city-hall", "AND", '"', "(", "'", "-foo", "*", "a:b", "<>&%", "مُدُن", "\u202e", "😀",
    "𝔬𝔰𝔩𝔬", "x" * 5000, "a " * 5000,
]  # fmt: skip


@pytest.mark.parametrize("query", STRANGE)
def test_no_query_breaks_the_page(client, query):
    assert client.get("/ar/search/", {"q": query}).status_code == 200


def test_the_page_is_not_for_search_engines(client):
    assert '<meta name="robots" content="noindex">' in client.get("/en/search/?q=oslo").text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_search_takes_at_most_eight_statements(client, django_assert_max_num_queries, language):
    with django_assert_max_num_queries(8):
        response = client.get(f"/{language}/search/?q=oslo+survivors")
    assert list(groups(response)) == ["practice", "finding", "city", "event"]
