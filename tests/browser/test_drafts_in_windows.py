"""Drafts in several windows of a browser, and what that browser keeps for whom."""

from tests.browser.axe import violations
from tests.browser.writing import (
    AUTOSAVE,
    PROBLEM,
    STATUS,
    TEXT,
    TITLE,
    another_window,
    field,
    kept_by_the_browser,
    kept_by_the_portal,
    refuse_to_save,
    sign_in,
    snapshot,
    wait_for_state,
    write,
)


def test_of_two_windows_the_later_shows_both_texts_and_overwrites_neither(open_draft):
    page = open_draft()
    other = another_window(page)
    write(other, TEXT, "What the other window says.")
    wait_for_state(other, "saved")
    write(page, TEXT, PROBLEM)
    wait_for_state(page, "outdated")
    assert kept_by_the_portal(page) == "What the other window says."
    page.type(TEXT, " And more.")
    page.click(f"{STATUS} a")
    page.wait_for_selector("[data-theirs]")
    assert page.input_value(TEXT) == f"{PROBLEM} And more."
    assert "What the other window says." in page.inner_text("[data-theirs]")
    assert page.evaluate("document.activeElement.matches('[data-theirs]')")
    assert violations(page) == []
    assert kept_by_the_portal(page) == "What the other window says."
    page.click("[name=go][value=save]")
    page.wait_for_selector(".notice--ok, .messages")
    assert kept_by_the_portal(page) == f"{PROBLEM} And more."
    assert kept_by_the_browser(page) == []


def test_a_button_in_the_later_window_shows_both_texts(open_draft):
    page = open_draft()
    other = another_window(page)
    other.fill(TEXT, "What the other window says.")
    wait_for_state(other, "saved")
    page.fill(TEXT, PROBLEM)
    page.click("[name=go][value=save]")
    page.wait_for_selector("[data-theirs]")
    assert page.input_value(TEXT) == PROBLEM
    assert "What the other window says." in page.inner_text("[data-theirs]")
    page.type(TEXT, " And more.")
    page.reload()
    page.wait_for_selector("[data-theirs]")
    assert kept_by_the_portal(page) == "What the other window says."


def test_windows_with_different_answers_put_them_together(open_draft):
    page = open_draft()
    other = another_window(page)
    write(other, field("approach"), snapshot("en")["approach"])
    wait_for_state(other, "saved")
    write(page, TEXT, PROBLEM)
    wait_for_state(page, "saved")
    assert page.input_value(field("approach")) == snapshot("en")["approach"]
    assert kept_by_the_portal(page) == PROBLEM
    assert kept_by_the_portal(page, "approach") == snapshot("en")["approach"]


def test_what_an_open_window_keeps_is_not_touched_by_another(open_draft):
    page = open_draft()
    page.route(AUTOSAVE, lambda route: route.abort())
    write(page, TEXT, PROBLEM)
    wait_for_state(page, "inBrowser")
    other = another_window(page)
    write(other, field("approach"), "Something else.")
    wait_for_state(other, "saved")
    assert other.input_value(TEXT) == ""
    page.unroute(AUTOSAVE)
    wait_for_state(page, "saved")
    assert kept_by_the_portal(page) == PROBLEM


def test_what_other_people_keep_in_this_browser_is_not_shown(portal, official, open_page):
    start = portal.url("en", "practices/submit/")
    page = open_page(start, storage_state=official)
    refuse_to_save(page)
    write(page, TEXT, PROBLEM)
    wait_for_state(page, "inBrowser")
    page.context.clear_cookies()
    page.context.unroute(AUTOSAVE)
    page.goto(start)
    write(page, TITLE, "Mine")
    wait_for_state(page, "saved")
    assert page.input_value(TEXT) == ""
    assert [copy["answers"]["problem"] for copy in kept_by_the_browser(page)] == [[PROBLEM]]


def test_signing_out_takes_the_copies_along(portal, open_page):
    page = open_page(portal.url("en", "accounts/login/"))
    sign_in(page, "translator@example.org")
    page.goto(portal.url("en", "practices/submit/"))
    refuse_to_save(page)
    write(page, TEXT, PROBLEM)
    wait_for_state(page, "inBrowser")
    page.goto(portal.url("en", "accounts/profile/"))
    assert kept_by_the_browser(page)
    with page.expect_navigation():
        page.click("form[action$='/accounts/logout/'] button")
    assert page.locator("[data-signed-in]").count() == 0
    assert kept_by_the_browser(page) == []


def test_deleting_the_draft_takes_its_copy_along(open_draft):
    page = open_draft()
    refuse_to_save(page)
    write(page, TEXT, PROBLEM)
    wait_for_state(page, "inBrowser")
    page.goto(page.url.replace("write/snapshot", "delete"))
    assert kept_by_the_browser(page)
    with page.expect_navigation():
        page.click("form[data-draft-discard] button")
    assert kept_by_the_browser(page) == []


def test_sending_takes_the_copies_along(open_draft):
    page = open_draft()
    for name, text in snapshot("en").items():
        page.fill(field(name), text)
    write(page, TEXT, PROBLEM)
    wait_for_state(page, "saved")
    other = another_window(page)
    page.context.set_offline(True)
    write(page, TEXT, "One more thought.")
    wait_for_state(page, "inBrowser")
    page.close()
    page.context.set_offline(False)
    assert kept_by_the_browser(other)
    other.click("#draft [name=go][value=send]")
    other.wait_for_selector("[data-draft-sent]")
    assert kept_by_the_browser(other) == []
