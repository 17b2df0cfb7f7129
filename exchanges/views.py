"""Public pages of cities and dialogue events, and their calendar files."""

from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from exchanges.calendars import calendar_of
from exchanges.choices import Region
from exchanges.filters import countries_of_cities, read_filter
from exchanges.mapping import transatlantic_map
from exchanges.metadata import city_metadata, event_metadata
from exchanges.models import City, DialogueEvent
from exchanges.participation import (
    by_continent,
    by_role,
    by_year,
    cities_of,
    discussions_at,
    map_of_city,
    map_of_event,
    map_of_hosts,
    partnerships_of,
    themes_of,
)

CITIES_A_PAGE = 100
EVENTS_A_PAGE = 60
# As many practices stand on the page of a city; the list of practices has all of them.
PRACTICES_SHOWN = 12


@require_safe
def city_list(request: HttpRequest) -> HttpResponse:
    """Cities by region, on a map and as a list; what is asked for stands in the address."""
    countries = countries_of_cities()
    asked = read_filter(request.GET, countries)
    cities = asked.apply(City.objects.published()).select_related("country").with_counts()
    page = _page(request, cities.by_region(), CITIES_A_PAGE)
    context = {
        "section": "cities",
        "section_current": "page",
        "asked": asked,
        "no_index": bool(asked),
        "regions": Region,
        "countries": countries,
        "groups": [
            (Region(region), list(group))
            for region, group in groupby(page, lambda city: city.country.region)
        ],
        "map": transatlantic_map(
            page, hosted={city.pk: city.hosted_count for city in page if city.hosted_count}
        ),
        **_places_in_list(page),
    }
    return render(request, "exchanges/city_list.html", context)


@require_safe
def city_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A city: who it is, what it shares, where it took part."""
    cities = City.objects.published().select_related("country").with_counts()
    city = get_object_or_404(cities, slug=slug)
    practices = city.published_practices().for_cards().newest_first()[:PRACTICES_SHOWN]
    events = list(DialogueEvent.objects.published().of_city(city).with_places().newest_first())
    themes = themes_of(city)
    context = {
        "section": "cities",
        "section_current": "true",
        "city": city,
        "region": Region(city.country.region),
        "own_practices": [each for each in practices if each.city_id == city.pk],
        "shared_practices": [each for each in practices if each.city_id != city.pk],
        "has_more_practices": city.practice_count > PRACTICES_SHOWN,
        "hosted": [event for event in events if city in event.host_cities.all()],
        "attended": [event for event in events if city not in event.host_cities.all()],
        "offers": [theme for theme in themes if theme.is_offered],
        "seeks": [theme for theme in themes if theme.is_sought],
        "partners": city.partners.in_reading_order(),
        "sources": city.sources.all(),
        "map": map_of_city(city, events),
        "metadata": city_metadata(city),
    }
    return render(request, "exchanges/city_detail.html", context)


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """Dialogue events by year, newest first."""
    events = DialogueEvent.objects.published().with_places().newest_first()
    page = _page(request, events, EVENTS_A_PAGE)
    context = {
        "section": "events",
        "section_current": "page",
        "years": by_year(page.object_list),
        "map": map_of_hosts(page.object_list),
        **_places_in_list(page),
    }
    return render(request, "exchanges/event_list.html", context)


@require_safe
def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A dialogue event: when, where, who came, what was found, and how sure that is."""
    event = get_object_or_404(DialogueEvent.objects.published(), slug=slug)
    cities = cities_of(event)
    hosts = [city for city in cities if city.is_host]
    partnerships = partnerships_of(event)
    context = {
        "section": "events",
        "section_current": "true",
        "event": event,
        "hosts": hosts,
        # That a city came to its own event says nothing.
        "cities_by_continent": by_continent(cities) if len(cities) > len(hosts) else [],
        "partners_by_role": by_role(partnerships),
        "themes": event.themes.in_reading_order(),
        "discussions": discussions_at(event),
        "documents": event.documents.all(),
        "photos": event.photos.all(),
        "sources": event.sources.all(),
        "map": map_of_event(cities),
        "metadata": event_metadata(event, hosts, partnerships),
    }
    return render(request, "exchanges/event_detail.html", context)


@require_safe
def event_calendar(request: HttpRequest) -> HttpResponse:
    """A calendar file with every event of which the days are known."""
    events = DialogueEvent.objects.published().with_places().in_order_of_date()
    return _calendar_file(calendar_of(events), "dialogue-events")


@require_safe
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """A calendar file with one event; there is none for an event of which the days are unknown."""
    event = get_object_or_404(DialogueEvent.objects.published().with_places(), slug=slug)
    if not event.has_known_days:
        raise Http404
    return _calendar_file(calendar_of([event]), event.slug)


def _page(request: HttpRequest, rows: QuerySet, size: int) -> Page:
    """The page that is asked for, or the nearest one that there is, its rows fetched."""
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    return page


def _places_in_list(page: Page) -> dict:
    """What templates/common/_pager.html needs."""
    return {"page_obj": page, "page_range": page.paginator.get_elided_page_range(page.number)}


def _calendar_file(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.ics"'},
    )
