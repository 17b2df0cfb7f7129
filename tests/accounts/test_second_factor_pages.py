"""Setting up and removing second factors: pages, mails and journal in both languages."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from portal.accounts.models import User
from portal.accounts.people import open_account
from tests.accounts.conftest import PASSWORD, new_address, sign_in
from tests.accounts.passkeys import add_passkey
from tests.accounts.second_steps import (
    INDIC,
    SECRET,
    acts,
    code_of_app,
    set_up_app,
    signed_in,
    wrong_code,
)
from tests.accounts.test_account_pages import Page

OVERVIEW = "/en/accounts/2fa/"
SET_UP = "/en/accounts/2fa/totp/activate/"
REMOVE = "/en/accounts/2fa/totp/deactivate/"
CODES = "/en/accounts/2fa/recovery-codes/"
# What is shown to whoever has an app, one passkey and recovery codes, and to whoever has nothing.
PAGES_WITH = [
    "2fa/",
    "2fa/reauthenticate/",
    "2fa/webauthn/reauthenticate/",
    "2fa/totp/deactivate/",
    "2fa/recovery-codes/",
    "2fa/recovery-codes/generate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "2fa/webauthn/keys/{}/edit/",
    "2fa/webauthn/keys/{}/remove/",
]
# What the browser of these tests calls itself.
DEVICE = ["Firefox", "Windows"]
PAGES_WITHOUT = ["2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/"]


pytestmark = pytest.mark.usefixtures("commits_at_once")


def secret_on(page) -> str:
    return re.search(r"<code>([A-Z2-7 ]+)</code>", page.text).group(1).replace(" ", "")


def test_setting_up_an_app_asks_for_the_password_first(browser, person):
    browser.force_login(person)
    response = browser.get(SET_UP)
    assert response.headers["Location"] == f"/en/accounts/reauthenticate/?next={quoted(SET_UP)}"
    response = browser.post("/en/accounts/reauthenticate/", {"password": PASSWORD, "next": SET_UP})
    assert response.headers["Location"] == SET_UP


def quoted(path):
    return path.replace("/", "%2F")


@pytest.mark.parametrize("digits", ["Western", "Arabic-Indic"])
def test_an_app_is_set_up_with_the_code_it_shows_and_recovery_codes_follow(browser, person, digits):
    page = signed_in(browser, person).get(SET_UP)
    secret = secret_on(page)
    assert f"secret={secret}" in page.context["totp_url"]
    code = code_of_app(secret)
    typed = code.translate(INDIC) if digits == "Arabic-Indic" else code
    response = browser.post(SET_UP, {"code": typed})
    assert response.headers["Location"] == CODES
    page = browser.get(CODES)
    codes = re.findall(r"<code>(\d{4} \d{4})</code>", page.text)
    assert len(set(codes)) == 10
    assert "The authenticator app is set up." in page.text
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([person.email], "An authenticator app was set up")
    assert secret not in message.body
    assert acts() == ["second-factor-added"]


def test_the_code_that_set_up_the_app_signs_nobody_in(browser, another_browser, person):
    secret = secret_on(signed_in(browser, person).get(SET_UP))
    code = code_of_app(secret)
    browser.post(SET_UP, {"code": code})
    sign_in(another_browser, person)
    response = another_browser.post("/en/accounts/2fa/authenticate/", {"code": code})
    assert response.status_code == 200


def test_a_wrong_code_keeps_the_key_that_was_scanned(browser, person):
    secret = secret_on(signed_in(browser, person).get(SET_UP))
    page = browser.post(SET_UP, {"code": wrong_code(secret)})
    assert page.status_code == 200
    assert secret_on(page) == secret
    assert page.context["form"].errors["code"] == [
        "This code is not right, or it was used already."
    ]
    assert not Authenticator.objects.exists()


def test_the_picture_of_the_key_stands_in_the_page_and_comes_from_nowhere(browser, person):
    page = signed_in(browser, person).get(SET_UP)
    assert 'class="qr"' in page.text
    assert "data:image" not in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert page.context["totp_url"].startswith("otpauth://totp/")
    assert "issuer=Transatlantic%20City%20Exchange" in page.context["totp_url"]


def test_an_app_is_removed_and_its_recovery_codes_with_it(browser, person):
    set_up_app(person)
    page = signed_in(browser, person).get(REMOVE)
    assert "It is your only second step" in page.text
    assert browser.post(REMOVE).headers["Location"] == OVERVIEW
    assert not Authenticator.objects.exists()
    (message,) = mail.outbox
    assert message.subject == "The authenticator app was removed"
    assert acts() == ["second-factor-removed"]


def test_with_a_passkey_left_recovery_codes_stay(browser, person):
    set_up_app(person)
    add_passkey(person)
    assert "It is your only second step" not in signed_in(browser, person).get(REMOVE).text
    browser.post(REMOVE)
    assert sorted(Authenticator.objects.values_list("type", flat=True)) == [
        "recovery_codes",
        "webauthn",
    ]


def test_nobody_adds_a_second_factor_to_an_address_that_is_not_confirmed(browser, db):
    person = open_account(new_address(), name="A", password=PASSWORD, is_verified=False, by=None)
    page = signed_in(browser, person).get(SET_UP, follow=True)
    assert "Confirm your e-mail address before you set up a second step." in page.text


def test_a_passkey_is_renamed_and_removed_by_its_owner_only(browser, person, arabic_person):
    (key, _own), (foreign, _other) = add_passkey(person), add_passkey(arabic_person)
    signed_in(browser, person)
    edit, remove = (f"/en/accounts/2fa/webauthn/keys/{{}}/{act}/" for act in ("edit", "remove"))
    for page in (edit, remove):
        for answer in (browser.get(page.format(foreign.pk)), browser.post(page.format(foreign.pk))):
            assert answer.status_code == 404
    browser.post(edit.format(key.pk), {"name": "  مكتب \x00الملتقى\u202e "})
    key.refresh_from_db()
    assert key.wrap().name == "مكتب الملتقى"
    browser.post(remove.format(key.pk))
    assert list(Authenticator.objects.all()) == [foreign]
    assert [message.subject for message in mail.outbox] == ["A passkey was removed"]
    assert acts() == ["second-factor-removed"]


@pytest.mark.parametrize("name", ["", "\u200f\u200b", "x" * 61])
def test_a_name_that_is_none_is_refused_and_kept_in_the_field(browser, person, name):
    key, _passkey = add_passkey(person)
    page = signed_in(browser, person).post(
        f"/en/accounts/2fa/webauthn/keys/{key.pk}/edit/", {"name": name}
    )
    assert page.status_code == 200
    assert 'href="#id_name"' in page.text
    key.refresh_from_db()
    assert key.wrap().name == "هاتف ليلى"


def test_the_profile_says_what_is_set_up_and_leads_there(browser, person):
    browser.force_login(person)
    page = browser.get("/en/accounts/profile/")
    assert "Set up a second step" in page.text
    set_up_app(person)
    add_passkey(person)
    page = browser.get("/en/accounts/profile/")
    assert "1 passkey<br>" in page.text
    assert "Change the second step" in page.text
    assert f'href="{OVERVIEW}"' in page.text


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    ("has_step", "path"),
    [*((True, path) for path in PAGES_WITH), *((False, path) for path in PAGES_WITHOUT)],
)
def test_every_page_has_our_frame_one_heading_and_no_word_of_another_language(
    browser, person, language, has_step, path
):
    key = None
    if has_step:
        set_up_app(person)
        key, _passkey = add_passkey(person)
    User.objects.filter(pk=person.pk).update(name="ليلى")
    signed_in(browser, person)
    page = browser.get(f"/{language}/accounts/{path.format(key and key.pk)}")
    assert page.status_code == 200
    parsed = Page(page.text)
    assert parsed.all("html") == [{"lang": language, "dir": "rtl" if language == "ar" else "ltr"}]
    assert len(parsed.all("h1")) == 1
    assert [attrs for _tag, attrs in parsed.elements if "style" in attrs] == []
    labelled = {label.get("for") for label in parsed.all("label")}
    assert [field for field in parsed.fields() if field["id"] not in labelled] == []
    if language == "ar":
        assert latin_words(page.text) == []


def latin_words(page: str) -> list[str]:
    """Words in Latin letters that a reader of the main part sees, addresses and keys aside."""
    main = page[page.index("<main") : page.index("</main>")]
    main = re.sub(r"<script.*?</script>|<bdi.*?</bdi>|<code>.*?</code>", "", main, flags=re.DOTALL)
    return re.findall(r"[A-Za-z]{2,}", re.sub(r"<[^>]*>|&\w+;|&#\w+;", " ", main))


def test_every_notice_is_a_mail_in_the_language_of_the_account(browser, arabic_person):
    secret = secret_on(signed_in(browser, arabic_person).get(SET_UP.replace("en", "ar", 1)))
    browser.post(SET_UP, {"code": code_of_app(secret)})
    browser.post(f"{CODES}generate/")
    key, _passkey = add_passkey(arabic_person)
    browser.post(f"/en/accounts/2fa/webauthn/keys/{key.pk}/remove/")
    browser.post(REMOVE)
    assert [message.subject for message in mail.outbox] == [
        "أُعدّ تطبيق مصادقة",
        "أُنشئت رموز استرداد جديدة",
        "أُزيل مفتاح مرور",
        "أُزيل تطبيق المصادقة",
    ]
    for message in mail.outbox:
        words = [word for word in message.body.split() if "://" not in word]
        assert [word for word in words if re.search("[a-z]", word)] == DEVICE
        ((html, _kind),) = message.alternatives
        assert 'dir="rtl"' in html


def test_showing_it_once_more_takes_app_recovery_code_or_password(browser, person):
    codes = set_up_app(person)
    browser.force_login(person)
    page = browser.get(f"/en/accounts/reauthenticate/?next={CODES}")
    assert f"/en/accounts/2fa/reauthenticate/?next={quoted(CODES)}" in page.text
    for code in (code_of_app(), codes[0]):
        answer = browser.post("/en/accounts/2fa/reauthenticate/", {"code": code, "next": CODES})
        assert answer.headers["Location"] == CODES
        assert browser.get(CODES).status_code == 200


def test_tries_to_show_it_once_more_are_limited(browser, person):
    set_up_app(person)
    browser.force_login(person)
    answers = [
        browser.post("/en/accounts/2fa/reauthenticate/", {"code": wrong_code()}) for _ in range(8)
    ]
    errors = [answer.context["form"].errors["code"][0] for answer in answers]
    assert errors[:5] == ["This code is not right, or it was used already."] * 5
    assert errors[5:] == ["Too many tries. Wait five minutes, then try again."] * 3


def test_no_secret_of_the_app_is_in_the_database_as_it_is(browser, person):
    secret = secret_on(signed_in(browser, person).get(SET_UP))
    browser.post(SET_UP, {"code": code_of_app(secret)})
    codes = re.findall(r"<code>([\d ]+)</code>", browser.get(CODES).text)
    stored = " ".join(str(data) for data in Authenticator.objects.values_list("data", flat=True))
    assert secret not in stored
    assert [code for code in codes if code.replace(" ", "") in stored] == []
    assert SECRET not in stored
    assert "mfa.totp.secret" not in browser.session
