"""WCAG 2.2 AA and best practice by axe: no violation on any kind of page, no rule left out."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.kinds import KINDS

WIDTHS = {"desktop": 1280, "phone": 390}
# What a colour scheme can change; all other rules look at the same document in both.
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]


def violations(page, **options) -> list[str]:
    """What axe finds on a page: rule, and the first place where it is broken."""
    options["resultTypes"] = ["violations"]
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_page_has_no_violation_at_any_width_in_any_scheme(portal, open_page, kind, language):
    # Without motion: a colour that is still on its way to the other scheme is nobody's to judge.
    still = {"color_scheme": "light", "reduced_motion": "reduce"}
    page = open_page(portal.url(language, kind.path), **still)
    found = {}
    for name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        found[f"light, {name}"] = violations(page)
    page.emulate_media(color_scheme="dark")
    for name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        found[f"dark, {name}"] = violations(
            page, runOnly={"type": "rule", "values": RULES_OF_COLOUR}
        )
    assert {state: faults for state, faults in found.items() if faults} == {}
