"""What a visit costs: requests and compressed bytes, as served in production."""

import pytest

from tests.browser.meter import LISTS, visit

FIRST_VISIT_REQUESTS = 9
FIRST_VISIT_BYTES = 40_000
ARABIC_WITH_FONTS_BYTES = 130_000
REPEAT_VISIT_BYTES = 12_000


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", LISTS)
def test_a_list_page_is_light(portal, browser, path, language):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    first = visit(page, portal.url(language, path))
    again = visit(page, portal.url(language, path))
    context.close()
    assert len(first.requests) <= FIRST_VISIT_REQUESTS, first.requests
    assert first.bytes(fonts=False) <= FIRST_VISIT_BYTES, first.requests
    # An English list may show a title that exists in Arabic only, and then loads both fonts.
    if language == "ar":
        assert first.bytes(fonts=True) <= ARABIC_WITH_FONTS_BYTES, first.requests
    assert len(again.requests) == 1, again.requests
    assert again.bytes(fonts=True) <= REPEAT_VISIT_BYTES, again.requests
