"""Invitations to speak for a city: for one address, for one use, for seven days."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from exchanges import membership
from exchanges.choices import MembershipRole
from exchanges.models import City, CityInvitation
from exchanges.permissions import may_confirm, speaks_for
from portal.accounts import invitations
from portal.accounts.models import User
from portal.accounts.people import set_address
from portal.common.refusals import Refused
from portal.notices.models import Notice
from tests.exchanges.people import (
    a_curator,
    a_focal_point,
    a_request,
    acts_on,
    an_official,
    invited,
    mails_to,
    membership_of,
    somebody,
)

pytestmark = pytest.mark.django_db


def refusal_of(token, by):
    with pytest.raises(Refused) as refusal:
        membership.accept(token, by=by)
    return refusal.value.code


def test_who_accepts_speaks_for_the_city_and_both_sides_are_told(city):
    focal_point, person = a_focal_point(city, "Ingrid Dahl"), somebody("Astrid Lind")
    invitation, token = invited(city, person.email, by=focal_point)
    accepted = membership.accept(token, by=person)
    invitation.refresh_from_db()
    assert speaks_for(person, city)
    assert (accepted.role, accepted.decided_by) == (MembershipRole.OFFICIAL, focal_point)
    assert (invitation.accepted_by, invitation.refusal) == (person, "used")
    assert mails_to(person) == [
        "Ingrid Dahl invites you to speak for Oslo",
        "You speak for Oslo now",
    ]
    assert mails_to(focal_point)[-1] == "Astrid Lind speaks for Oslo now"
    assert acts_on(invitation) == ["city-invited"]
    assert acts_on(accepted) == ["membership-by-invitation"]


def test_the_mail_is_in_the_language_that_was_chosen(city):
    invitation, token = invited(city, "layla@example.org", by=a_focal_point(city), language="ar")
    mail = Notice.objects.get(key=f"city-invitation-{invitation.pk}").mail
    assert "أوسلو" in mail.subject
    assert f"http://testserver/ar/invitations/{token}/" in mail.message
    assert 'dir="rtl"' in mail.html_message


def test_the_token_is_stored_nowhere_but_in_the_mail_that_waits(city):
    invitation, token = invited(city, "astrid@example.org", by=a_focal_point(city))
    told = Notice.objects.get(key=f"city-invitation-{invitation.pk}")
    assert invitation.token_digest != token
    assert token not in str(told.context) + str(told.to_args) + told.line + told.address
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - {"post_office_email"}
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert token not in str(cursor.fetchall()), table


def test_it_can_be_used_once(city):
    person = somebody()
    _invitation, token = invited(city, person.email, by=a_focal_point(city))
    accepted = membership.accept(token, by=person)
    membership.end(accepted, by=person)
    assert refusal_of(token, person) == "used"
    assert not speaks_for(person, city)


def test_it_holds_for_seven_days(city):
    person = somebody()
    invitation, token = invited(city, person.email, by=a_focal_point(city))
    assert invitation.expires_at - invitation.created_at <= timedelta(days=7)
    CityInvitation.objects.update(expires_at=timezone.now())
    assert refusal_of(token, person) == "expired"
    assert not CityInvitation.objects.open().exists()


@pytest.mark.parametrize("verified", [True, False])
def test_it_is_for_the_invited_address_and_only_once_that_is_verified(city, verified):
    person = somebody()
    invitation, token = invited(city, "astrid@example.org", by=a_focal_point(city))
    assert refusal_of(token, person) == "other-address"
    set_address(person, "astrid@example.org", is_verified=verified)
    if verified:
        assert membership.accept(token, by=person).is_confirmed
    else:
        assert refusal_of(token, person) == "other-address"
    invitation.refresh_from_db()
    assert bool(invitation.accepted_at) == verified


def test_capitals_in_an_address_do_not_count(city):
    person = somebody(email="astrid.lind@example.org")
    _invitation, token = invited(city, "  Astrid.LIND@Example.org ", by=a_focal_point(city))
    assert membership.accept(token, by=person).is_confirmed


def test_a_token_that_nobody_issued_is_no_token(city):
    person = somebody()
    invitation, token = invited(city, person.email, by=a_focal_point(city))
    changed = token[:-1] + ("A" if token[-1] != "A" else "B")
    for wrong in ("", "x", changed, token.lower(), invitation.token_digest, "مدينة", "\ud800"):
        assert refusal_of(wrong, person) == "unknown"
    assert membership.accept(token, by=person).is_confirmed


def test_a_second_invitation_replaces_the_first(city):
    person, focal_point = somebody(), a_focal_point(city)
    _first, old = invited(city, person.email, by=focal_point)
    _second, new = invited(city, person.email, by=focal_point)
    assert city.invitations.open().count() == 1
    assert refusal_of(old, person) == "withdrawn"
    assert membership.accept(new, by=person).is_confirmed


def test_an_expired_invitation_is_replaced_too(city):
    focal_point = a_focal_point(city)
    invited(city, "astrid@example.org", by=focal_point)
    CityInvitation.objects.update(expires_at=timezone.now())
    assert invited(city, "astrid@example.org", by=focal_point)


def test_a_withdrawn_invitation_is_good_for_nothing(city):
    person, focal_point = somebody(), a_focal_point(city)
    invitation, token = invited(city, person.email, by=focal_point)
    with pytest.raises(Refused):
        membership.withdraw_invitation(invitation, by=an_official(city))
    for _twice in range(2):
        membership.withdraw_invitation(invitation, by=focal_point)
    assert refusal_of(token, person) == "withdrawn"
    assert acts_on(invitation) == ["city-invited", "city-invitation-withdrawn"]


def test_what_was_accepted_is_not_withdrawn(city):
    person, focal_point = somebody(), a_focal_point(city)
    invitation, token = invited(city, person.email, by=focal_point)
    membership.accept(token, by=person)
    with pytest.raises(Refused) as refusal:
        membership.withdraw_invitation(invitation, by=focal_point)
    assert refusal.value.code == "used"
    assert speaks_for(person, city)


def test_authority_to_invite_ends_for_invitations_under_way_too(city):
    person, focal_point = somebody(), a_focal_point(city)
    _invitation, token = invited(city, person.email, by=focal_point)
    membership.end(membership_of(focal_point, city), by=focal_point)
    assert refusal_of(token, person) == "revoked"
    assert not speaks_for(person, city)
    assert city.invitations.open().count() == 1


def test_a_closed_account_has_invited_nobody_and_accepts_nothing(city):
    person, focal_point = somebody(), a_focal_point(city)
    _invitation, token = invited(city, person.email, by=focal_point)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert refusal_of(token, person) == "inactive"
    User.objects.filter(pk=person.pk).update(is_active=True)
    User.objects.filter(pk=focal_point.pk).update(is_active=False)
    assert refusal_of(token, person) == "revoked"


def test_only_curators_invite_focal_points(city):
    with pytest.raises(Refused) as refusal:
        invited(city, "astrid@example.org", by=a_focal_point(city), role="focal-point")
    assert refusal.value.code == "not-allowed"
    person = somebody()
    _invitation, token = invited(city, person.email, by=a_curator(), role="focal-point")
    membership.accept(token, by=person)
    assert may_confirm(person, city)


def test_officials_and_others_do_not_invite(city):
    elsewhere = City.objects.get(slug="aarhus")
    for by in (an_official(city), a_focal_point(elsewhere), somebody(roles=["translator"])):
        with pytest.raises(Refused) as refusal:
            membership.invite(city, "x@example.org", by=by, role="official", language="en")
        assert refusal.value.code == "not-allowed"
    assert not CityInvitation.objects.exists()


def test_who_speaks_for_the_city_already_is_not_invited(city):
    official, focal_point = an_official(city), a_focal_point(city)
    with pytest.raises(Refused) as refusal:
        invited(city, official.email.upper(), by=focal_point)
    assert refusal.value.code == "member"
    with pytest.raises(Refused) as refusal:
        invited(city, focal_point.email, by=focal_point)
    assert refusal.value.code == "own"


@pytest.mark.parametrize(
    "email",
    ["", "astrid", "a@b@c.example", "a@example.org\nBcc: b@example.org", "a" * 260 + "@x.org"],
)
def test_what_is_no_address_is_not_invited(city, email):
    with pytest.raises(Refused) as refusal:
        membership.invite(city, email, by=a_focal_point(city), role="official", language="en")
    assert refusal.value.code == "address"


def test_a_request_that_waits_is_confirmed_by_an_invitation(city):
    asked = a_request(city)
    _invitation, token = invited(city, asked.person.email, by=a_focal_point(city))
    assert membership.accept(token, by=asked.person) == asked
    assert speaks_for(asked.person, city)


def test_an_official_is_raised_by_an_invitation_and_lowered_by_none(city):
    official = an_official(city)
    email, old_email = "astrid@example.org", official.email
    _invitation, token = invited(city, email, by=a_curator(), role="focal-point")
    set_address(official, email, is_verified=True)
    membership.accept(token, by=official)
    assert may_confirm(official, city)
    _invitation, token = invited(city, old_email, by=a_curator())
    set_address(official, old_email, is_verified=True)
    membership.accept(token, by=official)
    assert may_confirm(official, city)
    assert city.memberships.filter(person=official).count() == 1


def test_at_most_twenty_invitations_of_a_city_are_open(city):
    focal_point = a_focal_point(city)
    sent = [invited(city, f"{n}@example.org", by=focal_point)[0] for n in range(20)]
    with pytest.raises(Refused) as refusal:
        invited(city, "one-more@example.org", by=focal_point)
    assert refusal.value.code == "too-many"
    invited(city, "0@example.org", by=focal_point)
    membership.withdraw_invitation(sent[1], by=focal_point)
    invited(city, "one-more@example.org", by=focal_point)


def test_a_refused_acceptance_changes_nothing(city):
    focal_point, person = a_focal_point(city), somebody()
    invitation, token = invited(city, person.email, by=focal_point)
    membership.end(membership_of(focal_point, city), by=focal_point)
    refusal_of(token, person)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert not city.memberships.filter(person=person).exists()


def test_the_database_holds_one_standing_invitation_a_city_and_address(city):
    focal_point = a_focal_point(city)
    invitation, _token = invited(city, "astrid@example.org", by=focal_point)
    with pytest.raises(IntegrityError), transaction.atomic():
        CityInvitation.issue(email=invitation.email, by=focal_point, language="en", city=city)


@pytest.mark.parametrize(
    ("email", "masked"),
    [("astrid@example.org", "a•••@example.org"), ("a@example.org", "a•••@example.org")],
)
def test_a_masked_address_says_nothing_to_strangers(email, masked):
    assert invitations.masked(email) == masked


def test_tokens_are_long_and_never_the_same(city):
    focal_point = a_focal_point(city)
    tokens = {invited(city, "a@example.org", by=focal_point)[1] for _time in range(20)}
    assert len(tokens) == 20
    assert {len(token) for token in tokens} == {43}
