"""A light stemmer for Arabic: takes off what is attached to a word, never guesses at its root."""

import re

# Letters as they are after folding, as the inside of a character class.
ARABIC_LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f"
)

# The letters that Arabic words are of once they are folded.
LETTERS_OF_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"

SHORTEST_STEM = 3

# The article, with a conjunction, a preposition or both before it: وبالمدينة، للمدينة.
_ARTICLE = re.compile("[وف]?[بك]?ال|[وف]?لل")
# One-letter conjunctions and prepositions. The س of the future is not among them: far more words
# begin with that letter than are such verbs.
_CONJUNCTIONS = "وف"
_PARTICLES = _CONJUNCTIONS + "بلك"
# Pronouns, numbers and feminine endings, the longer before what they end in.
_SUFFIXES = (
    "هما", "كما", "ها", "هم", "هن", "نا", "كم", "ان", "ات", "ون", "ين", "وا", "يه",
    "ه", "ي", "ت", "ا",
)  # fmt: skip
# A plural or feminine ending and a pronoun after it: مدينتها، سياساتهم.
_SUFFIXES_IN_A_ROW = 2


def light_stem(word: str) -> str:
    """`word`, which is folded, without article, pronouns, endings and attached particles.

    What is left has at least SHORTEST_STEM letters, or is the word itself.
    """
    return _without_particles(_without_suffixes(_without_article(word)))


def _without_article(word: str) -> str:
    article = _ARTICLE.match(word)
    has_stem = article and len(word) - article.end() >= SHORTEST_STEM
    return word[article.end() :] if has_stem else word


def _without_suffixes(word: str) -> str:
    for _ in range(_SUFFIXES_IN_A_ROW):
        fitting = (s for s in _SUFFIXES if word.endswith(s) and _has_stem(word.removesuffix(s)))
        word = word.removesuffix(next(fitting, ""))
    return word


def _has_stem(word: str) -> bool:
    """Whether `word` is one without its first letters too, as far as they may be particles.

    So a word loses the same endings whatever is attached: the ين of مدينة stays in بمدينة as well.
    Two letters that are no particles will do in words like بلدية, where the others are its own.
    """
    own_letters = len(word.lstrip(_PARTICLES))
    if own_letters >= SHORTEST_STEM:
        return True
    without_conjunction = len(word.lstrip(_CONJUNCTIONS))
    return own_letters == SHORTEST_STEM - 1 and without_conjunction > SHORTEST_STEM


def _without_particles(word: str) -> str:
    """`word` without any first letter that may be a particle.

    Whether it is one, or belongs to the word as in بلدية, cannot be seen. So it goes in either
    case, and last: every form of a word then loses the same letters, with and without an article.
    """
    while len(word) > SHORTEST_STEM and word[0] in _PARTICLES:
        word = word[1:]
    return word
