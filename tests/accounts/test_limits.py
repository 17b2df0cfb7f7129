"""Limits on tries: they hold with and without Redis, and leave what was typed in the form."""

import pytest
from django.core import mail
from django.test import Client

from portal.accounts.models import User
from tests.accounts.conftest import PASSWORD, is_signed_in, new_address, new_client, sign_in
from tests.common.servers import redis_on, silent_server
from tests.local_servers import free_port

TOO_MANY = "Too many tries. Wait a few minutes, or ask for a new code by e-mail."
TOO_MANY_NOW = "Too many tries. Wait a minute, then try again."


@pytest.fixture(params=["no Redis", "Redis", "Redis refused", "Redis silent"])
def counting(request, settings, db):
    """The settings' own cache of counts, in each situation that Redis can be in."""
    if request.param == "no Redis":
        yield use_redis(settings, "")
    elif request.param == "Redis refused":
        yield use_redis(settings, f"redis://127.0.0.1:{free_port()}/0")
    elif request.param == "Redis silent":
        with silent_server() as port:
            yield use_redis(settings, f"redis://127.0.0.1:{port}/0")
    else:
        with redis_on(free_port()) as url:
            yield use_redis(settings, url)


def use_redis(settings, url):
    default = settings.CACHES["default"] | {"LOCATION": url}
    settings.CACHES = settings.CACHES | {"default": default}


def guess(client, address, password="not the password", **headers):
    data = {"login": address, "password": password}
    return client.post("/en/accounts/login/", data, **headers)


def errors(response):
    return response.context["form"].non_field_errors()


def test_ten_wrong_passwords_a_minute_from_one_place(counting, browser, person):
    answers = [errors(guess(browser, new_address()))[0] for _ in range(14)]
    assert [answer == TOO_MANY for answer in answers] == [False] * 10 + [True] * 4
    assert not is_signed_in(browser)
    guess(browser, person.email, PASSWORD)
    assert not is_signed_in(browser)
    elsewhere = new_client()
    guess(elsewhere, person.email, PASSWORD)
    assert is_signed_in(elsewhere)


def test_five_wrong_passwords_for_one_account_from_anywhere(counting, person):
    answers = [errors(guess(new_client(), person.email))[0] for _ in range(8)]
    assert [answer == TOO_MANY for answer in answers] == [False] * 5 + [True] * 3
    owner = new_client()
    response = guess(owner, person.email, PASSWORD)
    assert errors(response) == [TOO_MANY]
    assert f'value="{person.email}"' in response.text


def test_right_passwords_are_not_counted(browser, person):
    for _ in range(12):
        sign_in(browser, person)
        assert is_signed_in(browser)
        browser.post("/en/accounts/logout/")


def test_an_address_spelt_otherwise_and_another_host_are_the_same_account(person):
    hosts = ["testserver", "TestServer", "127.0.0.1", "127.0.0.1:8000", "localhost:1"]
    spellings = [person.email, person.email.upper(), f" {person.email}", person.email.title()]
    answers = [
        errors(guess(new_client(), spellings[n % 4], HTTP_HOST=hosts[n % 5]))[0] for n in range(8)
    ]
    assert [answer == TOO_MANY for answer in answers] == [False] * 5 + [True] * 3


def test_a_forged_header_does_not_make_another_place(browser):
    answers = [
        errors(guess(browser, new_address(), HTTP_X_FORWARDED_FOR=f"198.51.100.{n}"))[0]
        for n in range(12)
    ]
    assert [answer == TOO_MANY for answer in answers] == [False] * 10 + [True] * 2


def test_behind_one_proxy_the_address_that_the_proxy_saw_is_counted(settings, db):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    proxy = new_client()
    seen, other = new_client().defaults["REMOTE_ADDR"], new_client().defaults["REMOTE_ADDR"]
    answers = [
        errors(guess(proxy, new_address(), HTTP_X_FORWARDED_FOR=f"198.51.100.{n}, {seen}"))[0]
        for n in range(12)
    ]
    assert [answer == TOO_MANY for answer in answers] == [False] * 10 + [True] * 2
    response = guess(proxy, new_address(), HTTP_X_FORWARDED_FOR=other)
    assert errors(response) != [TOO_MANY]


def test_codes_for_one_address_are_sent_three_times_only(counting, person):
    for _ in range(3):
        response = new_client().post("/en/accounts/login/code/", {"email": person.email})
        assert response.status_code == 302
    response = new_client().post("/en/accounts/login/code/", {"email": person.email})
    assert response.context["form"].errors == {"email": [TOO_MANY]}
    assert f'value="{person.email}"' in response.text
    assert len(mail.outbox) == 3


def test_resets_for_one_address_are_sent_three_times_only(counting, person):
    for _ in range(3):
        new_client().post("/en/accounts/password/reset/", {"email": person.email})
    response = new_client().post("/en/accounts/password/reset/", {"email": person.email})
    assert (response.status_code, response.headers["Retry-After"]) == (429, "60")
    assert errors(response) == [TOO_MANY_NOW]
    assert f'value="{person.email}"' in response.text
    assert len(mail.outbox) == 3


def test_a_refused_sign_up_keeps_what_was_typed_but_the_password(browser, settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip"}
    data = {"name": "أستريد", "email": new_address(), "password1": "short"}
    assert browser.post("/ar/accounts/signup/", data).status_code == 200
    response = browser.post("/ar/accounts/signup/", data | {"password1": PASSWORD})
    assert response.status_code == 429
    assert errors(response) == ["محاولات كثيرة جدًا. انتظروا دقيقة ثم حاولوا مرة أخرى."]
    assert 'value="أستريد"' in response.text
    assert f'value="{data["email"]}"' in response.text
    assert PASSWORD not in response.text
    assert not User.objects.filter(email=data["email"]).exists()


@pytest.mark.parametrize(
    ("action", "path", "data"),
    [
        ("login", "login/", {"login": "a@example.org", "password": "x"}),
        ("signup", "signup/", {"name": "A", "email": "a@example.org", "password1": "x"}),
        ("change_password", "password/change/", {"oldpassword": "x", "password1": "y"}),
        ("manage_email", "email/", {"email": "a@example.org", "action_add": "1"}),
        ("reauthenticate", "reauthenticate/", {"password": "x"}),
    ],
)
def test_every_form_says_that_it_waits(browser, person, settings, action, path, data):
    settings.ACCOUNT_RATE_LIMITS = {action: "1/m"}
    if action not in ("login", "signup"):
        browser.force_login(person)
    first, second = (browser.post(f"/en/accounts/{path}", data) for _ in range(2))
    assert first.status_code != 429
    assert second.status_code == 429
    assert errors(second) == [TOO_MANY_NOW]


def test_a_page_without_a_form_to_keep_says_so_as_well(browser, person, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password_from_key": "0/m/ip"}
    response = browser.post("/en/accounts/password/reset/complete/", {"password1": PASSWORD})
    assert response.status_code == 429
    assert "Nothing is lost." in response.text


def test_reading_a_form_is_never_limited(browser, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip", "signup": "1/m/ip"}
    for path in ("login/", "signup/") * 5:
        assert browser.get(f"/en/accounts/{path}").status_code == 200


def test_someone_with_no_address_at_all_is_refused(db):
    response = Client(REMOTE_ADDR="").post("/en/accounts/login/", {"login": "a@example.org"})
    assert response.status_code == 403
