"""Recovery codes: shown to their owner, taken along, made anew, used once."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from tests.accounts.conftest import sign_in
from tests.accounts.second_steps import acts, set_up_app, signed_in

OVERVIEW = "/en/accounts/2fa/"
CODES = "/en/accounts/2fa/recovery-codes/"

pytestmark = pytest.mark.usefixtures("commits_at_once")


def test_recovery_codes_are_made_anew_and_the_old_ones_end(browser, another_browser, person):
    old = set_up_app(person)
    signed_in(browser, person)
    response = browser.post(f"{CODES}generate/", follow=True)
    new = [code.replace(" ", "") for code in re.findall(r"<code>([\d ]+)</code>", response.text)]
    assert set(old) & set(new) == set()
    sign_in(another_browser, person)
    page = "/en/accounts/2fa/authenticate/"
    assert another_browser.post(page, {"code": old[0]}).status_code == 200
    assert another_browser.post(page, {"code": new[0]}).status_code == 302
    assert [message.subject for message in mail.outbox] == ["New recovery codes were made"]
    assert acts() == ["recovery-codes-renewed"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_recovery_codes_are_downloaded_as_a_text_that_says_what_they_are_for(
    browser, person, language
):
    codes = set_up_app(person)
    response = signed_in(browser, person).get(f"/{language}/accounts/2fa/recovery-codes/download/")
    assert response.headers["Content-Type"].startswith("text/plain")
    assert "attachment" in response.headers["Content-Disposition"]
    assert "no-store" in response.headers["Cache-Control"]
    text = response.content.decode()
    assert text.startswith("رموز الاسترداد" if language == "ar" else "Recovery codes")
    assert person.email in text
    assert re.findall(r"^(\d{4}) (\d{4})$", text, re.MULTILINE) == [
        (code[:4], code[4:]) for code in codes
    ]


def test_a_used_code_is_shown_no_more_and_few_codes_are_warned_of(browser, another_browser, person):
    codes = set_up_app(person)
    sign_in(another_browser, person)
    another_browser.post("/en/accounts/2fa/authenticate/", {"code": codes[0]})
    page = signed_in(browser, person).get(CODES)
    assert len(re.findall(r"<code>", page.text)) == 9
    assert "9 codes left" in browser.get(OVERVIEW).text
    Authenticator.objects.filter(type="recovery_codes").update(
        data={**Authenticator.objects.get(type="recovery_codes").data, "used_mask": 0b0111111111}
    )
    assert '<span class="tag tag--warn">1 code left</span>' in browser.get(OVERVIEW).text


@pytest.mark.parametrize("page", ["", "generate/", "download/"])
def test_recovery_codes_are_shown_after_the_password_only(browser, person, page):
    set_up_app(person)
    browser.force_login(person)
    location = browser.get(f"{CODES}{page}").headers["Location"]
    assert location.startswith("/en/accounts/reauthenticate/?next=")


def test_who_has_nothing_gets_no_recovery_codes(browser, person):
    signed_in(browser, person)
    assert browser.get(CODES).status_code == 404
    response = browser.post(f"{CODES}generate/")
    assert "Set up one of them first." in response.text
    assert not Authenticator.objects.exists()
