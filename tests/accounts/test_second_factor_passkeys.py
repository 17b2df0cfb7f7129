"""Passkeys: made, used to sign in alone or as second step, and nothing else taken for one."""

import json
import re
from ipaddress import IPv6Address
from secrets import randbits

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from tests.accounts.conftest import PASSWORD, is_signed_in, new_client, sign_in
from tests.accounts.passkeys import Passkey, add_passkey
from tests.accounts.second_steps import set_up_app

ADD = "/en/accounts/2fa/webauthn/add/"
SIGN_IN = "/en/accounts/2fa/webauthn/login/"
STEP = "/en/accounts/2fa/authenticate/"
AGAIN = "/en/accounts/2fa/webauthn/reauthenticate/"
REFUSED = "The passkey was not accepted. Try once more, or go on in another way."

pytestmark = pytest.mark.usefixtures("commits_at_once", "at_localhost")


@pytest.fixture
def at_localhost(settings):
    """Passkeys want https, or localhost."""
    settings.SITE_URL = "http://localhost"


@pytest.fixture
def browser(db):
    return localhost_client()


@pytest.fixture
def another_browser(db):
    return localhost_client()


def localhost_client():
    """A client at a network address of its own: tries to sign in are counted beyond a test."""
    client = new_client()
    client.defaults["HTTP_HOST"] = "localhost"
    client.defaults["REMOTE_ADDR"] = str(IPv6Address(0x2001_0DB8 << 96 | randbits(64) << 32))
    return client


def options_on(page, name: str) -> dict:
    """What the page gives to the browser to sign."""
    island = re.search(r'<script id="js_data"[^>]*>(.*?)</script>', page.text, re.DOTALL)
    return json.loads(island.group(1))[name]


def asked_by_script(client) -> dict:
    """What the button of the sign-in page asks for."""
    answer = client.get(SIGN_IN, HTTP_ACCEPT="application/json")
    return answer.json()["request_options"]


def sent(answer: dict, **more) -> dict:
    return {"credential": json.dumps(answer), **more}


def ready(client, person):
    client.force_login(person)
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def test_a_passkey_is_made_and_recovery_codes_follow(browser, person):
    page = ready(browser, person).get(ADD)
    options = options_on(page, "creation_options")
    assert options["publicKey"]["rp"] == {"id": "localhost", "name": "Transatlantic City Exchange"}
    assert 'value="Firefox on Windows"' in page.text
    answer = browser.post(ADD, sent(Passkey().made(options), name="مكتبي", passwordless="on"))
    assert answer.headers["Location"] == "/en/accounts/2fa/recovery-codes/"
    key = Authenticator.objects.get(type="webauthn")
    assert (key.user, key.wrap().name, key.wrap().is_passwordless) == (person, "مكتبي", True)
    assert [message.subject for message in mail.outbox] == ["A passkey was added"]


def test_a_passkey_signs_in_alone(browser, person):
    key, passkey = add_passkey(person)
    answer = browser.post(SIGN_IN, sent(passkey.signed(asked_by_script(browser), person=person)))
    assert answer.headers["Location"] == "/en/"
    assert is_signed_in(browser)
    key.refresh_from_db()
    assert key.last_used_at


def test_a_passkey_leads_to_where_one_wanted(browser, person):
    _key, passkey = add_passkey(person)
    page = browser.get("/ar/accounts/login/?next=/ar/cities/oslo/")
    assert '<input type="hidden" name="next" value="/ar/cities/oslo/"' in page.text
    signed = passkey.signed(asked_by_script(browser), person=person)
    answer = browser.post(SIGN_IN, sent(signed, next="/ar/cities/oslo/"))
    assert answer.headers["Location"] == "/ar/cities/oslo/"


def test_a_passkey_leads_to_no_other_site(browser, person):
    _key, passkey = add_passkey(person)
    signed = passkey.signed(asked_by_script(browser), person=person)
    answer = browser.post(SIGN_IN, sent(signed, next="https://evil.example.org/"))
    assert answer.headers["Location"] == "/en/"


