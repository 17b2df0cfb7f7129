"""Acts after publication: withdraw, archive, publish again; who may, what stays, who is told."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.utils import translation

from exchanges.choices import MembershipState
from exchanges.models import City
from portal import notices, search
from portal.common.journal import act_in
from portal.common.refusals import Refused
from practices import publication
from practices.choices import State
from practices.models import Practice
from tests.practices.members import account, member

pytestmark = pytest.mark.django_db

LONDON = "london-shared-endeavour-fund"
REASON = "The team was dissolved."


# Acts --------------------------------------------------------------------------------------------


def test_who_speaks_for_the_city_withdraws_its_practice(london, londoner):
    practice = publication.withdraw(london, by=londoner, reason=REASON)
    assert (practice.state, practice.gone_reason_en) == (State.WITHDRAWN, REASON)
    london.refresh_from_db()
    assert (london.state, london.gone_reason_en) == (State.WITHDRAWN, REASON)
    assert london.gone_since is not None
    version = london.history.first()
    assert (version.state, version.history_user) == (State.WITHDRAWN, londoner)


def test_a_curator_withdraws_archives_and_publishes_again(london, curator):
    for act in (publication.withdraw, publication.archive):
        assert act(london, by=curator, reason=REASON).is_gone
        practice = publication.publish_again(london, by=curator)
        assert (practice.state, practice.gone_since) == (State.PUBLISHED, None)
        assert (practice.gone_reason_en, practice.gone_reason_ar) == (None, None)


@pytest.mark.parametrize("act", [publication.archive, publication.publish_again])
def test_only_curators_archive_and_publish_again(london, londoner, act):
    with pytest.raises(Refused) as refusal:
        act(london, by=londoner)
    assert refusal.value.code == "not-allowed"


@pytest.mark.parametrize(
    "state", [MembershipState.ASKED, MembershipState.REFUSED, MembershipState.ENDED]
)
def test_who_does_not_speak_for_the_city_does_not_withdraw(london, state):
    someone = member("omar", london.city, state)
    elsewhere = member("sara", City.objects.get(slug="oslo"))
    for person in (someone, elsewhere, account("translator", roles=["translator"])):
        with pytest.raises(Refused) as refusal:
            publication.withdraw(london, by=person)
        assert refusal.value.code == "not-allowed"
    london.refresh_from_db()
    assert london.state == State.PUBLISHED


def test_authority_ends_with_the_account(london, londoner):
    type(londoner).objects.filter(pk=londoner.pk).update(is_active=False)
    with pytest.raises(Refused):
        publication.withdraw(london, by=londoner)


def test_nothing_is_done_twice(london, londoner, curator):
    publication.withdraw(london, by=londoner)
    for act in (publication.withdraw, publication.archive):
        with pytest.raises(Refused) as refusal:
            act(london, by=curator)
        assert refusal.value.code == "not-published"
    publication.publish_again(london, by=curator)
    with pytest.raises(Refused) as refusal:
        publication.publish_again(london, by=curator)
    assert refusal.value.code == "not-gone"


def test_a_draft_is_neither_withdrawn_nor_published_again(london, curator):
    Practice.objects.filter(pk=london.pk).update(state=State.UNLISTED)
    for act in (publication.withdraw, publication.archive, publication.publish_again):
        with pytest.raises(Refused):
            act(london, by=curator)


@pytest.mark.parametrize("reason", ["x" * 1001, "\ud800"])
def test_a_reason_that_cannot_be_kept_is_refused(london, londoner, reason):
    with pytest.raises(Refused) as refusal:
        publication.withdraw(london, by=londoner, reason=reason)
    assert refusal.value.code == "reason"
    london.refresh_from_db()
    assert london.state == State.PUBLISHED


def test_it_is_not_found_any_more_and_found_again(london, londoner, curator):
    def is_found() -> bool:
        found = search.find("Shared Endeavour Fund", language="en", kinds=["practice"])
        return london.pk in {hit.id for hit in found.hits}

    assert is_found()
    publication.withdraw(london, by=londoner)
    assert not is_found()
    publication.publish_again(london, by=curator)
    assert is_found()


def test_each_act_is_in_the_journal_once(london, londoner, curator):
    publication.withdraw(london, by=londoner, reason="secret 4711")
    publication.publish_again(london, by=curator)
    publication.archive(london, by=curator)
    entries = LogEntry.objects.filter(object_id=str(london.pk)).order_by("pk")
    assert [(act_in(entry), entry.user) for entry in entries] == [
        ("practice-withdrawn", londoner),
        ("practice-published-again", curator),
        ("practice-archived", curator),
    ]
    assert not entries.filter(change_message__contains="4711").exists()


# Who is told -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "english", "arabic"),
    [
        (publication.withdraw, "was withdrawn", "سُحبت"),
        (publication.archive, "was archived", "أُرشفت"),
    ],
)
def test_those_who_speak_for_the_city_are_told_in_their_language(
    london, curator, act, english, arabic
):
    reader = member("amina", london.city)
    arabic_reader = member("layla", london.city, language="ar")
    member("omar", london.city, MembershipState.ENDED)
    act(london, by=curator, reason=REASON)
    [line] = [notice.line for notice in notices.newest_for(reader)]
    assert line == f"“{london.title_en}” {english}"
    with translation.override("ar"):
        [notice] = notices.newest_for(arabic_reader)
        assert london.title_ar in notice.line
        assert arabic in notice.line
    assert notice.mail.to == [arabic_reader.email]
    assert REASON in notice.mail.message
    assert f"/ar/practices/{london.pk}-{LONDON}/" in notice.mail.message
    assert not mail.outbox


def test_who_did_it_is_not_told_and_the_others_are_each_time(london, londoner, curator):
    colleague = member("layla", london.city)
    publication.withdraw(london, by=londoner)
    publication.publish_again(london, by=curator)
    publication.withdraw(london, by=londoner)
    lines = [notice.line for notice in notices.newest_for(colleague)]
    assert lines == [
        f"“{london.title_en}” was withdrawn",
        f"“{london.title_en}” is published again",
        f"“{london.title_en}” was withdrawn",
    ]
    assert [notice.kind for notice in notices.newest_for(londoner)] == ["practice_published_again"]
