"""The boxes of the list of practices: which there are, in which order, with which counts."""

import re

import pytest
from django.utils import translation

from exchanges.models import City
from findings.models import Finding
from portal import search
from practices.choices import Evidence, PopulationBand
from practices.models import Practice
from tests.practices.lists import (
    LIST,
    boxes,
    ids_where,
    results_of,
    shown_ids,
)
from tests.practices.records import change, publish_only

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("people", "band"),
    [
        (1, "under-50k"), (49_999, "under-50k"), (50_000, "50k-250k"), (249_999, "50k-250k"),
        (250_000, "250k-1m"), (999_999, "250k-1m"), (1_000_000, "over-1m"),
    ],
)  # fmt: skip
def test_every_number_of_people_has_one_band(people, band):
    assert PopulationBand.of(people) == band


def test_chosen_boxes_are_checked_and_their_facet_is_open(client):
    text = client.get(f"{LIST}?city=london").text
    assert boxes(text, "city")["london"] == (len(ids_where(city__slug="london")), "checked")
    assert '<details class="facet" id="facet-city" open>' in text
    assert '<details class="facet" id="facet-country">' in text


def test_a_count_is_what_the_list_would_have_if_that_value_were_chosen(client):
    chosen = "q=youth&region=western&evidence=moderate"
    text = client.get(f"{LIST}?{chosen}").text
    others = {
        "theme": "q=youth&region=western&evidence=moderate",
        "region": "q=youth&evidence=moderate",
    }
    for facet, rest in others.items():
        counts = boxes(text, facet)
        assert any(count for count, _state in counts.values())
        for value, (count, _state) in counts.items():
            listing = client.get(f"{LIST}?{rest}&{facet}={value}").context["listing"]
            assert listing.total == count, (facet, value)


def test_a_value_that_would_leave_nothing_cannot_be_ticked_but_unticked(client):
    text = client.get(f"{LIST}?city=london&region=nordic").text
    assert boxes(text, "city")["london"] == (0, "checked")
    assert boxes(text, "region")["nordic"] == (0, "checked")
    assert boxes(text, "region")["canada"] == (0, "disabled")
    assert boxes(text, "region")["western"][0] > 0


def test_scales_stand_in_their_order_names_in_that_of_the_page_years_newest_first(client):
    for language in ("en", "ar"):
        text = client.get(f"/{language}/practices/").text
        assert list(boxes(text, "population")) == PopulationBand.values
        assert list(boxes(text, "evidence")) == [
            strength for strength in reversed(Evidence.values) if ids_where(evidence=strength)
        ]
        years = list(boxes(text, "year"))
        assert years == sorted(years, reverse=True)
        with translation.override(language):
            cities = list(
                City.objects.published().in_reading_order().values_list("slug", flat=True)
            )
        shown = list(boxes(text, "city"))
        assert shown == [slug for slug in cities if slug in shown] != []


def test_a_facet_is_shown_where_a_published_practice_has_a_value_of_it(client):
    Practice.objects.update(cost_band="")
    search.refresh(Practice.objects.all())
    assert 'id="facet-cost"' not in client.get(LIST).text
    practice = change("london-shared-endeavour-fund", cost_band="high")
    text = client.get(LIST).text
    assert boxes(text, "cost") == {"high": (1, "")}
    assert shown_ids(client.get(f"{LIST}?cost=high")) == [practice.pk]


def test_a_new_name_of_a_city_is_in_cards_and_boxes_at_once(client):
    client.get(f"{LIST}?city=london")
    city = City.objects.get(slug="london")
    city.name_en = "Londinium <b>"
    city.save()
    search.refresh([city])
    text = client.get(f"{LIST}?city=london").text
    assert "Londinium &lt;b&gt;" in text[text.index('id="city-london"') :][:300]
    assert '<a href="/en/cities/london/"><bdi>Londinium &lt;b&gt;</bdi></a>' in results_of(text)


def test_only_values_that_published_practices_have_are_offered(client):
    publish_only(1)
    practice = Practice.objects.published().get()
    text = client.get(LIST).text
    offered = re.findall(r'name="(\w+)" value="([^"]+)"', text)
    assert [value for name, value in offered if name == "city"] == [practice.city.slug]
    assert [value for name, value in offered if name == "country"] == ["gb"]
    assert [value for name, value in offered if name == "region"] == ["western"]
    assert {value for name, value in offered if name == "theme"} == set(
        practice.themes.values_list("slug", flat=True)
    )
    assert {value for name, value in offered if name == "finding"} == {
        finding.key for finding in practice.findings.select_related("edition")
    }


def test_without_any_practice_there_is_no_facet_and_the_page_says_so(client):
    publish_only(0)
    text = client.get(LIST).text
    assert 'class="facet"' not in text
    assert "There are no practices yet." in text


def test_findings_of_several_editions_stand_under_their_year(client):
    practice = Practice.objects.published().first()
    practice.findings.add(Finding.objects.get(edition__year=2022, number=1))
    search.refresh([practice])
    text = client.get(LIST).text
    assert re.findall(r'<li class="muted small" data-group>(\d+)</li>', text) == ["2023", "2022"]


def test_only_long_facets_can_be_searched(client):
    text = client.get(LIST).text
    assert 'id="narrow-city"' in text
    assert 'id="narrow-region"' not in text
