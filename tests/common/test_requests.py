"""What no page should ever see: unreadable input and unknown methods."""

from http import HTTPStatus

import pytest

from exchanges.models import City

pytestmark = pytest.mark.django_db

# As they arrive: percent-encoded bytes in the path or the query of an address.
UNREADABLE = {
    "NUL": "%00",
    "NUL in a word": "os%00lo",
    "lone surrogate": "%ED%A0%80",
    "pair of surrogates": "%ED%A0%BD%ED%B8%80",
    "Latin-1": "%F6slo",
    "half a letter": "%D8",
    "overlong slash": "%C0%AF",
    "beyond Unicode": "%F4%90%80%80",
}
PLACES = [
    "/en/practices/?q={}",
    "/ar/practices/?city={}&q=x",
    "/en/search/?q={}",
    "/ar/cities/{}/",
    "/en/practices/1-{}/",
    "/en/{}/",
    "/ar/events/?{}=1",
    "/files/practicephoto/{}.png",
    "/{}",
    "/healthz?{}",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("what", UNREADABLE)
def test_an_address_that_cannot_be_read_is_refused(client, place, what):
    response = client.get(place.format(UNREADABLE[what]))
    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert "Content-Security-Policy" in response
    assert response.cookies == {}


@pytest.mark.parametrize(("language", "word"), [("en", "address"), ("ar", "العنوان")])
def test_the_refusal_is_a_page_in_the_language_of_the_address(client, language, word):
    response = client.get(f"/{language}/practices/?q=%00")
    page = response.content.decode()
    assert f'<html lang="{language}"' in page
    assert word in page
    assert "\0" not in page


def test_a_cookie_with_nul_is_refused(client):
    client.cookies["sessionid"] = "abcdefgh\0ijkl"
    assert client.get("/en/").status_code == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize(
    "query",
    ["q=%D8%A3%D9%88%D8%B3%D9%84%D9%88", "q=%F0%9F%8E%93", "q=%E2%80%AE", "q=%", "q=%zz", "=&&="],
)
def test_strange_but_readable_addresses_are_answered(client, query):
    assert client.get(f"/en/practices/?{query}").status_code == HTTPStatus.OK


def test_an_arabic_path_is_readable(client):
    assert client.get("/ar/cities/أوسلو/").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "DELETE", "PATCH", "PROPFIND", "X"])
@pytest.mark.parametrize(
    "path", ["/en/practices/", "/healthz", "/en/admin/", "/static/nothing.css"]
)
def test_methods_that_no_page_has_are_refused(client, method, path):
    before = City.objects.count()
    response = client.generic(method, path)
    assert response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert response["Allow"] == "GET, HEAD, POST, OPTIONS"
    assert City.objects.count() == before


def test_head_is_answered_like_get_without_a_body(client):
    response = client.head("/en/practices/")
    assert (response.status_code, response.content) == (HTTPStatus.OK, b"")


@pytest.mark.parametrize(
    "path", ["/.git/config", "/.env", "/en/.git/config", "/portal.sqlite3", "/static/../manage.py"]
)
def test_nothing_of_the_installation_is_published(client, path):
    assert client.get(path).status_code == HTTPStatus.NOT_FOUND
