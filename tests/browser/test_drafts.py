"""Nothing that is typed gets lost: whatever happens to the session or the network."""

import re

import pytest

from tests.browser.axe import violations
from tests.browser.writing import (
    AUTOSAVE,
    OFFICIAL,
    PROBLEM,
    STATUS,
    TEXT,
    TITLE,
    field,
    kept_by_the_browser,
    kept_by_the_portal,
    refuse_to_save,
    sign_in,
    snapshot,
    wait_for_state,
    write,
)

MOST_LOST = 5000
MOST_AFTER_THE_LAST_KEY = 3000


def test_steady_typing_is_saved_every_few_seconds(open_draft):
    page = open_draft()
    page.evaluate(
        """() => {
          window.typedAt = [];
          window.sentAt = [];
          const { fetch } = window;
          window.fetch = (...all) => (window.sentAt.push(performance.now()), fetch(...all));
          addEventListener("input", () => window.typedAt.push(performance.now()));
        }"""
    )
    page.type(TEXT, PROBLEM[:60], delay=100)
    wait_for_state(page, "saved")
    typed, sent = page.evaluate("[window.typedAt, window.sentAt]")
    assert len(sent) > 1
    for moment in typed:
        assert min(at for at in sent if at >= moment) - moment <= MOST_LOST
    assert sent[-1] - typed[-1] <= MOST_AFTER_THE_LAST_KEY
    assert kept_by_the_portal(page) == PROBLEM[:60].strip()
    assert kept_by_the_browser(page) == []


@pytest.mark.parametrize(("language", "said"), [("en", "Saved at "), ("ar", "حُفظ")])
def test_it_is_said_once_what_is_saved(open_draft, language, said):
    page = open_draft(language)
    page.evaluate(
        """selector => {
          window.changes = 0;
          const status = document.querySelector(selector);
          new MutationObserver(() => window.changes++).observe(status, { childList: true });
        }""",
        STATUS,
    )
    for word in ("a", "b"):
        with page.expect_response(AUTOSAVE):
            write(page, TEXT, word)
        wait_for_state(page, "saved")
    assert page.inner_text(STATUS).startswith(said)
    assert page.evaluate("window.changes") <= 2
    assert page.get_attribute(STATUS, "role") == "status"


def test_a_session_that_ends_loses_nothing(open_draft):
    page = open_draft()
    write(page, TEXT, PROBLEM[:50])
    wait_for_state(page, "saved")
    page.context.clear_cookies(name="sessionid")
    write(page, TEXT, PROBLEM)
    wait_for_state(page, "signedOut")
    assert violations(page) == []
    page.click(f"{STATUS} a")
    sign_in(page, OFFICIAL)
    assert page.input_value(TEXT) == PROBLEM
    wait_for_state(page, "saved")
    assert page.inner_text(STATUS).startswith("What you had typed in this browser is back.")
    assert kept_by_the_portal(page) == PROBLEM
    assert kept_by_the_browser(page) == []


def test_a_button_after_the_session_ended_leads_back_to_the_filled_form(open_draft):
    page = open_draft()
    page.context.clear_cookies(name="sessionid")
    page.fill(TEXT, PROBLEM)
    page.click("[name=go][value=save]")
    page.wait_for_url("**/accounts/login/**")
    sign_in(page, OFFICIAL)
    assert page.input_value(TEXT) == PROBLEM
    wait_for_state(page, "saved")
    assert kept_by_the_portal(page) == PROBLEM


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_busy_portal_is_asked_again(open_draft, language):
    page = open_draft(language, viewport={"width": 390, "height": 800})
    refuse_to_save(page)
    write(page, TEXT, PROBLEM)
    wait_for_state(page, "inBrowser")
    assert kept_by_the_browser(page)[0]["answers"]["problem"] == [PROBLEM]
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.unroute(AUTOSAVE)
    wait_for_state(page, "saved")
    assert kept_by_the_portal(page) == PROBLEM


def test_without_a_network_the_form_stays_and_is_saved_when_it_is_back(open_draft):
    page = open_draft()
    page.context.set_offline(True)
    page.fill(TEXT, PROBLEM)
    page.click("[name=go][value=description]")
    wait_for_state(page, "inBrowser")
    assert page.input_value(TEXT) == PROBLEM
    page.context.set_offline(False)
    wait_for_state(page, "saved")
    assert kept_by_the_portal(page) == PROBLEM


@pytest.mark.parametrize("is_offline", [False, True])
def test_a_window_closed_right_after_typing_loses_nothing(open_draft, is_offline):
    page = open_draft()
    page.context.set_offline(is_offline)
    page.fill(TEXT, PROBLEM)
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(page.url)
    wait_for_state(again, "saved")
    assert again.input_value(TEXT) == PROBLEM
    assert kept_by_the_portal(again) == PROBLEM
    assert kept_by_the_browser(again) == []


def test_a_window_that_is_hidden_saves_at_once(open_draft):
    page = open_draft()
    page.fill(TEXT, PROBLEM)
    with page.expect_request(AUTOSAVE, timeout=1000):
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")


