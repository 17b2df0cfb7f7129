"""Addresses that nobody should send: a page, a 404 or a 400, never a 500."""

import pytest

pytestmark = pytest.mark.django_db

PATHS = [
    "cities/atlantis/",
    "cities/%F0%9F%8F%99/",
    "cities/%00/",
    "cities/..%2F..%2Fetc/",
    "events/atlantis/",
    "events/%ED%A0%80/",
    "events/atlantis/event.ics",
    "events/calendar.ics/",
    "events/1'or'1/",
]
# What no page can read: NUL, half of a pair, bytes that are no UTF-8.
UNREADABLE = ["q=%00", "q=%ED%A0%80", "region=%00", "region=%FF%FE"]
NONSENSE = [
    "q=%E2%80%AEoslo",
    "q=" + "x" * 5000,
    "q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "q=C%2B%2B&q=AND&q=%22&q=(",
    "page=-1",
    "page=0",
    "page=99999999999999999999999",
    "page=%D9%A3",
    "page=1e9",
    "page[]=1",
    "region=" + "&region=".join(["nordic"] * 500),
    "country=%D8%B3",
    "country=__class__",
]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", PATHS)
def test_an_address_without_a_page_is_not_found(client, language, path):
    assert client.get(f"/{language}/{path}").status_code in (400, 404)


PAGES = ["cities/", "cities/oslo/", "events/", "events/tdi-2023-oslo/", "events/calendar.ics"]


@pytest.mark.parametrize("query", UNREADABLE)
@pytest.mark.parametrize("path", PAGES)
def test_a_query_that_nobody_can_read_is_refused(client, path, query):
    assert client.get(f"/ar/{path}?{query}").status_code == 400


@pytest.mark.parametrize("query", NONSENSE)
@pytest.mark.parametrize("path", ["cities/", "events/"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_query_of_nonsense_gives_the_nearest_page(client, language, path, query):
    response = client.get(f"/{language}/{path}?{query}")
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_page_can_only_be_read(client, path, method):
    assert getattr(client, method)(f"/en/{path}").status_code == 405
