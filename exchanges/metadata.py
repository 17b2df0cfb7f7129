"""Cities and dialogue events as schema.org describes them: only what is known."""

from django.conf import settings

from exchanges.choices import PartnerRole
from exchanges.models import City, DialogueEvent, EventPartner
from portal.common.languages import shown

_ATTENDANCE = "https://schema.org/OfflineEventAttendanceMode"


def city_metadata(city: City) -> dict:
    """A city with its country, its place and its other spellings."""
    return {
        "@type": "City",
        "name": shown(city, "name").text,
        "alternateName": shown(city, "other_names").text.splitlines(),
        "url": settings.SITE_URL + city.get_absolute_url(),
        "sameAs": city.website,
        "containedInPlace": {"@type": "Country", "name": shown(city.country, "name").text},
        "geo": city.has_place
        and {
            "@type": "GeoCoordinates",
            "latitude": float(city.latitude),
            "longitude": float(city.longitude),
        },
    }


def event_metadata(
    event: DialogueEvent, hosts: list[City], partnerships: list[EventPartner]
) -> dict:
    """A dialogue event; dates have the precision that is known."""
    title = shown(event, "title")
    organisers = [each.partner for each in partnerships if each.role == PartnerRole.HOST]
    return {
        "@type": "Event",
        "name": title.text,
        "description": shown(event, "summary").text,
        "inLanguage": title.language,
        "url": settings.SITE_URL + event.get_absolute_url(),
        "startDate": str(event.starts),
        "endDate": event.ends and str(event.ends),
        "eventAttendanceMode": _ATTENDANCE,
        "location": [_place(event, city) for city in hosts],
        "organizer": [
            {"@type": "Organization", "name": shown(partner, "name").text} for partner in organisers
        ],
    }


def _place(event: DialogueEvent, city: City) -> dict:
    name = shown(city, "name").text
    return {
        "@type": "Place",
        "name": shown(event, "venue").text or name,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": name,
            "addressCountry": city.country.code,
        },
    }
