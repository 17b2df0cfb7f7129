"""Acts of many at once: each invitation and each person counts once."""

import os

import pytest

from exchanges import membership
from exchanges.models import CityInvitation
from exchanges.permissions import may_confirm, speaks_for
from portal.common.refusals import Refused
from tests.common.committed import committed_texts
from tests.exchanges.at_once import at_once
from tests.exchanges.people import (
    a_focal_point,
    a_request,
    acts_on,
    browser_of,
    invited,
    mails_to,
    membership_of,
    oslo,
    somebody,
)

AT_ONCE = 20
ROUNDS = 20 if os.environ.get("FULL") else 2


@pytest.fixture(autouse=True)
def _committed(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), committed_texts():
        yield


def code_of(act, *arguments, **named):
    """The code with which an act was refused, or "done"."""
    try:
        act(*arguments, **named)
    except Refused as refusal:
        return refusal.code
    return "done"


def test_twenty_clicks_on_one_link_make_one_membership():
    for _round in range(ROUNDS):
        person, focal_point = somebody(), a_focal_point(oslo())
        invitation, token = invited(oslo(), person.email, by=focal_point)
        codes = at_once(AT_ONCE, lambda _n: code_of(membership.accept, token, by=person))  # noqa: B023
        assert sorted(codes) == ["done"] + ["used"] * (AT_ONCE - 1)
        assert oslo().memberships.filter(person=person).count() == 1
        assert acts_on(membership_of(person, oslo())) == ["membership-by-invitation"]
        assert mails_to(person)[1:] == ["You speak for Oslo now"]
        invitation.refresh_from_db()
        assert invitation.accepted_by == person


def test_twenty_posts_of_the_page_all_lead_to_the_city():
    person = somebody()
    _invitation, token = invited(oslo(), person.email, by=a_focal_point(oslo()))
    session = browser_of(person).cookies["sessionid"].value

    def post(_number):
        browser = browser_of()
        browser.cookies["sessionid"] = session
        answer = browser.post(f"/en/invitations/{token}/")
        return answer.status_code, answer.headers.get("Location")

    assert at_once(AT_ONCE, post) == [(302, "/en/cities/oslo/speak/")] * AT_ONCE
    assert oslo().memberships.filter(person=person).count() == 1


def test_twenty_requests_of_one_person_are_one():
    person, focal_point = somebody(), a_focal_point(oslo())
    told = len(mails_to(focal_point))
    asked = at_once(AT_ONCE, lambda _n: membership.ask_to_speak(person, oslo()).pk)
    assert len(asked) == AT_ONCE
    assert len(set(asked)) == 1
    assert len(mails_to(focal_point)) == told + 1


def test_of_a_confirmation_and_a_refusal_at_once_one_counts():
    focal_points = [a_focal_point(oslo()), a_focal_point(oslo())]
    for _round in range(ROUNDS):
        asked = a_request(oslo())

        def decide(number, pk=asked.pk):
            own_copy = oslo().memberships.get(pk=pk)
            act = membership.confirm if number % 2 else membership.refuse
            return code_of(act, own_copy, by=focal_points[number % 2])

        assert sorted(at_once(8, decide)) == ["done"] + ["not-waiting"] * 7
        assert len(acts_on(asked)) == 2


def test_two_focal_points_who_end_each_other_leave_one():
    for _round in range(ROUNDS):
        pair = [a_focal_point(oslo()), a_focal_point(oslo())]

        def end_other(number, pair=pair):
            other = membership_of(pair[1 - number], oslo())
            return code_of(membership.end, other, by=pair[number])

        assert sorted(at_once(2, end_other)) == ["done", "not-allowed"]
        assert [may_confirm(person, oslo()) for person in pair].count(True) == 1


def test_twenty_invitations_of_one_address_leave_one_that_stands():
    person, focal_point = somebody(), a_focal_point(oslo())
    email = person.email
    codes = at_once(
        AT_ONCE,
        lambda _n: code_of(
            membership.invite, oslo(), email, by=focal_point, role="official", language="en"
        ),
    )
    assert codes == ["done"] * AT_ONCE
    assert CityInvitation.objects.unanswered().filter(email=email).count() == 1
    assert not speaks_for(person, oslo())


def test_a_limit_of_open_invitations_holds_for_many_at_once():
    focal_point = a_focal_point(oslo())
    codes = at_once(
        25,
        lambda number: code_of(
            membership.invite,
            oslo(),
            f"{number}@example.org",
            by=focal_point,
            role="official",
            language="en",
        ),
    )
    assert sorted(codes) == ["done"] * 20 + ["too-many"] * 5
