"""Pages ask no other host for anything, leave no cookie and break no policy."""

import pytest

from tests.browser.kinds import KINDS

# A form that is sent by POST needs a token; so do these pages' cookies.
WITH_FORM = ("accounts/", "practices/submit/")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_page_stays_with_its_own_host_and_leaves_no_cookie(portal, browser, kind, language):
    context = browser.new_context()
    page = context.new_page()
    requests, complaints = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    response = page.goto(portal.url(language, kind.path))
    page.wait_for_load_state("networkidle")
    foreign = [url for url in requests if not url.startswith((portal.address, "data:"))]
    # Chromium itself reports a page's own 404 and 410.
    expected = [f"status of {response.status}"] if response.status >= 400 else []
    surprises = [text for text in complaints if not any(known in text for known in expected)]
    cookies = context.cookies()
    context.close()
    assert (foreign, surprises) == ([], [])
    if not kind.path.startswith(WITH_FORM):
        assert cookies == []
