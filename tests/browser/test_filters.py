"""The list of practices in a browser: as it is without scripts, and quicker with them."""

import re

import pytest

WIDTHS = {"desktop": 1280, "phone": 390}
FOCUSED = "document.activeElement.id"
# What the swap of a list is, seen from outside.
SWAPPED = "() => !document.querySelector('.htmx-request')"


def address(page) -> str:
    return page.url.partition("/practices/")[2]


def tick(page, box: str, ticked: bool = True) -> None:
    """Tick a box and wait until the list has followed."""
    with page.expect_response(lambda response: "/practices/" in response.url):
        page.set_checked(f"#{box}", ticked)
    page.wait_for_function(SWAPPED)


def follow(page, selector: str) -> None:
    """Follow a link that swaps the list and wait until it has."""
    with page.expect_response(lambda response: "/practices/" in response.url):
        page.click(selector)
    page.wait_for_function(SWAPPED)


def heading(page) -> str:
    return page.inner_text("#results")


def wait_for_heading(page, text: str) -> None:
    page.locator("#results", has_text=re.compile(rf"^\s*{re.escape(text)}\s*$")).wait_for()


def turn_to_the_list(page):
    """As a reader does whose pointer comes to it: the scripts for it are fetched only then."""
    page.hover("#results")
    page.wait_for_selector("#list[data-ready]")


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_filters_and_search_are_one_form_without_scripts(portal, open_page, width):
    page = open_page(
        portal.url("en", "practices/?region=nordic&sort=city"),
        java_script_enabled=False,
        viewport={"width": width, "height": 900},
    )
    if width == WIDTHS["phone"]:
        assert not page.is_visible("input[name=region][value=western]")
        page.click(".filters > summary")
    assert page.is_visible("[data-show-results]")
    assert not page.is_visible("#narrow-theme")
    page.check("input[name=region][value=western]")
    page.fill("#q", "youth")
    page.check("#match")
    page.press("#q", "Enter")
    page.wait_for_url("**q=youth**")
    assert address(page) == "?q=youth&match=all&sort=city&region=nordic&region=western"


def test_a_box_changes_list_address_title_and_says_the_count(portal, open_page):
    page = open_page(portal.url("en", "practices/"))
    before = heading(page)
    tick(page, "region-nordic")
    assert address(page) == "?region=nordic"
    assert heading(page) != before
    page.wait_for_function("() => document.querySelector('[data-said]').textContent")
    assert page.inner_text("[role=status][data-said]") == heading(page)
    page.fill("#q", "youth")
    page.press("#q", "Enter")
    page.wait_for_url("**q=youth**")
    page.wait_for_function("() => document.title.startsWith('Practices: youth')")
    assert address(page) == "?q=youth&region=nordic"


def test_the_box_that_was_ticked_keeps_focus_and_place(portal, open_page):
    page = open_page(portal.url("en", "practices/"), viewport={"width": 1280, "height": 700})
    page.click("#open-country")
    page.focus("#country-gb")
    place = "document.activeElement.getBoundingClientRect().top"
    before = page.evaluate(place)
    with page.expect_response("**/practices/?*country=gb*"):
        page.keyboard.press("Space")
    page.wait_for_function(SWAPPED)
    assert page.evaluate(FOCUSED) == "country-gb"
    tick(page, "country-gb", ticked=False)
    assert page.evaluate(FOCUSED) == "country-gb"
    assert page.evaluate("document.getElementById('facet-country').open")
    assert abs(page.evaluate(place) - before) < 2


def test_what_was_opened_and_typed_in_the_filters_survives_a_change(portal, open_page):
    page = open_page(portal.url("en", "practices/"))
    page.click("#open-region")
    page.click("#open-city")
    page.fill("#narrow-city", "oslo")
    tick(page, "city-oslo")
    assert not page.evaluate("document.getElementById('facet-region').open")
    assert page.input_value("#narrow-city") == "oslo"
    assert page.locator("#facet-city li:visible").count() == 1


@pytest.mark.parametrize(
    ("typed", "city"),
    [("أوسلو", "oslo"), ("اوسلو", "oslo"), ("اُوسلـو", "oslo"), ("مالقه", "malaga")],
)
def test_a_long_filter_is_searched_in_any_spelling(portal, open_page, typed, city):
    page = open_page(portal.url("ar", "practices/"))
    turn_to_the_list(page)
    page.click("#open-city")
    page.fill("#narrow-city", typed)
    shown = page.locator("#facet-city li:visible input")
    assert shown.evaluate_all("boxes => boxes.map(box => box.value)") == [city]
    page.fill("#narrow-city", "ككككك")
    assert page.locator("#facet-city li:visible").count() == 0
    assert page.locator("#facet-city [data-none]").inner_text()


