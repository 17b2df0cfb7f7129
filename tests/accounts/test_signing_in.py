"""Sign-in by password and by code, and where it leads."""

import time

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail

from portal.accounts.models import User
from portal.accounts.people import open_account
from tests.accounts.conftest import (
    PASSWORD,
    code_of,
    is_signed_in,
    new_address,
    newest_code,
    sign_in,
)

WRONG = "The e-mail address or the password is not right."


def ask_for_code(client, address, **query):
    return client.post("/en/accounts/login/code/", {"email": address}, query_params=query)


def test_a_person_signs_in_by_password(browser, person):
    assert sign_in(browser, person).headers["Location"] == "/en/"
    assert is_signed_in(browser)
    assert mail.outbox == []


@pytest.mark.parametrize("spelling", [str.upper, lambda address: f"  {address} "])
def test_the_address_may_be_spelt_in_capitals_and_with_spaces(browser, person, spelling):
    data = {"login": spelling(person.email), "password": PASSWORD}
    browser.post("/en/accounts/login/", data)
    assert is_signed_in(browser)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_after_signing_in_home_is_in_the_language_of_the_account(browser, arabic_person, language):
    response = sign_in(browser, arabic_person, language=language)
    assert response.headers["Location"] == "/ar/"
    assert "language" not in response.cookies


def test_the_page_asked_for_comes_in_the_language_it_was_asked_in(browser, arabic_person):
    response = sign_in(browser, arabic_person, next="/en/practices/?theme=youth")
    assert response.headers["Location"] == "/en/practices/?theme=youth"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(browser, person):
    pages = []
    for address in (person.email, new_address()):
        data = {"login": address, "password": "not the password"}
        response = browser.post("/en/accounts/login/", data)
        assert response.status_code == 200
        assert response.context["form"].non_field_errors() == [WRONG]
        lines = response.text.replace(address, "ADDRESS").splitlines()
        pages.append([line for line in lines if "csrfmiddlewaretoken" not in line])
    assert pages[0] == pages[1]
    assert mail.outbox == []


def test_the_address_stays_in_the_form_and_the_password_does_not(browser, person):
    data = {"login": person.email, "password": "not the password"}
    page = browser.post("/en/accounts/login/", data).text
    assert f'value="{person.email}"' in page
    assert "not the password" not in page


def test_a_person_signs_in_by_code(browser, person):
    response = ask_for_code(browser, person.email, next="/en/events/")
    assert response.headers["Location"].startswith("/en/accounts/login/code/confirm/?next=")
    response = browser.post(response.headers["Location"], {"code": newest_code(person.email)})
    assert response.headers["Location"] == "/en/events/"
    assert is_signed_in(browser)


def test_a_code_works_once_and_in_one_browser_only(browser, another_browser, person):
    ask_for_code(browser, person.email)
    code = newest_code(person.email)
    ask_for_code(another_browser, person.email)
    another_browser.post("/en/accounts/login/code/confirm/", {"code": code})
    assert not is_signed_in(another_browser)
    browser.post("/en/accounts/login/code/confirm/", {"code": code})
    browser.post("/en/accounts/logout/")
    browser.post("/en/accounts/login/code/confirm/", {"code": code})
    assert not is_signed_in(browser)


def test_a_code_is_void_after_ten_minutes(browser, person, monkeypatch):
    ask_for_code(browser, person.email)
    code = newest_code(person.email)
    after = time.time() + 601
    monkeypatch.setattr("allauth.account.internal.flows.code_verification.time.time", lambda: after)
    response = browser.post("/en/accounts/login/code/confirm/", {"code": code})
    assert response.headers["Location"] == "/en/accounts/login/code/"
    assert not is_signed_in(browser)


def test_asking_for_a_code_looks_the_same_for_an_unknown_address(browser, another_browser, person):
    unknown = new_address()
    answers = [ask_for_code(browser, person.email), ask_for_code(another_browser, unknown)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    pages = [
        [
            line
            for line in client.get("/en/accounts/login/code/confirm/").text.splitlines()
            if "csrfmiddlewaretoken" not in line and address not in line
        ]
        for client, address in [(browser, person.email), (another_browser, unknown)]
    ]
    assert pages[0] == pages[1]
    assert [message.subject for message in mail.outbox] == [
        "Your code to sign in",
        "There is no account with this address",
    ]
    assert "http://testserver/en/accounts/signup/" in mail.outbox[1].body


def test_an_account_opened_by_somebody_else_is_confirmed_by_its_first_code(browser):
    person = open_account(new_address(), name="Maya Cohen", roles=["curator"], by=None)
    assert not person.has_usable_password()
    ask_for_code(browser, person.email)
    browser.post("/en/accounts/login/code/confirm/", {"code": newest_code(person.email)})
    assert is_signed_in(browser)
    assert EmailAddress.objects.get(user=person).verified


def test_an_unconfirmed_address_is_confirmed_before_a_password_lets_in(browser):
    person = open_account(new_address(), name="Maya Cohen", password=PASSWORD, by=None)
    assert sign_in(browser, person).headers["Location"] == "/en/accounts/confirm-email/"
    assert not is_signed_in(browser)
    browser.post("/en/accounts/confirm-email/", {"code": code_of(mail.outbox[-1])})
    assert is_signed_in(browser)


def test_a_closed_account_does_not_let_in(browser, person):
    User.objects.filter(pk=person.pk).update(is_active=False)
    response = sign_in(browser, person)
    assert response.headers["Location"] == "/en/accounts/inactive/"
    assert "This account is closed" in browser.get("/en/accounts/inactive/").text
    assert not is_signed_in(browser)


def test_signing_in_gives_a_new_session_id(browser, person):
    ask_for_code(browser, person.email)
    before = browser.session.session_key
    browser.post("/en/accounts/login/code/confirm/", {"code": newest_code(person.email)})
    assert before is not None
    assert browser.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_page_that_needs_an_account_comes_back_to_itself(browser, person):
    response = browser.get("/en/accounts/email/")
    assert response.headers["Location"] == "/en/accounts/login/?next=/en/accounts/email/"
    response = sign_in(browser, person, next="/en/accounts/email/")
    assert response.headers["Location"] == "/en/accounts/email/"


def test_a_list_page_s_link_to_sign_in_leads_back_to_it(browser):
    page = browser.get("/en/practices/", {"theme": "youth"}).text
    assert "/en/accounts/login/?next=/en/practices/%3Ftheme%3Dyouth" in page


def test_somebody_signed_in_is_not_asked_again(browser, person):
    sign_in(browser, person)
    response = browser.get("/en/accounts/login/", {"next": "/en/cities/"})
    assert response.headers["Location"] == "/en/cities/"


def test_signing_out_needs_a_post(browser, person):
    sign_in(browser, person)
    assert "You are about to sign out" in browser.get("/en/accounts/logout/").text
    assert is_signed_in(browser)
    response = browser.post("/en/accounts/logout/", follow=True)
    assert response.redirect_chain == [("/en/", 302)]
    assert "You are signed out." in response.text
    assert not is_signed_in(browser)
    assert Session.objects.count() == 0
