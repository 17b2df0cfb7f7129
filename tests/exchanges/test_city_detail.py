"""The page of a city: what is known, and nothing that is not."""

import json
import re

import pytest

from exchanges.models import City, DialogueEvent, Theme
from practices.choices import State
from practices.models import Practice
from tests.exchanges.records import copy_practices

pytestmark = pytest.mark.django_db


def page_of(client, slug: str, language: str = "en") -> str:
    response = client.get(f"/{language}/cities/{slug}/")
    assert response.status_code == 200
    return response.content.decode()


def facts_of(page: str) -> dict[str, str]:
    """Terms and descriptions of the list of facts, as a reader sees them."""
    facts = re.search(r'<dl class="facts">.*?</dl>', page, re.DOTALL).group()
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", facts, re.DOTALL)
    return {term: " ".join(re.sub(r"<[^>]+>", "", text).split()) for term, text in pairs}


def headings_of(page: str) -> list[str]:
    return [
        " ".join(re.sub(r"<[^>]+>", "", heading).split())
        for heading in re.findall(r"<h2[^>]*>(.*?)</h2>", page, re.DOTALL)
    ]


def test_the_facts_of_a_city_are_those_that_are_known(client):
    assert facts_of(page_of(client, "copenhagen")) == {
        "Country": "Denmark",
        "Population": "653,000 (2023) municipality",
        "Standing in the network": "Member of the network",
        "Also written": "København",
        "Website": "kk.dk",
    }


def test_a_city_shows_its_practices_and_those_that_it_runs_with_others(client):
    practice = Practice.objects.filter(other_cities__isnull=False).first()
    own, other = practice.city, practice.other_cities.first()
    assert "Practices it shared" in headings_of(page_of(client, own.slug))
    page = page_of(client, other.slug)
    assert "Practices it runs with others" in headings_of(page)
    assert practice.get_absolute_url().removeprefix("/en") in page


def test_a_practice_that_is_not_published_is_not_shown(client):
    Practice.objects.filter(city__slug="oslo").update(state=State.UNLISTED)
    assert "Practices it shared" not in headings_of(page_of(client, "oslo"))


def test_many_practices_are_shown_in_part_with_a_link_to_all(client):
    copy_practices(Practice.objects.get(city__slug="oslo"), 30)
    page = page_of(client, "oslo")
    assert page.count('<li class="result">') == 12
    assert '<a href="/en/practices/?city=oslo">All 31 practices</a>' in page


def test_an_event_that_it_hosted_is_not_listed_as_one_that_it_attended(client):
    page = page_of(client, "oslo")
    assert "Dialogue events it hosted" in headings_of(page)
    assert "Dialogue events it took part in" not in headings_of(page)


def test_the_map_leads_to_the_cities_where_it_took_part(client):
    page = page_of(client, "copenhagen")
    assert "Dialogue events it took part in" in headings_of(page)
    figure = re.search(r"<figure.*?</figure>", page, re.DOTALL).group()
    assert figure.count('class="arc"') == 1
    assert 'class="pin" href="/en/cities/oslo/"' in page


def test_a_city_that_is_off_the_map_says_so_in_words(client):
    page = page_of(client, "cape-town")
    assert 'class="map' not in page
    assert facts_of(page)["Place"] == "Not on the map of the North Atlantic"


def test_offers_and_seeks_are_shown_once_they_are_filled(client):
    oslo = City.objects.get(slug="oslo")
    assert {"Oslo offers", "Oslo looks for"}.isdisjoint(headings_of(page_of(client, "oslo")))
    oslo.offers.add(Theme.objects.first())
    oslo.seeks.add(Theme.objects.last())
    assert {"Oslo offers", "Oslo looks for"} <= set(headings_of(page_of(client, "oslo")))


def test_a_city_with_nothing_recorded_says_so(client):
    practices = Practice.objects.filter(city__slug="oslo")
    practices.update(state=State.UNLISTED)
    DialogueEvent.objects.update(is_published=False)
    assert "is recorded yet" in page_of(client, "oslo")


def test_an_unpublished_event_is_not_on_the_page_of_a_city(client):
    DialogueEvent.objects.filter(slug="tdi-2023-oslo").update(is_published=False)
    assert "tdi-2023-oslo" not in page_of(client, "copenhagen")
    assert "tdi-2023-oslo" not in page_of(client, "oslo")


def test_an_unpublished_city_answers_404_and_is_linked_nowhere(client):
    City.objects.filter(slug="oslo").update(is_published=False)
    assert client.get("/en/cities/oslo/").status_code == 404
    for path in ("/en/cities/copenhagen/", "/en/events/", "/en/events/tdi-2023-oslo/", "/en/",
                 "/sitemap.xml"):  # fmt: skip
        assert "/cities/oslo/" not in client.get(path).content.decode(), path


def test_the_note_of_the_curators_and_the_domains_of_officials_are_not_on_the_page(client):
    City.objects.filter(slug="oslo").update(
        curator_note="only for staff", email_domains="secret.example.org"
    )
    page = page_of(client, "oslo")
    assert "only for staff" not in page
    assert "secret.example.org" not in page


def test_a_name_in_one_language_is_shown_and_marked_in_the_other(client):
    oslo = City.objects.get(slug="oslo")
    oslo.name_ar = None
    oslo.save()
    page = page_of(client, "oslo", "ar")
    assert '<h1><span lang="en" dir="ltr">Oslo</span></h1>' in page


def test_what_a_curator_typed_cannot_become_markup(client):
    City.objects.filter(slug="oslo").update(
        name_en="<b>Oslo</b>", other_names_en='"><script>x</script>', population_basis_en="</dd>"
    )
    page = page_of(client, "oslo")
    assert "<script>x" not in page
    assert "<b>Oslo" not in page


def test_structured_data_has_the_city_in_its_country(client):
    page = page_of(client, "oslo", "ar")
    data = json.loads(re.search(r"ld\+json\">(.*?)</script>", page, re.DOTALL).group(1))
    assert data["@type"] == "City"
    assert data["name"] == "أوسلو"
    assert data["containedInPlace"] == {"@type": "Country", "name": "النرويج"}
    assert data["url"] == "http://testserver/ar/cities/oslo/"
