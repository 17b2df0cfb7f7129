"""Dialogue events as calendar files (.ics, RFC 5545).

Only events of which the days are known stand in a calendar: a month or a year has no place on a
day, and an entry that fills a month would say that the dialogue did. Their pages say so.
"""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import pgettext
from icalendar import Calendar, Event

from exchanges.choices import Confidence
from exchanges.models import DialogueEvent
from portal.common.languages import current_language, shown


def calendar_of(events: Iterable[DialogueEvent]) -> bytes:
    """A calendar file in the active language with those of `events` of which the days are known.

    The rows come from with_places().
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{urlsplit(settings.SITE_URL).hostname}//dialogue events//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", str(settings.SITE_NAME))
    for event in events:
        if event.has_known_days:
            calendar.add_component(_entry(event))
    return calendar.to_ical()


def _entry(event: DialogueEvent) -> Event:
    """An entry of whole days; its identity is that of the event, whatever the language or title."""
    entry = Event()
    entry.add("uid", f"dialogue-event-{event.pk}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("dtstamp", timezone.now())
    entry.add("dtstart", event.starts.first_day)
    # The end of a whole-day entry is the day after its last.
    entry.add("dtend", event.closes.last_day + timedelta(days=1))
    for name, field in (("summary", "title"), ("description", "summary")):
        text = shown(event, field)
        if text:
            entry.add(name, text.text, parameters={"LANGUAGE": text.language})
    if place := place_of(event):
        entry.add("location", place, parameters={"LANGUAGE": current_language()})
    entry.add("url", settings.SITE_URL + event.get_absolute_url())
    entry.add("status", "CONFIRMED" if event.confidence == Confidence.CONFIRMED else "TENTATIVE")
    # Others' calendars must not show their owners as busy.
    entry.add("transp", "TRANSPARENT")
    return entry


def place_of(event: DialogueEvent) -> str:
    """Venue, host cities and their countries in one line; empty where nothing is known."""
    hosts = event.host_cities.all()
    parts = [
        shown(event, "venue").text,
        *(shown(city, "name").text for city in hosts),
        *dict.fromkeys(shown(city.country, "name").text for city in hosts),
    ]
    comma = pgettext("comma between parts of a list", ", ")
    return comma.join(part for part in parts if part)
