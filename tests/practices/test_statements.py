"""How many SQL statements the pages of practices cost, however many rows there are."""

import pytest

from portal.accounts.models import User
from portal.common import kept_pages
from practices import cards
from practices.models import Practice
from tests.practices.records import publish_only

pytestmark = pytest.mark.django_db

# Everything that can be chosen at once; Manchester has practices that it fits.
EVERYTHING = (
    "finding=2023-3&finding=2023-5&theme=crisis-preparedness&region=western&country=gb"
    "&city=greater-manchester&city=london&evidence=moderate&evidence=none-found"
    "&population=over-1m&population=250k-1m&year=2017&year=2018&cost=low&cost=high"
    "&language=en&language=ar"
)


@pytest.fixture(params=[1, 3, 50])
def rows(request) -> int:
    """So many published practices."""
    publish_only(request.param)
    assert Practice.objects.published().count() == request.param
    return request.param


@pytest.fixture
def reader(client):
    """A client that is signed in."""
    client.force_login(User.objects.create_user(email="reader@example.org"))
    return client


def warm(client, address: str) -> None:
    """What is kept of the collection is kept; the page and its cards are not."""
    client.get(address)
    for store in (kept_pages._kept, cards._kept):
        store.clear()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    ("query", "statements"),
    [
        ("", 4),
        ("sort=city", 4),
        ("language=en&language=ar&evidence=moderate&evidence=limited&evidence=none-found", 4),
        ("q=community", 5),
        ("q=community&sort=newest", 4),
    ],
)
def test_the_list_costs_the_same_for_any_number_of_rows(
    client, rows, django_assert_num_queries, language, query, statements
):
    address = f"/{language}/practices/?{query}"
    warm(client, address)
    with django_assert_num_queries(statements):
        response = client.get(address)
    assert response.context["listing"].cards


@pytest.mark.parametrize("query", ["language=en", "q=community"])
def test_a_list_that_was_shown_before_costs_one(client, rows, django_assert_num_queries, query):
    first = client.get(f"/en/practices/?{query}")
    with django_assert_num_queries(1):
        again = client.get(f"/en/practices/?{query}")
    assert again.text == first.text


def test_results_that_were_shown_before_cost_a_signed_in_reader_four(
    reader, django_assert_num_queries
):
    reader.get("/en/practices/?language=en")
    with django_assert_num_queries(4):
        reader.get("/en/practices/?language=en")


@pytest.mark.parametrize("query", ["", "&q=mayor+crisis", "&q=mayor+crisis&match=all&sort=city"])
def test_the_list_with_everything_chosen_stays_within_six(
    client, django_assert_max_num_queries, query
):
    address = f"/en/practices/?{EVERYTHING}{query}"
    warm(client, address)
    with django_assert_max_num_queries(6):
        response = client.get(address)
    assert len(response.context["listing"].chips) == EVERYTHING.count("=")


@pytest.mark.parametrize(
    "query",
    [
        "city=london&region=nordic",
        "q=community&match=all&city=london&region=nordic",
        "q=endeavuor",
        "page=999",
        "city=atlantis",
    ],
)
def test_a_list_that_helps_on_stays_within_six_too(client, django_assert_max_num_queries, query):
    address = f"/en/practices/?{query}"
    warm(client, address)
    with django_assert_max_num_queries(6):
        client.get(address)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_practice_costs_six_and_one_when_it_was_shown_before(
    client, rows, django_assert_num_queries, language
):
    practice = Practice.objects.published().first()
    for statements in (6, 1):
        with django_assert_num_queries(statements):
            response = client.get(f"/{language}/practices/{practice.pk}-{practice.slug}/")
        assert response.status_code == 200


@pytest.mark.parametrize(("path", "statements"), [("", 5), ("?q=community", 6)])
def test_the_list_costs_a_signed_in_reader_one_more(
    reader, django_assert_num_queries, path, statements
):
    warm(reader, f"/en/practices/{path}")
    with django_assert_num_queries(statements):
        reader.get(f"/en/practices/{path}")


def test_a_practice_costs_a_signed_in_reader_one_more(reader, django_assert_num_queries):
    practice = Practice.objects.published().first()
    with django_assert_num_queries(7):
        reader.get(practice.get_absolute_url())


def test_the_feed_costs_one(client, rows, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/en/practices/feed/")


def test_further_cities_cost_a_practice_one_more(client, django_assert_num_queries):
    practice = Practice.objects.published().filter(other_cities__isnull=False).first()
    with django_assert_num_queries(7):
        response = client.get(practice.get_absolute_url())
    assert practice.other_cities.first().name_en in response.content.decode()
