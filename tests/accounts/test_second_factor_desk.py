"""The door of the desk: 0 of its addresses open to staff who have not shown a second factor."""

import re

import pytest
from django.urls import URLPattern, get_resolver, resolve, reverse

from practices import workflow
from practices.models import Practice
from tests.accounts.conftest import PASSWORD, is_signed_in, newest_code, sign_in
from tests.accounts.passkeys import add_passkey
from tests.accounts.second_steps import (
    STEP,
    came_through_both_steps,
    code_of_app,
    set_up_app,
    staff_with,
)
from tests.practices.submitting import draft, with_files

DESK = "/en/admin/practices/practice/"
OVERVIEW = "/en/accounts/2fa/"
ROLES = ["curator", "translator", "administrator"]
# The most rights are tried with every method.
METHODS = {
    "curator": ["get"],
    "translator": ["post"],
    "administrator": ["get", "head", "post", "options"],
}
WAY_OUT = "admin/logout/"

pytestmark = pytest.mark.usefixtures("commits_at_once")


@pytest.fixture(autouse=True)
def _as_outside_the_demonstration(settings):
    settings.STAFF_NEED_SECOND_FACTOR = True


def addresses() -> dict[str, str]:
    """An address for every route of the desk, by its pattern; parameters are filled with 1."""
    (desk,) = [
        part
        for languages in get_resolver().url_patterns
        for part in getattr(languages, "url_patterns", ())
        if getattr(part, "namespace", None) == "admin"
    ]
    return {pattern: f"/en/{filled(pattern)}" for pattern in patterns_of(desk, "")}


def patterns_of(resolver, before: str):
    for part in resolver.url_patterns if hasattr(resolver, "url_patterns") else ():
        pattern = before + str(resolver.pattern) + str(part.pattern)
        if isinstance(part, URLPattern):
            yield pattern
        else:
            yield from patterns_of(part, before + str(resolver.pattern))


def filled(pattern: str) -> str:
    text = re.sub(r"<(?:\w+:)?\w+>", "1", pattern)
    text = re.sub(r"\(\?P<\w+>([\w-]+)(?:\|[^)]*)?\)", r"\1", text)
    return re.sub(r"\((?:\?P<\w+>)?[^)]*\)|\.\*", "1", text).replace("^", "").replace("$", "")


ADDRESSES = addresses()


def test_the_walk_meets_every_route_of_the_desk():
    names = {resolve(address).url_name for address in ADDRESSES.values()}
    assert {"index", "practices_practice_change", "accounts_user_second_step", "jsi18n"} <= names
    assert len(ADDRESSES) > 80
    for address in ADDRESSES.values():
        assert resolve(address).namespaces == ["admin"]


@pytest.mark.parametrize(("role", "methods"), METHODS.items())
def test_without_a_second_factor_no_address_of_the_desk_opens(browser, role, methods):
    browser.force_login(staff_with(role))
    assert opened(browser, methods, led_to=OVERVIEW) == []


def test_with_one_that_was_not_shown_in_this_session_no_address_opens(browser):
    person = staff_with("administrator")
    set_up_app(person)
    browser.force_login(person)
    assert opened(browser, ["get", "post"], led_to=f"{OVERVIEW}reauthenticate/") == []


def opened(client, methods: list[str], *, led_to: str) -> list[str]:
    """The routes and methods, signing out aside, that do not lead to the second factor."""
    return [
        f"{method} {pattern}"
        for pattern, address in ADDRESSES.items()
        for method in methods
        if pattern != WAY_OUT
        and not getattr(client, method)(address).headers.get("Location", "").startswith(led_to)
    ]


def test_the_way_out_is_open(browser):
    browser.force_login(staff_with("curator"))
    browser.post("/en/admin/logout/")
    assert not is_signed_in(browser)


@pytest.mark.parametrize("role", ROLES)
def test_who_has_shown_it_comes_in(browser, role):
    client = came_through_both_steps(browser, staff_with(role))
    for address in ("/en/admin/", DESK, f"{DESK}1/change/"):
        assert client.get(address).status_code == 200


