"""Searching from the address bar of a browser."""

from xml.etree import ElementTree

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db

OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def description(client):
    response = client.get("/opensearch.xml")
    assert response["Content-Type"] == "application/opensearchdescription+xml"
    return ElementTree.fromstring(response.content)


def templates(client, **attributes) -> list[str]:
    return [
        url.get("template")
        for url in description(client).iter(f"{OPENSEARCH}Url")
        if all(url.get(name) == value for name, value in attributes.items())
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_names_the_description(client, language):
    link = '<link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml"'
    assert link in client.get(f"/{language}/about/").text


def test_the_description_has_the_names_of_all_languages(client):
    text = description(client).findtext(f"{OPENSEARCH}Description")
    assert "Transatlantic City Exchange" in text
    assert "ملتقى المدن عبر الأطلسي" in text
    assert len(description(client).findtext(f"{OPENSEARCH}ShortName")) <= 16
    assert len(description(client).findtext(f"{OPENSEARCH}LongName")) <= 48


def test_the_first_address_leads_to_the_language_of_the_reader(client):
    first = templates(client, type="text/html")[0].removeprefix(settings.SITE_URL)
    response = client.get(first.replace("{searchTerms}", "oslo"), headers={"accept-language": "ar"})
    assert response["Location"] == "/ar/search/?q=oslo"


def test_each_language_has_an_address_that_answers(client):
    results = templates(client, type="text/html", rel="results")
    assert len(results) == len(settings.LANGUAGES)
    for template in results:
        address = template.removeprefix(settings.SITE_URL).replace("{searchTerms}", "oslo")
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(("language", "name"), [("en", "Oslo"), ("ar", "أوسلو")])
def test_suggestions_have_the_form_of_opensearch(client, language, name):
    [template] = templates(client, rel="suggestions")
    address = template.removeprefix(settings.SITE_URL).replace("{searchTerms}", "osl")
    response = client.get(address, headers={"accept-language": language})
    assert response["Content-Type"] == "application/x-suggestions+json"
    query, titles, notes, addresses = response.json()
    assert query == "osl"
    assert name in titles
    assert len(titles) == len(notes) == len(addresses)
    assert addresses[titles.index(name)] == f"{settings.SITE_URL}/{language}/cities/oslo/"