@pytest.mark.parametrize("is_begun", [True, False])
def test_the_language_switched_right_after_typing_loses_nothing(
    portal, official, open_page, open_draft, is_begun
):
    start = portal.url("en", "practices/submit/")
    page = open_draft() if is_begun else open_page(start, storage_state=official)
    page.fill(TEXT, PROBLEM)
    page.click("[data-language-switch]")
    page.wait_for_url("**/ar/submissions/**")
    assert page.input_value(TEXT) == PROBLEM
    assert kept_by_the_portal(page) == PROBLEM


def test_an_answer_that_got_lost_is_no_other_window(open_draft):
    page = open_draft()

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    page.route(AUTOSAVE, lose_the_answer, times=1)
    write(page, TEXT, PROBLEM[:50])
    wait_for_state(page, "inBrowser")
    write(page, TEXT, PROBLEM)
    wait_for_state(page, "saved")
    assert kept_by_the_portal(page) == PROBLEM


def test_the_first_page_is_kept_before_the_portal_knows_of_it(portal, official, open_page):
    start = portal.url("en", "practices/submit/")
    page = open_page(start, storage_state=official)
    page.context.set_offline(True)
    page.fill(TEXT, PROBLEM)
    nonce = page.input_value("#draft [name=nonce]")
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(start)
    wait_for_state(again, "saved")
    assert again.input_value(TEXT) == PROBLEM
    assert again.get_attribute("#draft", "data-nonce") != nonce
    assert "/submissions/" in again.evaluate("location.href")
    again.reload()
    assert again.get_attribute("#draft", "data-nonce") == nonce
    assert kept_by_the_portal(again) == PROBLEM


def test_whoever_has_no_account_goes_on_after_the_session_ended(portal, open_page):
    page = open_page(portal.url("en", "practices/submit/"))
    write(page, TEXT, PROBLEM[:50])
    wait_for_state(page, "saved")
    page.context.clear_cookies(name="sessionid")
    with page.expect_response(AUTOSAVE):
        write(page, TEXT, PROBLEM)
    wait_for_state(page, "saved")
    assert kept_by_the_portal(page) == PROBLEM


def test_a_browser_that_keeps_nothing_breaks_nothing_and_says_so(open_draft):
    page = open_draft()
    page.add_init_script(
        """for (const name of ["localStorage", "sessionStorage"])
          Object.defineProperty(window, name, { get() { throw new DOMException("closed"); } });"""
    )
    page.reload()
    write(page, TEXT, PROBLEM[:50])
    wait_for_state(page, "saved")
    refuse_to_save(page)
    write(page, TEXT, PROBLEM)
    wait_for_state(page, "inBrowser")
    assert page.inner_text(STATUS).endswith("leave this page open.")


@pytest.mark.parametrize(
    ("status", "state"), [(404, "gone"), (410, "closed"), (413, "tooLong"), (429, "tooOften")]
)
def test_every_refusal_is_said_and_keeps_the_text(open_draft, status, state):
    page = open_draft()
    refuse_to_save(page, status)
    write(page, TEXT, PROBLEM)
    wait_for_state(page, state)
    assert page.inner_text(STATUS)
    assert kept_by_the_browser(page)[0]["answers"]["problem"] == [PROBLEM]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_left_is_counted_near_the_end(open_draft, language):
    page = open_draft(language)
    counter = page.locator("[data-counter-for=id_title]")
    most = int(page.get_attribute(TITLE, "data-most"))
    before = counter.inner_text()
    page.fill(TITLE, "x" * (most - 31))
    assert counter.inner_text() == before
    page.fill(TITLE, "x" * (most - 30))
    assert re.findall(r"\d+", counter.inner_text()) == ["30"]
    page.fill(TITLE, "😀" * (most + 2))
    assert re.findall(r"\d+", counter.inner_text()) == ["2"]
    assert (counter.inner_text() == "Characters too many: 2") == (language == "en")
    assert counter.get_attribute("role") is None


@pytest.mark.parametrize("language", ["en", "ar"])
def test_answers_are_counted_while_they_are_typed(open_draft, language):
    page = open_draft(language)
    counter = page.locator("[data-answered]")
    assert re.findall(r"\d+", counter.inner_text()) == ["1", "6"]
    page.fill(TEXT, PROBLEM)
    assert re.findall(r"\d+", counter.inner_text()) == ["2", "6"]
    page.fill(TEXT, "")
    page.fill(TITLE, "")
    assert re.findall(r"\d+", counter.inner_text()) == ["0", "6"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_ready_is_sent_from_the_top_and_leaves_no_copy(open_draft, language):
    page = open_draft(language, viewport={"width": 390, "height": 800})
    for name, text in snapshot(language).items():
        page.fill(field(name), text)
    with page.expect_event("load"):
        page.click("[name=go][value=save]")
    assert violations(page) == []
    with page.expect_event("load"):
        page.click(".notice [name=go][value=send]")
    page.wait_for_selector("[data-draft-sent]")
    assert kept_by_the_browser(page) == []
