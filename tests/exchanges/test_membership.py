"""Who speaks for a city: who asks, who decides, and who is told."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from exchanges import membership
from exchanges.choices import MembershipState
from exchanges.models import City, Membership
from exchanges.permissions import cities_of, is_curator, may_confirm, speaks_for
from portal.common.refusals import Refused
from portal.notices.models import Notice
from tests.exchanges.people import (
    a_curator,
    a_focal_point,
    a_request,
    acts_on,
    an_official,
    mails_to,
    oslo,
    somebody,
)

pytestmark = pytest.mark.django_db


def test_a_request_waits_for_the_focal_points_and_tells_each_of_them(city):
    focal_points = [a_focal_point(city, "Ingrid Dahl"), a_focal_point(city, "Per Moen")]
    official = an_official(city)
    person = somebody("Astrid Lind")
    asked = membership.ask_to_speak(person, city)
    assert asked.state == MembershipState.ASKED
    assert not speaks_for(person, city)
    for focal_point in focal_points:
        assert mails_to(focal_point)[-1] == "Astrid Lind asks to speak for Oslo"
    assert mails_to(official) == ["You speak for Oslo now"]
    assert mails_to(person) == []
    assert acts_on(asked) == ["membership-asked"]


def test_without_focal_points_nobody_is_mailed_and_the_request_stands(city):
    curator = a_curator()
    asked = a_request(city)
    assert mails_to(curator) == []
    assert list(city.memberships.waiting()) == [asked]


def test_asking_again_changes_nothing_and_tells_nobody_twice(city):
    focal_point, person = a_focal_point(city), somebody()
    first = membership.ask_to_speak(person, city)
    assert membership.ask_to_speak(person, city) == first
    assert len(mails_to(focal_point)) == 2
    assert acts_on(first) == ["membership-asked"]


@pytest.mark.parametrize("decides", [a_focal_point, lambda city: a_curator()])
def test_focal_points_and_curators_confirm_and_the_person_is_told(city, decides):
    asked, by = a_request(city), decides(city)
    membership.confirm(asked, by=by)
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == (MembershipState.CONFIRMED, by)
    assert speaks_for(asked.person, city)
    assert list(cities_of(asked.person)) == [city]
    assert mails_to(asked.person) == ["You speak for Oslo now"]
    assert acts_on(asked) == ["membership-asked", "membership-confirmed"]


def test_a_refusal_says_why_in_the_language_of_the_reader(city):
    person = somebody("ليلى حداد", language="ar")
    asked = membership.ask_to_speak(person, city)
    membership.refuse(asked, by=a_focal_point(city), reason="We do not know you.")
    assert not speaks_for(person, city)
    told = Notice.objects.get(person=person)
    assert "أوسلو" in told.mail.subject
    assert "We do not know you." in told.mail.message
    assert acts_on(asked) == ["membership-asked", "membership-refused"]


def refusals():
    """Who may decide nothing about a request in Oslo, and with which code that is refused."""
    return {
        "an official of the city": (lambda: an_official(oslo()), "not-allowed"),
        "a focal point of elsewhere": (
            lambda: a_focal_point(City.objects.get(slug="aarhus")),
            "not-allowed",
        ),
        "somebody": (somebody, "not-allowed"),
        "a translator": (lambda: somebody(roles=["translator"]), "not-allowed"),
    }


@pytest.mark.parametrize("who", refusals())
@pytest.mark.parametrize("act", [membership.confirm, membership.refuse])
def test_nobody_else_decides(city, who, act):
    by, code = refusals()[who]
    asked = a_request(city)
    with pytest.raises(Refused) as refusal:
        act(asked, by=by())
    assert refusal.value.code == code
    assert Membership.objects.get(pk=asked.pk).is_waiting
    assert acts_on(asked) == ["membership-asked"]


def test_nobody_decides_the_own_request_not_even_a_curator(city):
    curator = a_curator()
    asked = membership.ask_to_speak(curator, city)
    for act in (membership.confirm, membership.refuse):
        with pytest.raises(Refused) as refusal:
            act(asked, by=curator)
        assert refusal.value.code == "own"
    with pytest.raises(Refused) as refusal:
        membership.appoint(curator, city, by=curator)
    assert refusal.value.code == "own"
    assert not speaks_for(curator, city)


def test_what_is_decided_is_not_decided_again(city):
    focal_point = a_focal_point(city)
    asked = a_request(city)
    stale = Membership.objects.get(pk=asked.pk)
    membership.confirm(asked, by=focal_point)
    for act in (membership.confirm, membership.refuse):
        with pytest.raises(Refused) as refusal:
            act(stale, by=focal_point)
        assert refusal.value.code == "not-waiting"
    assert speaks_for(asked.person, city)


def test_curators_appoint_and_nobody_else(city):
    asked = a_request(city)
    appointed = membership.appoint(asked.person, city, by=a_curator(), role="focal-point")
    assert appointed == asked
    assert may_confirm(asked.person, city)
    for by in (a_focal_point(city), somebody(), somebody(roles=["translator"])):
        with pytest.raises(Refused) as refusal:
            membership.appoint(somebody(), city, by=by)
        assert refusal.value.code == "not-allowed"
    with pytest.raises(Refused) as refusal:
        membership.appoint(asked.person, city, by=a_curator())
    assert refusal.value.code == "speaks-already"


def test_the_database_holds_one_open_membership_a_person_and_city(city):
    person = an_official(city)
    with pytest.raises(IntegrityError), transaction.atomic():
        city.memberships.create(person=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        city.memberships.create(person=somebody(), state="mayor")
    with pytest.raises(IntegrityError), transaction.atomic():
        city.memberships.create(person=somebody(), state="ended")


def test_an_account_with_memberships_is_not_deleted(city):
    with pytest.raises(ProtectedError):
        an_official(city).delete()


def test_names_with_line_ends_break_no_mail(city):
    focal_point = a_focal_point(city)
    City.objects.filter(pk=city.pk).update(name_en="Oslo\r\nBcc: all@example.org")
    person = somebody()
    type(person).objects.filter(pk=person.pk).update(name="Eve\r\nBcc: all@example.org")
    person.refresh_from_db()
    membership.ask_to_speak(person, city)
    mail = Notice.objects.filter(person=focal_point).latest("pk").mail
    assert "\n" not in mail.subject
    assert "Bcc" not in mail.email_message().extra_headers
    assert mail.email_message().recipients() == [focal_point.email]


def test_anonymous_visitors_speak_for_nobody(city):
    nobody = AnonymousUser()
    assert not speaks_for(nobody, city)
    assert not may_confirm(nobody, city)
    assert not is_curator(nobody)
    assert list(cities_of(nobody)) == []
