"""What a query finds, in the portal's own content."""

import pytest
from django.utils import translation

from exchanges.models import City
from portal import search
from portal.search.ranking import Hit
from practices.choices import GONE_STATES, State
from practices.models import Practice
from tests.search.asking import KINDS, find, key_of, names

pytestmark = pytest.mark.django_db

# The best five of some queries, the same on every database until the content is changed.
EXPECTED = {
    "hate crime reporting": [
        "leeds-hate-crime-strategy",
        "san-diego-hate-crime-hotline",
        "new-york-path-forward",
        "los-angeles-la-vs-hate",
        "eugene-hate-bias-response",
    ],
    "mayors and local leaders": [
        "columbus-unrest-simulation",
        "montreal-living-together-observatory",
        "tdi-2023-new-york",
        "bay-area-united-against-hate-week",
        "tdi-2022-helsinki",
    ],
    "youth work online": [
        "tdi-2021-brussels",
        "berlin-streetwork-online",
        "nordic-safe-digital-city",
        "copenhagen-vink",
        "2023-7",
    ],
    "prevention of radicalisation in schools": [
        "ghent-core-team",
        "the-hague-ippr",
        "montreal-cprlv",
        "kristiansand-plattform",
        "aarhus-model",
    ],
    "London 2023": [
        "london",
        "london-ontario",
        "tdi-2023-london",
        "london-ontario-islamophobia-plan",
        "london-shared-endeavour-fund",
    ],
    "الوقاية من التطرف": [
        "tdi-2022-helsinki",
        "tdi-2023-london",
        "ghent-core-team",
        "oslo-salto",
        "montreal-cprlv",
    ],
    "جرائم الكراهية والشرطة": [
        "leeds-hate-crime-strategy",
        "san-diego-hate-crime-hotline",
        "new-york-path-forward",
        "oslo-salto",
        "malaga-police-mediation",
    ],
    "دور البلديات": [
        "tdi-2024-bratislava",
        "kristiansand-plattform",
        "2023-1",
        "tdi-2024-strasbourg",
        "montreal-living-together-observatory",
    ],
    "رؤساء المدن عبر الأطلسي": [
        "montreal-living-together-observatory",
        "tdi-2024-cape-town",
        "tdi-2022-the-hague",
        "tdi-2023-washington",
        "bay-area-united-against-hate-week",
    ],
    "برلين Berlin ٢٠٢٣": [
        "berlin",
        "berlin-streetwork-online",
        "berlin-democracy-programme",
        "tdi-2023-berlin-second",
        "tdi-2023-berlin-june",
    ],
    "hotlyne for victms of hate": [
        "san-diego-hate-crime-hotline",
        "leeds-hate-crime-strategy",
        "new-york-path-forward",
        "boston-neighborhood-trauma-teams",
        "copenhagen-vink",
    ],
    "الشرظة والشباب": [
        "tdi-2021-brussels",
        "oslo-salto",
        "denver-human-rights-agency",
        "calgary-redirect",
        "tdi-2024-stockholm",
    ],
    "Kopenhagen Århus": [
        "copenhagen",
        "copenhagen-vink",
        "aarhus",
        "aarhus-model",
        "tdi-2023-oslo",
    ],
    "فيينا ديمقراطية": [
        "vienna-democracy-unit",
        "vienna-network-democracy-culture",
        "vienna",
        "berlin-democracy-programme",
        "2023-1",
    ],
}


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("grants for community groups with an outside evaluation", "london-shared-endeavour-fund"),
        ("police and social worker together", "calgary-redirect"),
        ("street shooting gang violence", "malmo-sluta-skjut"),
        ("mosque youth mentors", "aarhus-model"),
        ("helpline for families radicalisation", "montreal-cprlv"),
        ("posters in shop windows against hate", "bay-area-united-against-hate-week"),
        ("ukrainian refugees", "bratislava-assistance-centre"),
        ("صندوق منح للجماعات وتقييم مستقل", "london-shared-endeavour-fund"),
        ("شرطي واخصائي اجتماعي", "calgary-redirect"),
        ("بالمرشدين والاسر", "aarhus-model"),
        ("التسامح في المدارس", "kungalv-tolerance-project"),
        ("إطلاق النار", "malmo-sluta-skjut"),
        ("العيش المشترك لرؤساء البلديات", "montreal-living-together-observatory"),
        ("مَكتَب مَنع جَرائم الكراهيّة نيويورك", "new-york-path-forward"),
    ],
)
def test_a_half_remembered_practice_stands_first(query, slug):
    for language in ["en", "ar"]:
        assert names(find(query, language=language, limit=1)) == [slug]


@pytest.mark.parametrize("query", ["Oslo", "oslo", "أوسلو", "اوسلو", "لأوسلو", "OSLO!"])
def test_a_city_is_found_under_its_names_in_every_spelling(query):
    assert set(names(find(query, kinds=KINDS))) == {"oslo", "oslo-salto", "tdi-2023-oslo"}


def test_a_city_is_found_under_another_spelling_and_by_its_country():
    aarhus = City.objects.get(slug="aarhus")
    assert names(find("Århus", kinds=["city"])) == ["aarhus"]
    assert aarhus.pk in find("الدانمرك", kinds=["city"]).ids


