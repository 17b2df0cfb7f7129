"""The list of practices: what filters, orders and pages show."""

import pytest
from django.http import QueryDict
from django.utils import translation

from exchanges.models import City, Theme
from practices.addresses import ListState
from practices.choices import State
from practices.filters import FACET_NAMES
from practices.models import Practice, TargetGroup
from practices.results import PRACTICES_A_PAGE, matching_ids
from tests.practices.lists import LIST, all_ids, chips, ids_where, shown_ids
from tests.practices.records import change, only_in

pytestmark = pytest.mark.django_db


def test_the_list_shows_every_published_practice_once_newest_first(client):
    newest_first = Practice.objects.order_by("-published_at", "-pk").values_list("pk", flat=True)
    assert all_ids(client, "") == list(newest_first)


def test_what_is_not_public_any_more_is_in_no_new_page_even_where_the_index_lags_behind(
    client, django_user_model
):
    # Pages of who is signed in are made anew.
    client.force_login(django_user_model.objects.create_user(email="reader@example.org"))
    client.get(f"{LIST}?city=london")
    Practice.objects.filter(slug="london-shared-endeavour-fund").update(state=State.UNLISTED)
    assert "Shared Endeavour Fund" not in client.get(f"{LIST}?city=london").text


def test_an_unlisted_practice_is_in_no_list(client):
    change("london-shared-endeavour-fund", state=State.UNLISTED)
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
        ("year=2021", {"starts__startswith": "2021"}),
        ("population=over-1m", {"city__population__gte": 1_000_000}),
        ("language=ar", {"title_ar__gt": ""}),
    ],
)
def test_each_facet_leaves_the_practices_that_have_its_value(client, query, conditions):
    assert set(all_ids(client, query)) == ids_where(**conditions) != set()


def test_a_target_group_leaves_the_practices_that_are_for_it(client):
    for group in TargetGroup.objects.filter(practices__isnull=False).distinct():
        assert set(all_ids(client, f"target={group.slug}")) == ids_where(target_groups=group)


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
    response = client.get(
        f"{LIST}?theme=nothing&city=atlantis&finding=1900-1&country=zz&region=x&year=1&cost=free"
    )
    assert response.context["listing"].total == Practice.objects.published().count()
    assert chips(response) == []


def test_a_known_value_without_practices_is_an_empty_list_that_says_so(client):
    without = City.objects.filter(practices=None, practices_with_others=None).first()
    response = client.get(f"{LIST}?city={without.slug}")
    assert shown_ids(response) == []
    assert [label for _address, label in chips(response)] == ["City"]


def test_a_country_without_practices_is_an_empty_list_too(client):
    for practice in Practice.objects.filter(city__country__code="GB"):
        change(practice.slug, state=State.UNLISTED)
    response = client.get(f"{LIST}?country=gb")
    assert shown_ids(response) == []
    assert [label for _address, label in chips(response)] == ["Country"]
    assert 'value="london"' not in response.text


def test_each_chip_takes_one_choice_back(client):
    response = client.get(f"{LIST}?finding=2023-3&region=western&region=nordic&page=2")
    assert chips(response) == [
        (f"{LIST}?region=western&amp;region=nordic", "Finding"),
        (f"{LIST}?finding=2023-3&amp;region=western", "Region"),
        (f"{LIST}?finding=2023-3&amp;region=nordic", "Region"),
    ]
    assert f'<a href="{LIST}">Clear all</a>' in response.text


def test_by_city_stands_in_the_reading_order_of_the_page(client):
    for language in ("en", "ar"):
        with translation.override(language):
            expected = list(Practice.objects.published().by_city().values_list("pk", flat=True))
        response = client.get(f"/{language}/practices/?sort=city")
        assert shown_ids(response) == expected[:PRACTICES_A_PAGE]


def test_all_ids_of_a_list_stand_in_its_order(client):
    for query in ("", "sort=city", "q=youth", "q=youth&sort=city&region=nordic&city=atlantis"):
        state = ListState.read(QueryDict(query), FACET_NAMES)
        with translation.override("en"):
            assert list(matching_ids(state)) == all_ids(client, query)


def test_htmx_gets_the_list_alone_with_its_title_and_address(client):
    response = client.get(
        f"{LIST}?q=&region=nordic",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/en/practices/"},
    )
    assert response.text.lstrip().startswith("<title>Practices · ")
    assert "<header" not in response.text
    assert '<form id="filters"' in response.text
    assert response.headers["HX-Push-Url"] == f"{LIST}?region=nordic"
    assert "HX-Request" in response.headers["Vary"]


def test_htmx_asks_for_the_same_list_without_leaving_a_step_back_to_itself(client):
    address = f"{LIST}?region=nordic"
    response = client.get(
        address, headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{address}"}
    )
    assert response.headers["HX-Push-Url"] == "false"


def test_going_back_gets_the_whole_page(client):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    response = client.get(LIST, headers=headers)
    assert response.text.startswith("<!doctype html>")
    assert "HX-Request" in client.get(LIST).headers["Vary"]


@pytest.mark.parametrize("number", ["-1", "0", "9e99", "x", "", "%D9%A1"])
def test_nonsense_for_a_page_is_the_first(client, number):
    assert client.get(f"{LIST}?page={number}").context["page_obj"].number == 1


@pytest.mark.parametrize("query", ["", "q=community&", "q=community&sort=newest&"])
def test_a_page_past_the_end_is_the_last(client, query):
    response = client.get(f"{LIST}?{query}page=999999999999")
    page = response.context["page_obj"]
    assert page.number == page.paginator.num_pages > 1
    assert shown_ids(response)


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
    "population=-1", "cost=free", "year=99999999999", "target=%22", "match=none&q=a", "exactly=2",
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


def test_a_practice_in_one_language_is_labelled_and_marked_up(client):
    practice = only_in("ar", "london-shared-endeavour-fund")
    text = client.get(f"{LIST}?city=london").text
    assert "Arabic only" in text
    assert f'<span lang="ar" dir="rtl">{practice.title_ar}</span>' in text
    assert f'<p lang="ar" dir="rtl">{practice.summary_ar}</p>' in text
