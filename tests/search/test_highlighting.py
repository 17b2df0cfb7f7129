"""What of a text is marked, and which part of a long one is shown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.search.analysis import stems
from portal.search.highlighting import Matching, has_match, highlight, snippet
from practices.models import Practice
from tests.search.asking import find

POLICE = Matching(frozenset(stems("police مدينة")))
WORDS = [
    "police",
    "POLICE",
    "مدينة",
    "بالمَدِينَةِ",
    "drums",
    "طبول",
    "city-hall",
    "«police»",
    "x" * 300,
]
TEXTS = st.one_of(
    st.text(st.characters(), max_size=300),
    st.lists(st.sampled_from(WORDS), max_size=120).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=120).map("-".join),
)
EXAMPLES = settings(max_examples=300, deadline=None)


def marked(text, words=POLICE):
    return [piece for piece, is_match in highlight(text, words) if is_match]


@EXAMPLES
@given(TEXTS)
def test_the_pieces_joined_are_the_text(text):
    pieces = highlight(text, POLICE)
    assert "".join(piece for piece, _is_match in pieces) == text
    assert all(piece for piece, _is_match in pieces)


@EXAMPLES
@given(TEXTS, st.integers(20, 200))
def test_a_snippet_is_no_longer_than_asked_and_is_in_the_text(text, length):
    line = " ".join(text.split())
    shown = snippet(text, POLICE, length=length)
    assert len(shown) <= length + 2
    assert shown.strip("…") in line
    if len(line) <= length:
        assert shown == line


@EXAMPLES
@given(TEXTS)
def test_a_snippet_has_a_match_wherever_the_text_has_one(text):
    assert bool(marked(snippet(text, POLICE, length=400))) == bool(marked(text))


@EXAMPLES
@given(TEXTS)
def test_a_text_has_a_match_where_something_in_it_is_marked(text):
    assert has_match(text, POLICE) == bool(marked(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Policing by the Police's own", ["Policing", "Police"]),
        ("POLICE, police!", ["POLICE", "police"]),
        ("في المدينة ومدينتها", ["المدينة", "ومدينتها"]),
        ("بِالمَدِينَةِ", ["بِالمَدِينَةِ"]),
        ("المـــدينة", ["المـــدينة"]),
        ("po\u00adlice", ["po\u00adlice"]),
        ("policy and politics", []),
        ("مدني", []),
        ("", []),
    ],
)
def test_matches_are_seen_through_stems_and_spellings(text, expected):
    assert marked(text) == expected
    assert has_match(text, POLICE) == bool(expected)


def test_nothing_is_marked_where_nothing_was_asked():
    assert highlight("police", Matching()) == [("police", False)]
    assert highlight("", Matching()) == []
    assert not has_match("police", Matching())


def test_a_short_text_is_shown_whole():
    assert snippet(" The  police\nhere. ", POLICE) == "The police here."


def test_of_a_long_text_the_part_with_the_match_is_shown():
    text = f"{'Drums and trumpets. ' * 40}The police came. {'Trumpets again. ' * 40}"
    shown = snippet(text, POLICE, length=100)
    assert "The police came." in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert {*shown.strip("…").split()} <= {*text.split()}


def test_the_part_with_most_different_matches_is_shown():
    text = f"Police police police. {'Drums. ' * 60}Police in the مدينة. {'Drums. ' * 60}"
    assert "Police in the مدينة" in snippet(text, POLICE, length=80)


def test_a_text_without_a_match_is_shown_from_its_beginning():
    text = "Drums and trumpets, " * 30
    shown = snippet(text, POLICE, length=100)
    assert text.startswith(shown.removesuffix("…"))
    assert shown.endswith("…")
    assert not shown.endswith(",…")


def test_a_text_that_ends_with_the_match_is_shown_to_its_end():
    text = "Drums and trumpets. " * 30 + "The police."
    shown = snippet(text, POLICE, length=100)
    assert shown.endswith("The police.")
    assert shown.startswith("…")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "slug", "column", "expected"),
    [
        ("police and social worker together", "calgary-redirect", "title_en", "police"),
        ("بالمرشدين والاسر", "aarhus-model", "title_ar", "والمرشدون"),
        ("hellpline", "montreal-cprlv", "title_en", "helpline"),
        ("قطع الكراهيه", "new-york-path-forward", "title_ar", "الكراهية"),
        ("Malmoe", "malmo-sluta-skjut", "title_en", None),
    ],
)
def test_what_matched_is_marked_in_the_titles_of_real_practices(query, slug, column, expected):
    found = find(query)
    practice = Practice.objects.get(slug=slug)
    assert practice.pk in found.ids
    pieces = marked(getattr(practice, column), found.words)
    assert (expected in pieces) if expected else pieces == []
