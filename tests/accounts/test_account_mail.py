"""Mails of the accounts: in the language of their reader, as text and HTML, or not sent at all."""

import pytest
from django.core import mail

from portal.accounts.models import User
from tests.accounts.conftest import PASSWORD, is_signed_in, new_address, newest_code, sign_in


def parts(message):
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    return message.body, html


@pytest.mark.parametrize(
    ("language", "name", "subject", "direction"),
    [
        ("en", "Transatlantic City Exchange", "Confirm your e-mail address", "ltr"),
        ("ar", "ملتقى المدن عبر الأطلسي", "تأكيد عنوان بريدكم الإلكتروني", "rtl"),
    ],
)
def test_a_mail_is_in_the_language_of_the_page_for_those_without_an_account(
    browser, language, name, subject, direction
):
    address = new_address()
    data = {"name": "Astrid", "email": address, "password1": PASSWORD}
    browser.post(f"/{language}/accounts/signup/", data)
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([address], subject)
    assert name in message.from_email
    assert "<exchange@example.org>" in message.from_email
    text, html = parts(message)
    assert f'<html lang="{language}" dir="{direction}">' in html
    code = newest_code(address)
    assert f'<h1><bdi dir="ltr">{code}</bdi></h1>' in html
    for paragraph in text.strip().split("\n\n")[:-1]:
        assert paragraph in html.replace("&#x27;", "'")
    assert name in text


@pytest.mark.parametrize("page_language", ["en", "ar"])
def test_a_mail_is_in_the_language_of_the_account(browser, arabic_person, page_language):
    browser.post(f"/{page_language}/accounts/login/code/", {"email": arabic_person.email})
    (message,) = mail.outbox
    assert message.subject == "رمز الدخول"
    assert message.extra_headers["Content-Language"] == "ar"
    # The page itself stays in its own language.
    page = browser.get(f"/{page_language}/accounts/login/code/confirm/")
    assert f'<html lang="{page_language}"' in page.text


def test_a_notice_names_the_time_in_the_zone_of_the_person(browser, person):
    User.objects.filter(pk=person.pk).update(time_zone="America/St_Johns")
    sign_in(browser, person)
    data = {"oldpassword": PASSWORD, "password1": "a quite different one"}
    browser.post("/en/accounts/password/change/", data)
    (message,) = mail.outbox
    assert "(America/St_Johns)" in message.body


def test_no_mail_carries_an_unfinished_tag_or_an_untranslated_word(browser, arabic_person):
    for path in ("login/code/", "password/reset/"):
        browser.cookies.clear()
        browser.post(f"/ar/accounts/{path}", {"email": arabic_person.email})
        browser.cookies.clear()
        browser.post(f"/ar/accounts/{path}", {"email": new_address()})
    browser.cookies.clear()
    data = {"name": "ليلى", "email": arabic_person.email, "password1": PASSWORD}
    browser.post("/ar/accounts/signup/", data)
    assert len(mail.outbox) == 5
    for message in mail.outbox:
        words = [word for word in f"{message.subject} {message.body}".split() if "://" not in word]
        assert [word for word in words if any("a" <= letter <= "z" for letter in word)] == []
        assert "{" not in message.body


@pytest.fixture
def no_mail_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = 9


def test_a_mail_that_cannot_be_sent_is_said_and_can_be_asked_for_again(
    browser, person, no_mail_server
):
    response = browser.post("/en/accounts/login/code/", {"email": person.email})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "120")
    assert "The e-mail could not be sent" in response.text


def test_who_signed_up_while_no_mail_could_be_sent_signs_in_later(browser, settings):
    address = new_address()
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    data = {"name": "Astrid", "email": address, "password1": PASSWORD}
    assert browser.post("/en/accounts/signup/", data).status_code == 503
    settings.EMAIL_BACKEND = working
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": ""}
    browser.post("/en/accounts/login/", {"login": address, "password": PASSWORD})
    browser.post("/en/accounts/confirm-email/", {"code": newest_code(address)})
    assert is_signed_in(browser)


def test_a_changed_password_stands_even_if_its_notice_cannot_be_sent(
    browser, person, no_mail_server
):
    sign_in(browser, person)
    data = {"oldpassword": PASSWORD, "password1": "a quite different one"}
    response = browser.post("/en/accounts/password/change/", data)
    assert response.headers["Location"] == "/en/accounts/profile/"
    person.refresh_from_db()
    assert person.check_password("a quite different one")
