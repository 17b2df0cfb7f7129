"""Passwords: which are taken, how they are kept, and how they are changed."""

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core import mail

from portal.accounts.hashers import Argon2id
from portal.accounts.people import open_account
from tests.accounts.conftest import (
    PASSWORD,
    is_signed_in,
    new_address,
    new_client,
    newest_code,
    sign_in,
)

ARABIC_PASSPHRASE = "سبعة أقواس في الجسر القديم وثامنها لا يراه إلا من يعبره ليلًا ماشيًا"


def change_password(client, new, old=PASSWORD, language="en"):
    data = {"oldpassword": old, "password1": new}
    return client.post(f"/{language}/accounts/password/change/", data)


def test_hashes_are_argon2id_with_64_mib_and_three_passes():
    encoded = Argon2id().encode(PASSWORD, Argon2id().salt())
    assert encoded.startswith("argon2$argon2id$v=19$m=65536,t=3,p=1$")
    assert Argon2id().verify(PASSWORD, encoded)


def test_production_keeps_passwords_in_no_other_way():
    text = (django_settings.BASE_DIR / "portal/settings/people.py").read_text()
    assert 'PASSWORD_HASHERS = ["portal.accounts.hashers.Argon2id"]' in text
    assert PBKDF2PasswordHasher.algorithm not in text


@pytest.mark.parametrize(
    "password",
    [
        "fifteen letters",
        "lower case only",
        "111 222 333 444",
        ARABIC_PASSPHRASE,
        " outer spaces stay ",
        "🌉🌉🌉🌉🌉🌉🌉🌉🌉🌉🌉🌉🌉🌉🌉",
        "x" * 2000 + "y",
    ],
)
def test_any_characters_make_a_password(browser, person, password):
    sign_in(browser, person)
    response = change_password(browser, password)
    assert response.headers["Location"] == "/en/accounts/profile/"
    person.refresh_from_db()
    assert person.check_password(password)
    assert not person.check_password(password + " ")


def test_an_arabic_passphrase_of_64_characters_signs_in(browser):
    assert len(ARABIC_PASSPHRASE) >= 64
    person = open_account(
        new_address(), name="ليلى", password=ARABIC_PASSPHRASE, is_verified=True, by=None
    )
    data = {"login": person.email, "password": ARABIC_PASSPHRASE}
    browser.post("/ar/accounts/login/", data)
    assert is_signed_in(browser)


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("fourteen chars", "This password is too short. It must contain at least 15 characters."),
        ("123456789123456", "This password is too common."),
        ("", "Choose a password."),
    ],
)
def test_short_and_common_passwords_are_refused(browser, person, password, message):
    sign_in(browser, person)
    form = change_password(browser, password).context["form"]
    assert form.errors == {"password1": [message]}


def test_a_password_like_the_own_address_is_refused(browser, person):
    sign_in(browser, person)
    form = change_password(browser, person.email).context["form"]
    assert form.errors["password1"] == ["The password is too similar to the e-mail address."]


def test_the_length_is_named_in_arabic_grammar(browser, person):
    sign_in(browser, person)
    form = change_password(browser, "قصيرة", language="ar").context["form"]
    assert form.errors["password1"] == [
        "كلمة المرور هذه قصيرة جدًا، ولا بد فيها من 15 حرفًا على الأقل."
    ]


def test_the_current_password_is_needed_to_change_it(browser, person):
    sign_in(browser, person)
    form = change_password(browser, "a quite different one", old="not the password").context["form"]
    assert form.errors == {"oldpassword": ["This is not your current password."]}


def test_a_changed_password_ends_every_other_session_at_its_next_request(browser, person):
    others = [new_client(), new_client()]
    for client in (browser, *others):
        sign_in(client, person)
    before = browser.session.session_key
    change_password(browser, "a quite different one")
    assert is_signed_in(browser)
    assert browser.session.session_key != before
    assert [is_signed_in(client) for client in others] == [False, False]


def test_the_owner_is_told_of_a_changed_password_in_the_own_language(browser, arabic_person):
    sign_in(browser, arabic_person)
    change_password(browser, "a quite different one")
    (message,) = mail.outbox
    assert message.to == [arabic_person.email]
    assert message.subject == "غُيّرت كلمة مروركم"
    assert "Firefox" in message.body
    assert "http://testserver/ar/accounts/password/reset/" in message.body


def test_a_forgotten_password_is_replaced_with_a_code(browser, another_browser, person):
    sign_in(another_browser, person)
    response = browser.post("/en/accounts/password/reset/", {"email": person.email})
    assert response.headers["Location"] == "/en/accounts/password/reset/confirm/"
    code = {"code": newest_code(person.email)}
    response = browser.post("/en/accounts/password/reset/confirm/", code)
    assert response.headers["Location"] == "/en/accounts/password/reset/complete/"
    new = {"password1": "a quite different one"}
    response = browser.post("/en/accounts/password/reset/complete/", new, follow=True)
    assert "Your password is changed" in response.text
    assert not is_signed_in(browser)
    assert not is_signed_in(another_browser)
    browser.post("/en/accounts/login/", {"login": person.email, "password": new["password1"]})
    assert is_signed_in(browser)
    assert [message.subject for message in mail.outbox] == [
        "Your code for a new password",
        "Your password was changed",
    ]


def test_a_new_password_cannot_be_chosen_without_the_code(browser, person):
    complete = "/en/accounts/password/reset/complete/"
    browser.post("/en/accounts/password/reset/", {"email": person.email})
    response = browser.post(complete, {"password1": "a quite different one"})
    assert response.headers["Location"] == "/en/accounts/password/reset/confirm/"
    for _ in range(3):
        browser.post("/en/accounts/password/reset/confirm/", {"code": "0000-0000"})
    code = {"code": newest_code(person.email)}
    response = browser.post("/en/accounts/password/reset/confirm/", code)
    assert response.headers["Location"] == "/en/accounts/login/"
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_the_reset_answers_the_same_for_an_unknown_address(browser, another_browser, person):
    unknown = new_address()
    pages = []
    for client, address in [(browser, person.email), (another_browser, unknown)]:
        response = client.post("/en/accounts/password/reset/", {"email": address}, follow=True)
        lines = response.text.replace(address, "ADDRESS").splitlines()
        pages.append([line for line in lines if "csrfmiddlewaretoken" not in line])
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 2


def test_who_signs_in_by_code_may_set_a_password(browser):
    person = open_account(new_address(), name="Maya Cohen", is_verified=True, by=None)
    browser.force_login(person)
    assert browser.get("/en/accounts/password/change/").headers["Location"] == (
        "/en/accounts/password/set/"
    )
    response = browser.post("/en/accounts/password/set/", {"password1": PASSWORD})
    assert response.headers["Location"] == "/en/accounts/profile/"
    assert is_signed_in(browser)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
