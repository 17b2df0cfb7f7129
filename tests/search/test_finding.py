"""What a query finds, in the portal's own content."""

import pytest

from exchanges.models import City
from portal import search
from portal.search.ranking import Found, Hit
from practices.choices import GONE_STATES, State
from practices.models import Practice
from tests.search.asking import KINDS, find, names

pytestmark = pytest.mark.django_db

# The best five of ten queries, the same on every database until the content is changed.
EXPECTED = {
    "hate crime reporting": [
        "san-diego-hate-crime-hotline",
        "leeds-hate-crime-strategy",
        "new-york-path-forward",
        "eugene-hate-bias-response",
        "los-angeles-la-vs-hate",
    ],
    "mayors and local leaders": [
        "columbus-unrest-simulation",
        "tdi-2023-new-york",
        "montreal-living-together-observatory",
        "tdi-2022-helsinki",
        "chattanooga-council-against-hate",
    ],
    "youth work online": [
        "tdi-2021-brussels",
        "berlin-streetwork-online",
        "nordic-safe-digital-city",
        "copenhagen-vink",
        "vienna-democracy-unit",
    ],
    "prevention of radicalisation in schools": [
        "ghent-core-team",
        "the-hague-ippr",
        "kristiansand-plattform",
        "montreal-cprlv",
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
        "tdi-2023-london",
        "tdi-2022-helsinki",
        "ghent-core-team",
        "oslo-salto",
        "montreal-cprlv",
    ],
    "جرائم الكراهية والشرطة": [
        "san-diego-hate-crime-hotline",
        "leeds-hate-crime-strategy",
        "new-york-path-forward",
        "oslo-salto",
        "malaga-police-mediation",
    ],
    "دور البلديات": [
        "kristiansand-plattform",
        "tdi-2024-bratislava",
        "denver-human-rights-agency",
        "tdi-2024-strasbourg",
        "2023-1",
    ],
    "رؤساء المدن عبر الأطلسي": [
        "montreal-living-together-observatory",
        "tdi-2024-cape-town",
        "bay-area-united-against-hate-week",
        "tdi-2022-the-hague",
        "tdi-2023-washington",
    ],
    "برلين Berlin ٢٠٢٣": [
        "berlin",
        "berlin-streetwork-online",
        "berlin-democracy-programme",
        "tdi-2023-berlin-second",
        "tdi-2023-berlin-june",
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
    assert find("٢٠٢٠") == find("2020")
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


def test_a_queryset_restricts_what_is_found():
    within = Practice.objects.published().filter(city__country__code="CA")
    everything = find("police youth")
    found = find("police youth", within=within, limit=3)
    expected = [key for key in everything.ids if within.filter(pk=key).exists()]
    assert found.ids == expected[:3]
    assert found.total == len(expected)


def test_a_sliced_or_empty_queryset_restricts_too():
    newest = Practice.objects.published().newest_first()[:5]
    assert set(find("city", within=newest).ids) <= set(newest.values_list("pk", flat=True))
    assert find("city", within=Practice.objects.none()) == Found()


def test_primary_keys_restrict_what_is_found():
    everything = find("police")
    some = set(everything.ids[::2])
    found = find("police", within=some | {0, *range(10**6, 10**6 + 40_000)}, limit=2, offset=1)
    assert found.ids == [key for key in everything.ids if key in some][1:3]
    assert found.total == len(some)


def test_within_needs_a_single_kind():
    with pytest.raises(ValueError, match="one kind"):
        find("police", kinds=["practice", "city"], within={1})


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
