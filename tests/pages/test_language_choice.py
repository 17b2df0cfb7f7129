"""The language of a reader: where `/` leads, and the switch."""

import pytest

from portal.common.context_processors import language_switch

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accepted", "home"),
    [
        ("ar", "/ar/"),
        ("ar-EG,ar;q=0.9,en;q=0.8", "/ar/"),
        ("en-GB,en;q=0.9,ar;q=0.1", "/en/"),
        ("fr,de;q=0.5", "/en/"),
        ("", "/en/"),
        ("*;q=x,,;;", "/en/"),
    ],
)
def test_the_root_leads_to_the_language_that_the_browser_asks_for(client, accepted, home):
    response = client.get("/", headers={"Accept-Language": accepted})
    assert (response.status_code, response.url) == (302, home)
    assert {"Accept-Language", "Cookie"} <= set(response["Vary"].split(", "))
    assert response.cookies == {}


def test_the_root_keeps_the_query(client):
    assert client.get("/?from=mail").url == "/en/?from=mail"


def test_a_remembered_language_counts_more_than_the_browser(client):
    client.cookies["language"] = "ar"
    assert client.get("/", headers={"Accept-Language": "en"}).url == "/ar/"


def test_the_language_of_the_account_counts_more_than_the_browser(client, django_user_model):
    reader = django_user_model.objects.create_user("r@example.org", name="Reader", language="ar")
    client.force_login(reader)
    assert client.get("/", headers={"Accept-Language": "en"}).url == "/ar/"
    client.cookies["language"] = "en"
    assert client.get("/", headers={"Accept-Language": "ar"}).url == "/en/"


def test_an_anonymous_reader_costs_no_statement(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/")
        client.get("/language/ar/?to=/en/")


def test_an_address_without_language_leads_to_the_one_with_it(client):
    response = client.get("/practices/?theme=youth", headers={"Accept-Language": "ar"})
    assert (response.status_code, response.url) == (302, "/ar/practices/?theme=youth")


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/en/", "/ar/"),
        ("/en/practices/?q=a%20b&theme=youth&page=2", "/ar/practices/?q=a%20b&theme=youth&page=2"),
        ("/ar/cities/oslo/", "/ar/cities/oslo/"),
        ("/en/findings/2023/3/#h-practices", "/ar/findings/2023/3/"),
        ("/en/practices/1-أوسلو/", "/ar/practices/1-%D8%A3%D9%88%D8%B3%D9%84%D9%88/"),
        ("/en/nowhere/", "/ar/nowhere/"),
    ],
)
def test_the_switch_leads_to_the_same_page_in_the_other_language(client, address, target):
    response = client.get("/language/ar/", {"to": address})
    assert (response.status_code, response.url) == (302, target)


FOREIGN = [
    "", "/", "//", "///", "en/", "/en", "/enx/", "/english/", "/de/", "/fr/practices/", "/admin/",
    "https://evil.example/", "http://testserver/en/", "//evil.example/", "///evil.example/en/",
    "////evil.example", "/\\evil.example/", "\\\\evil.example", "/\\/en/", "\\/en/",
    "/en/\\evil.example", "javascript:alert(1)", "data:text/html,x", "mailto:a@example.org",
    " /en/", "\t/en/", "/\t/evil.example/", "/en/\r\nSet-Cookie: a=b", "/en/\u2028", "/en/\u202e",
    "/en/\nLocation: //evil.example", "https:/en/", "https:en/", "http:///evil.example/en/",
    "@evil.example", "/@evil.example/en/", "/language/ar/", "//en/practices/", "/%2F/evil.example",
    ".//evil.example/en/", "/en/" + "x" * 20_000,
]  # fmt: skip


@pytest.mark.parametrize("address", FOREIGN)
def test_the_switch_leads_home_rather_than_elsewhere(client, address):
    response = client.get("/language/ar/", {"to": address})
    assert (response.status_code, response.url) == (302, "/ar/")


def test_no_path_of_the_portal_makes_the_switch_leave_it(client):
    for address in ["/en//evil.example/", "/en/../..//evil.example/", "/en/%5Cevil.example"]:
        target = client.get("/language/ar/", {"to": address}).url
        assert target.startswith("/ar/")


def test_the_switch_is_remembered_and_kept_out_of_caches_and_indexes(client):
    response = client.get("/language/ar/?to=/en/about/")
    cookie = response.cookies["language"]
    assert (cookie.value, cookie["max-age"], cookie["path"]) == ("ar", 365 * 24 * 3600, "/")
    assert cookie["samesite"] == "Lax"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert client.get("/", headers={"Accept-Language": "en"}).url == "/ar/"


@pytest.mark.parametrize("language", ["fr", "EN", "en-gb", "x" * 100, "<script>"])
def test_a_language_that_the_portal_does_not_speak_is_not_found(client, language):
    response = client.get(f"/language/{language}/?to=/en/")
    assert response.status_code == 404
    assert response.cookies == {}


def test_the_switch_is_only_followed(client):
    assert client.post("/language/ar/").status_code == 405


@pytest.mark.parametrize("path", ["/en/about/", "/en/practices/?q=a%26b&page=2", "/en/nowhere/"])
def test_the_link_of_a_page_comes_back_to_it(client, path):
    (link,) = language_switch(path, "en")
    there = client.get(link["url"]).url
    (back,) = language_switch(there, "ar")
    assert client.get(back["url"]).url == path
