"""Who is known to be of a city by an address."""

import pytest

from exchanges import membership
from exchanges.models import City
from exchanges.permissions import speaks_for
from portal.accounts.people import set_address
from tests.exchanges.people import (
    a_focal_point,
    acts_on,
    mails_to,
    membership_of,
    oslo,
    somebody,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    city = oslo()
    city.email_domains = "oslo.example.net\n@Rådhuset.example.net\n"
    city.save()
    return city


def ended_by(person, of):
    membership.end(membership_of(of, oslo()), by=person, reason="Left the post.")


@pytest.mark.parametrize(
    "email",
    [
        "astrid@oslo.example.net",
        "astrid@OSLO.example.NET",
        "astrid@rådhuset.example.net",
        "astrid@xn--rdhuset-exa.example.net",
    ],
)
def test_a_verified_address_in_a_domain_of_the_city_confirms_at_once(city, email):
    focal_point, person = a_focal_point(city), somebody("Astrid Lind", email=email)
    confirmed = membership.ask_to_speak(person, city)
    assert confirmed.is_confirmed
    assert confirmed.decided_by is None
    assert speaks_for(person, city)
    assert mails_to(person) == ["You speak for Oslo now"]
    assert mails_to(focal_point)[-1] == "Astrid Lind speaks for Oslo now"
    assert acts_on(confirmed) == ["membership-confirmed"]


@pytest.mark.parametrize(
    "email",
    [
        "astrid@example.net",
        "astrid@sub.oslo.example.net",
        "astrid@notoslo.example.net",
        "astrid@oslo.example.net.evil.example.net",
    ],
)
def test_a_domain_that_only_looks_alike_confirms_nobody(city, email):
    assert membership.ask_to_speak(somebody(email=email), city).is_waiting


def test_an_address_that_is_not_verified_confirms_nobody(city):
    person = somebody(email="astrid@oslo.example.net", verified=False)
    assert membership.ask_to_speak(person, city).is_waiting


def test_a_city_without_domains_confirms_nobody(city):
    City.objects.update(email_domains="\n \n")
    assert membership.ask_to_speak(somebody(email="astrid@oslo.example.net"), city).is_waiting


def test_who_waits_and_then_has_an_address_of_the_city_is_confirmed_on_asking_again(city):
    person = somebody()
    asked = membership.ask_to_speak(person, city)
    set_address(person, "astrid@oslo.example.net", is_verified=True)
    assert membership.ask_to_speak(person, city) == asked
    assert speaks_for(person, city)


def test_whom_the_city_turned_away_is_not_confirmed_by_an_address_again(city):
    person, focal_point = somebody(email="astrid@oslo.example.net"), a_focal_point(city)
    membership.ask_to_speak(person, city)
    ended_by(focal_point, person)
    again = membership.ask_to_speak(person, city)
    assert again.is_waiting
    membership.end(again, by=person)
    assert membership.ask_to_speak(person, city).is_waiting
    membership.refuse(membership_of(person, city), by=focal_point)
    assert membership.ask_to_speak(person, city).is_waiting


def test_who_left_may_come_back_by_the_address(city):
    person = somebody(email="astrid@oslo.example.net")
    membership.end(membership.ask_to_speak(person, city), by=person)
    assert not speaks_for(person, city)
    assert membership.ask_to_speak(person, city).is_confirmed
