"""Names by their consonants: alike in both scripts, so that names find each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.models import City
from portal.search.analysis import WORD_LENGTH, words
from portal.search.models import Word
from portal.search.skeletons import skeleton


def skeletons(text):
    return [skeleton(word) for word in words(text)]


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("برلين", "Berlin"),
        ("أوسلو", "Oslo"),
        ("كوبنهاغن", "Copenhagen"),
        ("كوبنهاغن", "Kopenhagen"),
        ("هلسنكي", "Helsinki"),
        ("مونتريال", "Montréal"),
        ("روتردام", "Rotterdam"),
        ("غدانسك", "Gdańsk"),
        ("براتيسلافا", "Bratislava"),
        ("مالمو", "Malmö"),
        ("ستوكهولم", "Stockholm"),
        ("فيينا", "Vienna"),
        ("شيكاغو", "Chicago"),
        ("خاركيف", "Kharkiv"),
        ("ستراسبورغ", "Strasbourg"),
        ("باريس", "Paris"),
        ("فيلادلفيا", "Philadelphia"),
        ("كريستيانساند", "Kristiansand"),
        ("تورونتو", "Toronto"),
        ("بَرْلِينـ", "berlin"),
    ],
)
def test_a_name_has_the_same_consonants_in_both_scripts(arabic, latin):
    assert skeletons(arabic) == skeletons(latin)


def test_the_article_is_no_part_of_a_name():
    assert skeletons("الدنمارك") == skeletons("دنمارك") == skeletons("Denmark")


def test_names_that_sound_otherwise_stay_apart():
    told_apart = ["Berlin", "Bergen", "Boston", "Bilbao", "Barcelona", "Brussels", "Bratislava"]
    assert len({*map(skeleton, map(str.lower, told_apart))}) == len(told_apart)


@pytest.mark.parametrize("word", ["a", "oui", "ما", "ولا", "أو", "I"])
def test_a_word_of_one_consonant_or_none_has_no_skeleton(word):
    assert skeletons(word) == [""]


def test_a_number_is_its_own_skeleton():
    assert skeletons("2023 ٢٠٢٣") == ["2023", "2023"]


@given(st.text(st.characters(), max_size=200))
def test_any_word_has_a_skeleton_that_can_be_stored(text):
    longest = Word._meta.get_field("skeleton").max_length
    assert longest == 2 * WORD_LENGTH
    assert all(len(each) <= longest for each in skeletons(text))


@pytest.mark.django_db
def test_most_cities_of_one_word_have_the_same_consonants_in_both_languages():
    names = [(city.name_en, city.name_ar) for city in City.objects.exclude(name_ar=None)]
    simple = [pair for pair in names if not any(" " in name for name in pair)]
    alike = [pair for pair in simple if skeletons(pair[0]) == skeletons(pair[1])]
    assert len(alike) > len(simple) * 3 / 4
