"""Pages fit: no sideways scrolling on the narrowest screen, nothing clipped at 400 %."""

import pytest

from tests.browser.kinds import KINDS

NARROWEST = {"width": 320, "height": 700}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_page_does_not_scroll_sideways_at_320_px(portal, open_page, kind, language):
    page = open_page(portal.url(language, kind.path), viewport=NARROWEST)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROWEST["width"]
