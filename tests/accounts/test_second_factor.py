"""The second step of signing in: it is asked for whichever way one came, and counts once."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone

from tests.accounts.conftest import PASSWORD, is_signed_in, new_client, newest_code, sign_in
from tests.accounts.second_steps import INDIC, code_of_app, set_up_app, wrong_code

STEP = "/en/accounts/2fa/authenticate/"
WRONG = "This code is not right, or it was used already."
TOO_MANY = "Too many tries. Wait five minutes, then try again."


def errors(response):
    return response.context["form"].errors.get("code", [])


def by_password(client, person):
    return sign_in(client, person)


def by_mailed_code(client, person):
    client.post("/en/accounts/login/code/", {"email": person.email})
    return client.post("/en/accounts/login/code/confirm/", {"code": newest_code(person.email)})


def after_reset(client, person):
    """Signing in with a password that was chosen by a mailed code."""
    client.post("/en/accounts/password/reset/", {"email": person.email})
    client.post("/en/accounts/password/reset/confirm/", {"code": newest_code(person.email)})
    client.post("/en/accounts/password/reset/complete/", {"password1": PASSWORD})
    assert not is_signed_in(client)
    return sign_in(client, person)


@pytest.mark.parametrize("way", [by_password, by_mailed_code, after_reset])
def test_whoever_has_a_second_step_is_asked_for_it_whichever_way_they_come(browser, person, way):
    set_up_app(person)
    assert way(browser, person).headers["Location"] == STEP
    assert not is_signed_in(browser)
    response = browser.post(STEP, {"code": code_of_app()})
    assert response.headers["Location"] == "/en/"
    assert is_signed_in(browser)


def test_whoever_has_none_is_not_asked(browser, person):
    assert sign_in(browser, person).headers["Location"] == "/en/"
    assert is_signed_in(browser)


def test_the_way_back_survives_the_second_step(browser, person):
    set_up_app(person)
    response = sign_in(browser, person, next="/ar/cities/oslo/")
    assert response.headers["Location"] == STEP
    response = browser.post(STEP, {"code": code_of_app()})
    assert response.headers["Location"] == "/ar/cities/oslo/"


@pytest.mark.parametrize("typed", ["{}", " {} ", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}"])
@pytest.mark.parametrize("digits", ["Western", "Arabic-Indic"])
def test_a_code_is_read_in_either_set_of_digits_and_with_spaces(browser, person, typed, digits):
    set_up_app(person)
    sign_in(browser, person)
    code = typed.format(code_of_app())
    browser.post(STEP, {"code": code.translate(INDIC) if digits == "Arabic-Indic" else code})
    assert is_signed_in(browser)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_telephone_may_be_half_a_minute_off(browser, person, steps):
    set_up_app(person)
    sign_in(browser, person)
    browser.post(STEP, {"code": code_of_app(steps=steps)})
    assert is_signed_in(browser)


@pytest.mark.parametrize("steps", [-4, 4])
def test_a_code_of_long_ago_is_refused(browser, person, steps):
    set_up_app(person)
    sign_in(browser, person)
    browser.post(STEP, {"code": code_of_app(steps=steps)})
    assert not is_signed_in(browser)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_counts_once_as_long_as_it_holds(browser, another_browser, person, steps):
    # Codes that were used are kept by allauth for half a minute only; by us until they end.
    set_up_app(person)
    code = code_of_app(steps=steps)
    sign_in(browser, person)
    browser.post(STEP, {"code": code})
    assert is_signed_in(browser)
    cache.delete(f"allauth.mfa.totp.used?user={person.pk}&code={code}")
    sign_in(another_browser, person)
    response = another_browser.post(STEP, {"code": f"{code[:3]} {code[3:]}".translate(INDIC)})
    assert errors(response) == [WRONG]
    assert not is_signed_in(another_browser)


@pytest.mark.parametrize(
    ("language", "code", "error"),
    [
        ("en", None, "This code is not right, or it was used already."),
        ("ar", None, "هذا الرمز غير صحيح، أو سبق استعماله."),
        ("en", "", "Enter a code."),
        ("ar", "", "أدخلوا رمزًا."),
        ("en", "‏" * 5, "This code is not right, or it was used already."),
        ("en", "9" * 5000, "This code is not right, or it was used already."),
        ("ar", "رمز 'OR 1=1", "هذا الرمز غير صحيح، أو سبق استعماله."),
    ],
)
def test_a_wrong_code_is_said_at_the_top_and_leads_to_the_field(
    browser, person, language, code, error
):
    set_up_app(person)
    sign_in(browser, person, language=language)
    page = f"/{language}/accounts/2fa/authenticate/"
    response = browser.post(page, {"code": wrong_code() if code is None else code})
    assert response.status_code == 200
    assert errors(response) == [error]
    assert f'<a href="#id_code">{error}</a>' in response.text
    assert re.search(r"<title>\s*(Error|خطأ): ", response.text)


def test_five_wrong_codes_are_the_most_wherever_they_come_from(person, caplog):
    set_up_app(person)
    answers = []
    for _ in range(10):
        client = new_client()
        sign_in(client, person)
        answers.append(errors(client.post(STEP, {"code": wrong_code()}))[0])
    assert answers == [WRONG] * 5 + [TOO_MANY] * 5
    owner = new_client()
    sign_in(owner, person)
    assert errors(owner.post(STEP, {"code": code_of_app()})) == [TOO_MANY]
    assert caplog.text.count(f"Wrong code for the second factor of account {person.pk}") == 5


def test_a_right_code_lets_the_count_begin_anew(browser, another_browser, person):
    codes = set_up_app(person)
    sign_in(browser, person)
    for _ in range(4):
        browser.post(STEP, {"code": wrong_code()})
    browser.post(STEP, {"code": code_of_app()})
    assert is_signed_in(browser)
    sign_in(another_browser, person)
    for _ in range(4):
        another_browser.post(STEP, {"code": wrong_code()})
    another_browser.post(STEP, {"code": codes[0]})
    assert is_signed_in(another_browser)


@pytest.mark.parametrize("digits", ["Western", "Arabic-Indic"])
def test_a_recovery_code_stands_in_for_the_app_once(browser, another_browser, person, digits):
    code = set_up_app(person)[3]
    typed = f"{code[:4]} {code[4:]}"
    sign_in(browser, person)
    browser.post(STEP, {"code": typed.translate(INDIC) if digits == "Arabic-Indic" else typed})
    assert is_signed_in(browser)
    sign_in(another_browser, person)
    assert errors(another_browser.post(STEP, {"code": code})) == [WRONG]


def test_nobody_passes_with_the_code_of_another(browser, person, arabic_person):
    set_up_app(person)
    codes = set_up_app(arabic_person)
    sign_in(browser, person)
    assert errors(browser.post(STEP, {"code": codes[0]})) == [WRONG]


def test_the_second_step_has_no_page_for_those_who_have_not_taken_the_first(browser, person):
    set_up_app(person)
    assert browser.get(STEP).headers["Location"] == "/en/accounts/login/"
    response = browser.post(STEP, {"code": code_of_app()})
    assert response.headers["Location"] == "/en/accounts/login/"
    assert not is_signed_in(browser)


def test_starting_again_forgets_the_first_step(browser, person):
    set_up_app(person)
    sign_in(browser, person)
    response = browser.post("/en/accounts/logout/", {"next": "/en/accounts/login/"})
    assert response.headers["Location"] == "/en/accounts/login/"
    assert browser.get("/en/accounts/login/").status_code == 200


def test_an_account_that_was_closed_meanwhile_stays_closed(browser, person):
    set_up_app(person)
    sign_in(browser, person)
    person.is_active = False
    person.save()
    browser.post(STEP, {"code": code_of_app()})
    assert not is_signed_in(browser)


def test_the_session_after_the_second_step_is_new_and_ends_after_twelve_hours(browser, person):
    set_up_app(person)
    sign_in(browser, person)
    before = browser.session.session_key
    browser.post(STEP, {"code": code_of_app()})
    session = Session.objects.get(session_key=browser.session.session_key)
    assert session.session_key != before
    left = session.expire_date - timezone.now()
    assert timedelta(hours=12) - timedelta(seconds=30) < left <= timedelta(hours=12)


def test_signing_out_elsewhere_ends_sessions_that_took_both_steps(browser, another_browser, person):
    codes = set_up_app(person)
    for client, code in zip((browser, another_browser), codes, strict=False):
        sign_in(client, person)
        client.post(STEP, {"code": code})
    page = browser.get("/en/accounts/profile/")
    assert 'href="/en/accounts/sessions/"' in page.text
    assert browser.get("/en/accounts/sessions/").context["session_count"] == 2
    browser.post("/en/accounts/sessions/")
    assert is_signed_in(browser)
    assert not is_signed_in(another_browser)


def test_a_secret_that_no_key_opens_is_a_fault_of_the_form_and_no_broken_page(
    browser, person, settings
):
    set_up_app(person)
    settings.SECRET_KEY = "another one, without the old one beside it"
    sign_in(browser, person)
    response = browser.post(STEP, {"code": "123456"})
    assert errors(response) == [
        "Your second step cannot be checked any more. Write to us, and we help you."
    ]
