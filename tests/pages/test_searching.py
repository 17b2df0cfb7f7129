"""Search everything: what was found, by kind."""

import re

import pytest

from exchanges.models import City
from portal import search
from portal.common import kept_pages
from portal.common.kept import forget_all
from portal.pages.searching import MOST_OF_A_KIND
from portal.search.misses import Miss
from practices.choices import State
from practices.models import Practice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_kept_from_other_tests():
    forget_all()


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
    assert '<a href="/en/findings/2023/4/"' in response.text
    assert "Edition 2023, finding 4" in response.text


def test_practices_stand_first_and_lead_to_all_of_them(client):
    response = client.get("/en/search/?q=prevention of hate")
    total = groups(response)["practice"]
    assert total > MOST_OF_A_KIND
    found = re.findall(r'<h3[^>]*><a href="/en/practices/(\d+)-', response.text)
    assert len(found) == MOST_OF_A_KIND
    assert f"The best {MOST_OF_A_KIND} are shown." in response.text
    whole_list = f'<a href="/en/practices/?q=prevention%20of%20hate">All {total} practices'
    assert whole_list in response.text
    listed = client.get("/en/practices/", {"q": "prevention of hate"})
    best = search.find(
        "prevention of hate", language="en", kinds=["practice"], limit=MOST_OF_A_KIND
    )
    assert [int(pk) for pk in found] == list(best.ids)
    assert all(f'href="/en/practices/{pk}-' in listed.text for pk in found)


def test_matches_are_marked_in_titles_and_texts(client):
    text = client.get("/en/search/?q=youth").text
    headings = re.findall(r"<h3.*?</h3>", text, re.DOTALL)
    assert any("<mark>" in heading for heading in headings)
    assert re.search(r"<p[^>]*>[^<]*<mark>[Yy]ou", text)


def test_a_result_in_another_language_says_so(client):
    practice = Practice.objects.get(slug="london-shared-endeavour-fund")
    Practice.objects.filter(pk=practice.pk).update(title_ar=None, summary_ar=None)
    search.refresh([practice])
    forget_all()
    text = client.get("/ar/search/?q=shared endeavour fund").text
    start = text.index(f"/ar/practices/{practice.pk}-")
    heading = text[text.rindex("<h3", 0, start) : start]
    assert 'lang="en"' in heading
    assert "الإنجليزية فقط" in text[start : text.index("</li>", start)]


def test_a_mistyped_word_is_mended_and_the_way_back_is_there(client):
    text = client.get("/en/search/?q=yuoth").text
    assert "Showing results for:" in text
    assert "<bdi>youth</bdi>" in text
    assert 'href="?q=yuoth&amp;exactly=1"' in text
    exactly = client.get("/en/search/?q=yuoth&exactly=1")
    assert "Showing results for:" not in exactly.text
    assert groups(exactly) == {}


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
    text = client.get(f"/{language}/search/?q=xkjwvb").text
    assert sentence in text
    empty = text[text.index('class="empty"') :]
    links = re.findall(r'<a href="([^"]+)"', empty[: empty.index("</ul>")])
    assert [link for link in links if link.startswith("?q=")] == links[:3]
    assert links[3:] == [
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
def test_a_search_takes_at_most_six_statements(client, django_assert_max_num_queries, language):
    address = f"/{language}/search/?q=oslo+survivors"
    first = client.get(address)
    kept_pages._kept.clear()
    with django_assert_max_num_queries(6):
        response = client.get(address)
    assert list(groups(response)) == ["practice", "finding", "city", "event"]
    assert response.content == first.content
    with django_assert_max_num_queries(1):
        assert client.get(address).content == first.content


def test_a_search_without_a_match_is_counted_once(client, django_assert_max_num_queries):
    client.get("/ar/search/?q=xkjwvb")
    with django_assert_max_num_queries(6):
        client.get("/ar/search/?q=xkjwvb")
    client.get("/ar/search/?q=xkjwvb&exactly=1")
    assert list(Miss.objects.values_list("query", "language", "place", "count")) == [
        ("xkjwvb", "ar", "everything", 2)
    ]
