"""The list of cities: what it shows, how it is narrowed, how it is ordered."""

import re

import pytest
from django.utils import translation

from exchanges.choices import Region
from exchanges.models import City
from portal.common.languages import shown
from portal.common.sorting import sort_key
from tests.exchanges.records import publish_only_cities

pytestmark = pytest.mark.django_db


def listed(response) -> list[str]:
    """Slugs of the cities of the list, in its order."""
    return re.findall(r'<li><a href="/\w+/cities/([\w-]+)/"', response.content.decode())


def test_all_cities_stand_on_the_page_with_their_facts(client):
    page = client.get("/en/cities/").content.decode()
    row = re.search(r'<li><a href="/en/cities/oslo/">.*?</li>', page).group()
    assert " ".join(re.sub(r"<[^>]+>", " ", row).split()) == (
        "Oslo Norway 709,000 (2023) Member of the network 1 practice 1 event"
    )
    assert "80 cities" in page


def test_a_city_that_is_off_the_map_is_named_beside_it(client):
    page = client.get("/en/cities/").content.decode()
    caption = re.search(r"<figcaption.*?</figcaption>", page, re.DOTALL).group()
    assert "Not on this map:" in caption
    assert '<a href="/en/cities/cape-town/"><bdi>Cape Town</bdi></a>' in caption


@pytest.mark.parametrize("language", ["en", "ar"])
def test_cities_are_grouped_by_region_and_sorted_by_the_name_that_readers_see(client, language):
    regions = list(Region)
    with translation.override(language):
        expected = sorted(
            City.objects.select_related("country"),
            key=lambda city: (
                regions.index(city.country.region),
                sort_key(shown(city, "name").text).encode(),
                city.pk,
            ),
        )
    assert listed(client.get(f"/{language}/cities/")) == [city.slug for city in expected]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("q=koben", ["copenhagen"]),
        ("region=nordic&country=no", ["kristiansand", "oslo"]),
        ("country=no&country=sk", ["kristiansand", "oslo", "bratislava", "zilina"]),
        ("country=NO&q=oslo", ["oslo"]),
        ("region=elsewhere&region=nordic&q=o&country=za", ["cape-town"]),
        ("region=nordic&country=us", []),
    ],
)
def test_a_filter_narrows_the_list(client, query, slugs):
    assert listed(client.get(f"/en/cities/?{query}")) == slugs


@pytest.mark.parametrize("query", ["region=atlantis", "country=xx", "q=", "q=%25", "region="])
def test_a_filter_that_says_nothing_leaves_all_cities(client, query):
    assert len(listed(client.get(f"/en/cities/?{query}"))) == 80


def test_a_filter_is_kept_in_the_form_and_not_for_search_engines(client):
    page = client.get("/en/cities/?q=oslo&region=nordic&country=no").content.decode()
    assert 'value="oslo"' in page
    assert '<option value="nordic" selected>' in page
    assert '<option value="no" selected>' in page
    assert '<meta name="robots" content="noindex">' in page
    assert 'content="noindex"' not in client.get("/en/cities/").content.decode()


def test_the_map_shows_the_cities_of_the_list(client):
    page = client.get("/en/cities/?country=no").content.decode()
    assert re.findall(r'class="pin" href="/en/cities/([\w-]+)/"', page) == ["kristiansand", "oslo"]


def test_nothing_found_offers_a_way_back(client):
    page = client.get("/en/cities/?q=atlantis").content.decode()
    assert "0 cities" in page
    assert "No city matches." in page


def test_an_unpublished_city_is_not_listed(client):
    City.objects.filter(slug="oslo").update(is_published=False)
    page = client.get("/en/cities/").content.decode()
    assert "/cities/oslo/" not in page
    assert "79 cities" in page


def test_a_country_without_a_published_city_cannot_be_chosen(client):
    City.objects.filter(slug="cape-town").update(is_published=False)
    page = client.get("/en/cities/").content.decode()
    assert 'value="za"' not in page
    assert 'value="no"' in page


def test_an_empty_list_says_so(client):
    publish_only_cities(0)
    assert "No city matches." in client.get("/en/cities/").content.decode()


def test_a_long_list_has_pages_and_leads_to_the_nearest(client, monkeypatch):
    monkeypatch.setattr("exchanges.views.CITIES_A_PAGE", 30)
    assert len(listed(client.get("/en/cities/?page=3"))) == 20
    assert listed(client.get("/en/cities/?page=99")) == listed(client.get("/en/cities/?page=3"))
    assert listed(client.get("/en/cities/?page=x")) == listed(client.get("/en/cities/"))


def test_a_name_in_one_language_is_shown_and_marked_in_the_other(client):
    oslo = City.objects.get(slug="oslo")
    oslo.name_ar = None
    oslo.save()
    page = client.get("/ar/cities/").content.decode()
    assert '<a href="/ar/cities/oslo/"><span lang="en" dir="ltr">Oslo</span></a>' in page
    assert '<title lang="en">Oslo' in page
