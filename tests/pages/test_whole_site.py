"""What holds for every page that an anonymous reader can reach."""

from collections import Counter
from urllib.parse import parse_qs, urldefrag, urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from tests.pages.crawling import SITE, crawl, fetch

LANGUAGES = [code for code, _name in settings.LANGUAGES]
XHTML = "{http://www.w3.org/1999/xhtml}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """Every reachable page by path with query; the content as loaded."""
    with django_db_blocker.unblock():
        return crawl(["/en/", "/ar/"])


@pytest.fixture(scope="module")
def sitemap(django_db_setup, django_db_blocker):
    """The addresses of the sitemap, each with its alternates by language."""
    with django_db_blocker.unblock():
        root = ElementTree.fromstring(Client().get("/sitemap.xml").content)
    return {
        url.findtext(f"{SITEMAP}loc"): {
            link.get("hreflang"): link.get("href") for link in url.findall(f"{XHTML}link")
        }
        for url in root
    }


def test_no_link_is_dead(pages):
    assert {path: page.status for path, page in pages.items() if page.status >= 400} == {}


def test_every_link_to_a_place_on_a_page_finds_it(pages):
    dead = []
    for page in pages.values():
        for link in page.links:
            target = urldefrag(link)
            path = target.url.removeprefix(SITE)
            if target.fragment and "/static/" not in path and path in pages:
                dead += [link] * (target.fragment not in pages[path].ids)
    assert dead == []


def test_no_page_has_an_id_twice(pages):
    twice = {
        path: [name for name, count in Counter(page.ids).items() if count > 1]
        for path, page in pages.items()
    }
    assert {path: names for path, names in twice.items() if names} == {}


def test_links_lead_to_what_exists_now_and_to_nothing_that_comes_later(pages):
    sections = {path.split("/")[2] for path in pages if path.split("/")[1] in LANGUAGES}
    assert sections == {
        "", "about", "accessibility", "accounts", "cities", "events", "findings", "practices",
        "privacy", "search",
    }  # fmt: skip
    depths = {
        len(path.split("?")[0].strip("/").split("/")) for path in pages if "/practices/" in path
    }
    assert depths == {2, 3, 4}


def test_both_languages_have_the_same_pages(pages):
    def of(language):
        paths = (path for path in pages if path.startswith(f"/{language}/") and "?q=" not in path)
        return {path.removeprefix(f"/{language}") for path in paths}

    assert of("en") == of("ar")
    assert len(of("en")) > 200


def test_reading_sets_no_cookie(pages):
    with_cookies = {path: page.cookies for path, page in pages.items() if page.cookies}
    with_forms = ("/accounts/", "/practices/submit/")
    assert {path for path in with_cookies if not any(part in path for part in with_forms)} == set()
    assert {name for names in with_cookies.values() for name in names} <= {"csrftoken"}


def test_every_page_is_in_the_language_of_its_address(pages):
    wrong = {
        path: page.language
        for path, page in pages.items()
        if page.language and page.language != path.split("/")[1]
    }
    assert wrong == {}


def test_every_page_has_a_title_of_its_own(pages):
    titles = Counter(
        (page.language, page.title)
        for page in pages.values()
        if page.is_indexed and "?" not in page.path
    )
    assert {title: count for title, count in titles.items() if count > 1} == {}


def test_previews_say_what_the_page_says(pages):
    for path, page in pages.items():
        if not page.is_indexed:
            continue
        assert page.title.startswith(page.metadata["og:title"]), path
        assert page.metadata["og:description"] == page.metadata["description"], path
        assert page.metadata["og:url"] == page.canonical, path
        assert page.metadata["description"], path


def test_the_canonical_address_is_the_page_itself_without_query(pages):
    for path, page in pages.items():
        if page.is_indexed:
            number = parse_qs(urlsplit(path).query).get("page", ["1"])[-1]
            suffix = "" if number == "1" else f"?page={number}"
            assert page.canonical == f"{SITE}{urlsplit(path).path}{suffix}"


def test_every_page_names_the_same_page_in_each_language_and_they_name_it(pages):
    for path, page in pages.items():
        if not page.is_indexed or "?" in path:
            continue
        assert list(page.alternates) == [*LANGUAGES, "x-default"], path
        assert page.alternates[page.language] == page.canonical
        for language in LANGUAGES:
            other = pages[page.alternates[language].removeprefix(SITE)]
            assert (other.status, other.language) == (200, language)
            assert other.alternates == page.alternates


def test_the_language_switch_leads_to_the_other_language_with_the_query(pages):
    for path, page in pages.items():
        switches = {link for link in page.links if "/language/" in link}
        if page.language:
            (switch,) = switches
            other = next(code for code in LANGUAGES if code != page.language)
            assert urlsplit(switch).path == f"/language/{other}/"
            (target,) = parse_qs(urlsplit(switch).query)["to"]
            assert target == path.replace(f"/{page.language}/", f"/{other}/", 1)


def test_the_sitemap_has_exactly_the_pages_that_may_be_indexed(pages, sitemap):
    indexed = {
        page.canonical
        for path, page in pages.items()
        if page.is_indexed and "?" not in path and "/accounts/" not in path
    }
    assert set(sitemap) == indexed


def test_the_sitemap_names_the_same_alternates_as_the_pages(pages, sitemap):
    for address, alternates in sitemap.items():
        assert alternates == pages[address.removeprefix(SITE)].alternates


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/practices/", "/findings/2023/3/", "/cities/oslo/"])
def test_the_address_for_all_other_languages_lets_the_browser_choose(client, path):
    page = fetch(client, f"/en{path}")
    assert page.alternates["x-default"] == f"{SITE}{path}"
    for language in LANGUAGES:
        response = client.get(path, headers={"Accept-Language": language})
        assert (response.status_code, response.url) == (302, f"/{language}{path}")


@pytest.mark.django_db
def test_robots_may_read_all_but_what_is_personal_or_made_from_other_pages(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text == (
        "User-agent: *\n"
        "Disallow: /language/\n"
        "Disallow: /en/admin/\n"
        "Disallow: /en/accounts/\n"
        "Disallow: /en/search/\n"
        "Disallow: /en/practices/export/\n"
        "Disallow: /en/practices/print/\n"
        "Disallow: /ar/admin/\n"
        "Disallow: /ar/accounts/\n"
        "Disallow: /ar/search/\n"
        "Disallow: /ar/practices/export/\n"
        "Disallow: /ar/practices/print/\n"
        "\n"
        "Sitemap: http://testserver/sitemap.xml\n"
    )


@pytest.mark.django_db
def test_addresses_come_from_the_settings_whatever_the_request_claims(client, settings):
    settings.SITE_URL = "https://exchange.example.org"
    for path in ("/sitemap.xml", "/robots.txt", "/en/practices/"):
        text = client.get(path, headers={"Host": "localhost"}).text
        assert "localhost" not in text
        assert "https://exchange.example.org/" in text


@pytest.mark.django_db
def test_the_sitemap_is_xml_and_sets_no_cookie(client, django_assert_num_queries):
    with django_assert_num_queries(5):
        response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    assert response.cookies == {}
