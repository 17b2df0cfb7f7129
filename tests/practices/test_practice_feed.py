"""The Atom feed of new practices, and their addresses in the sitemap."""

from xml.etree import ElementTree

import pytest
from django.utils import translation

from practices.choices import State
from practices.feeds import PRACTICES_IN_FEED
from practices.models import Practice
from practices.sitemaps import PracticeSitemap
from tests.practices.records import only_in

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(client, language: str = "en") -> ElementTree.Element:
    response = client.get(f"/{language}/practices/feed/")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def text(element: ElementTree.Element, name: str) -> str:
    return element.find(ATOM + name).text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_feed_has_the_newest_practices_in_its_language(client, language):
    root = feed(client, language)
    newest = list(Practice.objects.published().newest_first()[:PRACTICES_IN_FEED])
    assert root.get(LANGUAGE) == language
    entries = root.findall(ATOM + "entry")
    assert len(entries) == PRACTICES_IN_FEED
    for entry, practice in zip(entries, newest, strict=True):
        city = getattr(practice.city, f"name_{language}")
        assert text(entry, "title") == f"{getattr(practice, f'title_{language}')} ({city})"
        assert text(entry, "summary") == getattr(practice, f"summary_{language}")
        path = f"/{language}/practices/{practice.pk}-{practice.slug}/"
        with translation.override(language):
            assert practice.get_absolute_url() == path
        assert entry.find(ATOM + "link").get("href") == f"http://testserver{path}"


def test_the_feed_names_its_author_its_own_address_and_that_of_the_list(client):
    root = feed(client)
    assert root.find(f"{ATOM}author/{ATOM}name").text == "Transatlantic City Exchange"
    assert {link.get("rel"): link.get("href") for link in root.findall(ATOM + "link")} == {
        "alternate": "http://testserver/en/practices/",
        "self": "http://testserver/en/practices/feed/",
    }


def test_addresses_do_not_follow_the_host_of_the_request(client):
    response = client.get("/en/practices/feed/", headers={"host": "localhost"})
    assert response.status_code == 200
    assert "localhost" not in response.text


def test_an_entry_in_another_language_says_so(client):
    practice = only_in("ar", Practice.objects.published().newest_first()[0].slug)
    entry = feed(client).find(ATOM + "entry")
    assert entry.get(LANGUAGE) == "ar"
    assert practice.title_ar in text(entry, "title")


def test_what_is_not_published_is_in_neither(client):
    hidden = Practice.objects.published().newest_first()[0]
    Practice.objects.filter(pk=hidden.pk).update(state=State.WITHDRAWN)
    assert hidden.title_en not in client.get("/en/practices/feed/").text
    assert hidden.pk not in {practice.pk for practice in PracticeSitemap().items()}


def test_the_sitemap_lists_each_practice_in_each_language_with_the_other(client):
    practice = Practice.objects.get(slug="london-shared-endeavour-fund")
    text_of_sitemap = client.get("/sitemap.xml").text
    for language in ("en", "ar"):
        address = f"http://testserver/{language}/practices/{practice.pk}-{practice.slug}/"
        assert f"<loc>{address}</loc>" in text_of_sitemap
        assert f'hreflang="{language}" href="{address}"' in text_of_sitemap
