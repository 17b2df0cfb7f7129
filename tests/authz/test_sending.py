"""Every route, sent an empty form by every role: the decided status, and never without a token."""

import pytest

from tests.authz.crawl import FULL, NOT_FULL
from tests.authz.table import rows
from tests.authz.visiting import Visitor

pytestmark = pytest.mark.django_db

OTHER_METHODS = ["PUT", "PATCH", "DELETE", "TRACE"]
LANGUAGES = ["en", "ar"] if FULL else ["en"]
every_row = pytest.mark.parametrize("row", rows().values(), ids=str)


@pytest.fixture(scope="module")
def wary(objects):
    """The browser of an administrator at a portal that asks for the token of its forms."""
    return Visitor(
        "superuser", objects.people.sessions["superuser"], objects.canary, enforce_csrf_checks=True
    )


@pytest.mark.parametrize("language", LANGUAGES)
@every_row
def test_each_role_may_send_what_is_decided_and_no_more(row, language, crawl):
    answers = crawl.send("POST", row, language)
    assert crawl.wrong(row, "POST", answers) == {}
    assert crawl.leaks(row, answers) == {}


def test_nothing_is_taken_without_the_token_of_a_form(crawl, wary):
    for row in rows().values():
        assert (row.name, wary.open("POST", crawl.address(row)).status) == (row.name, 403)


@pytest.mark.parametrize("row", list(rows().values()) if FULL else NOT_FULL, ids=str)
def test_nothing_is_taken_with_a_token_that_was_made_up(row, crawl, wary):
    made_up = {"csrfmiddlewaretoken": "a" * 32}
    foreign = {"Origin": "https://elsewhere.example.org"}
    assert wary.open("POST", crawl.address(row), made_up).status == 403
    assert wary.open("POST", crawl.address(row), made_up, **foreign).status == 403


def test_no_route_has_methods_that_no_page_uses(crawl):
    visitor = crawl.visitors["superuser"]
    for row in rows().values():
        statuses = {name: visitor.open(name, crawl.address(row)).status for name in OTHER_METHODS}
        assert (row.name, statuses) == (row.name, dict.fromkeys(OTHER_METHODS, 405))
