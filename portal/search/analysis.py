"""From text to the stems that are stored and searched: one analyser for Arabic and English."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

from portal.search.arabic import ARABIC_LETTERS, light_stem
from portal.search.stopwords import STOP_WORDS

# Longer words are cut, in texts and queries alike, so that every stem fits its column.
STEM_LENGTH = 64

# What canonical decomposition leaves apart although readers type one for the other.
_FOLDED_LETTERS = str.maketrans(
    {
        "ى": "ي", "ة": "ه", "ٱ": "ا", "ی": "ي", "ک": "ك", "ء": None, "ـ": None,
        "ʼ": "'",
        "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    }
)  # fmt: skip
# Runs of one script: an Arabic particle is often attached to a name in Latin letters.
_WORD = re.compile(rf"[{ARABIC_LETTERS}]+|[^\W_{ARABIC_LETTERS}]+")
_IN_ARABIC = re.compile(f"[{ARABIC_LETTERS}]")


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


def words(text: str) -> list[str]:
    """The folded words of `text` in their order, stop words included."""
    return _WORD.findall(fold(text))


def stems(text: str) -> list[str]:
    """The stems of `text` in their order, without stop words unless there is nothing else.

    Takes any string, lone surrogates included. No stem is longer than STEM_LENGTH.
    """
    found = words(text)
    telling = [word for word in found if word not in _STOP_WORDS]
    return [stem(word) for word in telling or found]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word, by the rules of its script."""
    word = word[:STEM_LENGTH]
    if _IN_ARABIC.match(word):
        return light_stem(word)
    # A stemmer of its own for each word: it keeps the word as state, and threads share this module.
    return snowballstemmer.stemmer("english").stemWord(word)[:STEM_LENGTH]


_STOP_WORDS = frozenset(word for entry in STOP_WORDS for word in words(entry))
