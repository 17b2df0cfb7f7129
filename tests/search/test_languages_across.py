"""Found in one language, written in the other: through names, and through what was learned."""

import os

import pytest
from django.db import transaction

from exchanges.models import City
from portal import search
from portal.search.models import Translation
from practices.models import Practice
from tests.practices.records import only_in
from tests.search.asking import find, key_of, names

pytestmark = pytest.mark.django_db

# The best five of each query once these practices are in one language only; the same on every
# database until the content is changed.
IN_ENGLISH_ONLY = ["malmo-sluta-skjut", "montreal-living-together-observatory", "aarhus-model"]
IN_ARABIC_ONLY = ["calgary-redirect", "kristiansand-plattform", "columbus-care-coalition"]
EXPECTED = {
    "استراتيجية أمريكية تُختبر في السويد": [
        "malmo-sluta-skjut",
        "edmonton-antiracism-lighthouse",
        "stamford-local-leadership-group",
        "strasbourg-prevention-strategy",
        "leeds-hate-crime-strategy",
    ],
    "العيش معًا ورؤساء البلديات": [
        "montreal-living-together-observatory",
        "columbus-unrest-simulation",
        "barcelona-anti-rumour",
        "kristiansand-plattform",
        "manchester-resilience-hub",
    ],
    "المرشدون والأسر": [
        "copenhagen-vink",
        "aarhus-model",
        "highland-park-resiliency",
        "helsinki-anchor-work",
        "pittsburgh-1027-healing-partnership",
    ],
    "one centre for thirty municipalities": [
        "nordic-safe-digital-city",
        "strasbourg-prevention-strategy",
        "aarhus-model",
        "helsinki-anchor-work",
        "montreal-cprlv",
    ],
    "on the doorstep within 48 hours": [
        "columbus-care-coalition",
        "columbus-unrest-simulation",
        "boston-neighborhood-trauma-teams",
        "bratislava-assistance-centre",
        "los-angeles-la-vs-hate",
    ],
    "لندن وبرلين": [
        "berlin-streetwork-online",
        "berlin-democracy-programme",
        "london-shared-endeavour-fund",
        "london-ontario-islamophobia-plan",
        "aarhus-model",
    ],
}

# Practices in one language only that are not among the first three for their title in the other:
# 46 and 45 of 49 are.
TITLES_MISSED = {
    "en": {
        "stamford-local-leadership-group",
        "vienna-democracy-unit",
        "chattanooga-council-against-hate",
    },
    "ar": {
        "stamford-local-leadership-group",
        "vienna-democracy-unit",
        "chattanooga-council-against-hate",
        "manchester-resilience-hub",
    },
}


@pytest.mark.parametrize(
    ("slug", "query"),
    [
        ("montreal-living-together-observatory", "مرصد العيش المشترك لرؤساء البلديات"),
        ("bratislava-assistance-centre", "اللاجئون والحرب"),
        ("columbus-care-coalition", "على عتبة البيت خلال 48 ساعة"),
        ("malmo-sluta-skjut", "استراتيجية أمريكية تُختبر في السويد"),
        ("malmo-sluta-skjut", "إطلاق النار"),
        ("aarhus-model", "المرشدون والأسر"),
        ("san-diego-hate-crime-hotline", "خط ساخن لجرائم الكراهية"),
    ],
)
def test_a_practice_without_arabic_is_found_by_arabic_words(slug, query):
    only_in("en", slug)
    assert slug in names(find(query, language="ar", limit=3))


@pytest.mark.parametrize(
    ("slug", "query"),
    [
        ("columbus-care-coalition", "on the doorstep within 48 hours"),
        ("aarhus-model", "mentors and families"),
        ("bratislava-assistance-centre", "refugees and war"),
        ("leeds-hate-crime-strategy", "charter and tension monitoring"),
        ("mechelen-inclusive-city", "Mechelen streets and mixed schools"),
        ("mechelen-inclusive-city", "safe streets and mixed schools"),
        ("toronto-for-all", "racism on the street"),
    ],
)
def test_a_practice_without_english_is_found_by_english_words(slug, query):
    only_in("ar", slug)
    assert slug in names(find(query, limit=3))


