"""Writing a text in a browser: what is typed is that of a real practice."""

import html
import json
import re

from playwright.sync_api import Page

from portal.pages.demo_accounts import DEMO_PASSWORD
from tests.browser.serving import ROOT

PRACTICE = "oslo-salto"
TITLES = {"en": "A SaLTo coordinator in each district", "ar": "منسق «سالتو» في كل حي"}
CITIES = {"en": "Oslo", "ar": "أوسلو"}
STATUS = "[data-autosave-status]"
AUTOSAVE = "**/autosave/"
OFFICIAL = "official@example.org"


def snapshot(language: str) -> dict[str, str]:
    """The answers of the snapshot, as an official of Oslo would type them in `language`."""
    content = json.loads((ROOT / "portal/pages/content/practices.json").read_text())
    practice = next(one for one in content["practices"] if one["id"] == PRACTICE)
    return {
        "title": TITLES[language],
        "city": CITIES[language],
        "starts": str(practice["started"]["year"]),
        "problem": practice["problem"][language],
        "approach": practice["approach"][language],
        "evaluation": practice["evaluation"]["text"][language],
    }


PROBLEM = snapshot("en")["problem"]


def sign_in(page: Page, email: str, password: str = DEMO_PASSWORD) -> None:
    """Sign in on the page that asks for it."""
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    with page.expect_navigation():
        page.press("[name=password]", "Enter")


def field(name: str) -> str:
    """Where an answer is typed."""
    return f"#draft [name={name}]"


TITLE, TEXT = field("title"), field("problem")


def write(page: Page, selector: str, text: str) -> None:
    """Type, and let it be saved without the pause after the last key."""
    page.fill(selector, text)
    page.evaluate("dispatchEvent(new Event('online'))")


def another_window(page: Page) -> Page:
    """Another window of the same browser at the same address."""
    other = page.context.new_page()
    other.goto(page.evaluate("location.href"))
    other.wait_for_load_state("load")
    return other


def refuse_to_save(page: Page, status: int = 503) -> None:
    """From now on no window of the browser gets anything saved."""
    page.context.route(AUTOSAVE, lambda route: route.fulfill(status=status, body="busy"))


def wait_for_state(page: Page, state: str) -> None:
    """Wait until the line that says what is saved where has come to `state`."""
    page.wait_for_selector(f"{STATUS}[data-state={state}]:not([data-busy])")


def kept_by_the_portal(page: Page, name: str = "problem") -> str:
    """What another device would see of an answer on the page's address."""
    document = page.request.get(page.evaluate("location.href")).text()
    match = re.search(rf'<textarea name="{name}"[^>]*>\s?([^<]*)</textarea>', document)
    return html.unescape(match[1]).strip()


def kept_by_the_browser(page: Page) -> list[dict]:
    """The copies of drafts in this browser's store."""
    return page.evaluate(
        """() => Object.entries(localStorage)
          .filter(([key]) => key.startsWith("draft:"))
          .map(([key, copy]) => JSON.parse(copy))"""
    )