@pytest.mark.parametrize("asks_owner", [True, False])
def test_a_passkey_is_the_second_step(browser, person, asks_owner):
    _key, passkey = add_passkey(person, asks_owner=asks_owner)
    assert sign_in(browser, person).headers["Location"] == STEP
    options = options_on(browser.get(STEP), "request_options")
    browser.post(STEP, sent(passkey.signed(options, person=person)))
    assert is_signed_in(browser)


def test_who_has_passkeys_only_is_asked_for_a_recovery_code_beside_them(browser, person):
    add_passkey(person)
    sign_in(browser, person)
    page = browser.get(STEP)
    assert "One of the ten that you have kept; each works once." in page.text
    assert "your app shows" not in page.text


def test_who_has_an_app_only_sees_no_button_for_passkeys(browser, person):
    set_up_app(person)
    sign_in(browser, person)
    assert "data-passkey=" not in browser.get(STEP).text


def test_a_key_that_does_not_ask_for_its_owner_signs_nobody_in_alone(browser, person):
    _key, passkey = add_passkey(person, asks_owner=False)
    browser.post(SIGN_IN, sent(passkey.signed(asked_by_script(browser), person=person)))
    assert not is_signed_in(browser)


def test_a_passkey_that_was_removed_is_refused_on_the_page_and_the_way_on_is_kept(browser, person):
    key, passkey = add_passkey(person)
    key.delete()
    signed = passkey.signed(asked_by_script(browser), person=person)
    answer = browser.post(SIGN_IN, sent(signed, next="/en/cities/oslo/"))
    assert answer.headers["Location"] == "/en/accounts/login/?next=%2Fen%2Fcities%2Foslo%2F"
    assert REFUSED in browser.get(answer.headers["Location"]).text


@pytest.mark.parametrize(
    "fault", ["another site", "another origin", "another person", "used before", "of yesterday"]
)
def test_what_was_signed_for_something_else_signs_nobody_in(
    browser, another_browser, person, arabic_person, fault
):
    _key, passkey = add_passkey(person)
    options = asked_by_script(browser)
    if fault == "another site":
        passkey.host = "evil.example.org"
    origin = "https://evil.example.org" if fault == "another origin" else "http://localhost"
    owner = arabic_person if fault == "another person" else person
    signed = passkey.signed(options, person=owner, origin=origin)
    if fault == "used before":
        browser.post(SIGN_IN, sent(signed))
        browser.post("/en/accounts/logout/")
    if fault == "of yesterday":
        asked_by_script(browser)
    browser.post(SIGN_IN, sent(signed))
    another_browser.post(SIGN_IN, sent(signed))
    assert not is_signed_in(browser)
    assert not is_signed_in(another_browser)


def test_a_closed_account_is_not_opened_by_its_passkey(browser, person):
    _key, passkey = add_passkey(person)
    person.is_active = False
    person.save()
    browser.post(SIGN_IN, sent(passkey.signed(asked_by_script(browser), person=person)))
    assert not is_signed_in(browser)


def test_showing_the_passkey_once_more(browser, person):
    _key, passkey = add_passkey(person)
    browser.force_login(person)
    codes = "/en/accounts/2fa/webauthn/add/"
    page = browser.get(f"{AGAIN}?next={codes}")
    signed = passkey.signed(options_on(page, "request_options"), person=person)
    assert browser.post(AGAIN, sent(signed, next=codes)).headers["Location"] == codes
    assert browser.get(codes).status_code == 200


def test_a_passkey_of_another_shows_nothing_and_leads_back_to_the_page(
    browser, person, arabic_person
):
    add_passkey(person)
    _key, foreign = add_passkey(arabic_person)
    browser.force_login(person)
    page = browser.get(AGAIN)
    signed = foreign.signed(options_on(page, "request_options"), person=arabic_person)
    answer = browser.post(AGAIN, sent(signed, next="/en/accounts/2fa/"))
    assert answer.headers["Location"] == f"{AGAIN}?next=%2Fen%2Faccounts%2F2fa%2F"
    assert REFUSED in browser.get(answer.headers["Location"]).text


