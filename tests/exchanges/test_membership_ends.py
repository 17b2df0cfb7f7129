"""Memberships end and change, and authority with them at once."""

import pytest

from exchanges import membership
from exchanges.choices import MembershipRole, MembershipState
from exchanges.permissions import cities_of, is_curator, may_confirm, speaks_for
from portal.common.refusals import Refused
from tests.exchanges.people import (
    a_curator,
    a_focal_point,
    a_request,
    acts_on,
    an_official,
    mails_to,
    membership_of,
    oslo,
)

pytestmark = pytest.mark.django_db


def ended_by(person, of):
    membership.end(membership_of(of, oslo()), by=person, reason="Left the post.")


def test_an_end_takes_authority_at_once_is_told_and_stays_on_record(city):
    focal_point, person = a_focal_point(city), an_official(city)
    ended_by(focal_point, person)
    ended = membership_of(person, city)
    assert not speaks_for(person, city)
    assert list(cities_of(person)) == []
    assert (ended.state, ended.ended_by) == (MembershipState.ENDED, focal_point)
    assert ended.ended_at
    assert ended.reason == "Left the post."
    assert mails_to(person)[-1] == "You no longer speak for Oslo"
    assert acts_on(ended) == ["membership-confirmed", "membership-ended"]


def test_a_focal_point_whose_membership_ended_decides_nothing_any_more(city):
    first, second, asked = a_focal_point(city), a_focal_point(city), a_request(city)
    ended_by(second, first)
    with pytest.raises(Refused) as refusal:
        membership.confirm(asked, by=first)
    assert refusal.value.code == "not-allowed"


def test_who_has_a_closed_account_speaks_for_nobody_and_decides_nothing(city):
    focal_point, curator, asked = a_focal_point(city), a_curator(), a_request(city)
    for person in (focal_point, curator):
        # The instance that the act is given was read before the account was closed.
        type(person).objects.filter(pk=person.pk).update(is_active=False)
        with pytest.raises(Refused):
            membership.confirm(asked, by=person)
    assert not speaks_for(focal_point, city)
    assert list(cities_of(focal_point)) == []
    assert not may_confirm(focal_point, city)
    assert not is_curator(curator)
    with pytest.raises(Refused) as refusal:
        membership.ask_to_speak(focal_point, city)
    assert refusal.value.code == "inactive"


def test_a_member_leaves_and_the_last_focal_point_too(city):
    focal_point = a_focal_point(city)
    membership.end(membership_of(focal_point, city), by=focal_point)
    assert not may_confirm(focal_point, city)
    assert not city.memberships.focal_points().exists()
    assert mails_to(focal_point) == ["You speak for Oslo now"]


def test_a_request_is_taken_back_by_its_person_and_ended_by_nobody_else(city):
    asked = a_request(city)
    with pytest.raises(Refused) as refusal:
        membership.end(asked, by=a_focal_point(city))
    assert refusal.value.code == "not-open"
    membership.end(asked, by=asked.person)
    assert membership_of(asked.person, city).state == MembershipState.ENDED
    with pytest.raises(Refused):
        membership.end(asked, by=asked.person)


def test_a_focal_point_makes_another_and_that_one_is_told(city):
    person = an_official(city)
    membership.set_role(
        membership_of(person, city), MembershipRole.FOCAL_POINT, by=a_focal_point(city)
    )
    assert may_confirm(person, city)
    assert mails_to(person)[-1] == "You are a focal point of Oslo now"
    assert acts_on(membership_of(person, city))[-1] == "membership-role"
    membership.set_role(membership_of(person, city), MembershipRole.OFFICIAL, by=a_curator())
    assert not may_confirm(person, city)
    assert speaks_for(person, city)


def test_nobody_raises_themselves(city):
    official, curator = an_official(city), a_curator()
    membership.appoint(curator, city, by=a_curator())
    for person, code in ((official, "not-allowed"), (curator, "own")):
        with pytest.raises(Refused) as refusal:
            membership.set_role(membership_of(person, city), MembershipRole.FOCAL_POINT, by=person)
        assert refusal.value.code == code


def test_a_role_needs_a_confirmed_membership_and_an_act_that_changes_nothing_tells_nobody(city):
    focal_point, asked, official = a_focal_point(city), a_request(city), an_official(city)
    with pytest.raises(Refused) as refusal:
        membership.set_role(asked, MembershipRole.FOCAL_POINT, by=focal_point)
    assert refusal.value.code == "not-open"
    membership.set_role(membership_of(official, city), MembershipRole.OFFICIAL, by=focal_point)
    assert acts_on(membership_of(official, city)) == ["membership-confirmed"]
    with pytest.raises(ValueError, match="mayor"):
        membership.set_role(membership_of(official, city), "mayor", by=focal_point)
