"""What a page costs the database: the same for one row, three and fifty, in both languages."""

import pytest
from django.contrib.auth import get_user_model

from exchanges.models import City, DialogueEvent
from practices.models import Practice
from tests.exchanges.records import (
    copy_event,
    copy_practices,
    publish_only_cities,
    publish_only_events,
)

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("language", ["en", "ar"])]
rows = pytest.mark.parametrize("number", [1, 3, 50])

CITY_LIST = 3
CITY_DETAIL = 8
EVENT_LIST = 3
EVENT_DETAIL = 8
CALENDAR = 2
SIGNED_IN = 2


@rows
def test_list_of_cities(client, django_assert_num_queries, language, number):
    publish_only_cities(number)
    with django_assert_num_queries(CITY_LIST):
        assert client.get(f"/{language}/cities/").status_code == 200


@rows
def test_page_of_a_city(client, django_assert_num_queries, language, number):
    copy_practices(Practice.objects.get(city__slug="oslo"), number - 1)
    for place in range(number - 1):
        copy_event(DialogueEvent.objects.get(slug="tdi-2023-oslo"), f"copy-{place}")
    with django_assert_num_queries(CITY_DETAIL):
        assert client.get(f"/{language}/cities/oslo/").status_code == 200


@rows
def test_list_of_events(client, django_assert_num_queries, language, number):
    publish_only_events(number)
    with django_assert_num_queries(EVENT_LIST):
        assert client.get(f"/{language}/events/").status_code == 200


@rows
def test_page_of_an_event(client, django_assert_num_queries, language, number):
    event = DialogueEvent.objects.get(slug="tdi-2023-oslo")
    event.cities.set(City.objects.order_by("pk")[:number])
    with django_assert_num_queries(EVENT_DETAIL):
        assert client.get(f"/{language}/events/tdi-2023-oslo/").status_code == 200


@rows
def test_calendar_of_all_events(client, django_assert_num_queries, language, number):
    publish_only_events(number)
    with django_assert_num_queries(CALENDAR):
        assert client.get(f"/{language}/events/calendar.ics").status_code == 200


@pytest.mark.parametrize(
    ("path", "statements"),
    [
        ("cities/", CITY_LIST),
        ("cities/oslo/", CITY_DETAIL),
        ("events/", EVENT_LIST),
        ("events/tdi-2023-oslo/", EVENT_DETAIL),
    ],
)
def test_a_person_who_is_signed_in_costs_two_more(
    client, django_assert_num_queries, language, path, statements
):
    client.force_login(get_user_model().objects.create_user("reader@example.org"))
    with django_assert_num_queries(statements + SIGNED_IN):
        assert client.get(f"/{language}/{path}").status_code == 200
