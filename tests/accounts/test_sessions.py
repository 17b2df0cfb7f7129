"""Sessions: how long they live, who sees them, who ends them."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from portal.accounts.devices import device
from portal.accounts.models import User
from portal.accounts.tasks import clear_expired_sessions
from tests.accounts.conftest import is_signed_in, newest_code, sign_in

TWELVE_HOURS = timedelta(hours=12)
BROWSERS = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0": (
        "Firefox on Windows"
    ),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0": "Edge on Windows",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Safari/605.1.15": "Safari on macOS",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) CriOS/140.0.0.0 Mobile/15E148 Safari/604.1": "Chrome on iPhone",
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
    "Mobile Safari/537.36": "Chrome on Android",
    "curl/8.0": "Unknown browser",
    "": "Unknown browser",
}


@pytest.mark.parametrize(("user_agent", "name"), BROWSERS.items())
def test_a_browser_is_named_as_people_know_it(user_agent, name):
    assert device(user_agent) == name


def end_of_session(client):
    return Session.objects.get(session_key=client.session.session_key).expire_date


@pytest.mark.parametrize("way", ["password", "code"])
def test_a_session_ends_twelve_hours_after_signing_in(browser, person, way):
    if way == "password":
        sign_in(browser, person)
    else:
        browser.post("/en/accounts/login/code/", {"email": person.email})
        code = {"code": newest_code(person.email)}
        browser.post("/en/accounts/login/code/confirm/", code)
    left = end_of_session(browser) - timezone.now()
    assert TWELVE_HOURS - timedelta(seconds=30) < left <= TWELVE_HOURS


def test_using_a_session_does_not_prolong_it(browser, person):
    sign_in(browser, person)
    end = end_of_session(browser)
    session = browser.session
    session["note"] = "written again"
    session.save()
    browser.get("/en/accounts/profile/")
    assert end_of_session(browser) == end


def test_the_cookie_is_kept_from_scripts_and_other_sites(browser, person):
    cookie = sign_in(browser, person).cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_person_sees_where_they_are_signed_in(browser, another_browser, person):
    sign_in(browser, person)
    sign_in(another_browser, person)
    page = browser.get("/en/accounts/sessions/")
    assert page.context["session_count"] == 2
    assert page.text.count("Firefox on Windows") == 2
    assert page.text.count("This session") == 1
    assert "Sign out everywhere else" in page.text


def test_signing_out_elsewhere_ends_the_other_sessions_at_once(browser, another_browser, person):
    sign_in(browser, person)
    sign_in(another_browser, person)
    response = browser.post("/en/accounts/sessions/", follow=True)
    assert "You are signed out everywhere else." in response.text
    assert is_signed_in(browser)
    assert not is_signed_in(another_browser)


def test_nobody_sees_or_ends_the_sessions_of_others(
    browser, another_browser, person, arabic_person
):
    sign_in(browser, person)
    sign_in(another_browser, arabic_person)
    assert browser.get("/en/accounts/sessions/").context["session_count"] == 1
    browser.post("/en/accounts/sessions/")
    assert is_signed_in(another_browser)


def test_a_closed_account_is_signed_out_at_its_next_request(browser, person):
    sign_in(browser, person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert not is_signed_in(browser)


def test_pages_of_a_signed_in_person_are_kept_in_no_cache(browser, person):
    sign_in(browser, person)
    response = browser.get("/en/practices/")
    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]


def test_a_reader_without_an_account_gets_no_cookie_and_costs_no_account_query(browser):
    response = browser.get("/en/about/")
    assert response.cookies == {}
    assert "no-store" not in response.headers.get("Cache-Control", "")
    assert "Cookie" in response.headers["Vary"]


def test_a_zone_that_the_time_zone_database_has_lost_breaks_nothing(browser, person):
    User.objects.filter(pk=person.pk).update(time_zone="Atlantis/Capital")
    sign_in(browser, person)
    assert is_signed_in(browser)


def test_ended_sessions_are_removed_with_what_was_noted_of_their_devices(
    browser, another_browser, person
):
    sign_in(browser, person)
    sign_in(another_browser, person)
    ended = Session.objects.filter(session_key=another_browser.session.session_key)
    ended.update(expire_date=timezone.now() - timedelta(minutes=1))
    for _ in range(2):
        clear_expired_sessions()
        assert Session.objects.count() == 1
        assert UserSession.objects.get().session_key == browser.session.session_key
    assert is_signed_in(browser)
