"""The map's projection, against points that were measured on the drawing."""

import pytest

from exchanges.mapping import arc, place_of
from exchanges.models import City
from exchanges.projection import FRAME, Frame, project

POINTS = {
    "oslo": (746.1, 138.3),
    "helsinki": (782.9, 87.8),
    "lviv": (859.6, 151.8),
    "palermo": (891.6, 285),
    "malaga": (794.6, 371.3),
    "london": (752.7, 235.3),
    "montreal": (330.8, 314.9),
    "houston": (130.9, 359.7),
    "san-diego": (41, 206.3),
    "victoria": (145.4, 79.7),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("slug", "point"), POINTS.items())
def test_a_city_lies_where_the_drawing_has_it(slug, point):
    city = City.objects.get(slug=slug)
    assert project(float(city.latitude), float(city.longitude)) == pytest.approx(point, abs=0.2)


def test_the_centre_of_the_projection_is_the_centre_of_the_drawing():
    assert project(50, -42) == pytest.approx((527.763, 315.429))


def test_the_antipode_of_the_centre_has_no_point():
    with pytest.raises(ValueError, match="antipode"):
        project(-50, 138)


@pytest.mark.django_db
def test_every_city_of_europe_and_north_america_is_on_the_map_and_cape_town_is_not():
    off_the_map = [city.slug for city in City.objects.all() if place_of(city) is None]
    assert off_the_map == ["cape-town"]


def test_a_frame_holds_what_lies_inside_its_margin():
    frame = Frame(10, 20, 100, 50)
    assert frame.holds(10, 20)
    assert not frame.holds(10, 20, margin=1)
    assert not frame.holds(111, 30)
    assert str(FRAME) == "16 44 920 372"


def test_an_arc_is_bent_towards_the_top_of_the_map():
    assert arc((0, 100), (100, 100)) == "M0.0 100.0Q50.0 80.0 100.0 100.0"
