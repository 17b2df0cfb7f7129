"""What holds for every kind of page in both languages. Each is opened once for all of it."""

import os
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.browser.axe import WIDTHS, violations_at
from tests.browser.kinds import KINDS, Kind
from tests.browser.letters import left_in_another_language

NARROWEST = {"width": 320, "height": 700}
# A form that is sent by POST needs a token; so do these pages' cookies.
WITH_FORM = ("accounts/", "practices/submit/")
# Axe takes longest. Without FULL=1 it sees each language at one width.
JUDGED_AT = {"en": ["desk"], "ar": ["phone"]}
if os.environ.get("FULL"):
    JUDGED_AT = {"en": ["desk", "phone"], "ar": ["desk", "phone"]}


@dataclass(frozen=True)
class Visit:
    """A page of a kind as a new reader has it, and what the browser noted while it was opened."""

    kind: Kind
    language: str
    page: Page
    foreign: list[str]
    complaints: list[str]
    cookies: list[dict]


@pytest.fixture(scope="module", params=["en", "ar"])
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module", params=KINDS, ids=str)
def visit(request, portal, browser, language):
    kind, requests, complaints = request.param, [], []
    context = browser.new_context(color_scheme="light", reduced_motion="reduce")
    page = context.new_page()
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    response = page.goto(portal.url(language, kind.path))
    page.wait_for_load_state("networkidle")
    # Chromium itself reports a page's own 404 and 410.
    expected = f"status of {response.status}" if response.status >= 400 else None
    yield Visit(
        kind,
        language,
        page,
        foreign=[url for url in requests if not url.startswith((portal.address, "data:"))],
        complaints=[text for text in complaints if expected is None or expected not in text],
        cookies=context.cookies(),
    )
    context.close()


def test_a_page_stays_with_its_own_host_and_breaks_no_policy(visit):
    assert (visit.foreign, visit.complaints) == ([], [])


def test_a_page_without_a_form_leaves_no_cookie(visit):
    assert visit.cookies == [] or visit.kind.path.startswith(WITH_FORM)


def test_nothing_is_left_in_the_other_language_outside_marked_content(visit):
    assert left_in_another_language(visit.page, visit.language) == []


def test_a_page_does_not_scroll_sideways_at_320_px(visit):
    visit.page.set_viewport_size(NARROWEST)
    assert visit.page.evaluate("document.documentElement.scrollWidth") == NARROWEST["width"]


def test_a_page_is_accessible_to_everybody_in_any_scheme(visit):
    found = {name: violations_at(visit.page, WIDTHS[name]) for name in JUDGED_AT[visit.language]}
    assert {name: faults for name, faults in found.items() if faults} == {}
