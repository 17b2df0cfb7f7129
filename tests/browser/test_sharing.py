"""What the script adds to the page of a practice: copying the link, printing, a closing menu."""

import pytest

PRACTICE = "practices/slug/london-shared-endeavour-fund/"
SHARE = ".share > summary"


@pytest.fixture(params=[("en", "The link is copied."), ("ar", "نُسخ الرابط.")])
def page_and_message(request, portal, open_page):
    language, message = request.param
    page = open_page(portal.url(language, PRACTICE), viewport={"width": 390, "height": 800})
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page, message


def test_the_link_is_copied_and_that_is_said(page_and_message):
    page, message = page_and_message
    page.click(SHARE)
    page.click("[data-copy]")
    page.wait_for_function("document.querySelector('[data-copied]').textContent")
    assert page.inner_text("[role=status][data-copied]") == message
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert page.evaluate("document.activeElement.matches('.share > summary')")
    assert not page.is_visible("[data-copy]")


def test_the_menu_closes_by_escape_and_by_a_click_beside_it(page_and_message):
    page, _message = page_and_message
    page.click(SHARE)
    page.keyboard.press("Escape")
    assert not page.is_visible("[data-copy]")
    page.click(SHARE)
    page.click("h1")
    assert not page.is_visible("[data-copy]")


def test_the_button_prints(page_and_message):
    page, _message = page_and_message
    page.evaluate("window.print = () => { window.printed = true }")
    page.click("[data-print]")
    assert page.evaluate("window.printed")


def test_without_a_script_the_links_work_and_the_rest_is_not_there(portal, open_page):
    page = open_page(portal.url("en", PRACTICE), java_script_enabled=False)
    page.click(SHARE)
    assert page.is_visible(".share a[href^='mailto:']")
    assert not page.is_visible("[data-copy]")
    assert not page.is_visible("[data-print]")
