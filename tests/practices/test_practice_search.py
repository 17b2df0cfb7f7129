"""Words in the list of practices: what they find, and what helps where they find nothing."""

import re

import pytest

from portal.search.misses import Miss
from practices.models import Practice
from tests.practices.lists import (
    LIST,
    all_ids,
    ids_where,
    nearest_ids,
    results_of,
    shown_ids,
)
from tests.practices.records import change

pytestmark = pytest.mark.django_db


def test_a_search_stands_by_relevance_and_can_be_put_in_another_order(client):
    london = Practice.objects.get(slug="london-shared-endeavour-fund")
    by_relevance = all_ids(client, "q=shared+endeavour+fund")
    assert by_relevance[0] == london.pk
    by_city = all_ids(client, "q=shared+endeavour+fund&sort=city")
    assert set(by_city) == set(by_relevance)
    expected = Practice.objects.filter(pk__in=by_city).by_city().values_list("pk", flat=True)
    assert by_city == list(expected)


def test_a_search_finds_in_both_languages_on_both_pages(client):
    london = Practice.objects.get(slug="london-shared-endeavour-fund")
    for path in ("/en/practices/", "/ar/practices/"):
        for words in ("shared endeavour fund", "صندوق الجهد المشترك"):
            assert shown_ids(client.get(path, {"q": words}))[0] == london.pk


def test_filters_hold_within_a_search(client):
    found = set(all_ids(client, "q=youth"))
    within = set(all_ids(client, "q=youth&region=nordic"))
    assert within == found & ids_where(city__country__region="nordic") != set()


def test_a_search_keeps_the_filters_and_filters_keep_the_search(client):
    text = client.get(f"{LIST}?q=youth&match=all&region=nordic&sort=city").text
    form = text[text.index('<form id="filters"') : text.index("</form>")]
    assert 'name="region" value="nordic" checked' in form
    assert '<input type="hidden" name="sort" value="city">' in form
    box = re.search(r'<input id="q"[^>]*>', text)[0]
    assert 'form="filters"' in box
    assert 'value="youth"' in box
    assert 'value="all" form="filters" checked' in text


def test_all_of_these_words_leaves_the_practices_that_have_each(client):
    some, every = (set(all_ids(client, f"q=mayor+youth{more}")) for more in ("", "&match=all"))
    assert every < some
    assert every <= set(all_ids(client, "q=mayor")) & set(all_ids(client, "q=youth"))


def test_words_of_the_query_are_marked_through_their_stems(client):
    london = Practice.objects.get(slug="london-shared-endeavour-fund")
    text = results_of(client.get(f"{LIST}?q=funds+endeavours").text)
    assert f'{london.pk}-{london.slug}/"><bdi>' in text
    assert "<mark>Endeavour</mark> <mark>Fund</mark>" in text
    assert "<mark>" not in client.get(f"{LIST}?city=london").text


def test_arabic_words_are_marked_through_their_particles(client):
    text = results_of(client.get("/ar/practices/", {"q": "وبالصندوق"}).text)
    assert re.search(r"<mark>[^<]*صندوق[^<]*</mark>", text)


def test_a_match_further_down_is_shown_with_where_it_stands(client):
    change("london-shared-endeavour-fund", resources_en="A quixotic <i>sum</i> & no more.")
    text = results_of(client.get(f"{LIST}?q=quixotic").text)
    assert '<p class="why">In “Resources and cost”: <bdi>' in text
    assert "<mark>quixotic</mark> &lt;i&gt;sum&lt;/i&gt; &amp; no more." in text


def test_a_mistyped_word_is_mended_and_the_way_back_stays(client):
    text = results_of(client.get(f"{LIST}?q=endeavuor&sort=city").text)
    assert re.search(r"Showing results for <bdi><strong>[Ee]ndeavour</strong></bdi>", text)
    back = f"{LIST}?q=endeavuor&amp;exactly=1&amp;sort=city"
    assert f'<a href="{back}"><bdi>endeavuor</bdi></a>' in text
    exactly = client.get(back.replace("&amp;", "&"))
    assert "Showing results for" not in exactly.text
    assert '<input type="hidden" name="exactly" value="1">' in exactly.text


def test_what_was_typed_is_text_and_never_markup(client):
    for query in ("<b>youth</b>", '"><script>alert(1)</script>', "youth&amp;<mark>"):
        text = client.get(LIST, {"q": query}).text
        assert "<b>" not in text
        assert "<script>" not in text


def test_nothing_found_offers_every_way_back(client):
    response = client.get(f"{LIST}?q=community&match=all&city=london&region=nordic")
    nothing = response.text[response.text.index('<div class="empty"') :]
    assert "No practice matches all of this" in response.text
    assert set(re.findall(r'<a href="([^"]*)"', nothing[: nothing.index("</ul>")])) == {
        f"{LIST}?q=community&amp;match=all&amp;city=london",
        f"{LIST}?q=community&amp;match=all&amp;region=nordic",
        f"{LIST}?q=community&amp;match=all",
        f"{LIST}?q=community&amp;region=nordic&amp;city=london",
        f"{LIST}?region=nordic&amp;city=london",
        LIST,
        "/en/search/?q=community",
    }


def test_each_filter_to_drop_says_how_many_it_would_bring_the_most_first(client):
    listing = client.get(f"{LIST}?city=london&region=nordic&evidence=limited").context["listing"]
    assert listing.total == 0
    totals = [each.total for each in listing.droppings]
    assert totals == sorted(totals, reverse=True)
    for each in listing.droppings:
        assert client.get(each.address).context["listing"].total == each.total


def test_nothing_found_shows_the_nearest_practices(client):
    response = client.get(f"{LIST}?city=london&region=nordic")
    most = response.context["listing"].droppings[0]
    nearest = client.get(most.address)
    assert nearest_ids(response) == shown_ids(nearest)[:3] != []


def test_words_that_nobody_wrote_leave_what_the_filters_leave(client):
    response = client.get(f"{LIST}?q=ωωωω&exactly=1&city=london")
    assert nearest_ids(response) == shown_ids(client.get(f"{LIST}?city=london"))[:3] != []


def test_words_that_find_nothing_are_counted_once_a_search(client):
    client.get(LIST, {"q": "ωωωω"})
    client.get(LIST, {"q": "ωωωω", "city": "london"})
    client.get(LIST, {"q": "youth"})
    assert list(Miss.objects.values_list("query", "place", "count")) == [("ωωωω", "practices", 1)]
