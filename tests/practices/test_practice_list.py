"""The list of practices: what filters, searches and orders show."""

import re

import pytest
from django.utils import translation

from exchanges.models import City, Theme
from findings.models import Finding
from practices.choices import State
from practices.models import Practice
from practices.results import PRACTICES_A_PAGE
from tests.practices.records import only_in, publish_only

pytestmark = pytest.mark.django_db

LIST = "/en/practices/"


def shown_ids(response) -> list[int]:
    """Primary keys of the cards of a page, in their order."""
    links = re.findall(r'<h3[^>]*><a href="/(?:en|ar)/practices/(\d+)-', response.text)
    return [int(link) for link in links]


def all_ids(client, query: str) -> list[int]:
    """Primary keys on all pages of a list."""
    first = client.get(f"{LIST}?{query}")
    ids = shown_ids(first)
    for number in range(2, first.context["page_obj"].paginator.num_pages + 1):
        ids += shown_ids(client.get(f"{LIST}?{query}&page={number}"))
    return ids


def chips(response) -> list[tuple[str, str]]:
    return re.findall(r'<a class="chip" href="([^"]*)"><span>([^<]*)</span>', response.text)


def ids_where(**conditions) -> set[int]:
    return set(Practice.objects.published().filter(**conditions).values_list("pk", flat=True))


def test_the_list_shows_every_published_practice_once_newest_first(client):
    newest_first = Practice.objects.order_by("-published_at", "-pk").values_list("pk", flat=True)
    assert all_ids(client, "") == list(newest_first)


def test_an_unlisted_practice_is_in_no_list(client):
    Practice.objects.filter(slug="london-shared-endeavour-fund").update(state=State.UNLISTED)
    response = client.get(f"{LIST}?city=london")
    assert shown_ids(response) == []
    assert "Shared Endeavour Fund" not in response.text


@pytest.mark.parametrize(
    ("query", "conditions"),
    [
        ("finding=2023-3", {"findings__number": 3}),
        ("theme=community-funding", {"themes__slug": "community-funding"}),
        ("country=gb", {"city__country__code": "GB"}),
        ("region=canada", {"city__country__region": "canada"}),
        ("city=london", {"city__slug": "london"}),
        ("evidence=moderate", {"evidence": "moderate"}),
        ("language=ar", {"title_ar__gt": ""}),
    ],
)
def test_each_facet_leaves_the_practices_that_have_its_value(client, query, conditions):
    assert set(all_ids(client, query)) == ids_where(**conditions)


def test_a_repeated_name_means_any_of_these(client):
    ids = all_ids(client, "finding=2023-3&finding=2023-5")
    assert len(ids) == len(set(ids))
    assert set(ids) == ids_where(findings__number=3) | ids_where(findings__number=5)


def test_different_names_mean_all_of_these(client):
    ids = set(all_ids(client, "finding=2023-3&region=western&evidence=moderate"))
    expected = ids_where(findings__number=3, city__country__region="western", evidence="moderate")
    assert ids == expected != set()


def test_a_practice_that_cities_run_together_is_found_under_each(client):
    together = Practice.objects.get(slug="bay-area-united-against-hate-week")
    oakland = City.objects.get(slug="oakland")
    assert list(together.other_cities.all()) == [oakland]
    assert shown_ids(client.get(f"{LIST}?city=oakland")) == [together.pk]


def test_unknown_values_are_dropped_from_the_state(client):
    response = client.get(f"{LIST}?theme=nothing&city=atlantis&finding=1900-1&country=zz&region=x")
    assert response.context["results"].total == Practice.objects.published().count()
    assert chips(response) == []


def test_a_known_value_without_practices_is_an_empty_list_that_says_so(client):
    without = City.objects.filter(practices=None, practices_with_others=None).first()
    response = client.get(f"{LIST}?city={without.slug}")
    assert shown_ids(response) == []
    assert [label for _address, label in chips(response)] == ["City"]


def test_a_country_without_practices_is_an_empty_list_too(client):
    Practice.objects.filter(city__country__code="GB").update(state=State.UNLISTED)
    response = client.get(f"{LIST}?country=gb")
    assert shown_ids(response) == []
    assert [label for _address, label in chips(response)] == ["Country"]
    assert 'value="london"' not in response.text


def test_each_chip_takes_one_choice_back(client):
    response = client.get(f"{LIST}?finding=2023-3&region=western&region=nordic&page=2")
    assert chips(response) == [
        (f"{LIST}?region=nordic&amp;region=western", "Finding"),
        (f"{LIST}?finding=2023-3&amp;region=western", "Region"),
        (f"{LIST}?finding=2023-3&amp;region=nordic", "Region"),
    ]
    assert f'<a href="{LIST}">Clear all</a>' in response.text


def test_chosen_boxes_are_checked_and_their_facet_is_open(client):
    text = client.get(f"{LIST}?city=london").text
    assert '<input type="checkbox" name="city" value="london" checked>' in text
    assert '<details class="facet" open><summary>City</summary>' in text
    assert '<details class="facet"><summary>Country</summary>' in text


def test_only_values_that_published_practices_have_are_offered(client):
    publish_only(1)
    practice = Practice.objects.published().get()
    text = client.get(LIST).text
    offered = re.findall(r'name="(\w+)" value="([^"]+)"', text)
    assert [value for name, value in offered if name == "city"] == [practice.city.slug]
    assert [value for name, value in offered if name == "country"] == ["gb"]
    assert [value for name, value in offered if name == "region"] == ["western"]
    assert {value for name, value in offered if name == "theme"} == set(
        practice.themes.values_list("slug", flat=True)
    )
    assert {value for name, value in offered if name == "finding"} == {
        finding.key for finding in practice.findings.select_related("edition")
    }