def test_the_demonstration_asks_nobody(browser, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    browser.force_login(staff_with("curator"))
    assert browser.get(DESK).status_code == 200


def test_who_has_no_business_at_the_desk_is_told_so_and_needs_no_second_factor(browser, person):
    sign_in(browser, person)
    assert browser.get(DESK, follow=True).status_code == 403
    assert is_signed_in(browser)


def test_readers_without_an_account_are_sent_to_sign_in(browser):
    assert "/en/accounts/login/" in browser.get(DESK, follow=True).redirect_chain[-1][0]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_new_curator_is_led_through_the_setup_and_on_to_the_desk(browser, language):
    person = staff_with("curator")
    desk = f"/{language}/admin/practices/practice/?state=published"
    overview = f"/{language}/accounts/2fa/"
    sign_in(browser, person, next=desk)
    answer = browser.get(desk)
    assert answer.headers["Location"].startswith(f"{overview}?next=")
    page = browser.get(answer.headers["Location"])
    assert ("مكتب القيّمين متى" if language == "ar" else "The curators' desk opens") in page.text
    assert "Go on" not in page.text
    set_up = f"{overview}totp/activate/"
    browser.post(f"/{language}/accounts/reauthenticate/", {"password": PASSWORD})
    key = re.search(r"<code>([A-Z2-7 ]+)</code>", browser.get(set_up).text).group(1)
    answer = browser.post(set_up, {"code": code_of_app(key.replace(" ", ""))})
    page = browser.get(answer.headers["Location"])
    assert f'<a class="btn" href="{desk}">' in page.text
    assert browser.get(desk).status_code == 200
    assert desk not in browser.get(overview).text


def test_who_has_it_from_another_session_shows_it_and_comes_to_where_they_wanted(browser):
    person = staff_with("curator")
    sign_in(browser, person)
    codes = set_up_app(person)
    answer = browser.get(DESK)
    page = browser.get(answer.headers["Location"])
    assert "Use your password" not in page.text
    answer = browser.post(f"{OVERVIEW}reauthenticate/", {"code": codes[0], "next": DESK})
    assert answer.headers["Location"] == DESK
    assert browser.get(DESK).status_code == 200


def test_the_password_alone_does_not_stand_in_for_it(browser):
    person = staff_with("curator")
    sign_in(browser, person)
    set_up_app(person)
    browser.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    assert browser.get(DESK).status_code == 302


def test_who_has_a_passkey_only_is_asked_for_the_passkey(browser):
    person = staff_with("curator")
    sign_in(browser, person)
    add_passkey(person)
    location = browser.get(DESK).headers["Location"]
    assert location.startswith(f"{OVERVIEW}webauthn/reauthenticate/?next=")


def test_data_that_was_sent_is_not_written_and_leads_to_the_desk_s_first_page(browser):
    browser.force_login(staff_with("curator"))
    answer = browser.post(f"{DESK}1/change/", {"title_en": "Written without a second factor"})
    assert answer.headers["Location"] == f"{OVERVIEW}?next=%2Fen%2Fadmin%2F"


def test_removing_the_last_factor_closes_the_desk_again(browser):
    client = came_through_both_steps(browser, staff_with("curator"))
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get(f"{OVERVIEW}totp/deactivate/")
    assert "The curators' desk is closed to you" in page.text
    client.post(f"{OVERVIEW}totp/deactivate/")
    assert client.get(DESK).headers["Location"].startswith(OVERVIEW)


def test_one_more_query_is_what_the_door_costs(browser, settings, django_assert_num_queries):
    client = came_through_both_steps(browser, staff_with("curator"))
    client.get("/en/admin/jsi18n/")
    settings.STAFF_NEED_SECOND_FACTOR = False
    with django_assert_num_queries(2):
        client.get("/en/admin/jsi18n/")
    settings.STAFF_NEED_SECOND_FACTOR = True
    with django_assert_num_queries(3):
        client.get("/en/admin/jsi18n/")


def test_who_comes_by_a_mailed_code_shows_it_too_and_then_comes_in(browser):
    person = staff_with("curator")
    codes = set_up_app(person)
    browser.post("/en/accounts/login/code/", {"email": person.email})
    answer = browser.post("/en/accounts/login/code/confirm/", {"code": newest_code(person.email)})
    assert answer.headers["Location"] == STEP
    assert browser.get(DESK).headers["Location"].startswith("/en/admin/login/")
    browser.post(STEP, {"code": codes[0]})
    assert browser.get(DESK).status_code == 200


def test_files_of_what_waits_for_review_ask_for_it_too(browser):
    begun = with_files(draft())
    workflow.send(begun, by=begun.author)
    address, person = begun.files.first().url, staff_with("curator")
    browser.force_login(person)
    assert browser.get(address).status_code == 404
    codes = set_up_app(person)
    browser.post(f"{OVERVIEW}reauthenticate/", {"code": codes[0]})
    answer = browser.get(address)
    assert answer.status_code == 200
    answer.close()


@pytest.mark.parametrize("page", ["exchanges:city-people", "practices:practice-withdraw"])
def test_powers_of_staff_on_public_pages_ask_for_it_too(browser, page):
    practice = Practice.objects.published().first()
    of_city = page.startswith("exchanges")
    address = reverse(page, args=[practice.city.slug] if of_city else [practice.pk, practice.slug])
    person = staff_with("curator")
    browser.force_login(person)
    assert browser.get(address)["Location"].startswith(OVERVIEW)
    assert browser.post(address)["Location"].startswith(OVERVIEW)
    codes = set_up_app(person)
    answer = browser.get(address)
    assert answer["Location"].startswith(f"{OVERVIEW}reauthenticate/")
    browser.post(f"{OVERVIEW}reauthenticate/", {"code": codes[0]})
    assert browser.get(address).status_code == 200
