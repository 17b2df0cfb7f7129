"""What the page of a practice says of itself to those who share, preview or index it."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from practices.models import Practice

pytestmark = pytest.mark.django_db

LONDON = "london-shared-endeavour-fund"


def text_of(client, practice: Practice, language: str = "en") -> str:
    return client.get(f"/{language}/practices/{practice.pk}-{practice.slug}/").text


def linked_data(text: str) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])


def test_the_page_can_be_shared_by_plain_links_without_a_tracker(client, london):
    Practice.objects.filter(pk=london.pk).update(title_en='Mayor\'s "fund" & <grants>')
    text = text_of(client, london)
    menu = text[text.index('<details class="share">') : text.index("</details>")]
    links = [
        urlsplit(link.replace("&amp;", "&")) for link in re.findall(r'<a href="([^"]*)"', menu)
    ]
    address = f"http://testserver/en/practices/{london.pk}-{LONDON}/"
    title = 'Mayor\'s "fund" & <grants>'
    assert [(link.scheme, link.netloc, parse_qs(link.query)) for link in links] == [
        ("mailto", "", {"subject": [title], "body": [address]}),
        ("https", "www.linkedin.com", {"url": [address]}),
        ("https", "x.com", {"text": [title], "url": [address]}),
        ("https", "www.facebook.com", {"u": [address]}),
    ]
    assert f'data-copy="{address}"' in menu


def test_what_needs_a_script_is_hidden_until_the_script_runs(client, london):
    text = text_of(client, london)
    assert re.search(r"<button [^>]*data-print hidden>", text)
    assert re.search(r"<li hidden><button [^>]*data-copy=", text)


def test_link_previews_have_title_summary_and_kind(client, london):
    text = text_of(client, london)
    assert f'<meta property="og:title" content="{london.title_en}">' in text
    assert f'<meta property="og:description" content="{london.summary_en}">' in text
    assert '<meta property="og:type" content="article">' in text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_linked_data_describes_the_article_in_its_language(client, london, language):
    data = linked_data(text_of(client, london, language))
    assert data["@type"] == "Article"
    assert data["headline"] == getattr(london, f"title_{language}")
    assert data["inLanguage"] == language
    assert data["url"] == f"http://testserver/{language}/practices/{london.pk}-{LONDON}/"
    assert data["contentLocation"]["name"] == getattr(london.city, f"name_{language}")
    assert data["citation"] == list(london.sources.exclude(url="").values_list("url", flat=True))


def test_linked_data_cannot_end_its_element(client, london):
    title = '</script><script>alert("1")</script><!-- &'
    Practice.objects.filter(pk=london.pk).update(title_en=title)
    assert linked_data(text_of(client, london))["headline"] == title
