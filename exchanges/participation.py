"""Who took part in a dialogue event, and in what a city took part."""

from itertools import groupby

from django.db.models import Exists, OuterRef, Q

from exchanges.choices import Continent, PartnerRole
from exchanges.mapping import TransatlanticMap, transatlantic_map
from exchanges.models import City, DialogueEvent, EventPartner, Partner, Theme
from portal.common.sorting import sort_column


def cities_of(event: DialogueEvent) -> list[City]:
    """The published cities that hosted `event` (is_host) or took part, by name."""
    cities = City.objects.published().select_related("country")
    hosting = event.host_cities.through.objects.filter(dialogueevent=event, city=OuterRef("pk"))
    return list(
        cities.filter(
            Q(pk__in=event.host_cities.values("pk")) | Q(pk__in=event.cities.values("pk"))
        )
        .annotate(is_host=Exists(hosting))
        .in_reading_order()
    )


def by_continent(cities: list[City]) -> list[tuple[Continent, list[City]]]:
    """The cities of each continent that has any, in their order."""
    groups = [
        (continent, [city for city in cities if city.country.continent == continent])
        for continent in Continent
    ]
    return [(continent, members) for continent, members in groups if members]


def partnerships_of(event: DialogueEvent) -> list[EventPartner]:
    """Who hosted, accompanied, supported or funded `event`, by name."""
    return list(
        event.partnerships.select_related("partner").order_by(f"partner__{sort_column()}", "pk")
    )


def by_role(partnerships: list[EventPartner]) -> list[tuple[PartnerRole, list[Partner]]]:
    """The partners of each role that anybody has, in the order of PartnerRole."""
    groups = [
        (role, [each.partner for each in partnerships if each.role == role]) for role in PartnerRole
    ]
    return [(role, partners) for role, partners in groups if partners]


def discussions_at(event: DialogueEvent):
    """The published findings tied to `event`, newest edition first, each with its basis."""
    return (
        event.discussions.filter(finding__in=event.findings.published())
        .select_related("finding__edition")
        .order_by("-finding__edition__year", "finding__number")
    )


def themes_of(city: City):
    """The themes that `city` offers or seeks, each with is_offered and is_sought."""
    of_theme = Q(city=city, theme=OuterRef("pk"))
    return (
        Theme.objects.annotate(
            is_offered=Exists(City.offers.through.objects.filter(of_theme)),
            is_sought=Exists(City.seeks.through.objects.filter(of_theme)),
        )
        .filter(Q(is_offered=True) | Q(is_sought=True))
        .in_reading_order()
    )


def map_of_city(city: City, events: list[DialogueEvent]) -> TransatlanticMap:
    """The map of `city`, with a line to each other city whose event it took part in."""
    hosts = {host.pk: host for event in events for host in event.host_cities.all() if host != city}
    return transatlantic_map(
        [city, *hosts.values()],
        highlighted=[city.pk],
        trips=[(city, host) for host in hosts.values()],
    )


def map_of_event(cities: list[City]) -> TransatlanticMap:
    """The map of the cities_of() an event, with a line from each to each that hosted it."""
    hosts = [city for city in cities if city.is_host]
    return transatlantic_map(
        cities,
        highlighted=[host.pk for host in hosts],
        trips=[(city, host) for city in cities if not city.is_host for host in hosts],
    )


def map_of_hosts(events: list[DialogueEvent]) -> TransatlanticMap:
    """The map of the cities that hosted `events`, which come from with_places()."""
    hosts = [host for event in events for host in event.host_cities.all()]
    return transatlantic_map(
        {host.pk: host for host in hosts}.values(),
        hosted={host.pk: hosts.count(host) for host in hosts},
    )


def by_year(events: list[DialogueEvent]) -> list[tuple[int, list[DialogueEvent]]]:
    """The events of each year, in the order given."""
    return [(year, list(group)) for year, group in groupby(events, lambda each: each.starts.year)]
