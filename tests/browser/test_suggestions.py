"""Suggestions below the search field: by keys, by pointer, in both directions, and without them."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.axe import violations

FIELD = "#q"
OPTION = ".suggest [role=option]"
PAGES = ["", "practices/", "search/", "nowhere/"]
SMALLEST_TARGET = 44


@pytest.fixture
def page(portal, open_page):
    """The search page, its requests and whatever its console complains about."""
    page = open_page(portal.url("en", "search/"), viewport={"width": 1280, "height": 800})
    page.asked, page.complaints = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda line: page.complaints.append(line.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    assert page.complaints == []


def typed(page, text: str) -> None:
    page.focus(FIELD)
    page.keyboard.type(text)
    page.wait_for_selector(OPTION)


def active(page) -> int | None:
    """Which of the options is chosen: what the field says, and what is marked, are the same."""
    return page.evaluate(
        """() => {
          const id = document.querySelector("#q").getAttribute("aria-activedescendant");
          const options = [...document.querySelectorAll(".suggest [role=option]")];
          const marked = options.filter((each) => each.ariaSelected === "true");
          if (!id && !marked.length) return null;
          if (marked.length !== 1 || marked[0].id !== id) throw new Error("disagreement");
          return options.indexOf(marked[0]);
        }"""
    )


def suggestions_asked(page) -> list[str]:
    return [url for url in page.asked if "/search/suggest/" in url]


def is_open(page) -> bool:
    expanded = page.get_attribute(FIELD, "aria-expanded") == "true"
    assert expanded == page.is_visible(".suggest")
    return expanded


@pytest.mark.parametrize("path", PAGES)
def test_every_search_field_is_a_combobox(portal, open_page, path):
    page = open_page(portal.url("en", path))
    field = page.locator(FIELD)
    assert field.get_attribute("role") == "combobox"
    assert field.get_attribute("aria-expanded") == "false"
    assert field.get_attribute("aria-autocomplete") == "list"
    listbox = page.locator(f"#{field.get_attribute('aria-controls')}")
    assert listbox.get_attribute("role") == "listbox"
    assert listbox.get_attribute("aria-label") == "Suggestions"
    typed(page, "os")
    assert is_open(page)


def test_arrows_go_through_the_options_and_round(page):
    typed(page, "city")
    last = page.locator(OPTION).count() - 1
    assert last > 1
    assert active(page) is None
    for key, expected in [
        ("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", last), ("ArrowDown", 0),
        ("End", None), ("ArrowUp", last), ("Home", None), ("ArrowDown", 0), ("ArrowLeft", None),
    ]:  # fmt: skip
        page.keyboard.press(key)
        assert active(page) == expected, key
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.input_value(FIELD) == "city"


def test_typing_on_leaves_the_options(page):
    typed(page, "cit")
    page.keyboard.press("ArrowDown")
    assert active(page) == 0
    page.keyboard.type("y")
    assert active(page) is None
    assert page.input_value(FIELD) == "city"


def test_enter_goes_to_the_page_that_was_chosen(page):
    typed(page, "oslo")
    page.keyboard.press("ArrowDown")
    address = page.get_attribute(OPTION, "href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_enter_with_nothing_chosen_searches(page):
    typed(page, "oslo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=oslo")


def test_escape_closes_and_then_clears(page):
    typed(page, "oslo")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert not is_open(page)
    assert page.input_value(FIELD) == "oslo"
    page.keyboard.press("ArrowDown")
    assert is_open(page)
    assert active(page) == 0
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.input_value(FIELD) == ""
    assert not is_open(page)


def test_tab_closes_and_chooses_nothing(page):
    typed(page, "oslo")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.search .btn')")
    assert not is_open(page)
    assert page.url.endswith("/en/search/")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_finger_can_choose_on_a_phone(portal, open_page, language):
    page = open_page(
        portal.url(language, ""), viewport={"width": 390, "height": 800}, has_touch=True
    )
    typed(page, "oslo")
    for option in page.locator(OPTION).all():
        box = option.bounding_box()
        assert box["height"] >= SMALLEST_TARGET
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    address = page.get_attribute(OPTION, "href")
    page.tap(OPTION)
    page.wait_for_url(f"**{address}")


def test_a_click_beside_closes(page):
    typed(page, "oslo")
    page.click("h1")
    assert not is_open(page)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_how_many_there_are_is_announced(portal, open_page, language):
    page = open_page(portal.url(language, "search/"))
    typed(page, "oslo")
    said = page.inner_text(".search [role=status]")
    assert said
    assert page.inner_text(".suggest-kind >> nth=0")
    assert bool(re.search("[\u0600-\u06ff]", said)) == (language == "ar")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", PAGES[:3])
def test_nothing_moves_when_the_list_opens(portal, open_page, language, path):
    page = open_page(portal.url(language, path), viewport={"width": 390, "height": 800})
    size = "[document.documentElement.scrollWidth, document.querySelector('main').offsetHeight]"
    page.focus(FIELD)
    before = page.evaluate(size), page.locator(FIELD).bounding_box()
    typed(page, "oslo")
    assert (page.evaluate(size), page.locator(FIELD).bounding_box()) == before
    assert page.evaluate("getComputedStyle(document.querySelector('.suggest')).direction") == (
        "rtl" if language == "ar" else "ltr"
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_open_list_has_no_violation(portal, open_page, language):
    page = open_page(portal.url(language, "search/"), reduced_motion="reduce")
    page.evaluate("localStorage.setItem('recent-searches', JSON.stringify(['oslo youth']))")
    typed(page, "oslo")
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []


def test_less_than_two_letters_ask_nothing_and_a_pause_asks_once(page):
    page.focus(FIELD)
    page.keyboard.type("o")
    page.wait_for_timeout(400)
    assert suggestions_asked(page) == []
    page.keyboard.type("slo")
    page.wait_for_selector(OPTION)
    assert [parse_qs(urlsplit(url).query)["q"] for url in suggestions_asked(page)] == [["oslo"]]


def test_an_older_answer_never_takes_the_place_of_a_newer(page):
    held = []
    page.route("**/suggest/?q=ci", lambda route: held.append(route))
    page.focus(FIELD)
    page.keyboard.type("ci")
    page.wait_for_timeout(400)
    assert len(held) == 1
    page.fill(FIELD, "oslo")
    page.wait_for_selector(OPTION)
    newer = page.inner_text(".suggest")
    held[0].continue_()
    page.wait_for_timeout(400)
    assert page.inner_text(".suggest") == newer


def test_recent_searches_are_offered_here_and_sent_nowhere(page):
    for query in ("zzzz secret", "oslo"):
        page.fill(FIELD, query)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/search/?q={query.replace(' ', '+')}")
    page.fill(FIELD, "")
    page.asked.clear()
    page.click(FIELD)
    assert page.locator(OPTION).all_inner_texts() == ["oslo", "zzzz secret"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.asked == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=zzzz+secret")


def test_recent_searches_are_eight_at_most_and_newest_first(page):
    for number in range(10):
        page.fill(FIELD, f"city {number}")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/search/?q=city+{number}")
    page.fill(FIELD, "")
    page.click(FIELD)
    assert page.locator(OPTION).all_inner_texts() == [f"city {n}" for n in range(9, 1, -1)]


def test_recent_searches_are_forgotten_with_one_button(page):
    page.evaluate("localStorage.setItem('recent-searches', JSON.stringify(['oslo', 'youth']))")
    page.click(FIELD)
    assert page.locator(OPTION).count() == 2
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "forget"
    assert is_open(page)
    page.keyboard.press("Enter")
    assert not is_open(page)
    assert page.evaluate("localStorage.getItem('recent-searches')") is None
    assert page.inner_text(".search [role=status]") == "Your recent searches were forgotten."
    assert page.evaluate("document.activeElement.id") == "q"


def test_a_store_with_something_else_in_it_is_no_harm(page):
    page.evaluate("localStorage.setItem('recent-searches', '{\"a\": [')")
    page.click(FIELD)
    assert not is_open(page)
    page.evaluate("localStorage.setItem('recent-searches', '[1, null, \"oslo\"]')")
    page.click(FIELD)
    assert page.locator(OPTION).all_inner_texts() == ["oslo"]


def test_without_a_script_the_field_only_searches(portal, open_page):
    page = open_page(portal.url("en", "search/"), java_script_enabled=False)
    assert page.get_attribute(FIELD, "type") == "search"
    assert page.get_attribute(FIELD, "role") is None
    page.fill(FIELD, "oslo")
    page.press(FIELD, "Enter")
    page.wait_for_url("**/en/search/?q=oslo")
