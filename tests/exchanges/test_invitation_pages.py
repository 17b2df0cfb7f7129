"""The page behind the link of an invitation: for strangers, for the invited, for others."""

import logging
import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from exchanges import membership
from exchanges.models import CityInvitation
from exchanges.permissions import speaks_for
from portal.common.logs import WithoutTokens
from tests.accounts.conftest import newest_code
from tests.exchanges.people import (
    a_focal_point,
    browser_of,
    invited,
    membership_of,
    somebody,
)

pytestmark = pytest.mark.django_db
EMAIL = "astrid.lind@example.org"


@pytest.fixture
def focal_point(city):
    return a_focal_point(city, "Ingrid Dahl")


@pytest.fixture
def address(city, focal_point):
    _invitation, token = invited(city, EMAIL, by=focal_point)
    return f"/en/invitations/{token}/"


def is_open():
    return CityInvitation.objects.open().exists()


def test_a_stranger_sees_who_invites_and_not_the_address(address):
    response = browser_of().get(address)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Ingrid Dahl" in page
    assert "An invitation to speak for" in page
    assert EMAIL not in page
    assert "a•••@example.org" in page
    assert f"/en/accounts/login/?next={address}" in page
    assert f"/en/accounts/signup/?next={address}" in page
    assert not response.cookies


def test_the_page_is_in_arabic_too(address):
    page = browser_of().get(address.replace("/en/", "/ar/")).content.decode()
    assert "دعوة إلى التحدث باسم مدينة" in page
    assert "تسجيل الدخول" in page


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_opening_the_link_uses_nothing_whoever_opens_it(address, method, city):
    person = somebody(email=EMAIL)
    for client in (browser_of(), browser_of(person), browser_of(somebody())):
        for _time in range(3):
            getattr(client, method)(address, headers={"Purpose": "prefetch"})
    assert is_open()
    assert not speaks_for(person, city)


def test_the_invited_person_accepts_with_a_button(address, city):
    person = somebody(email=EMAIL)
    client = browser_of(person)
    assert "Accept the invitation" in client.get(address).content.decode()
    response = client.post(address, follow=True)
    assert response.redirect_chain == [("/en/cities/oslo/speak/", 302)]
    assert "You speak for this city now." in response.content.decode()
    assert speaks_for(person, city)


def test_pressing_twice_leads_to_the_same_page(address):
    client = browser_of(somebody(email=EMAIL))
    for _time in range(2):
        response = client.post(address)
        assert (response.status_code, response.url) == (302, "/en/cities/oslo/speak/")
    assert client.get(address).url == "/en/cities/oslo/speak/"


def test_another_account_is_told_so_and_uses_nothing_up(address, city):
    other = somebody("Ola Hansen")
    client = browser_of(other)
    for response in (client.get(address), client.post(address)):
        page = response.content.decode()
        assert response.status_code == 403
        assert "another address than yours" in page
        assert EMAIL not in page
        assert "Accept the invitation" not in page
    assert is_open()
    assert not speaks_for(other, city)


def test_another_account_signs_out_and_comes_back(address):
    client = browser_of(somebody())
    assert f'name="next" value="{address}"' in client.get(address).content.decode()
    response = client.post("/en/accounts/logout/", {"next": address}, follow=True)
    assert response.redirect_chain == [(address, 302)]


def test_a_stranger_who_posts_signs_in_first(address):
    response = browser_of().post(address)
    assert response.status_code == 302
    assert response.url == f"/en/accounts/login/?next={address}"
    assert is_open()


def test_who_creates_an_account_with_the_address_comes_back_to_the_invitation(address, city):
    client = browser_of()
    client.post(
        "/en/accounts/signup/",
        {"name": "Astrid Lind", "email": EMAIL, "password1": "the bridge has seven arches"},
        query_params={"next": address},
    )
    code = newest_code(EMAIL)
    response = client.post("/en/accounts/confirm-email/", {"code": code})
    assert response.url == address
    client.post(address)
    assert speaks_for(EmailAddress.objects.get(email=EMAIL).user, city)


def test_a_used_link_says_so_to_others(address):
    browser_of(somebody(email=EMAIL)).post(address)
    for client in (browser_of(), browser_of(somebody())):
        response = client.get(address)
        assert response.status_code == 410
        assert "This invitation has been used." in response.content.decode()


def test_an_expired_and_a_withdrawn_link_say_so(address, focal_point):
    client = browser_of(somebody(email=EMAIL))
    invitation = CityInvitation.objects.get()
    CityInvitation.objects.update(expires_at=timezone.now())
    for response in (client.get(address), client.post(address)):
        assert response.status_code == 410
        assert "has expired" in response.content.decode()
    membership.withdraw_invitation(invitation, by=focal_point)
    assert "was withdrawn" in client.get(address).content.decode()


def test_a_link_of_somebody_who_may_not_invite_any_more_says_so(address, focal_point, city):
    membership.end(membership_of(focal_point, city), by=focal_point)
    person = somebody(email=EMAIL)
    for client in (browser_of(), browser_of(person)):
        response = client.get(address)
        assert response.status_code == 410
        assert "/en/cities/oslo/speak/" in response.content.decode()
    assert browser_of(person).post(address).status_code == 410
    assert not speaks_for(person, city)


@pytest.mark.parametrize("person", [None, somebody])
def test_an_unknown_link_says_the_same_to_everybody(person):
    client = browser_of(person and person())
    for method in (client.get, client.post) if person else (client.get,):
        response = method("/en/invitations/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/")
        assert response.status_code == 404
        assert "There is no such invitation." in response.content.decode()


def test_what_was_posted_beside_the_button_counts_for_nothing(address, city):
    person = somebody(email=EMAIL)
    browser_of(person).post(address, {"role": "focal-point", "city": "2", "state": "confirmed"})
    assert membership_of(person, city).role == "official"


def test_the_token_goes_into_no_referrer_and_no_cache(address):
    client = browser_of(somebody(email=EMAIL))
    for response in (browser_of().get(address), client.get(address), client.post(address)):
        assert response["Referrer-Policy"] == "strict-origin"
        assert "no-store" in response["Cache-Control"]
    # Nothing of another site is loaded with the page.
    page = browser_of().get(address).content.decode()
    assert not re.search(r'(?:src|href)="https?://(?!testserver)', page)


def test_the_form_needs_its_token_against_forgery(address, city):
    person = somebody(email=EMAIL)
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    assert client.post(address).status_code == 403
    assert is_open()


def test_no_log_has_the_token(address, caplog):
    token = address.split("/")[-2]
    blank = WithoutTokens()
    with caplog.at_level("DEBUG"):
        CityInvitation.objects.update(expires_at=timezone.now())
        browser_of().get(address)
        client = Client(enforce_csrf_checks=True)
        client.force_login(somebody(email=EMAIL))
        client.post(address)
    written = [record for record in caplog.records if record.levelno >= logging.INFO]
    assert {record.name for record in written} >= {"django.request", "django.security.csrf"}
    for record in written:
        assert blank.filter(record)
        assert token not in record.getMessage()
    assert any("/en/invitations/…/" in record.getMessage() for record in written)


def test_addresses_without_a_token_are_logged_as_they_are(settings):
    name = "7-a-name-in-an-address-of-forty-three-signs"
    assert len(name) == 43
    record = logging.makeLogRecord({"msg": "Not Found: %s", "args": (f"/en/practices/{name}/",)})
    assert WithoutTokens().filter(record)
    assert record.getMessage() == f"Not Found: /en/practices/{name}/"
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["without_tokens"]
