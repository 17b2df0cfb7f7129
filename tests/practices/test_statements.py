"""How many SQL statements the pages of practices cost, however many rows there are."""

import pytest

from portal import search
from portal.accounts.models import User
from practices.models import Practice
from tests.practices.records import publish_only

pytestmark = pytest.mark.django_db

# Everything that can be chosen at once; Manchester has practices that it fits.
EVERYTHING = (
    "finding=2023-3&finding=2023-5&theme=crisis-preparedness&region=western&country=gb"
    "&city=greater-manchester&city=london&evidence=moderate&evidence=none-found"
    "&language=en&language=ar"
)


@pytest.fixture(params=[1, 3, 50])
def rows(request) -> int:
    """So many published practices."""
    publish_only(request.param)
    search.rebuild()
    assert Practice.objects.published().count() == request.param
    return request.param


@pytest.fixture
def reader(client):
    """A client that is signed in."""
    client.force_login(User.objects.create_user(email="reader@example.org"))
    return client


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    ("query", "statements"),
    [
        ("", 6),
        ("sort=city", 6),
        ("language=en&language=ar&evidence=moderate", 6),
        ("q=community", 7),
        ("q=community&sort=newest", 7),
        ("q=community&page=999", 7),
    ],
)
def test_the_list_costs_the_same_for_any_number_of_rows(
    client, rows, django_assert_num_queries, language, query, statements
):
    with django_assert_num_queries(statements):
        response = client.get(f"/{language}/practices/?{query}")
    assert response.context["results"].practices


@pytest.mark.parametrize(
    ("query", "statements"), [("", 6), ("&q=mayor+crisis", 7), ("&q=mayor+crisis&sort=city", 7)]
)
def test_the_list_with_everything_chosen_stays_within_eight(
    client, django_assert_num_queries, query, statements
):
    with django_assert_num_queries(statements):
        response = client.get(f"/en/practices/?{EVERYTHING}{query}")
    assert len(response.context["chips"]) == 11


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_practice_costs_eight_whatever_hangs_on_it(
    client, rows, django_assert_num_queries, language
):
    practice = Practice.objects.published().first()
    with django_assert_num_queries(8):
        assert (
            client.get(f"/{language}/practices/{practice.pk}-{practice.slug}/").status_code == 200
        )


@pytest.mark.parametrize(("path", "statements"), [("", 8), ("?q=community", 9)])
def test_the_list_costs_a_signed_in_reader_two_more(
    reader, django_assert_num_queries, path, statements
):
    with django_assert_num_queries(statements):
        reader.get(f"/en/practices/{path}")


def test_a_practice_costs_a_signed_in_reader_two_more(reader, django_assert_num_queries):
    practice = Practice.objects.published().first()
    with django_assert_num_queries(10):
        reader.get(practice.get_absolute_url())


def test_the_feed_costs_one(client, rows, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/en/practices/feed/")
