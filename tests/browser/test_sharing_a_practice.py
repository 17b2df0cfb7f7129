"""From "share a practice" to the receipt: few fields, few pages, no mouse and no script needed."""

import email
import re
import secrets
import time
from email import policy

import pytest

from portal.settings.environment import VAR_DIR
from tests.browser.axe import violations
from tests.browser.writing import field, kept_by_the_browser, snapshot

MOST_FIELDS = 6
MOST_PAGES = 3
MOST_FIELDS_TO_SIGN_UP = 4
MOST_PAGES_TO_SIGN_UP = 4
PHONE = {"viewport": {"width": 390, "height": 800}}
PASSWORD = "the bridge has seven arches"
SEND = "#draft [name=go][value=send]"
RECEIPT = "**/submissions/*-*-*-*-*/"


class Walk:
    """A person on the way to the receipt; counts the fields they fill and the pages they see."""

    def __init__(self, page):
        self.page = page
        self.fields = 0
        self.pages = 1
        page.on("domcontentloaded", self.sees_a_page)

    def sees_a_page(self, page):
        self.pages += 1

    def fill(self, selector: str, text: str) -> None:
        self.page.fill(selector, text)
        self.fields += 1

    def press(self, selector: str) -> None:
        with self.page.expect_event("load"):
            self.page.click(selector)
        assert self.page.evaluate("document.documentElement.scrollWidth") <= 390


class WalkByKeyboard(Walk):
    """The same with Tab, letters and Enter alone."""

    def reach(self, selector: str) -> None:
        for _step in range(60):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached by Tab")

    def fill(self, selector: str, text: str) -> None:
        self.reach(selector)
        self.page.keyboard.type(text)
        self.fields += 1

    def press(self, selector: str) -> None:
        self.reach(selector)
        with self.page.expect_event("load"):
            self.page.keyboard.press("Enter")


def mailed_code(address: str) -> str:
    """The code in the newest mail to `address` that the demonstration caught."""
    for _attempt in range(100):
        for path in sorted((VAR_DIR / "mail").glob("*.eml"), reverse=True)[:50]:
            message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
            if address not in str(message["To"]):
                continue
            text = message.get_body(("plain",)).get_content()
            if code := re.search(r"^(\d{4}-\d{4})$", text, re.MULTILINE):
                return code[1]
        time.sleep(0.1)
    raise AssertionError(f"no code was sent to {address}")


def write_snapshot(walk: Walk, language: str) -> None:
    for name, text in snapshot(language).items():
        walk.fill(field(name), text)


def sign_up(walk: Walk) -> None:
    """From the page that asks to sign in, with a new address, back to where one came from."""
    address = f"{secrets.token_hex(6)}@example.org"
    walk.press("main a[href*='/accounts/signup/']")
    walk.fill("[name=name]", "Astrid Lind")
    walk.fill("[name=email]", address)
    walk.fill("[name=password1]", PASSWORD)
    walk.press("main form .btn")
    walk.fill("[name=code]", mailed_code(address))
    walk.press("main form:has([name=code]) .btn")


def assert_is_receipt(page) -> None:
    assert re.search(r"/submissions/[0-9a-f-]{36}/$", page.url)
    assert re.search(r"\b[2-9B-Z]{4}-[2-9B-Z]{4}\b", page.inner_text(".meta"))
    assert page.inner_text("h1") in {snapshot(code)["title"] for code in ("en", "ar")}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_header_of_a_phone_shows_the_way_to_the_form(portal, browser, language):
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(portal.url(language, "practices/"))
    place = page.locator(".site-head a[href$='/practices/submit/']").bounding_box()
    header = page.locator(".site-head").bounding_box()
    context.close()
    assert 0 <= place["x"] <= place["x"] + place["width"] <= 390
    assert place["y"] + place["height"] < header["height"] < 150


@pytest.mark.parametrize("is_scripted", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_signed_in_it_takes_six_fields_and_three_pages(
    portal, open_page, official, language, is_scripted
):
    start = portal.url(language, "practices/submit/")
    options = {"storage_state": official, "java_script_enabled": is_scripted}
    walk = Walk(open_page(start, **options, **PHONE))
    write_snapshot(walk, language)
    walk.press(SEND)
    assert_is_receipt(walk.page)
    assert walk.fields <= MOST_FIELDS
    assert walk.pages <= MOST_PAGES
    if is_scripted:
        assert kept_by_the_browser(walk.page) == []
        assert violations(walk.page) == []


@pytest.mark.parametrize(
    ("language", "is_scripted"), [("ar", True), ("en", False), ("ar", False)],
    ids=["ar-scripts", "en-no-scripts", "ar-no-scripts"],
)  # fmt: skip
def test_without_an_account_signing_up_leads_back_to_the_filled_form(
    portal, open_page, language, is_scripted
):
    start = portal.url(language, "practices/submit/")
    walk = Walk(open_page(start, java_script_enabled=is_scripted, **PHONE))
    write_snapshot(walk, language)
    walk.press(SEND)
    sign_up(walk)
    for name, text in snapshot(language).items():
        assert walk.page.input_value(field(name)) == text
    walk.press(SEND)
    assert_is_receipt(walk.page)
    assert walk.fields <= MOST_FIELDS + MOST_FIELDS_TO_SIGN_UP
    assert walk.pages <= MOST_PAGES + MOST_PAGES_TO_SIGN_UP


def test_the_whole_way_is_open_to_the_keyboard(portal, open_page):
    walk = WalkByKeyboard(open_page(portal.url("en", ""), **PHONE))
    walk.press("a[href$='/practices/submit/']")
    write_snapshot(walk, "en")
    walk.press(SEND)
    sign_up(walk)
    walk.press(SEND)
    assert_is_receipt(walk.page)
