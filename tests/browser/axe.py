"""WCAG 2.2 AA and best practice, judged by axe: no rule is left out."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = {"desk": 1280, "phone": 390}
# What a colour scheme can change; all other rules look at the same document in both.
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]


def violations(page: Page, **options) -> list[str]:
    """What axe finds on a page: rule, and the first place where it is broken."""
    options["resultTypes"] = ["violations"]
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found]


def violations_at(page: Page, width: int) -> dict[str, list[str]]:
    """What axe finds on a page `width` px wide, by colour scheme; nothing for a scheme without.

    The page must be open without motion: a colour that is still on its way to the other scheme is
    nobody's to judge.
    """
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="light")
    found = {"light": violations(page)}
    page.emulate_media(color_scheme="dark")
    found["dark"] = violations(page, runOnly={"type": "rule", "values": RULES_OF_COLOUR})
    return {scheme: faults for scheme, faults in found.items() if faults}