def damaged(answer: dict) -> list[str]:
    """The answer with each of its parts missing or wrong, and what is no answer at all."""
    wrong = [None, "", "%%%", "AA", -1, [], {}, "\ud800", "\0"]
    texts = ["", "x", "[]", '"x"', "7", "null", "[" * 100_000, '{"a":' * 5000, "9" * 5000, "{}"]
    for name in answer:
        texts += [json.dumps({**answer, name: value}) for value in wrong]
        texts.append(json.dumps({key: value for key, value in answer.items() if key != name}))
    for name in answer["response"]:
        for value in wrong:
            response = {**answer["response"], name: value}
            texts.append(json.dumps({**answer, "response": response}))
    return [*texts, json.dumps(answer)[:-5], json.dumps({**answer, "more": "x" * 30_000})]


def test_no_answer_of_a_broken_device_is_more_than_refused(browser, person, settings):
    settings.MFA_RATE_LIMITS = {"webauthn_login": ""}
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "", "reauthenticate": ""}
    _key, passkey = add_passkey(person)
    for text in damaged(passkey.signed(asked_by_script(browser), person=person)):
        asked_by_script(browser)
        answer = browser.post(SIGN_IN, {"credential": text})
        assert answer.headers["Location"] == "/en/accounts/login/"
    assert not is_signed_in(browser)
    sign_in(browser, person)
    options = options_on(browser.get(STEP), "request_options")
    for text in damaged(passkey.signed(options, person=person)):
        page = browser.post(STEP, {"credential": text})
        assert REFUSED in page.text, text[:300]
    assert not is_signed_in(browser)


def test_no_passkey_is_made_of_a_broken_answer(browser, person):
    page = ready(browser, person).get(ADD)
    for text in damaged(Passkey().made(options_on(page, "creation_options"))):
        page = browser.post(ADD, {"credential": text, "name": "x"})
        if page.status_code == 302:
            # What is damaged is of no use to anybody: the key itself is whole.
            key = Authenticator.objects.get(type="webauthn").wrap()
            assert key.authenticator_data.credential_data
            Authenticator.objects.all().delete()
            continue
        assert page.status_code == 200
        assert REFUSED in page.text
        assert 'class="error-summary"' in page.text


def test_tries_to_sign_in_by_passkey_are_limited(browser):
    answers = [browser.post(SIGN_IN, {"credential": "{}"}).status_code for _ in range(12)]
    assert answers == [302] * 10 + [429] * 2


def test_what_a_passkey_is_to_sign_is_given_to_scripts_only(browser):
    assert browser.get(SIGN_IN).headers["Location"] == "/en/accounts/login/"
    options = asked_by_script(browser)["publicKey"]
    assert (options["rpId"], options["userVerification"]) == ("localhost", "required")


def test_where_passkeys_cannot_work_the_page_names_the_address_where_they_do(
    browser, person, settings
):
    settings.SITE_URL = "http://127.0.0.1:8117"
    browser.defaults["HTTP_HOST"] = "127.0.0.1:8117"
    assert "data-passkey" not in browser.get("/en/accounts/login/").text
    ready(browser, person)
    page = browser.get("/en/accounts/2fa/")
    assert "http://localhost:" in page.text
    assert f'href="{ADD}"' not in page.text


@pytest.mark.parametrize("host", ["exchange.example.org", "www.exchange.example.org"])
def test_passkeys_belong_to_the_host_of_the_site_whatever_a_request_claims(
    browser, person, settings, host
):
    settings.SITE_URL = "https://exchange.example.org"
    settings.ALLOWED_HOSTS = ["exchange.example.org", "www.exchange.example.org"]
    browser.defaults["HTTP_HOST"] = host
    page = ready(browser, person).get(ADD, secure=True)
    assert options_on(page, "creation_options")["publicKey"]["rp"]["id"] == "exchange.example.org"


def test_scripts_of_the_pages_may_ask_for_passkeys(browser):
    policy = browser.get("/en/accounts/login/").headers["Permissions-Policy"]
    assert "publickey-credentials-create=(self)" in policy
    assert "publickey-credentials-get=(self)" in policy
