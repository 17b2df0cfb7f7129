"""What the portal says about itself."""

import pytest
from django.test import override_settings
from django.utils import translation

from practices.choices import Evidence

pytestmark = pytest.mark.django_db

PAGES = {
    "about": ("About the exchange", "عن الملتقى"),
    "accessibility": ("Accessibility statement", "بيان سهولة الوصول"),
    "privacy": ("Privacy", "الخصوصية"),
}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_there_and_asks_the_database_for_nothing(
    client, django_assert_num_queries, name, language
):
    with django_assert_num_queries(0):
        response = client.get(f"/{language}/{name}/")
    assert f"<h1>{PAGES[name][language == 'ar']}</h1>" in response.text


@pytest.mark.parametrize("name", PAGES)
def test_a_signed_in_reader_costs_two_statements(
    client, django_assert_num_queries, django_user_model, name
):
    client.force_login(django_user_model.objects.create_user("r@example.org", name="Reader"))
    with django_assert_num_queries(2):
        client.get(f"/en/{name}/")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_where_to_write(client, name, language):
    with override_settings(CONTACT_EMAIL="curators@exchange.example.org"):
        text = client.get(f"/{language}/{name}/").text
    assert '<a href="mailto:curators@exchange.example.org">' in text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_of_the_portal_links_them(client, language):
    footer = client.get(f"/{language}/search/").text.partition("<footer")[2]
    for name in PAGES:
        assert f'<a href="/{language}/{name}/">' in footer
    assert f'<a href="/{language}/about/#evidence">' in footer


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_strengths_of_evidence_are_those_of_the_practices(client, language):
    text = client.get(f"/{language}/about/").text
    part = text[text.index('id="evidence"') :]
    with translation.override(language):
        expected = [(str(strength.label), str(strength.definition)) for strength in Evidence]
    places = [part.index(f"{label}</span></th><td>{text}</td>") for label, text in expected]
    assert places == sorted(places)


def test_the_cookies_are_named_as_they_are(client):
    with override_settings(SESSION_COOKIE_NAME="__Host-session", SESSION_COOKIE_AGE=8 * 3600):
        text = client.get("/en/privacy/").text
    assert "<code>__Host-session</code>" in text
    assert "8 hours, or until you sign out" in text
    assert "<code>language</code>" in text


@pytest.mark.parametrize(
    ("language", "date"), [("en", "22 November 2026"), ("ar", "22 نوفمبر 2026")]
)
def test_the_accessibility_statement_has_what_the_directive_asks_for(client, language, date):
    text = client.get(f"/{language}/accessibility/").text
    assert f'<time datetime="2026-11-22">{date}</time>' in text
    assert "2016/2102" in text
    assert "EN 301 549" in text
