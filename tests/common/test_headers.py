"""The safety headers stand on every answer, whatever it is."""

import re
from http import HTTPStatus

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from portal.accounts.models import User

pytestmark = pytest.mark.django_db

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'"
)
ANSWERS = {
    "/": HTTPStatus.FOUND,
    "/en/": HTTPStatus.OK,
    "/ar/": HTTPStatus.OK,
    "/ar/practices/": HTTPStatus.OK,
    "/en/findings/": HTTPStatus.FOUND,
    "/en/events/": HTTPStatus.OK,
    "/ar/cities/": HTTPStatus.OK,
    "/en/search/?q=youth": HTTPStatus.OK,
    "/ar/accounts/login/": HTTPStatus.OK,
    "/en/accounts/signup/": HTTPStatus.OK,
    "/en/admin/": HTTPStatus.FOUND,
    "/en/practices": HTTPStatus.MOVED_PERMANENTLY,
    "/en/nothing-here/": HTTPStatus.NOT_FOUND,
    "/files/nothing": HTTPStatus.NOT_FOUND,
    "/en/?q=%00": HTTPStatus.BAD_REQUEST,
    "/healthz": HTTPStatus.OK,
    "/readyz": HTTPStatus.OK,
    "/robots.txt": HTTPStatus.OK,
    "/sitemap.xml": HTTPStatus.OK,
}


def policy_of(response):
    """The policy with its directives in the order of POLICY."""
    order = [directive.split()[0] for directive in POLICY.split("; ")]
    directives = response["Content-Security-Policy"].split("; ")
    return "; ".join(sorted(directives, key=lambda directive: order.index(directive.split()[0])))


def assert_safe(response):
    assert policy_of(response) == POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]
    assert "Server" not in response
    assert "X-Powered-By" not in response


@pytest.mark.parametrize("path", ANSWERS)
def test_an_anonymous_reader_gets_every_header_and_no_cookie(client, path):
    response = client.get(path)
    assert response.status_code == ANSWERS[path]
    assert_safe(response)
    # A page with a form that is posted carries the token against forgery, and no other cookie.
    assert set(response.cookies) <= ({"csrftoken"} if "/accounts/" in path else set())


def test_a_form_from_elsewhere_is_refused_under_the_same_policy():
    response = Client(enforce_csrf_checks=True).post("/en/accounts/login/", {"login": "x"})
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert_safe(response)


def test_a_claimed_host_is_refused_under_the_same_policy(client):
    response = client.get("/en/", headers={"host": "evil.example.org"})
    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert_safe(response)
    assert b"evil.example.org" not in response.content


@pytest.mark.parametrize("path", ["/en/", "/ar/"])
def test_a_fault_of_ours_is_answered_under_the_same_policy(client, path, settings):
    client.raise_request_exception = False
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.common.faults.Failing"]
    response = client.get(path)
    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert_safe(response)
    assert f'<html lang="{path.strip("/")}"' in response.content.decode()


@pytest.mark.parametrize("name", ["css/portal.css", "js/site.js", "img/icons.svg"])
def test_a_static_file_has_the_headers_and_is_kept_for_ever(client, name):
    response = client.get(staticfiles_storage.url(name))
    b"".join(response)
    assert response.status_code == HTTPStatus.OK
    assert_safe(response)
    assert response["Cache-Control"] == "max-age=315360000, public, immutable"
    assert response.cookies == {}


@pytest.mark.parametrize(
    "page", ["", "exchanges/city/", "exchanges/city/add/", "practices/practice/"]
)
def test_the_curators_desk_has_the_same_policy(client, page):
    User.objects.create_superuser("curator@example.org", "not used here", name="Curator")
    client.force_login(User.objects.get(email="curator@example.org"))
    response = client.get(f"/ar/admin/{page}")
    assert response.status_code == HTTPStatus.OK
    assert_safe(response)


@pytest.mark.parametrize("path", ["/en/", "/ar/practices/", "/en/cities/", "/ar/accounts/login/"])
def test_no_page_writes_scripts_styles_or_handlers_into_itself(client, path):
    page = client.get(path).content.decode()
    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:|<base", page, re.IGNORECASE) == []
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", page)
    assert [tag for tag in inline if 'type="application/' not in tag] == []


def test_pages_vary_by_what_changes_them(client):
    vary = client.get("/en/practices/")["Vary"]
    assert "Cookie" in vary
    assert "no-store" not in client.get("/en/practices/").get("Cache-Control", "")


def test_a_signed_in_person_s_pages_are_kept_nowhere(client):
    client.force_login(User.objects.create_user("someone@example.org", name="Someone"))
    assert "no-store" in client.get("/en/practices/")["Cache-Control"]
