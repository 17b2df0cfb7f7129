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


def feed(client, language: str = "en", query: str = "") -> ElementTree.Element:
    response = client.get(f"/{language}/practices/feed/{query}")
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


def links(root: ElementTree.Element) -> dict[str, str]:
    return {link.get("rel"): link.get("href") for link in root.findall(ATOM + "link")}


def entries_of(root: ElementTree.Element) -> list[int]:
    """The practices of a feed by their numbers."""
    entries = root.findall(ATOM + "entry")
    return [int(text(entry, "id").rpartition("/")[2]) for entry in entries]


def test_the_feed_names_its_author_its_own_address_and_that_of_the_list(client):
    root = feed(client)
    assert root.find(f"{ATOM}author/{ATOM}name").text == "Transatlantic City Exchange"
    assert text(root, "title") == "Transatlantic City Exchange: new practices"
    assert text(root, "id") == "http://testserver/en/practices/"
    assert links(root) == {
        "alternate": "http://testserver/en/practices/",
        "self": "http://testserver/en/practices/feed/",
        "next": "http://testserver/en/practices/feed/?page=2",
    }


def test_the_pages_of_the_feed_lead_through_all_practices(client):
    first, second = feed(client), feed(client, query="?page=2")
    newest = list(Practice.objects.published().newest_first().values_list("pk", flat=True))
    assert entries_of(first) + entries_of(second) == newest
    assert links(second) == {
        "alternate": "http://testserver/en/practices/",
        "self": "http://testserver/en/practices/feed/?page=2",
        "first": "http://testserver/en/practices/feed/",
        "previous": "http://testserver/en/practices/feed/",
    }
    assert text(second, "id") == text(first, "id")


@pytest.mark.parametrize("number", ["-1", "0", "٢", "999999999", "9e99", "x"])
def test_any_number_of_a_page_gives_a_feed(client, number):
    assert feed(client, query=f"?page={number}").tag == f"{ATOM}feed"


@pytest.mark.parametrize("sort", ["", "&sort=city", "&sort=relevance"])
def test_a_list_with_filters_has_a_feed_of_its_own_newest_first(client, sort):
    root = feed(client, "ar", f"?theme=youth{sort}")
    youth = Practice.objects.published().filter(themes__slug="youth").newest_first()
    assert entries_of(root) == list(youth.values_list("pk", flat=True))
    assert links(root) == {
        "alternate": "http://testserver/ar/practices/?theme=youth",
        "self": "http://testserver/ar/practices/feed/?theme=youth",
    }
    assert text(root, "id") == "http://testserver/ar/practices/?theme=youth"
    assert text(root, "title") == "ملتقى المدن عبر الأطلسي: مختارات من الممارسات"


def test_a_search_has_a_feed_of_what_it_finds_newest_first(client):
    root = feed(client, query="?q=crisis+exercise&language=ar")
    found = entries_of(root)
    newest = Practice.objects.published().filter(pk__in=found).newest_first()
    assert found == list(newest.values_list("pk", flat=True))
    assert text(root, "title") == "Transatlantic City Exchange: practices on “crisis exercise”"
    assert "q=crisis+exercise" in links(root)["self"]


def test_a_feed_of_nothing_is_a_feed(client):
    root = feed(client, query="?q=zzzzqqq&theme=youth&city=oslo")
    assert entries_of(root) == []
    assert "next" not in links(root)


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