def test_a_practice_is_found_by_what_it_shows_of_others():
    practice = Practice.objects.get(slug="london-shared-endeavour-fund")
    shown = [
        practice.city.name_ar,
        practice.city.country.name_en,
        practice.main_theme.name_ar,
        practice.target_groups.first().name_en,
        practice.findings.first().title_ar,
        str(practice.starts),
    ]
    for text in shown:
        assert practice.pk in find(text).ids


def test_any_word_of_the_query_will_do():
    alone = find("mosque").total
    assert find("mosque zzzzz").total == alone
    assert find("mosque hotline").total > alone > 0


def test_digits_of_both_sets_find_the_same():
    assert find("٢٠٢٠").hits == find("2020").hits
    assert find("2020").total > 0


@pytest.mark.parametrize("query", EXPECTED)
def test_the_order_is_the_same_on_every_database(query):
    assert names(find(query, kinds=KINDS, limit=5)) == EXPECTED[query]


def test_equal_hits_stand_by_primary_key_whatever_was_indexed_first():
    cities = list(City.objects.filter(country__code="CA"))
    for city in cities:
        city.name_en, city.name_ar, city.other_names_en, city.other_names_ar = ["Xylophone"] * 4
        city.save()
    for city in sorted(cities, key=lambda city: -city.pk):
        search.refresh([city])
    assert find("xylophone", kinds=["city"]).ids == sorted(city.pk for city in cities)


def test_pages_follow_each_other():
    everything = find("police", kinds=KINDS)
    pages = [find("police", kinds=KINDS, limit=4, offset=offset) for offset in range(0, 200, 4)]
    assert tuple(hit for page in pages for hit in page.hits) == everything.hits
    assert {page.total for page in pages} == {everything.total} == {len(everything.hits)}


def test_each_kind_of_a_search_of_everything_is_cut_for_itself():
    everything = find("Berlin", kinds=KINDS)
    cut = find("Berlin", kinds=KINDS, limit_each=2)
    assert cut.totals == everything.totals
    for kind in KINDS:
        of_kind = [hit for hit in everything.hits if hit.kind == kind]
        assert [hit for hit in cut.hits if hit.kind == kind] == of_kind[:2]


def test_all_words_may_be_asked_for():
    both = set(find("police").ids) & set(find("mentors").ids)
    assert set(find("police mentors", match="all").ids) == both
    assert 0 < len(both) < find("police mentors").total
    assert find("police zzzzz", match="all").total == 0


def test_all_words_may_be_asked_for_in_any_of_their_forms():
    assert find("policing", match="all").ids == find("policing").ids
    assert key_of("aarhus-model") in find("mentor families", match="all").ids
    assert key_of("aarhus-model") in find("للمرشدين والأسرة", match="all").ids


def test_a_list_without_a_query_has_all_in_the_order_asked_for():
    practices = Practice.objects.published()
    newest = list(practices.newest_first().values_list("pk", flat=True))
    assert find("", order="newest").ids == newest
    assert find("", order="newest", limit=5, offset=10).ids == newest[10:15]
    assert find("", order="newest", limit=5).total == len(newest)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_order_by_city_is_that_of_the_language(language):
    with translation.override(language):
        by_city = list(Practice.objects.published().by_city().values_list("pk", flat=True))
        assert find("", order="city", language=language).ids == by_city


def test_what_was_found_may_have_an_order_too():
    found = find("police")
    newest = find("police", order="newest")
    assert set(newest.ids) == set(found.ids)
    assert newest.ids == [key for key in find("", order="newest").ids if key in set(found.ids)]
    assert newest.ids != found.ids


def test_a_list_without_a_query_needs_an_order():
    with pytest.raises(ValueError, match="order"):
        find("")


@pytest.mark.parametrize(
    "arguments", [{"order": "newest"}, {"counts": True}, {"chosen": {"a": "b"}}]
)
def test_orders_and_facets_are_for_one_kind(arguments):
    with pytest.raises(ValueError, match="one kind"):
        find("police", kinds=KINDS, **arguments)


@pytest.mark.parametrize("order", ["__class__", "title", "newest "])
def test_an_order_that_nobody_registered_is_refused(order):
    with pytest.raises(LookupError):
        find("", order=order)


def test_a_kind_that_nobody_registered_is_refused():
    with pytest.raises(LookupError):
        find("police", kinds=["mayor"])


def test_practices_that_are_not_public_are_never_found():
    hidden = dict(zip(find("police").ids, [State.UNLISTED, *GONE_STATES], strict=False))
    assert len(hidden) == 3
    for key, state in hidden.items():
        Practice.objects.filter(pk=key).update(state=state)
    search.refresh(Practice.objects.filter(pk__in=hidden))
    assert not hidden.keys() & set(find("police").ids)
    search.rebuild()
    assert not hidden.keys() & set(find("police").ids)


def test_what_is_for_staff_only_is_never_found():
    practice = Practice.objects.get(slug="aarhus-model")
    practice.curator_note = "xylophone"
    practice.save()
    city = practice.city
    city.email_domains, city.curator_note = "xylophone.example.org", "xylophone"
    city.save()
    search.refresh([practice, city])
    assert find("xylophone", kinds=KINDS).total == 0


def test_hits_name_their_kind():
    found = find("Oslo", kinds=["city"])
    assert found.hits == (Hit("city", City.objects.get(slug="oslo").pk),)