def test_the_mistyped_word_of_one_language_finds_the_other_too():
    only_in("ar", "bratislava-assistance-centre")
    found = find("refugess and war", limit=3)
    assert [repair.typed for repair in found.repairs] == ["refugess"]
    assert "bratislava-assistance-centre" in names(found)


@pytest.mark.parametrize(
    ("slug", "query", "typed"),
    [
        ("malmo-sluta-skjut", "وقف اطلاق النر", "النر"),
        ("malmo-sluta-skjut", "اطلاف النر", "اطلاف"),
        ("malmo-sluta-skjut", "العنف المسلج", "المسلج"),
        ("bratislava-assistance-centre", "اللاجئوون والحرت", "اللاجئوون"),
    ],
)
def test_a_misspelt_arabic_phrase_finds_a_practice_without_arabic(slug, query, typed):
    only_in("en", slug)
    found = find(query, language="ar", limit=3)
    assert typed in [repair.typed for repair in found.repairs]
    assert slug in names(found)


@pytest.mark.parametrize(("language", "other"), [("en", "ar"), ("ar", "en")])
def test_its_title_in_the_other_language_finds_a_practice_among_the_first_three(language, other):
    """The lexicon has learned from both languages of all of them."""
    practices = list(Practice.objects.published().order_by("slug"))
    asked = practices if os.environ.get("FULL") else practices[::20]
    missed = set()
    for practice in asked:
        query = getattr(practice, f"title_{other}")
        with transaction.atomic():
            only_in(language, practice.slug)
            if practice.slug not in names(find(query, language=other, limit=3)):
                missed.add(practice.slug)
            transaction.set_rollback(True)
    assert len(practices) == 49
    assert missed == TITLES_MISSED[language] & {practice.slug for practice in asked}


@pytest.mark.parametrize("query", EXPECTED)
def test_the_order_across_languages_is_the_same_on_every_database(query):
    for slug in IN_ENGLISH_ONLY:
        only_in("en", slug)
    for slug in IN_ARABIC_ONLY:
        only_in("ar", slug)
    assert names(find(query, limit=5)) == EXPECTED[query]


def test_without_a_lexicon_words_find_only_their_own_language():
    only_in("en", "malmo-sluta-skjut")
    assert key_of("malmo-sluta-skjut") in find("إطلاق النار").ids
    assert search.learn([]) == 0
    assert not Translation.objects.exists()
    assert key_of("malmo-sluta-skjut") not in find("إطلاق النار").ids


def test_what_was_forgotten_can_be_learned_again():
    before = sorted(Translation.objects.values_list("stem", "other", "weight"))
    search.learn([])
    assert search.learn_from_texts() == len(before) > 1000
    assert sorted(Translation.objects.values_list("stem", "other", "weight")) == before


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("كوبنهاغن", "Copenhagen"),
        ("ستوكهولم", "Stockholm"),
        ("Rotterdam", "روتردام"),
        ("Stockholm", "ستوكهولم"),
        ("مونتريال", "Montréal"),
    ],
)
def test_a_name_is_found_in_the_other_script_without_any_lexicon(query, name):
    search.learn([])
    city = City.objects.get(slug="oslo")
    city.name_en = city.name_ar = name
    city.other_names_en = city.other_names_ar = ""
    city.save()
    search.refresh([city])
    assert city.pk in find(query, kinds=["city"]).ids


def test_what_was_learned_of_other_texts_is_used_too():
    search.learn([("xylophones", "إكسيليفونات"), ("xylophones and drums", "إكسيليفونات وطبول")] * 5)
    practice = only_in("en", "aarhus-model")
    practice.summary_en = "Xylophones."
    practice.save()
    search.refresh([practice])
    assert names(find("إكسيليفونات")) == ["aarhus-model"]


def test_words_learned_for_each_other_are_marked_in_both_languages():
    words = find("الشرطة").words
    assert search.highlight("Police and schools", words)[0] == ("Police", True)
    assert ("والشرطة", True) in search.highlight("البلدية والشرطة معًا", words)
