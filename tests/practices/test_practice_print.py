"""A list of practices on one page for paper."""

import re

import pytest
from django.utils import translation

from portal import search
from practices.exports.views import MOST_PRINTED
from practices.models import Practice
from tests.practices.records import publish_only

pytestmark = pytest.mark.django_db

LANGUAGES = ["en", "ar"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_to_print_has_all_practices_of_the_list(client, language):
    response = client.get(f"/{language}/practices/print/?sort=city&page=2")
    assert response.status_code == 200
    with translation.override(language):
        addresses = [each.get_absolute_url() for each in Practice.objects.published().by_city()]
    assert len(addresses) == 49
    assert re.findall(r'<h2[^>]*><a href="([^"]+)"', response.text) == addresses
    assert '<meta name="robots" content="noindex">' in response.text


def test_the_page_to_print_says_where_it_ends(client):
    publish_only(MOST_PRINTED + 1)
    search.rebuild()
    response = client.get("/en/practices/print/")
    assert response.text.count('<li class="result">') == MOST_PRINTED
    assert f"These are the first {MOST_PRINTED} of {MOST_PRINTED + 1} practices." in response.text


def test_the_page_to_print_of_a_shorter_list_says_nothing_of_an_end(client):
    text = client.get("/en/practices/print/?theme=youth").text
    assert "These are the first" not in text
    assert "http://testserver/en/practices/?theme=youth" in text
