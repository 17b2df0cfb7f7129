"""Learning what stands for a word in the other language."""

import pytest

from portal.search import lexicon
from portal.search.analysis import stems
from portal.search.lexicon import learn, translations
from portal.search.models import Translation

pytestmark = pytest.mark.django_db

SENTENCES = [
    ("The police prevent hate crime", "الشرطة تمنع جرائم الكراهية"),
    ("The police and the school", "الشرطة والمدرسة"),
    ("A school against hate", "مدرسة ضد الكراهية"),
    ("Mayors visit the school", "رؤساء البلديات يزورون المدرسة"),
    ("Hate crime and mayors", "جرائم الكراهية ورؤساء البلديات"),
    ("Police", "الشرطة"),
]


def best(word):
    found = translations().get(stems(word)[0], [])
    return found[0][0] if found else None


def rows():
    return sorted(Translation.objects.values_list("stem", "other", "weight"))


@pytest.mark.parametrize(("english", "arabic"), [("police", "الشرطة"), ("school", "المدرسة")])
def test_a_word_is_learned_both_ways(english, arabic):
    learn(SENTENCES)
    assert best(english) == stems(arabic)[0]
    assert best(arabic) == stems(english)[0]


def test_the_same_texts_teach_the_same():
    learn(SENTENCES)
    first = rows()
    learn([("drums", "طبول")])
    assert rows() != first
    learn(SENTENCES)
    assert rows() == first


def test_learning_says_how_much_was_learned():
    assert learn(SENTENCES) == Translation.objects.count() > 0


def test_learning_forgets_what_was_learned_before():
    learn(SENTENCES)
    assert learn([("drums", "طبول")]) == 2
    assert best("police") is None
    assert best("drums") == stems("طبول")[0]


def test_learning_from_nothing_forgets_everything():
    learn(SENTENCES)
    assert learn([]) == 0
    assert (rows(), translations()) == ([], {})


@pytest.mark.parametrize(
    "pair", [("", ""), ("police", ""), ("", "شرطة"), ("🙂", "!"), ("\x00", "\ud800")]
)
def test_pairs_without_words_teach_nothing(pair):
    assert learn([pair]) == 0


def test_a_word_that_is_the_same_in_both_texts_is_no_translation():
    learn([("Oslo police", "Oslo شرطة")] * 3)
    assert all(stem != other for stem, other, _weight in rows())


def test_a_stem_that_both_languages_have_is_learned_once_each_way():
    assert learn([("Oslo", "Vienna"), ("Vienna", "Oslo")]) == 2
    assert [(stem, other) for stem, other, _weight in rows()] == [
        ("oslo", "vienna"),
        ("vienna", "oslo"),
    ]


def test_a_stem_has_at_most_four_translations_and_none_that_is_unsure():
    learn(SENTENCES)
    for found in translations().values():
        assert len(found) <= 4
        assert all(0.1 <= sure <= 1 for _other, sure in found)
        assert [sure for _other, sure in found] == sorted((s for _o, s in found), reverse=True)


def test_of_a_long_text_only_the_beginning_teaches():
    many = " ".join(f"word{number}" for number in range(lexicon._MOST_STEMS))
    assert learn([(f"{many} police", "شرطة"), (f"{many} drums", "شرطة")]) >= 0
    assert best("police") is None


def test_more_texts_than_fit_are_left_out(monkeypatch):
    monkeypatch.setattr(lexicon, "_MOST_LINKS", 4)
    learn([("police", "شرطة"), ("hate crime", "جرائم كراهية"), ("drums", "طبول")])
    assert best("police") == stems("شرطة")[0]
    assert best("drums") is None
