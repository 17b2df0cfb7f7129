"""The transatlantic map: cities as pins that are links, on land that the browser keeps."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import ngettext

from exchanges.labelling import Label, Place, place_labels
from exchanges.models import City
from exchanges.projection import FRAME, Frame, project
from portal.common import display
from portal.common.languages import Shown, shown

# Radius of the circle around a pin that can be hit, in units of the drawing: the first where no
# other pin is near, half the way to the nearest one otherwise, but never less than the second.
WIDEST_TARGET = 18
NARROWEST_TARGET = 4

Point = tuple[float, float]


@dataclass(frozen=True)
class Pin:
    """A city on the map: a link with a name, a dot and the circle around it that can be hit.

    `name` is what is read out and shown on hover. `is_main` pins are drawn larger, above the
    others.
    """

    x: float
    y: float
    url: str
    name: Shown
    note: str
    is_main: bool
    target: int
    label: Label | None


@dataclass(frozen=True)
class TransatlanticMap:
    """What templates/exchanges/_map.html draws.

    `pins` in drawing order; `arcs` are paths; `beside` are the cities that lie outside the frame
    or have no coordinates: the template names them under "Not on this map". `has_legend`: some
    pins are hosts of events and some are not, so that their difference needs words.
    """

    pins: list[Pin]
    arcs: list[str]
    beside: list[City]
    has_legend: bool
    frame: Frame = FRAME


def transatlantic_map(
    cities: Iterable[City],
    *,
    hosted: Mapping[int, int] | None = None,
    highlighted: Collection[int] = (),
    trips: Iterable[tuple[City, City]] = (),
) -> TransatlanticMap:
    """The map of `cities` in the active language. Asks the database for nothing.

    Keep it as `map` in the context and draw it by
        {% include "exchanges/_map.html" with labelled_by="h-map" %}
    where `labelled_by` is the id of the heading that names it. The page must show the same facts
    as text too. `cities` are published ones, with slug, names and coordinates.

    `hosted` gives the number of dialogue events that took place in a city by its primary key:
    these cities are main pins, and their names say so. `highlighted` are primary keys of further
    main pins. `trips` are pairs of cities (from, to) that an arc joins.
    """
    hosted = hosted or {}
    main = {*hosted, *highlighted}
    places = [(city, place_of(city)) for city in cities]
    on_map = [(city, point) for city, point in places if point]
    # What is drawn later lies on top.
    on_map.sort(key=lambda place: place[0].pk in main)
    return TransatlanticMap(
        pins=_pins(on_map, hosted, main),
        arcs=_arcs(trips),
        beside=[city for city, point in places if point is None],
        has_legend=0 < sum(city.pk in hosted for city, _point in on_map) < len(on_map),
    )


def place_of(city: City) -> Point | None:
    """The point of a city on the map; None without coordinates or outside the frame."""
    if not city.has_place:
        return None
    try:
        point = project(float(city.latitude), float(city.longitude))
    except ValueError:
        return None
    return point if FRAME.holds(*point, margin=6) else None


def arc(start: Point, end: Point) -> str:
    """The path from one point to another, bent towards the top of the map."""
    (x1, y1), (x2, y2) = start, end
    lift = 0.2 * ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    middle_x, middle_y = (x1 + x2) / 2, (y1 + y2) / 2 - lift
    return f"M{x1:.1f} {y1:.1f}Q{middle_x:.1f} {middle_y:.1f} {x2:.1f} {y2:.1f}"


def _pins(on_map: list[tuple[City, Point]], hosted: Mapping[int, int], main: set[int]) -> list[Pin]:
    """A pin for each place, in their order."""
    names = {city.pk: shown(city, "name") for city, _point in on_map}
    labels = _labels(on_map, names, hosted, main)
    targets = _targets([point for _city, point in on_map])
    return [
        Pin(
            x=round(point[0], 1),
            y=round(point[1], 1),
            url=city.get_absolute_url(),
            name=names[city.pk],
            note=_events_note(hosted.get(city.pk, 0)),
            is_main=city.pk in main,
            target=target,
            label=labels[city.pk],
        )
        for (city, point), target in zip(on_map, targets, strict=True)
    ]


def _labels(
    on_map: list[tuple[City, Point]],
    names: Mapping[int, Shown],
    hosted: Mapping[int, int],
    main: set[int],
) -> dict[int, Label | None]:
    """The label of each city, if it has one; main pins are named first, then large cities."""
    ranked = sorted(
        on_map,
        key=lambda place: (
            place[0].pk in main,
            hosted.get(place[0].pk, 0),
            place[0].population or 0,
        ),
        reverse=True,
    )
    places = tuple(
        Place(*point, names[city.pk].text, is_main=city.pk in main) for city, point in ranked
    )
    labels = place_labels(places, FRAME)
    return {city.pk: label for (city, _point), label in zip(ranked, labels, strict=True)}


def _events_note(count: int) -> str:
    """How many events a city hosted, in words; nothing where none is known."""
    if not count:
        return ""
    return ngettext("%(count)s dialogue event", "%(count)s dialogue events", count) % {
        "count": display.number(count)
    }


def _targets(points: list[Point]) -> list[int]:
    """A radius for each point, so that the circles of two points meet but do not overlap."""
    from_left = sorted(range(len(points)), key=points.__getitem__)
    nearest = [2.0 * WIDEST_TARGET] * len(points)
    for place, this in enumerate(from_left):
        x, y = points[this]
        for other in from_left[place + 1 :]:
            across = points[other][0] - x
            if across >= 2 * WIDEST_TARGET:
                break
            distance = (across**2 + (points[other][1] - y) ** 2) ** 0.5
            nearest[this] = min(nearest[this], distance)
            nearest[other] = min(nearest[other], distance)
    return [max(NARROWEST_TARGET, int(distance / 2)) for distance in nearest]


def _arcs(trips: Iterable[tuple[City, City]]) -> list[str]:
    ends = ((place_of(start), place_of(end)) for start, end in trips)
    return [arc(start, end) for start, end in ends if start and end and start != end]
