"""How words are read: spellings that readers take for the same have the same stem."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.analysis import WORD_LENGTH, fold, pieces, stem, stems, words, written_words


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("احمد", "أحمد"),
        ("اسلام", "إسلام"),
        ("اخر", "آخر"),
        ("مسوول", "مسؤول"),
        ("مسيول", "مسئول"),
        ("ابنا", "أبناء"),
        ("مستشفي", "مستشفى"),
        ("مدرسه", "مدرسة"),
        ("ٱلمدرسة", "المدرسة"),
        ("مدینة کبیرة", "مدينة كبيرة"),
        ("مُدُن", "مدن"),
        ("الحِوارُ", "الحوار"),
        ("مـــدن", "مدن"),
        ("ﻻجئين", "لاجئين"),
        ("٢٠٢٣", "2023"),
        ("۲۰۲۳", "2023"),
        ("MALMÖ", "malmo"),
        ("Gdańsk", "gdansk"),
        ("Tromsø", "tromso"),
        ("Straße", "STRASSE"),
        ("Montréal", "montreal"),
        ("ﬁnding", "finding"),
        ("co\u00adoperation", "cooperation"),
        ("مدن\u200f", "مدن"),
    ],
)
def test_spellings_are_folded(typed, stored):
    assert fold(typed) == fold(stored)


@pytest.mark.parametrize(
    ("attached", "plain"),
    [
        ("المدينة", "مدينة"),
        ("والمدينة", "مدينة"),
        ("بالمدينة", "مدينة"),
        ("وبالمدينة", "مدينة"),
        ("كالمدينة", "مدينة"),
        ("فالمدينة", "مدينة"),
        ("للمدينة", "مدينة"),
        ("وللمدينة", "مدينة"),
        ("ومدينة", "مدينة"),
        ("بمدينة", "مدينة"),
        ("لمدينة", "مدينة"),
        ("وبمدينة", "مدينة"),
        ("مدينتها", "مدينة"),
        ("مدينتهم", "مدينة"),
        ("مدينتنا", "مدينة"),
        ("مدينتان", "مدينة"),
        ("سياسات", "سياسة"),
        ("وسياساتهم", "سياسة"),
        ("المعلمون", "معلم"),
        ("للمعلمين", "معلم"),
        ("الشباب", "شباب"),
        ("اجتماعية", "اجتماعي"),
        ("البلدية", "بلدية"),
        ("للبلديات", "بلدية"),
        ("ببلدية", "بلدية"),
        ("وبلديات", "بلدية"),
        ("الوزارة", "وزارة"),
        ("والكتاب", "كتاب"),
    ],
)
def test_attached_particles_pronouns_and_endings_are_taken_off(attached, plain):
    assert stems(attached) == stems(plain)


@pytest.mark.parametrize("word", ["وعد", "ولد", "بيت", "باب", "كتاب", "لجنة", "سلم", "فكر", "بنات"])
def test_short_words_keep_three_letters(word):
    assert len(stem(fold(word))) >= 3


def test_different_arabic_words_stay_different():
    told_apart = ["مدينة", "مدني", "دين", "حوار", "حارة", "شرطة", "شريط", "كراهية", "كرامة"]
    assert len({stem(fold(word)) for word in told_apart}) == len(told_apart)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cities", "city"),
        ("prevention", "preventing"),
        ("radicalised", "radicalising"),
        ("communities", "community"),
        ("mayors", "Mayor's"),
        ("grants", "GRANT"),
    ],
)
def test_english_words_have_snowball_stems(one, other):
    assert stems(one) == stems(other)


def test_stop_words_are_left_out_of_a_text():
    assert stems("What did the cities do about it?") == stems("cities")
    assert stems("ماذا فعلت المدن في ذلك وما هي") == stems("فعلت المدن")


def test_stop_words_stay_where_there_is_nothing_else():
    assert stems("Who are we?") == ["who", "are", "we"]
    assert stems("من نحن") == ["من", "نحن"]


def test_a_country_and_a_month_are_no_stop_words():
    assert stems("the US in May") == ["us", "may"]


def test_a_particle_on_a_latin_name_is_a_word_of_its_own():
    assert words("الـFBI وNGO") == ["ال", "fbi", "و", "ngo"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("كتــــاب", ["كتــــاب"]),
        ("الحِوارُ الوطنيّ", ["الحِوارُ", "الوطنيّ"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("co\u00adoperation", ["co\u00adoperation"]),
        ("Montre\u0301al, Que\u0301bec", ["Montre\u0301al", "Que\u0301bec"]),
        ("الـFBI", ["الـFBI"]),
        ("city-hall", ["city", "hall"]),
        ("don't", ["don", "t"]),
        ("C++ & ٢٠٢٣", ["C", "٢٠٢٣"]),
    ],
)
def test_a_written_word_keeps_its_marks_joiners_and_strokes(text, written):
    assert written_words(text) == written


def test_a_word_with_marks_joiners_and_strokes_is_one_word():
    assert words("مَـدِيـنَـة") == words("مدينة")
    assert words("می\u200cخواهم") == words("میخواهم")
    assert words("Montre\u0301al") == words("Montréal") == ["montreal"]


def test_a_word_is_compared_by_its_runs_of_three_letters():
    assert pieces("police") == ["pol", "oli", "lic", "ice"]
    assert pieces("مدن") == ["مدن"]
    assert pieces("eu") == ["eu"]


@pytest.mark.parametrize(
    "text",
    ["", " \n", '"', "***", "\u064e\u0651\u0640", "\u200f\u200b", "\x00", "\ud800", "_", "🙂"],
)
def test_text_without_a_letter_or_digit_has_no_stems(text):
    assert stems(text) == []


def test_a_very_long_word_is_cut_to_what_is_stored():
    assert [len(found) for found in stems("x" * 500 + " " + "ض" * 500)] == [WORD_LENGTH] * 2


@given(st.text(st.characters(), max_size=60))
def test_any_text_has_stems_that_can_be_stored(text):
    for found in stems(text):
        assert 0 < len(found) <= WORD_LENGTH
        assert "\x00" not in found
        found.encode()


@given(st.text(st.characters(), max_size=60))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("radicalisation", "radicalization"),
        ("organised", "organizing"),
        ("programmes", "program"),
        ("neighbourhoods", "neighborhood"),
        ("centre", "centers"),
    ],
)
def test_both_sides_of_the_atlantic_spell_alike(british, american):
    assert stem(british) == stem(american)
