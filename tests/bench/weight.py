"""`make bench-weight`: requests and compressed bytes of two visits of each list page."""

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import chromium_path
from tests.browser.meter import LISTS, visit
from tests.browser.serving import served_portal

ROW = "{:<22} {:>8} {:>14} {:>12} {:>12}\n"


def main() -> None:
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
    sys.stdout.write(ROW.format("page", "requests", "without fonts", "with fonts", "repeated"))
    with (
        tempfile.TemporaryDirectory() as folder,
        served_portal(Path(folder)) as portal,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=sandbox)
        for path in LISTS:
            for language in ("en", "ar"):
                page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
                first = visit(page, portal.url(language, path))
                again = visit(page, portal.url(language, path))
                sizes = (first.bytes(fonts=False), first.bytes(fonts=True), again.bytes(fonts=True))
                figures = [f"{size / 1000:.1f} KB" for size in sizes]
                sys.stdout.write(ROW.format(f"/{language}/{path}", len(first.requests), *figures))
        browser.close()


if __name__ == "__main__":
    main()
