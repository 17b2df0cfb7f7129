"""Slips of the finger: words that differ in one place."""

from portal.search.analysis import is_arabic
from portal.search.arabic import LETTERS_OF_ARABIC

_LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Letters that differ by their dots only, as the eye and the hand take one for the other.
_SAME_SHAPES = ("بتثني", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق")
# Long vowels, which are left out and put in.
_WEAK_LETTERS = "اوي"


def one_slip_away(word: str) -> set[str]:
    """Words with one letter more, less or other, or two letters that changed places."""
    letters = LETTERS_OF_ARABIC if is_arabic(word) else _LATIN_LETTERS
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    less = {a + b[1:] for a, b in halves if b}
    changed = {a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1}
    other = {a + letter + b[1:] for a, b in halves if b for letter in letters}
    more = {a + letter + b for a, b in halves for letter in letters}
    return (less | changed | other | more) - {word, ""}


def likely_slips(word: str) -> set[str]:
    """Arabic words that differ by dots, by a long vowel, or by a letter doubled or out of place."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    changed = {a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1}
    dots = {
        a + other + b[1:]
        for a, b in halves
        for shape in _SAME_SHAPES
        if b and b[0] in shape
        for other in shape
    }
    less = {a + b[1:] for a, b in halves if b and (b[0] in _WEAK_LETTERS or a.endswith(b[0]))}
    more = {a + letter + b for a, b in halves for letter in _WEAK_LETTERS}
    return (changed | dots | less | more) - {word, ""}
