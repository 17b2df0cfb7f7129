"""Every route, read by every role: the decided status, nothing private, nothing written.

The table is routes.toml. With FULL=1 in both languages and as part of a page too.
"""

import pytest

from tests.authz.crawl import FULL, NOT_FULL
from tests.authz.table import rows
from tests.authz.walking import routes

pytestmark = pytest.mark.django_db

LANGUAGES = ["en", "ar"] if FULL else ["en"]
# Sessions and counts of rate limits.
MAY_BE_WRITTEN = {"django_session", "cache_entries"}
# What a person has seen is noted, where it was new and where it was secret.
ALSO_WRITTEN = {
    "submissions:mine": {"notices_notice"},
    "mfa_download_recovery_codes": {"mfa_authenticator"},
    "mfa_view_recovery_codes": {"mfa_authenticator"},
}
# The switch of the language remembers what was chosen.
MAY_BE_SET = {"language": {"language"}}
# Private texts that no page shows to those who may read them either.
SHOWN_NOWHERE = {"organisation of an invited writer"}
# Django's page leads staff on at GET only: HEAD answers as for who has yet to sign in.
DJANGOS_HEADS = {"admin:login"}
every_row = pytest.mark.parametrize("row", rows().values(), ids=str)
in_full = pytest.mark.parametrize("row", list(rows().values()) if FULL else NOT_FULL, ids=str)


def test_every_route_is_in_the_table_and_nothing_else_is():
    decided = {row.route for row in rows().values()}
    missing, gone = routes().keys() - decided, decided - routes().keys()
    assert not missing, f"decide in routes.toml on: {', '.join(sorted(missing))}"
    assert not gone, f"take out of routes.toml: {', '.join(sorted(gone))}"


@pytest.mark.parametrize("language", LANGUAGES)
@every_row
def test_each_role_reads_what_is_decided_and_no_more(row, language, crawl):
    answers = crawl.read(row, language)
    assert crawl.wrong(row, "GET", answers) == {}
    assert crawl.leaks(row, answers) == {}
    written = {table for answer in answers.values() for table in answer.written}
    assert written - MAY_BE_WRITTEN <= ALSO_WRITTEN.get(row.name, set())
    assert answers["anonymous"].written <= {"cache_entries"}
    assert answers["anonymous"].cookies - {"csrftoken"} == MAY_BE_SET.get(row.name, set())


def test_a_deactivated_account_is_nobody():
    decided = [statuses for row in rows().values() for statuses in row.answers.values()]
    assert [one for one in decided if one["deactivated"] != one["anonymous"]] == []


def test_the_crawl_is_not_blind(crawl):
    """Each private text is shown to somebody who may read it, so that a leak would be seen."""
    seen = {token.place for row in rows().values() for token in crawl.tokens_read(row)}
    tokens = crawl.objects.canary.tokens.values()
    unseen = {token.place for token in tokens if token.is_shown} - seen
    assert sorted(unseen) == sorted(SHOWN_NOWHERE)


@in_full
def test_a_part_of_a_page_is_guarded_as_the_page_is(row, crawl):
    answers = crawl.read(row, **{"HX-Request": "true"})
    assert crawl.wrong(row, "GET", answers) == {}
    assert crawl.leaks(row, answers) == {}


@in_full
def test_head_and_options_answer_as_get_does_and_tell_no_more(row, crawl):
    heads, options = crawl.send("HEAD", row), crawl.send("OPTIONS", row)
    assert crawl.wrong(row, "GET", heads) == {} or row.name in DJANGOS_HEADS
    assert crawl.leaks(row, options) == {}
    for role, answer in options.items():
        assert answer.status in {200, 405, row.answers["GET"][role]}
