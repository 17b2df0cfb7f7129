"""Time zones that an account can choose: those of the exchange's parts of the world, by city.

An account may hold any zone of the IANA database; one that is not in this list stays on offer to
whoever has it.
"""

from collections.abc import Iterable
from datetime import tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from portal.common.sorting import sort_key

UTC = ("UTC", pgettext_lazy("time zone", "Universal time (UTC)"))
PARTS_OF_THE_WORLD = (
    (
        pgettext_lazy("part of the world", "Europe"),
        (
            ("Europe/Amsterdam", pgettext_lazy("time zone", "Amsterdam")),
            ("Europe/Athens", pgettext_lazy("time zone", "Athens")),
            ("Europe/Belgrade", pgettext_lazy("time zone", "Belgrade")),
            ("Europe/Berlin", pgettext_lazy("time zone", "Berlin")),
            ("Europe/Bratislava", pgettext_lazy("time zone", "Bratislava")),
            ("Europe/Brussels", pgettext_lazy("time zone", "Brussels")),
            ("Europe/Bucharest", pgettext_lazy("time zone", "Bucharest")),
            ("Europe/Budapest", pgettext_lazy("time zone", "Budapest")),
            ("Europe/Chisinau", pgettext_lazy("time zone", "Chișinău")),
            ("Europe/Copenhagen", pgettext_lazy("time zone", "Copenhagen")),
            ("Europe/Dublin", pgettext_lazy("time zone", "Dublin")),
            ("Europe/Helsinki", pgettext_lazy("time zone", "Helsinki")),
            ("Europe/Istanbul", pgettext_lazy("time zone", "Istanbul")),
            ("Europe/Kyiv", pgettext_lazy("time zone", "Kyiv")),
            ("Europe/Lisbon", pgettext_lazy("time zone", "Lisbon")),
            ("Europe/Ljubljana", pgettext_lazy("time zone", "Ljubljana")),
            ("Europe/London", pgettext_lazy("time zone", "London")),
            ("Europe/Luxembourg", pgettext_lazy("time zone", "Luxembourg")),
            ("Europe/Madrid", pgettext_lazy("time zone", "Madrid")),
            ("Europe/Malta", pgettext_lazy("time zone", "Malta")),
            ("Europe/Minsk", pgettext_lazy("time zone", "Minsk")),
            ("Europe/Moscow", pgettext_lazy("time zone", "Moscow")),
            ("Europe/Oslo", pgettext_lazy("time zone", "Oslo")),
            ("Europe/Paris", pgettext_lazy("time zone", "Paris")),
            ("Europe/Podgorica", pgettext_lazy("time zone", "Podgorica")),
            ("Europe/Prague", pgettext_lazy("time zone", "Prague")),
            ("Europe/Riga", pgettext_lazy("time zone", "Riga")),
            ("Europe/Rome", pgettext_lazy("time zone", "Rome")),
            ("Europe/Sarajevo", pgettext_lazy("time zone", "Sarajevo")),
            ("Europe/Skopje", pgettext_lazy("time zone", "Skopje")),
            ("Europe/Sofia", pgettext_lazy("time zone", "Sofia")),
            ("Europe/Stockholm", pgettext_lazy("time zone", "Stockholm")),
            ("Europe/Tallinn", pgettext_lazy("time zone", "Tallinn")),
            ("Europe/Tirane", pgettext_lazy("time zone", "Tirana")),
            ("Europe/Vaduz", pgettext_lazy("time zone", "Vaduz")),
            ("Europe/Vienna", pgettext_lazy("time zone", "Vienna")),
            ("Europe/Vilnius", pgettext_lazy("time zone", "Vilnius")),
            ("Europe/Warsaw", pgettext_lazy("time zone", "Warsaw")),
            ("Europe/Zagreb", pgettext_lazy("time zone", "Zagreb")),
            ("Europe/Zurich", pgettext_lazy("time zone", "Zurich")),
            ("Atlantic/Reykjavik", pgettext_lazy("time zone", "Reykjavík")),
            ("Asia/Nicosia", pgettext_lazy("time zone", "Nicosia")),
            ("Asia/Tbilisi", pgettext_lazy("time zone", "Tbilisi")),
            ("Asia/Yerevan", pgettext_lazy("time zone", "Yerevan")),
        ),
    ),
    (
        pgettext_lazy("part of the world", "North America"),
        (
            ("America/St_Johns", pgettext_lazy("time zone", "St. John’s")),
            ("America/Halifax", pgettext_lazy("time zone", "Halifax")),
            ("America/Toronto", pgettext_lazy("time zone", "Toronto")),
            ("America/New_York", pgettext_lazy("time zone", "New York")),
            ("America/Detroit", pgettext_lazy("time zone", "Detroit")),
            ("America/Chicago", pgettext_lazy("time zone", "Chicago")),
            ("America/Winnipeg", pgettext_lazy("time zone", "Winnipeg")),
            ("America/Regina", pgettext_lazy("time zone", "Regina")),
            ("America/Denver", pgettext_lazy("time zone", "Denver")),
            ("America/Edmonton", pgettext_lazy("time zone", "Edmonton")),
            ("America/Phoenix", pgettext_lazy("time zone", "Phoenix")),
            ("America/Los_Angeles", pgettext_lazy("time zone", "Los Angeles")),
            ("America/Vancouver", pgettext_lazy("time zone", "Vancouver")),
            ("America/Anchorage", pgettext_lazy("time zone", "Anchorage")),
            ("America/Puerto_Rico", pgettext_lazy("time zone", "San Juan")),
            ("America/Mexico_City", pgettext_lazy("time zone", "Mexico City")),
            ("Pacific/Honolulu", pgettext_lazy("time zone", "Honolulu")),
        ),
    ),
    (
        pgettext_lazy("part of the world", "Africa and Middle East"),
        (
            ("Africa/Algiers", pgettext_lazy("time zone", "Algiers")),
            ("Africa/Cairo", pgettext_lazy("time zone", "Cairo")),
            ("Africa/Casablanca", pgettext_lazy("time zone", "Casablanca")),
            ("Africa/Johannesburg", pgettext_lazy("time zone", "Johannesburg")),
            ("Africa/Lagos", pgettext_lazy("time zone", "Lagos")),
            ("Africa/Nairobi", pgettext_lazy("time zone", "Nairobi")),
            ("Africa/Tripoli", pgettext_lazy("time zone", "Tripoli")),
            ("Africa/Tunis", pgettext_lazy("time zone", "Tunis")),
            ("Asia/Amman", pgettext_lazy("time zone", "Amman")),
            ("Asia/Baghdad", pgettext_lazy("time zone", "Baghdad")),
            ("Asia/Beirut", pgettext_lazy("time zone", "Beirut")),
            ("Asia/Damascus", pgettext_lazy("time zone", "Damascus")),
            ("Asia/Dubai", pgettext_lazy("time zone", "Dubai")),
            ("Asia/Jerusalem", pgettext_lazy("time zone", "Jerusalem")),
            ("Asia/Kuwait", pgettext_lazy("time zone", "Kuwait City")),
            ("Asia/Muscat", pgettext_lazy("time zone", "Muscat")),
            ("Asia/Qatar", pgettext_lazy("time zone", "Doha")),
            ("Asia/Riyadh", pgettext_lazy("time zone", "Riyadh")),
        ),
    ),
)


def choices(current: str = "") -> list[tuple]:
    """What a select offers: UTC, then the zones by part of the world, each in reading order.

    `current` is added where it is not among them.
    """
    listed = {zone for _part, zones in PARTS_OF_THE_WORLD for zone, _name in zones} | {UTC[0]}
    first = [UTC] if not current or current in listed else [UTC, (current, current)]
    return first + [(part, _in_reading_order(zones)) for part, zones in PARTS_OF_THE_WORLD]


def zone_of(person) -> tzinfo:
    """The zone in which `person` (an account, or None) reads times: UTC where there is none."""
    try:
        return ZoneInfo(person.time_zone if person else "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _in_reading_order(zones: Iterable[tuple[str, Promise]]) -> list[tuple[str, Promise]]:
    return sorted(zones, key=lambda zone: sort_key(str(zone[1])))
