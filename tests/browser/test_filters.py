"""The filters of the practice list, in a browser that runs no script."""

import pytest

WIDTHS = {"desktop": 1280, "phone": 390}


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_filters_and_search_are_one_form(portal, open_page, width):
    page = open_page(
        portal.url("en", "practices/?region=nordic&sort=city"),
        java_script_enabled=False,
        viewport={"width": width, "height": 900},
    )
    if width == WIDTHS["phone"]:
        assert not page.is_visible("input[name=region][value=western]")
        page.click(".filters > summary")
    page.check("input[name=region][value=western]")
    page.fill("#q", "youth")
    page.press("#q", "Enter")
    page.wait_for_url("**q=youth**")
    assert page.url.endswith("/en/practices/?q=youth&sort=city&region=nordic&region=western")


def test_a_focused_box_is_never_behind_the_button_that_stays_in_view(portal, open_page):
    page = open_page(portal.url("en", "practices/"), viewport={"width": 1280, "height": 700})
    page.focus("input[name=finding]")
    for _step in range(30):
        page.keyboard.press("Tab")
        box = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
        if not page.evaluate("document.activeElement.matches('.facet input')"):
            continue
        assert box <= page.evaluate(
            "document.querySelector('.filters > p').getBoundingClientRect().top"
        )
