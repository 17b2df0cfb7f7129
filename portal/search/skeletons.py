"""Words as their consonants, alike in both scripts: برلين and Berlin are both "brln".

What sounds alike to somebody who writes a name down in the other script has one letter here.
"""

import re
from functools import lru_cache

from portal.search.analysis import is_arabic

# Of fewer consonants nearly every text has something.
SHORTEST_SKELETON = 2

_ARTICLE = "ال"
_LETTERS_OF_A_NAME = 3
_ARABIC = str.maketrans(
    {
        "ب": "b", "پ": "b", "ت": "t", "ث": "t", "ط": "t", "ج": "j", "چ": "j", "ح": "h", "ه": "h",
        "خ": "h", "د": "d", "ذ": "d", "ض": "d", "ر": "r", "ز": "s", "ژ": "s", "س": "s", "ش": "s",
        "ص": "s", "ظ": "d", "غ": "g", "گ": "g", "ف": "f", "ڤ": "f", "ق": "k", "ك": "k", "ل": "l",
        "م": "m", "ن": "n", "ا": None, "و": None, "ي": None, "ع": None,
    }
)  # fmt: skip
_LATIN_GROUPS = (
    ("sch", "s"), ("sh", "s"), ("ch", "s"), ("ph", "f"), ("th", "t"), ("kh", "h"), ("ck", "k"),
    ("gh", "g"), ("dj", "j"),
)  # fmt: skip
_SOFT_C = re.compile("c(?=[eiy])")
_LATIN = str.maketrans(
    {
        "c": "k", "q": "k", "p": "b", "v": "f", "x": "ks", "z": "s",
        "a": None, "e": None, "i": None, "o": None, "u": None, "w": None, "y": None,
    }
)  # fmt: skip
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """The consonants of a folded word; a number as it is; "" where too few are left to tell."""
    if word[0].isdigit():
        return word
    if is_arabic(word):
        has_article = word.startswith(_ARTICLE) and len(word) >= len(_ARTICLE) + _LETTERS_OF_A_NAME
        letters = (word.removeprefix(_ARTICLE) if has_article else word).translate(_ARABIC)
    else:
        for group, letter in _LATIN_GROUPS:
            word = word.replace(group, letter)
        letters = _SOFT_C.sub("s", word).translate(_LATIN)
    consonants = _TWICE.sub(r"\1", letters)
    return consonants if len(consonants) >= SHORTEST_SKELETON else ""
