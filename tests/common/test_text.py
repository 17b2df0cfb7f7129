"""One door for typed text: whatever is sent, only readable and harmless text is stored."""

import os
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.common.text import clean_text, has_letter_or_digit, is_visible, western_digits

EXAMPLES = settings(max_examples=10_000 if os.environ.get("FULL") else 500, deadline=None)
SPECIAL = (
    "\0\x07\t\n\r\v\f\x1b\x1c\x7f\x85\xa0\xad\u061c\u0640\u064b\u0670\u180e\u200b\u200c\u200d\u200e"
    "\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u202f\u2060\u2066\u2067\u2068\u2069\u206f"
    "\u3000\ufdd0\ufe0f\ufeff\ufff9\ufffc\ufffd\uffff\U000e0001\U000e0041\U0001f3f4\u0301e\u212b"
    "اأإآةىلكم ab12٣۴"
)
TEXTS = st.text(
    st.one_of(st.sampled_from(SPECIAL), st.characters(exclude_categories=["Cs"])), max_size=60
)
FORBIDDEN = {
    *map(chr, [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0)]),
    *"\u202a\u202b\u202c\u202d\u202e\u2028\u2029\ufeff\ufff9\ufffa\ufffb\ufffe\uffff\U000e0041",
}


@EXAMPLES
@given(TEXTS, st.booleans())
def test_stored_text_is_harmless_whatever_was_typed(typed, single_line):
    text = clean_text(typed, single_line=single_line)
    assert FORBIDDEN & set(text) == set()
    assert unicodedata.is_normalized("NFC", text)
    assert text == text.strip()
    assert text == "" or is_visible(text)
    assert not (single_line and set(text) & set("\n\t"))
    text.encode()


@EXAMPLES
@given(TEXTS, st.booleans())
def test_cleaning_twice_changes_nothing(typed, single_line):
    once = clean_text(typed, single_line=single_line)
    assert clean_text(once, single_line=single_line) == once


@EXAMPLES
@given(TEXTS)
def test_isolates_are_closed_in_their_line(typed):
    for line in clean_text(typed).split("\n"):
        depth = 0
        for character in line:
            depth += (character in "\u2066\u2067\u2068") - (character == "\u2069")
            assert depth >= 0
        assert depth == 0


@EXAMPLES
@given(TEXTS, st.characters(categories=["Cs"]), TEXTS)
def test_lone_surrogates_are_refused(before, surrogate, after):
    with pytest.raises(ValidationError) as refused:
        clean_text(before + surrogate + after)
    assert refused.value.code == "surrogate"


@EXAMPLES
@given(st.text(st.characters(categories=["L", "N", "P"]), max_size=40))
def test_letters_digits_and_signs_all_stay(typed):
    assert clean_text(typed) == unicodedata.normalize("NFC", typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("  مدينة أوسلو \r\n", "مدينة أوسلو"),
        ("one\r\ntwo\rthree\u2028four\x0bfive", "one\ntwo\nthree\nfour\nfive"),
        ("a\u202etxt.exe\u202c", "atxt.exe"),
        ("\u2067אבג\u2069 x", "\u2067אבג\u2069 x"),
        ("\u2067open", "open"),
        ("close\u2069", "close"),
        ("\u2067over\nlines\u2069", "over\nlines"),
        ("e\u2066\u0301", "\u00e9"),
        ("\u200f\u200b", ""),
        ("NUL\0 and BEL\x07", "NUL and BEL"),
        ("\ufeffmark", "mark"),
        ("line end  \t\nnext", "line end\nnext"),
        ("👩\u200d🏫", "👩\u200d🏫"),
    ],
)
def test_text_of_several_lines_is_stored_like_this(typed, stored):
    assert clean_text(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Subject\r\nBcc: someone@example.org", "Subject Bcc: someone@example.org"),
        ("two\n\n lines\t here", "two lines here"),
        ("\u2028", ""),
    ],
)
def test_a_line_stays_one_line(typed, stored):
    assert clean_text(typed, single_line=True) == stored


@pytest.mark.parametrize(
    ("text", "can_name"),
    [("Oslo", True), ("أوسلو", True), ("7", True), ("– ?!", False), ("", False)],
)
def test_a_name_has_a_letter_or_digit(text, can_name):
    assert has_letter_or_digit(text) is can_name


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("٢٠٢٤-٠٣-٢٢", "2024-03-22"),
        ("۱۲٫۵", "12.5"),
        ("١٬٢٣٤", "1,234"),
        ("−٥", "-5"),
        ("４२", "42"),
        ("²", "²"),
        ("Oslo 2024", "Oslo 2024"),
    ],
)
def test_digits_of_every_script_are_read(typed, read):
    assert western_digits(typed) == read


@EXAMPLES
@given(st.integers(0, 10**12), st.sampled_from(["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९"]))
def test_a_number_is_the_same_number_in_other_digits(number, digits):
    assert western_digits(str(number).translate(str.maketrans("0123456789", digits))) == str(number)
