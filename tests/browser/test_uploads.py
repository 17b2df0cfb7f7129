"""Adding a file to a draft: how far it is, what became of it, and the form without a script."""

import io
import re

import pytest
from PIL import Image

from tests.browser.axe import violations

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
STATUS = "[data-upload-status]"
BAR = "progress"


def noise() -> bytes:
    """A picture that does not get smaller: it takes its time on its way."""
    stream = io.BytesIO()
    Image.effect_noise((700, 700), 80).save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def open_form(open_draft):
    """The form for one file of a new draft."""

    def open_for(language: str = "en", **options):
        page = open_draft(language, **options)
        page.goto(page.url.replace("write/snapshot", "files"))
        return page

    return open_for


def choose(page, content: bytes = PDF, name: str = "report.pdf", title: str = "The report") -> None:
    page.set_input_files(
        "[name=file]",
        {"name": name, "mimeType": "application/octet-stream", "buffer": content},
    )
    page.fill("[name=title]", title)


@pytest.mark.parametrize(("language", "said"), [("en", "Uploading"), ("ar", "جارٍ الرفع")])
def test_it_is_shown_how_far_a_file_is(open_form, language, said):
    page = open_form(language, viewport={"width": 390, "height": 800})
    assert not page.is_visible(BAR)
    choose(page, noise(), "picture.png")
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 150_000}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    page.click("main form .btn")
    percent = page.get_by_text(re.compile("^[1-9][0-9]? %$"))
    percent.wait_for()
    assert page.inner_text(STATUS) == said
    assert page.is_visible(BAR)
    assert 0 < page.evaluate("document.querySelector('progress').value") <= 100
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.wait_for_url("**/write/place/")
    page.wait_for_selector(".files li")
    assert page.inner_text("main .notice--ok")
    assert page.evaluate("location.pathname").endswith("/write/place/")


def test_after_a_file_the_form_goes_on_saving(open_form):
    page = open_form()
    choose(page)
    page.click("main form .btn")
    page.wait_for_selector(".files li")
    with page.expect_response("**/autosave/") as answer:
        page.fill("[name=sources]", "https://example.org/report")
    assert answer.value.status == 200


def test_a_refused_file_is_named_and_what_was_typed_stays(open_form):
    page = open_form()
    choose(page, b"<html>", "page.pdf")
    page.click("main form .btn")
    page.wait_for_selector(".error-summary")
    assert page.evaluate("document.activeElement.matches('.error-summary')")
    assert page.input_value("[name=title]") == "The report"
    assert page.title().startswith("Error:")
    assert violations(page) == []


def test_a_file_that_does_not_get_through_is_said_and_can_be_sent_again(open_form):
    page = open_form()
    choose(page)
    page.context.set_offline(True)
    page.click("main form .btn")
    page.get_by_text("The file did not get through. Try again.").wait_for()
    assert not page.is_visible(BAR)
    page.context.set_offline(False)
    page.click("main form .btn")
    page.wait_for_selector(".files li")


def test_without_a_script_the_form_sends_the_file(portal, open_page, open_form, official):
    address = open_form().url
    page = open_page(address, storage_state=official, java_script_enabled=False)
    choose(page)
    page.click("main form .btn")
    page.wait_for_url("**/write/place/")
    assert page.inner_text(".files li").startswith("The report")
