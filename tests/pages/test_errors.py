"""Error pages: in the reader's language, without cookies, under the strict policy."""

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404
from django.test import Client
from django.urls import path

from portal.pages import errors
from portal.urls import urlpatterns as portal_urlpatterns

pytestmark = pytest.mark.django_db


def break_down(request):
    raise RuntimeError("something of ours")


def lose_the_database(request):
    raise OperationalError("server closed the connection unexpectedly")


def lose_the_interface(request):
    raise InterfaceError("connection already closed")


def refuse(request):
    return errors.permission_denied(request)


def refuse_form(request):
    return errors.csrf_failure(request)


def miss(request):
    raise Http404


urlpatterns = [
    path("broken/", break_down),
    path("ar/broken/", break_down),
    path("en/broken/", break_down),
    path("en/away/", lose_the_database),
    path("ar/away/", lose_the_database),
    path("en/gone-away/", lose_the_interface),
    path("en/refused/", refuse),
    path("ar/refused/", refuse),
    path("en/old-form/", refuse_form),
    path("ar/old-form/", refuse_form),
    *portal_urlpatterns,
]
handler404 = "portal.pages.errors.page_not_found"
handler400 = "portal.pages.errors.bad_request"
handler403 = "portal.pages.errors.permission_denied"
handler500 = "portal.pages.errors.server_error"

PAGES = [
    ("/en/?q=%00", 400, "This address cannot be read"),
    ("/ar/?q=%00", 400, "تعذّرت قراءة هذا العنوان"),
    ("/en/refused/", 403, "This page is not open to you"),
    ("/ar/refused/", 403, "هذه الصفحة غير متاحة لكم"),
    ("/en/old-form/", 403, "The form could not be accepted"),
    ("/ar/old-form/", 403, "تعذّر قبول النموذج"),
    ("/en/nowhere/", 404, "There is no page here"),
    ("/ar/nowhere/", 404, "لا توجد صفحة هنا"),
    ("/en/broken/", 500, "Something went wrong on our side"),
    ("/ar/broken/", 500, "حدث خلل لدينا"),
    ("/en/away/", 503, "Back in a moment"),
    ("/ar/away/", 503, "سنعود بعد لحظات"),
    ("/en/gone-away/", 503, "Back in a moment"),
]


@pytest.fixture
def client(settings):
    """A reader who gets error pages instead of exceptions."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("address", "status", "heading"), PAGES)
def test_an_error_page_is_whole_and_in_the_language_of_the_address(
    client, address, status, heading
):
    language, direction = ("ar", "rtl") if address.startswith("/ar/") else ("en", "ltr")
    response = client.get(address, headers={"Accept-Language": "fr"})
    assert response.status_code == status
    assert f'<html lang="{language}" dir="{direction}">' in response.text
    assert f"<h1>{heading}</h1>" in response.text
    assert f"<title>{heading} · " in response.text
    assert '<main id="main"' in response.text
    assert f'href="/{language}/practices/"' in response.text


@pytest.mark.parametrize(("address", "status", "heading"), PAGES)
def test_an_error_page_sets_no_cookie_keeps_the_policy_and_is_not_indexed(
    client, address, status, heading
):
    response = client.get(address)
    assert response.cookies == {}
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert '<meta name="robots" content="noindex">' in response.text
    assert 'rel="canonical"' not in response.text
    assert "hreflang" not in response.text[: response.text.index("</head>")]


@pytest.mark.parametrize(("language", "heading"), [("en", "There is"), ("ar", "لا توجد")])
def test_an_address_outside_the_languages_is_missing_in_the_readers_language(
    client, language, heading
):
    response = client.get("/nonsense", headers={"Accept-Language": language})
    assert response.status_code == 404
    assert f'<html lang="{language}"' in response.text
    assert f"<h1>{heading}" in response.text


def test_a_remembered_language_counts_outside_the_languages(client):
    client.cookies["language"] = "ar"
    response = client.get("/broken/", headers={"Accept-Language": "en"})
    assert '<html lang="ar" dir="rtl">' in response.text


def test_the_language_of_an_earlier_reader_does_not_show(client):
    client.get("/ar/broken/")
    assert '<html lang="en" dir="ltr">' in client.get("/en/?q=%00").text
    assert '<html lang="en" dir="ltr">' in client.get("/en/away/").text


def test_a_missing_page_offers_a_search_and_ways_on(client):
    text = client.get("/ar/nowhere/").text
    main = text[text.index("<main") : text.index("</main>")]
    assert 'action="/ar/search/"' in main
    for section in ("", "practices/", "findings/", "cities/", "events/"):
        assert f'<a href="/ar/{section}">' in main


def test_a_missing_page_does_not_repeat_what_was_asked_for(client):
    assert "evil" not in client.get("/en/evil-words-from-a-link/").text.partition("</head>")[0]
    assert "<script>evil" not in client.get("/en/<script>evil</script>/").text


def test_a_signed_in_reader_is_told_about_roles_and_sees_their_account(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("r@example.org", name="Reader"))
    text = client.get("/en/refused/").text
    assert "Your account does not have the role" in text
    assert 'href="/en/accounts/profile/"' in text


def test_a_breakdown_is_told_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/en/broken/").status_code == 500


def test_a_breakdown_and_an_absence_are_kept_by_no_cache(client):
    for address in ("/en/broken/", "/en/away/"):
        assert client.get(address)["Cache-Control"] == "no-store"


def test_an_absence_says_when_to_come_back(client):
    assert client.get("/en/away/")["Retry-After"] == "30"
    assert "Retry-After" not in client.get("/en/broken/")


def is_away(execute, sql, params, many, context):
    raise OperationalError("could not connect to server")


@pytest.mark.parametrize(
    "address", ["/en/", "/ar/practices/", "/en/findings/2023/3/", "/ar/search/?q=oslo"]
)
def test_every_page_says_so_when_the_database_is_away(client, address):
    with connection.execute_wrapper(is_away):
        response = client.get(address)
    assert response.status_code == 503
    assert f'<html lang="{address[1:3]}"' in response.text


@pytest.mark.parametrize("address", ["/en/about/", "/en/nowhere/"])
def test_so_does_a_page_that_only_asks_who_is_signed_in(client, django_user_model, address):
    client.force_login(django_user_model.objects.create_user("r@example.org", name="Reader"))
    with connection.execute_wrapper(is_away):
        response = client.get(address)
    assert response.status_code == 503
    assert response.cookies == {}


def test_pages_without_stored_values_are_there_without_a_database(client):
    with connection.execute_wrapper(is_away):
        assert client.get("/en/about/").status_code == 200
        assert client.get("/ar/").status_code == 503
