"""What search finds of cities and dialogue events: the texts that their pages show."""

from django.db.models import Prefetch, QuerySet

from exchanges.models import City, Country, DialogueEvent, Partner, Theme
from portal import search
from portal.common.display import period
from portal.common.languages import shown


def register() -> None:
    """Let cities and dialogue events be found."""
    search.register(
        "city",
        City,
        queryset=_cities,
        texts=_city_texts,
        shows={Country: ["country"], Theme: ["offers", "seeks"]},
    )
    search.register(
        "event",
        DialogueEvent,
        queryset=_events,
        texts=_event_texts,
        shows={
            City: ["host_cities", "cities"],
            Country: ["host_cities__country"],
            Partner: ["partners"],
            Theme: ["themes"],
        },
    )


def city_names(city: City, language: str) -> list[str]:
    """The name of a city and its other spellings, for whatever shows the city."""
    return [shown(city, field, language).text for field in ("name", "other_names")]


def _cities() -> QuerySet[City]:
    return City.objects.published().select_related("country").prefetch_related("offers", "seeks")


def _city_texts(city: City, language: str) -> dict[str, str]:
    name, other_names = city_names(city, language)
    themes = [*city.offers.all(), *city.seeks.all()]
    parts = [
        other_names,
        shown(city.country, "name", language).text,
        city.country.get_region_display(),
        *(shown(theme, "name", language).text for theme in themes),
    ]
    return {"title": name, "body": "\n".join(parts)}


def _events() -> QuerySet[DialogueEvent]:
    cities = City.objects.published()
    return DialogueEvent.objects.published().prefetch_related(
        Prefetch("host_cities", cities.select_related("country")),
        Prefetch("cities", cities),
        "themes",
        "partners",
        "documents",
        "photos",
    )


def _event_texts(event: DialogueEvent, language: str) -> dict[str, str]:
    hosts = event.host_cities.all()
    named = [*(host.country for host in hosts), *event.themes.all(), *event.partners.all()]
    parts = [
        *(shown(event, field, language).text for field in ("summary", "venue", "participants")),
        period(event.starts, event.ends),
        *(name for city in {*hosts, *event.cities.all()} for name in city_names(city, language)),
        *(shown(record, "name", language).text for record in dict.fromkeys(named)),
        *(shown(document, "title", language).text for document in event.documents.all()),
        *(shown(photo, "caption", language).text for photo in event.photos.all()),
    ]
    return {"title": shown(event, "title", language).text, "body": "\n".join(parts)}
