"""Where a request may lead: to a path of this site only, whatever it asks for."""

import pytest
from django.core import mail

from tests.accounts.conftest import new_address, newest_code, sign_in

ELSEWHERE = [
    "https://evil.example/",
    "http://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example\\",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,evil",
    "http://testserver.evil.example/",
    "http://testserver@evil.example/",
    "http:///evil.example",
    "\x08//evil.example",
    "/\t/evil.example/",
    "https://testserver:8000/",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_never_leads_elsewhere(browser, person, target):
    assert sign_in(browser, person, next=target).headers["Location"] == "/en/"


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_by_code_never_leads_elsewhere(browser, person, target, settings):
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": ""}
    query = {"next": target}
    browser.post("/en/accounts/login/code/", {"email": person.email}, query_params=query)
    data = {"code": newest_code(person.email), **query}
    response = browser.post("/en/accounts/login/code/confirm/", data)
    assert response.headers["Location"] == "/en/"


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_out_never_leads_elsewhere(browser, person, target):
    sign_in(browser, person)
    response = browser.post("/en/accounts/logout/", {"next": target})
    assert response.headers["Location"] == "/en/"


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_twice_never_leads_elsewhere(browser, person, target):
    sign_in(browser, person)
    response = browser.get("/en/accounts/login/", {"next": target})
    assert response.headers["Location"] == "/en/"


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_HOST": "127.0.0.1"},
        {"HTTP_HOST": "localhost:8000"},
        {"HTTP_REFERER": "https://evil.example/"},
        {"HTTP_FORWARDED": "host=evil.example;proto=https"},
        {"HTTP_X_ORIGINAL_URL": "https://evil.example/", "HTTP_X_REWRITE_URL": "/evil"},
    ],
)
def test_links_in_mails_start_with_the_site_s_own_address(browser, person, headers):
    for path, data in [
        ("signup/", {"name": "A", "email": person.email, "password1": "a long enough passphrase"}),
        ("login/code/", {"email": new_address()}),
        ("password/reset/", {"email": new_address()}),
    ]:
        browser.cookies.clear()
        browser.post(f"/en/accounts/{path}", data, **headers)
    assert len(mail.outbox) == 3
    for message in mail.outbox:
        addresses = [word for word in message.body.split() if "://" in word]
        assert addresses
        assert [word for word in addresses if not word.startswith("http://testserver")] == []


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "[::1]", ""])
def test_an_unknown_host_is_refused_and_no_mail_goes_out(browser, host):
    data = {"email": new_address()}
    response = browser.post("/en/accounts/password/reset/", data, HTTP_HOST=host)
    assert response.status_code == 400
    assert mail.outbox == []


def test_addresses_in_front_of_the_account_pages(browser, person):
    assert browser.get("/en/accounts/").headers["Location"] == "/en/accounts/profile/"
    sign_in(browser, person)
    assert browser.get("/ar/accounts/").headers["Location"] == "/ar/accounts/profile/"
    for absent in ("3rdparty/", "social/login/cancelled/", "2fa/trust/", "phone/change/"):
        assert browser.get(f"/en/accounts/{absent}").status_code == 404
