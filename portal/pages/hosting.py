"""Which cities hosted which dialogue events, as the home page lists them beside its map."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from exchanges.models import City, DialogueEvent
from portal.common.sorting import sort_column


@dataclass(frozen=True)
class Host:
    city: City
    events: list[DialogueEvent] = field(default_factory=list)


def hosting_cities(events: Iterable[DialogueEvent]) -> list[Host]:
    """The cities of `events` in reading order, each with its events in the order given.

    `events` come with their host_cities prefetched.
    """
    hosts: dict[int, Host] = {}
    for event in events:
        for city in event.host_cities.all():
            hosts.setdefault(city.pk, Host(city)).events.append(event)
    return sorted(hosts.values(), key=lambda host: getattr(host.city, sort_column()))
