"""Passkeys in a real browser, which has a device of the kind that laptops and telephones have."""

from urllib.parse import urlsplit

import pytest

from portal.pages.demo_accounts import DEMO_PASSWORD

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def at_localhost(portal):
    """The address of a page where browsers know passkeys: by the name of this machine."""
    port = urlsplit(portal.address).port

    def address(language: str, path: str) -> str:
        return f"http://localhost:{port}/{language}/{path}"

    return address


@pytest.fixture
def open_with_device(open_page):
    """Open an address in a browser with a device; complaints of the page go to a list."""

    def open_it(address: str, *, is_owner=True, **options):
        page = open_page("about:blank", **options)
        page.complaints = []
        page.on("console", lambda message: page.complaints.extend(faults_in(message)))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.device = page.context.new_cdp_session(page)
        page.device.send("WebAuthn.enable")
        device = {**DEVICE, "isUserVerified": is_owner}
        page.number = page.device.send("WebAuthn.addVirtualAuthenticator", {"options": device})[
            "authenticatorId"
        ]
        page.goto(address)
        return page

    return open_it


def faults_in(message) -> list[str]:
    return [message.text] if message.type in ("error", "warning") else []


def sign_in(page, email: str) -> None:
    page.fill("[name=login]", email)
    page.fill("[name=password]", DEMO_PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def confirm(page) -> None:
    """Show the password once more, where the page asks for it."""
    if "/reauthenticate/" in page.url:
        page.fill("[name=password]", DEMO_PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda url: "/reauthenticate/" not in url)


def add_passkey(page, at_localhost, language: str, name: str) -> None:
    page.goto(at_localhost(language, "accounts/2fa/"))
    page.click(f'a[href="/{language}/accounts/2fa/webauthn/add/"]')
    confirm(page)
    page.fill("[name=name]", name)
    page.press("[name=name]", "Enter")
    page.wait_for_url(lambda url: "/add/" not in url)


def remove_all_passkeys(page, at_localhost) -> None:
    page.goto(at_localhost("en", "accounts/2fa/webauthn/"))
    while page.locator("a[href$='/remove/']").count():
        page.locator("a[href$='/remove/']").first.click()
        confirm(page)
        page.click("main form.cluster button")
        page.wait_for_url("**/2fa/webauthn/")


@pytest.mark.parametrize(
    ("language", "email", "width"),
    [("en", "official@example.org", 1280), ("ar", "translator@example.org", 390)],
)
def test_a_passkey_is_added_and_then_signs_in_alone(
    open_with_device, at_localhost, language, email, width
):
    options = {"viewport": {"width": width, "height": 800}}
    page = open_with_device(at_localhost(language, "accounts/login/"), **options)
    sign_in(page, email)
    add_passkey(page, at_localhost, language, "هاتف العمل")
    assert page.url == at_localhost(language, "accounts/2fa/recovery-codes/")
    assert page.locator(".codes code").count() == 10
    page.goto(at_localhost(language, "accounts/logout/"))
    page.click("main form button.btn")
    page.goto(at_localhost(language, "accounts/login/?next=/ar/cities/oslo/"))
    page.click("#give_passkey")
    page.wait_for_url(at_localhost("ar", "cities/oslo/"))
    page.goto(at_localhost(language, "accounts/profile/"))
    assert email in page.inner_text("main")
    assert page.complaints == []
    remove_all_passkeys(page, at_localhost)


def test_a_passkey_is_the_second_step_after_the_password(open_with_device, at_localhost):
    page = open_with_device(at_localhost("en", "accounts/login/"))
    sign_in(page, "curator@example.org")
    add_passkey(page, at_localhost, "en", "Office laptop")
    page.goto(at_localhost("en", "accounts/logout/"))
    page.click("main form button.btn")
    page.goto(at_localhost("en", "accounts/login/"))
    sign_in(page, "curator@example.org")
    assert page.url == at_localhost("en", "accounts/2fa/authenticate/")
    page.click("#give_passkey")
    page.wait_for_url(at_localhost("en", ""))
    # What is to be changed asks for it once more.
    page.goto(at_localhost("en", "accounts/2fa/webauthn/reauthenticate/?next=/en/accounts/2fa/"))
    page.click("#give_passkey")
    page.wait_for_url(at_localhost("en", "accounts/2fa/"))
    remove_all_passkeys(page, at_localhost)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "No passkey was given. Try again, or go on in another way."),
        ("ar", "لم يُقدَّم مفتاح مرور. حاولوا مرة أخرى، أو تابعوا بطريقة أخرى."),
    ],
)
def test_a_browser_that_gives_no_passkey_is_answered_in_words(
    open_with_device, at_localhost, language, words
):
    page = open_with_device(at_localhost(language, "accounts/login/"), is_owner=False)
    assert not page.is_visible("[role=alert]")
    page.click("#give_passkey")
    page.wait_for_selector("[role=alert]:visible")
    assert page.inner_text("[role=alert]:visible").strip() == words
    assert page.complaints == []


def test_without_scripts_the_page_offers_what_works_without_them(open_page, at_localhost):
    page = open_page(at_localhost("en", "accounts/login/"), java_script_enabled=False)
    assert not page.is_visible("#give_passkey")
    assert page.is_visible("text=Send me a sign-in code")


def test_at_an_address_of_numbers_the_page_says_where_passkeys_work(open_page, portal):
    page = open_page(portal.url("en", "accounts/login/"))
    assert page.locator("#give_passkey").count() == 0
    sign_in(page, "official@example.org")
    page.goto(portal.url("en", "accounts/2fa/"))
    port = urlsplit(portal.address).port
    assert page.is_visible(f"text=http://localhost:{port}")
