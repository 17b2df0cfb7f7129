"""Calendar files: what a calendar makes of them."""

import datetime

import pytest
from icalendar import Calendar

from exchanges.calendars import calendar_of
from exchanges.models import City, DialogueEvent
from portal.common.dates import PartialDate

pytestmark = pytest.mark.django_db


def entries(response) -> dict[str, dict]:
    """The entries of a calendar file by their identity."""
    return {str(entry["uid"]): entry for entry in Calendar.from_ical(response.content).events}


def test_the_calendar_holds_the_events_of_which_the_days_are_known(client):
    response = client.get("/en/events/calendar.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="dialogue-events.ics"'
    known = [event for event in DialogueEvent.objects.published() if event.has_known_days]
    assert len(known) == 12
    assert set(entries(response)) == {f"dialogue-event-{event.pk}@testserver" for event in known}


def test_an_entry_has_whole_days_and_ends_on_the_day_after_the_last(client):
    response = client.get("/en/events/tdi-2023-berlin-june/event.ics")
    assert response["Content-Disposition"] == 'attachment; filename="tdi-2023-berlin-june.ics"'
    (entry,) = entries(response).values()
    assert entry.decoded("dtstart") == datetime.date(2023, 6, 15)
    assert entry.decoded("dtend") == datetime.date(2023, 6, 17)
    assert entry["dtstart"].params["VALUE"] == "DATE"
    assert entry["location"] == "Berlin City Hall, Berlin, Germany"
    assert entry["url"] == "http://testserver/en/events/tdi-2023-berlin-june/"
    assert (entry["status"], entry["transp"]) == ("CONFIRMED", "TRANSPARENT")


def test_an_event_of_one_day_ends_on_the_next(client):
    (entry,) = entries(client.get("/en/events/tdi-2023-london/event.ics")).values()
    assert entry.decoded("dtend") - entry.decoded("dtstart") == datetime.timedelta(days=1)


def test_an_entry_is_the_same_event_in_both_languages(client):
    english = entries(client.get("/en/events/calendar.ics"))
    arabic = entries(client.get("/ar/events/calendar.ics"))
    assert list(english) == list(arabic)
    berlin = DialogueEvent.objects.get(slug="tdi-2023-berlin-june")
    entry = arabic[f"dialogue-event-{berlin.pk}@testserver"]
    assert entry["summary"] == berlin.title_ar
    assert entry["summary"].params["LANGUAGE"] == "ar"
    assert entry["description"] == berlin.summary_ar
    assert entry["location"] == "دار بلدية برلين، برلين، ألمانيا"


def test_lines_are_folded_within_75_bytes_and_no_letter_is_cut(client):
    for line in client.get("/ar/events/calendar.ics").content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_an_event_that_is_not_confirmed_is_tentative(client):
    (entry,) = entries(client.get("/en/events/tdi-2021-brussels/event.ics")).values()
    assert entry["status"] == "TENTATIVE"


@pytest.mark.parametrize("slug", ["tdi-2023-oslo", "tdi-2023-washington"])
def test_an_event_without_known_days_has_no_calendar_file_and_no_link_to_one(client, slug):
    assert client.get(f"/en/events/{slug}/event.ics").status_code == 404
    assert "event.ics" not in client.get(f"/en/events/{slug}/").content.decode()


def test_an_end_of_which_only_the_month_is_known_keeps_the_event_out_of_the_calendar():
    event = DialogueEvent.objects.with_places().get(slug="tdi-2023-london")
    event.ends = PartialDate(2023, 4)
    assert len(Calendar.from_ical(calendar_of([event])).events) == 0


def test_a_text_of_several_lines_and_special_characters_comes_back_as_it_was(client):
    text = "First; line, with \\ signs\nBEGIN:VEVENT\nلقاء «ثانٍ»؛ سطر"
    DialogueEvent.objects.filter(slug="tdi-2023-london").update(summary_en=text)
    (entry,) = entries(client.get("/en/events/tdi-2023-london/event.ics")).values()
    assert entry["description"] == text


def test_an_unpublished_host_is_not_in_the_place_of_an_entry(client):
    City.objects.filter(slug="berlin").update(is_published=False)
    (entry,) = entries(client.get("/en/events/tdi-2023-berlin-june/event.ics")).values()
    assert entry["location"] == "Berlin City Hall"
