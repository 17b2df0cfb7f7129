"""The transatlantic map: pins, labels, arcs, and what stands beside it."""

from itertools import combinations

import pytest
from django.utils import translation

from exchanges.labelling import MOST_LABELS, ROOMS, Place, Sheet, place_labels
from exchanges.mapping import transatlantic_map
from exchanges.models import City
from exchanges.projection import FRAME
from portal.common.languages import shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def cities() -> list[City]:
    return list(City.objects.published().in_reading_order())


def test_each_city_is_on_the_map_or_beside_it(cities):
    drawn = transatlantic_map(cities)
    assert len(drawn.pins) == 79
    assert [city.slug for city in drawn.beside] == ["cape-town"]
    assert drawn.arcs == []


def test_a_city_without_coordinates_stands_beside_the_map():
    oslo = City.objects.get(slug="oslo")
    oslo.latitude = oslo.longitude = None
    assert transatlantic_map([oslo]).beside == [oslo]


def test_a_city_at_the_far_end_of_the_earth_stands_beside_the_map():
    oslo = City.objects.get(slug="oslo")
    oslo.latitude, oslo.longitude = -50, 138
    assert transatlantic_map([oslo]).beside == [oslo]


def test_pins_stand_in_the_order_given_with_the_main_ones_last_on_top(cities):
    london = City.objects.get(slug="london")
    names = [str(pin.name) for pin in transatlantic_map(cities, highlighted=[london.pk]).pins]
    others = [
        str(shown(city, "name")) for city in cities if city.slug not in ("london", "cape-town")
    ]
    assert names == [*others, "London"]


def test_a_pin_is_a_link_that_says_how_many_events_its_city_hosted():
    berlin, oslo = City.objects.get(slug="berlin"), City.objects.get(slug="oslo")
    with translation.override("en"):
        pins = transatlantic_map([berlin, oslo], hosted={berlin.pk: 2}).pins
    assert [(pin.url, str(pin.name), pin.note, pin.is_main) for pin in pins] == [
        ("/en/cities/oslo/", "Oslo", "", False),
        ("/en/cities/berlin/", "Berlin", "2 dialogue events", True),
    ]


def test_a_legend_is_needed_only_where_there_are_both_kinds_of_pins(cities):
    oslo = City.objects.get(slug="oslo")
    assert not transatlantic_map(cities).has_legend
    assert not transatlantic_map([oslo], hosted={oslo.pk: 1}).has_legend
    assert transatlantic_map(cities, hosted={oslo.pk: 1}).has_legend


def test_a_trip_is_an_arc_unless_an_end_is_off_the_map():
    oslo, cape_town = City.objects.get(slug="oslo"), City.objects.get(slug="cape-town")
    london = City.objects.get(slug="london")
    drawn = transatlantic_map([oslo], trips=[(london, oslo), (oslo, cape_town), (oslo, oslo)])
    assert drawn.arcs == ["M752.7 235.3Q749.4 167.4 746.1 138.3"]


def test_targets_of_neighbouring_pins_do_not_overlap_beyond_the_smallest_size(cities):
    pins = [pin for pin in transatlantic_map(cities).pins if pin.target > 4]
    assert [
        (a.name, b.name)
        for a, b in combinations(pins, 2)
        if (a.x - b.x) ** 2 + (a.y - b.y) ** 2 < (a.target + b.target - 1) ** 2
    ] == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("room", ROOMS)
def test_no_label_lies_on_another_or_across_the_edge(cities, language, room):
    hosts = {city.pk: 1 for city in cities if city.hosted_events.exists()}
    with translation.override(language):
        pins = transatlantic_map(cities, hosted=hosts).pins
    shown_rooms = list(ROOMS)[list(ROOMS).index(room) :]
    labels = [pin.label for pin in pins if pin.label and pin.label.room in shown_rooms]
    sheet = Sheet(FRAME, *ROOMS[room], ())
    boxes = [sheet.box(label) for label in labels]
    assert 5 <= len(labels) <= MOST_LABELS
    assert [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])] == []
    assert all(FRAME.holds(box.left, box.top) for box in boxes)
    assert all(FRAME.holds(box.right, box.bottom) for box in boxes)


def test_a_name_that_fits_nowhere_is_left_out():
    assert place_labels((Place(100, 100, "x" * 500, is_main=True),), FRAME) == (None,)