def test_without_any_practice_there_is_no_facet_and_the_page_says_so(client):
    publish_only(0)
    text = client.get(LIST).text
    assert 'class="facet"' not in text
    assert "There are no practices yet." in text


def test_findings_of_several_editions_stand_under_their_year(client):
    practice = Practice.objects.published().first()
    practice.findings.add(Finding.objects.get(edition__year=2022, number=1))
    text = client.get(LIST).text
    assert re.findall(r'<li class="muted small">(\d+)</li>', text) == ["2023", "2022"]


def test_by_city_stands_in_the_reading_order_of_the_page(client):
    for language in ("en", "ar"):
        with translation.override(language):
            expected = list(Practice.objects.published().by_city().values_list("pk", flat=True))
        response = client.get(f"/{language}/practices/?sort=city")
        assert shown_ids(response) == expected[:PRACTICES_A_PAGE]


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
    text = client.get(f"{LIST}?q=youth&region=nordic&sort=city").text
    form = text[text.index('<form id="filters"') : text.index("</form>")]
    assert 'name="region" value="nordic" checked' in form
    assert '<input type="hidden" name="sort" value="city">' in form
    box = re.search(r'<input id="q"[^>]*>', text)[0]
    assert 'form="filters"' in box
    assert 'value="youth"' in box


def test_nothing_found_offers_every_way_back(client):
    response = client.get(f"{LIST}?q=zzzzzz&city=london&evidence=strong")
    nothing = response.text[response.text.index('<div class="empty">') :]
    assert "No practice matches all of this" in response.text
    assert re.findall(r'<a href="([^"]*)"', nothing[: nothing.index("</ul>")]) == [
        f"{LIST}?q=zzzzzz&amp;evidence=strong",
        f"{LIST}?q=zzzzzz&amp;city=london",
        f"{LIST}?city=london&amp;evidence=strong",
        LIST,
        "/en/search/?q=zzzzzz",
    ]


@pytest.mark.parametrize("number", ["-1", "0", "9e99", "x", "", "%D9%A1"])
def test_nonsense_for_a_page_is_the_first(client, number):
    assert client.get(f"{LIST}?page={number}").context["page_obj"].number == 1


@pytest.mark.parametrize("query", ["", "q=community&", "q=community&sort=newest&"])
def test_a_page_past_the_end_is_the_last(client, query):
    response = client.get(f"{LIST}?{query}page=999999999999")
    page = response.context["page_obj"]
    assert page.number == page.paginator.num_pages > 1
    assert shown_ids(response)


def test_a_practice_in_one_language_is_labelled_and_marked_up(client):
    practice = only_in("ar", "london-shared-endeavour-fund")
    text = client.get(f"{LIST}?city=london").text
    assert "Arabic only" in text
    assert f'<span lang="ar" dir="rtl">{practice.title_ar}</span>' in text
    assert f'<p lang="ar" dir="rtl">{practice.summary_ar}</p>' in text


def test_a_filter_by_language_asks_for_texts_that_exist(client):
    practice = only_in("en", "london-shared-endeavour-fund")
    assert practice.pk in all_ids(client, "language=en")
    assert practice.pk not in all_ids(client, "language=ar")
    assert practice.pk in all_ids(client, "language=ar&language=en")


HOSTILE = [
    "page=-1", "page=9e99", "page=%D9%A3", "page=" + "9" * 5000, "sort=__class__", "sort=",
    "sort=-pk",
    "finding=2023-99", "finding=-", "finding=--1", "finding=2023-3-3", "finding=99999999-1",
    "finding=0-0", "theme=%27%20OR%201=1--", "city=%E2%80%AE", "language=zz", "language=en%27",
    "evidence=STRONG", "region=__all__", "country=%D9%86%D9%88", "q=%22&q=C%2B%2B", "q=AND+OR+*",
    "q=NEAR(", "q=%D9%8B%D9%8E%D9%8F", "q=the+and+of", "unknown=1&__proto__=2", "q[]=1",
    "&".join(["theme=youth"] * 200), "&".join(f"city=c{number}" for number in range(200)),
    "&".join(f"finding=2023-{number}" for number in range(200)), "q=" + "word+" * 2000,
    "q=" + "%D9%85%D8%AF%D9%8A%D9%86%D8%A9+" * 2000, "q=" + "x" * 5000, ";&=&&==", "%", "q=%zz",
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("query", HOSTILE)
def test_no_address_breaks_the_list(client, language, query):
    assert client.get(f"/{language}/practices/?{query}").status_code == 200


@pytest.mark.parametrize("query", ["q=%00", "theme=%00", "q=%ED%A0%80", "page=%FF", "city=a%C0%80"])
def test_bytes_that_are_no_text_are_a_bad_address(client, query):
    assert client.get(f"{LIST}?{query}").status_code == 400


def test_the_list_is_only_read(client):
    assert client.post(LIST).status_code == 405
    assert client.head(LIST).status_code == 200


def test_no_cookie_is_set_for_a_reader(client):
    assert client.get(f"{LIST}?q=crisis&theme=community-funding").cookies == {}


def test_the_list_is_the_current_page_of_the_navigation_and_links_the_feed(client):
    text = client.get(LIST).text
    assert '<a href="/en/practices/" aria-current="page">Practices</a>' in text
    assert 'type="application/atom+xml" href="/en/practices/feed/"' in text


def test_themes_on_the_page_are_links_that_the_list_understands(client):
    for theme in Theme.objects.filter(practices__isnull=False).distinct():
        assert set(all_ids(client, f"theme={theme.slug}")) == ids_where(themes=theme)
