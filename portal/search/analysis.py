"""From text to the words that are stored and searched: one analyser for Arabic and English."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

from portal.search.arabic import ARABIC_LETTERS, light_stem
from portal.search.stopwords import STOP_WORDS

# Longer words are cut, in texts and queries alike, so that every word fits its column.
WORD_LENGTH = 64

# What canonical decomposition leaves apart although readers type one for the other.
_FOLDED_LETTERS = str.maketrans(
    {
        "ى": "ي", "ة": "ه", "ٱ": "ا", "ی": "ي", "ک": "ك", "ء": None, "ـ": None,
        "ʼ": "'",
        "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    }
)  # fmt: skip
# A written word with its marks, joiners and lengthening strokes; and the runs of one script in it
# once it is folded: an Arabic particle is often attached to a name in Latin letters.
WRITTEN_WORD = re.compile(
    r"[^\W_][\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d\u00ad]*"
)
_WORD = re.compile(rf"[{ARABIC_LETTERS}]+|[^\W_{ARABIC_LETTERS}]+")
_IN_ARABIC = re.compile(f"[{ARABIC_LETTERS}]")
# What is spelt in two ways on the two sides of the Atlantic: radicalisation, neighbourhood, centre,
# programme. Other words that a rule meets are changed alike wherever they stand.
_SPELLINGS = (
    (re.compile(r"(?<=\w{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=\w{2})our(?=\w|$)"), "or"),
    (re.compile(r"(?<=\w{3})tre(?=s?$)"), "ter"),
    (re.compile(r"(?<=gram)me(?=s?$)"), ""),
)
# How many letters make the pieces by which words are compared.
_PIECE = 3


def fold(text: str) -> str:
    """`text` without differences that readers do not make: case, marks, hamza seats, digit sets.

    Decomposing and dropping the marks unifies أ إ آ ا, ؤ و and ئ ي, and takes the vowel marks and
    the accents of Latin letters away.
    """
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_FOLDED_LETTERS)
    kept = []
    for character in decomposed:
        category = unicodedata.category(character)
        if category == "Nd":
            kept.append(str(unicodedata.decimal(character)))
        elif category not in ("Mn", "Cf"):
            kept.append(character)
    return "".join(kept)


def written_words(text: str) -> list[str]:
    """The words of `text` as they are written there. Takes any string, lone surrogates included."""
    return WRITTEN_WORD.findall(text)


@lru_cache(maxsize=65_536)
def words_in(written: str) -> tuple[str, ...]:
    """The folded words in one written word: one a script, none longer than WORD_LENGTH."""
    return tuple(word[:WORD_LENGTH] for word in _WORD.findall(fold(written)))


def words(text: str) -> list[str]:
    """The folded words of `text` in their order, stop words included."""
    return [word for written in written_words(text) for word in words_in(written)]


def telling(written: Iterable[str]) -> list[str]:
    """The folded words in written ones, without stop words unless there is nothing else."""
    found = [word for each in written for word in words_in(each)]
    return [word for word in found if word not in _STOP_WORDS] or found


def stems(text: str) -> list[str]:
    """The stems of the telling words of `text` in their order."""
    return [stem(word) for word in telling(written_words(text))]


def is_arabic(word: str) -> bool:
    """Whether a folded word is in Arabic script."""
    return bool(_IN_ARABIC.match(word))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a folded word, by the rules of its script."""
    if is_arabic(word):
        return light_stem(word)
    for british, american in _SPELLINGS:
        word = british.sub(american, word)
    # A stemmer of its own for each word: it keeps the word as state, and threads share this module.
    return snowballstemmer.stemmer("english").stemWord(word)[:WORD_LENGTH]


@lru_cache(maxsize=65_536)
def stems_in(written: str) -> frozenset[str]:
    """The stems of the words in one written word."""
    return frozenset(stem(word) for word in words_in(written))


def pieces(word: str) -> list[str]:
    """The runs of three letters in a folded word; a shorter word is its own piece."""
    return [word[at : at + _PIECE] for at in range(len(word) - _PIECE + 1)] or [word]


_STOP_WORDS = frozenset(word for entry in STOP_WORDS for word in words(entry))
