"""The page on which people ask to speak for a city, and the account page."""

import pytest
from django.test import Client

from exchanges import membership
from exchanges.choices import MembershipState
from exchanges.models import City
from tests.exchanges.people import (
    a_request,
    address_of,
    an_official,
    browser_of,
    membership_of,
    page_of,
    somebody,
)

pytestmark = pytest.mark.django_db


def test_the_page_of_a_city_asks_everybody_who_works_for_it(client):
    page = page_of(client.get("/en/cities/oslo/"))
    assert '<a href="/en/cities/oslo/speak/" rel="nofollow">Do you work for this city?</a>' in page


def test_who_has_no_account_reads_how_it_works_and_signs_in_first(client, city):
    address = address_of("speak", city)
    response = client.get(address)
    page = page_of(response)
    assert f"/en/accounts/login/?next={address}" in page
    assert f"/en/accounts/signup/?next={address}" in page
    assert not response.cookies
    assert client.post(address).url == f"/en/accounts/login/?next={address}"
    assert not city.memberships.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_city_and_an_unpublished_one_have_no_such_page(city, method):
    City.objects.filter(pk=city.pk).update(is_published=False)
    browser = browser_of(somebody())
    for slug in ("oslo", "no-city"):
        assert getattr(browser, method)(f"/en/cities/{slug}/speak/").status_code == 404


@pytest.mark.parametrize(
    ("language", "asks", "waits"),
    [
        ("en", "Ask to speak for this city", "Your request is waiting."),
        ("ar", "طلب التحدث باسم هذه المدينة", "طلبكم قيد الانتظار."),
    ],
)
def test_somebody_asks_and_sees_that_it_waits(city, language, asks, waits):
    person = somebody()
    browser, address = browser_of(person), address_of("speak", city, language=language)
    assert asks in page_of(browser.get(address))
    response = browser.post(address, {"state": "confirmed", "role": "focal-point"}, follow=True)
    assert response.redirect_chain == [(address, 302)]
    assert waits in page_of(response)
    assert membership_of(person, city).is_waiting
    assert not membership_of(person, city).is_focal_point


def test_an_address_of_the_city_confirms_on_the_spot(city):
    City.objects.filter(pk=city.pk).update(email_domains="oslo.example.net")
    person = somebody(email="astrid@oslo.example.net")
    response = browser_of(person).post(address_of("speak", city), follow=True)
    page = page_of(response)
    assert "Your address confirms it: you speak for this city." in page
    assert "oslo.example.net" not in page_of(Client().get(address_of("speak", city)))


def test_somebody_takes_a_request_back_and_leaves(city):
    asked, official = a_request(city), an_official(city)
    for person, says in (
        (asked.person, "Your request is taken back."),
        (official, "You no longer speak for this city."),
    ):
        browser = browser_of(person)
        assert says in page_of(browser.post(address_of("speak", city), {"leave": "1"}, follow=True))
        assert membership_of(person, city).state == MembershipState.ENDED
        # A second tab that still shows the button does no harm.
        browser.post(address_of("speak", city), {"leave": "1"})
        assert city.memberships.filter(person=person).count() == 1


def test_who_was_refused_reads_why_and_may_ask_again(city, focal_point):
    asked = a_request(city)
    membership.refuse(asked, by=focal_point, reason="<b>Who</b> are you?")
    page = page_of(browser_of(asked.person).get(address_of("speak", city)))
    assert "Your request was refused." in page
    assert "&lt;b&gt;Who&lt;/b&gt; are you?" in page
    assert "Ask to speak for this city" in page


def test_the_tenth_request_in_an_hour_is_the_last(city):
    browser = browser_of(somebody())
    address = address_of("speak", city)
    answers = [browser.post(address).status_code for _time in range(11)]
    assert answers == [302] * 10 + [429]


def test_the_account_page_says_for_which_cities_one_speaks(city, focal_point):
    page = page_of(browser_of(focal_point).get("/en/accounts/profile/"))
    assert "Cities you speak for" in page
    assert 'href="/en/cities/oslo/speak/"' in page
    assert 'href="/en/cities/oslo/people/"' in page
    assert "None yet." in page_of(browser_of(somebody()).get("/en/accounts/profile/"))
