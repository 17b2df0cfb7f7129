"""A real browser and the portal that it opens."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.chromium import chromium_path
from tests.browser.serving import served_portal
from tests.browser.writing import OFFICIAL, TITLE, sign_in, snapshot


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    """A served Portal with real content and a record of every kind."""
    with served_portal(tmp_path_factory.mktemp("portal")) as served:
        yield served


# By module, not by session: while Playwright runs, its event loop keeps Django from the database in
# the tests of other folders.
@pytest.fixture(scope="module")
def browser():
    """The Chromium of this machine."""
    path = chromium_path()
    if not path:
        reason = "no Chromium found: install it or set CHROMIUM"
        (pytest.fail if os.environ.get("BROWSER") == "required" else pytest.skip)(reason)
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=sandbox)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """Open an address in a fresh context; options are those of a Playwright context."""
    contexts = []

    def open_in_new_context(url: str, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        page.wait_for_load_state("load")
        return page

    yield open_in_new_context
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def official(portal, browser):
    """The cookies of an official who has signed in."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(portal.url("en", "accounts/login/"))
    sign_in(page, OFFICIAL)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def open_draft(portal, official, open_page):
    """Open a new draft of the official, which has a title only."""

    def open_saved(language: str = "en", **options):
        options = {"storage_state": official, **options}
        page = open_page(portal.url(language, "practices/submit/"), **options)
        page.fill(TITLE, snapshot(language)["title"])
        with page.expect_event("load"):
            page.click("[name=go][value=save]")
        return page

    return open_saved