def test_back_and_forward_show_the_list_of_their_address(portal, open_page):
    page = open_page(portal.url("en", "practices/"))
    everything = heading(page)
    tick(page, "region-nordic")
    nordic = heading(page)
    page.fill("#q", "youth")
    page.press("#q", "Enter")
    page.wait_for_url("**q=youth**")
    page.go_back()
    wait_for_heading(page, nordic)
    assert page.input_value("#q") == ""
    assert page.is_checked("#region-nordic")
    page.go_back()
    wait_for_heading(page, everything)
    assert not page.is_checked("#region-nordic")
    assert page.locator(".site-head").count() == 1
    page.go_forward()
    wait_for_heading(page, nordic)


def test_back_from_a_practice_shows_the_whole_page_as_it_was_left(portal, open_page):
    page = open_page(portal.url("en", "practices/"))
    tick(page, "region-nordic")
    left = heading(page)
    page.click(".result h3 a >> nth=0")
    page.wait_for_load_state("load")
    page.go_back()
    page.wait_for_load_state("load")
    assert heading(page) == left
    assert page.locator(".site-head").count() == 1


def test_back_again_after_a_practice_shows_the_list_of_each_address(portal, open_page):
    page = open_page(portal.url("en", "practices/"))
    everything = heading(page)
    tick(page, "region-nordic")
    nordic = heading(page)
    tick(page, "region-western")
    page.click(".result h3 a >> nth=0")
    page.wait_for_load_state("load")
    page.go_back()
    page.wait_for_load_state("load")
    page.go_back()
    wait_for_heading(page, nordic)
    assert not page.is_checked("#region-western")
    page.go_back()
    wait_for_heading(page, everything)
    assert not page.is_checked("#region-nordic")


def test_a_chip_that_goes_leaves_focus_at_the_results(portal, open_page):
    page = open_page(portal.url("en", "practices/?region=nordic&region=western"))
    turn_to_the_list(page)
    page.focus(".chip >> nth=0")
    with page.expect_response("**/practices/?region=*"):
        page.keyboard.press("Enter")
    page.wait_for_function(SWAPPED)
    assert page.evaluate(FOCUSED) == "results"
    assert page.locator(".chip").count() == 1


def test_order_and_pages_change_the_list_alone(portal, open_page):
    page = open_page(portal.url("en", "practices/"))
    documents = []
    page.on(
        "request",
        lambda request: (
            documents.append(request.url) if request.resource_type == "document" else None
        ),
    )
    turn_to_the_list(page)
    follow(page, "#sort-city")
    assert address(page) == "?sort=city"
    assert page.evaluate(FOCUSED) == "sort-city"
    follow(page, ".pager a[rel=next]")
    assert address(page) == "?sort=city&page=2"
    assert page.evaluate(FOCUSED) == "results"
    assert page.evaluate("document.getElementById('results').getBoundingClientRect().top >= 0")
    assert documents == []


def test_links_to_the_other_language_and_to_sign_in_lead_back_to_the_list_on_the_page(
    portal, open_page
):
    page = open_page(portal.url("en", "practices/"))
    tick(page, "region-nordic")
    page.click("[data-language-switch] >> nth=0")
    page.wait_for_url("**/ar/practices/?region=nordic")
    assert page.is_checked("#region-nordic")


def test_on_a_phone_the_filters_stay_open_until_the_results_are_asked_for(portal, open_page):
    page = open_page(portal.url("ar", "practices/"), viewport={"width": 390, "height": 800})
    assert not page.is_visible("#region-nordic")
    page.click("#open-filters")
    tick(page, "region-nordic")
    assert page.is_visible("#region-nordic")
    follow(page, "[data-show-results]")
    assert not page.is_visible("#region-nordic")
    assert page.evaluate(FOCUSED) == "results"


def test_boxes_ticked_in_a_row_all_count(portal, open_page):
    page = open_page(portal.url("en", "practices/"))
    for region in ("nordic", "western", "canada"):
        page.check(f"#region-{region}")
    page.wait_for_url(re.compile("canada"))
    assert address(page) == "?region=nordic&region=western&region=canada"


def test_a_list_that_cannot_be_fetched_is_left_to_the_browser(portal, open_page):
    page = open_page(portal.url("en", "practices/"))
    page.route(
        "**/practices/?*",
        lambda route: route.abort() if route.request.resource_type == "xhr" else route.continue_(),
    )
    page.check("#region-nordic")
    page.wait_for_url("**region=nordic")
    assert page.is_checked("#region-nordic")


def test_a_focused_box_is_never_behind_the_button_that_stays_in_view(portal, open_page):
    page = open_page(
        portal.url("en", "practices/"),
        viewport={"width": 1280, "height": 700},
        java_script_enabled=False,
    )
    page.focus("input[name=finding]:enabled")
    for _step in range(30):
        page.keyboard.press("Tab")
        box = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
        if not page.evaluate("document.activeElement.matches('.facet input')"):
            continue
        assert box <= page.evaluate(
            "document.querySelector('.filters > p').getBoundingClientRect().top"
        )
