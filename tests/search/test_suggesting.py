"""As somebody types: the last word may be half of one."""

import pytest

from tests.search.asking import KINDS, find, names, suggest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("helsin", "helsinki-anchor-work"),
        ("Montre", "montreal-cprlv"),
        ("Montré", "montreal-cprlv"),
        ("MONTRE", "montreal-cprlv"),
        ("gdans", "gdansk-integration-model"),
        ("mosq", "aarhus-model"),
        ("police and soc", "calgary-redirect"),
        ("helpline for fam", "montreal-cprlv"),
        ("posters in shop win", "bay-area-united-against-hate-week"),
        ("هلسن", "helsinki-anchor-work"),
        ("إطلاق الن", "malmo-sluta-skjut"),
        ("اطلاق الن", "malmo-sluta-skjut"),
        ("المرشدون وال", "aarhus-model"),
        ("التسامح في المد", "kungalv-tolerance-project"),
        ("مرصد رؤساء البلد", "montreal-living-together-observatory"),
    ],
)
def test_a_half_typed_word_suggests_the_practice(typed, slug):
    assert slug in names(suggest(typed))


@pytest.mark.parametrize("word", ["bratislava", "براتيسلافا"])
def test_a_city_is_suggested_from_its_third_letter_to_its_last(word):
    for letters in range(4, len(word) + 1):
        assert "bratislava" in names(suggest(word[:letters], kinds=KINDS)), word[:letters]


def test_the_article_and_a_particle_may_stand_before_a_half_typed_word():
    expected = set(names(suggest("مدرس", limit=50)))
    assert expected & set(names(suggest("المدرس", limit=50)))
    assert "kungalv-tolerance-project" in names(suggest("التسام"))
    assert "kungalv-tolerance-project" in names(suggest("تسام"))


def test_only_the_last_word_may_be_half_typed():
    assert suggest("hotli").total > 0
    assert suggest("hotli zzzzzz").hits == find("hotli zzzzzz").hits


def test_at_most_as_many_as_asked_for_are_suggested():
    assert len(suggest("pol", kinds=KINDS).hits) == 8
    assert len(suggest("pol", kinds=KINDS, limit=3).hits) == 3
    assert suggest("pol", kinds=KINDS, limit=3).hits == suggest("pol", kinds=KINDS).hits[:3]


@pytest.mark.parametrize("typed", ["", " ", "ـ", "\u064e", "\x00", "🙂", '"', "zzzzzz"])
def test_nothing_is_suggested_for_what_says_nothing(typed):
    assert suggest(typed, kinds=KINDS).hits == ()


def test_what_is_typed_whole_is_suggested_as_it_is_found():
    assert names(suggest("mosque youth mentors", limit=1)) == ["aarhus-model"]
    assert names(suggest("London Ontario Islamophobia", limit=1)) == [
        "london-ontario-islamophobia-plan"
    ]


def test_a_mistyped_word_suggests_too():
    assert "san-diego-hate-crime-hotline" in names(suggest("hotlyne"))
