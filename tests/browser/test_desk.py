"""The curators' desk in a browser: language tabs by mouse and keyboard, and no complaint at all."""

import pytest

from portal.pages.demo_accounts import DEMO_PASSWORD

PAGES = [
    "admin/",
    "admin/practices/practice/",
    "admin/practices/practice/add/",
    "admin/practices/practice/1/change/",
    "admin/practices/practice/1/history/",
    "admin/practices/practice/1/history/1/",
    "admin/practices/practice/1/delete/",
    "admin/practices/practice/import/",
    "admin/practices/practice/export/",
    "admin/exchanges/city/1/change/",
    "admin/exchanges/city/1/delete/",
    "admin/exchanges/dialogueevent/1/change/",
    "admin/findings/finding/1/change/",
    "admin/findings/edition/1/change/",
]
TITLE = "[data-language][name=title_%s]"
TABS = ".language-tabs:has([name=title_en]) [role=tab]"


@pytest.fixture(scope="module")
def signed_in(portal, browser):
    """The cookies of a curator."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(portal.url("en", "accounts/login/"))
    page.fill("[name=login]", "curator@example.org")
    page.fill("[name=password]", DEMO_PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(portal.url("en", ""))
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def open_desk(portal, signed_in, open_page):
    """Open a page of the desk in a language, signed in as a curator."""

    def open_signed_in(language: str, path: str, **options):
        return open_page(portal.url(language, path), storage_state=signed_in, **options)

    return open_signed_in


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_complains_of_nothing_and_asks_no_other_host(open_desk, portal, language, path):
    complaints = []
    page = open_desk(language, path)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.extend(
        [] if request.url.startswith((portal.address, "data:")) else [request.url]
    ))  # fmt: skip
    assert page.reload().status == 200
    page.wait_for_load_state("networkidle")
    assert complaints == []
    assert page.evaluate("document.documentElement.dir") == {"en": "ltr", "ar": "rtl"}[language]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_tab_shows_its_language_and_hides_the_other(open_desk):
    page = open_desk("en", "admin/practices/practice/1/change/")
    assert [page.is_visible(TITLE % code) for code in ("en", "ar")] == [True, False]
    page.click(f"{TABS} >> nth=1")
    assert [page.is_visible(TITLE % code) for code in ("en", "ar")] == [False, True]
    assert page.eval_on_selector_all(TABS, "tabs => tabs.map(t => t.ariaSelected)") == [
        "false",
        "true",
    ]


@pytest.mark.parametrize(("language", "key"), [("en", "ArrowRight"), ("ar", "ArrowLeft")])
def test_arrow_keys_follow_the_direction_of_the_page(open_desk, language, key):
    page = open_desk(language, "admin/practices/practice/1/change/")
    page.focus(f"{TABS} >> nth=0")
    page.keyboard.press("Home")
    page.keyboard.press(key)
    assert page.evaluate("document.activeElement.textContent.trim()") in ("Arabic", "العربية")
    assert page.is_visible(TITLE % "ar")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "title_ar"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Home")
    assert page.is_visible(TITLE % "en")


def test_the_switch_changes_all_texts_and_is_remembered_on_the_next_page(open_desk):
    page = open_desk("en", "admin/practices/practice/1/change/")
    page.click(".language-switch button[data-code=ar]")
    shown = "rows => rows.filter(row => row.checkVisibility()).map(row => row.lang)"
    assert set(page.eval_on_selector_all("[data-language]", shown)) == {"ar"}
    page.reload()
    assert page.is_visible(TITLE % "ar")


def test_a_new_row_has_tabs_as_well(open_desk):
    page = open_desk("ar", "admin/practices/practice/1/change/")
    page.click("#photos-group .add-row a")
    tabs = page.locator("#photos-0 .language-tabs")
    assert tabs.count() == 3
    assert page.is_visible("[name=photos-0-alt_ar]")
    assert not page.is_visible("[name=photos-0-alt_en]")


def test_the_tab_with_the_error_is_open_and_says_so(open_desk):
    page = open_desk("en", "admin/practices/practice/add/")
    page.select_option("[name=original_language]", "ar")
    assert page.is_visible(TITLE % "ar")
    page.click("[name=_save] >> nth=0")
    page.wait_for_selector(".errornote")
    assert page.is_visible(".errors [name=title_ar]")
    assert page.inner_text(f"{TABS}.has-error") == "Arabic (to be corrected)"
    bold = "labels => labels.filter(l => l.classList.contains('required')).map(l => l.htmlFor)"
    assert page.eval_on_selector_all(".language-tabs label", bold) == ["id_title_ar"]


def test_without_scripts_all_texts_are_there(open_desk):
    page = open_desk("ar", "admin/practices/practice/1/change/", java_script_enabled=False)
    assert [page.is_visible(TITLE % code) for code in ("en", "ar")] == [True, True]
    assert not page.is_visible(".language-switch")


def test_the_desk_fits_a_narrow_screen(open_desk):
    page = open_desk(
        "ar", "admin/practices/practice/1/change/", viewport={"width": 390, "height": 800}
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
