"""The words of a collection as a process knows them, by all that they are looked up by."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from portal.search.analysis import pieces
from portal.search.analysis import stem as stem_of

_NEWLINE = ord("\n")
_LETTER_BITS = 21
# So many words may be looked up one by one before the pieces of all are sorted anew.
_MOST_LATECOMERS = 2_000


class Pieces:
    """Which words have a piece of three letters (portal.search.analysis.pieces)."""

    def __init__(self, texts: list[str]):
        self._codes, self._words = _sorted_pieces(texts)
        self._late: dict[str, list[int]] = defaultdict(list)
        self.late_words = 0
        for number, text in enumerate(texts):
            if 0 < len(text) < len("abc"):
                self._late[text].append(number)

    def add(self, number: int, text: str) -> None:
        """Know one more word."""
        for piece in set(pieces(text)):
            self._late[piece].append(number)
        self.late_words += 1

    def words_with(self, piece: str) -> np.ndarray:
        """The numbers of the words that have `piece`, in no particular order."""
        late = np.array(self._late.get(piece, ()), np.int64)
        if len(piece) < len("abc"):
            return late
        code = _codes_of(np.array([ord(letter) for letter in piece], np.int64))[0]
        start, end = np.searchsorted(self._codes, [code, code + 1])
        return (
            np.concatenate([self._words[start:end], late]) if len(late) else self._words[start:end]
        )


class Lexis:
    """The words of one collection, by number; a number that nothing has any more has no text.

    Grows while others read it: words are only added, and the frequencies replaced at the end. A
    reader passes over what has no frequency yet.
    """

    def __init__(self):
        self.number_of: dict[str, int] = {}
        self.texts: list[str] = []
        self.keys: list[int] = []
        self.written: dict[int, str] = {}
        self.of_stem: dict[str, list[int]] = defaultdict(list)
        self.of_skeleton: dict[str, list[int]] = defaultdict(list)
        self.frequencies = np.zeros(0, np.int64)
        self._beginnings: list[tuple[str, int]] = []
        self.pieces = Pieces([])

    def update(self, rows: Iterable[tuple], gone: Iterable[int]) -> set[str]:
        """Take in (number, key, text, stem, skeleton, written, frequency) rows, and drop numbers.

        Returns the stems of all these words.
        """
        rows, gone = list(rows), list(gone)
        # A word may have come and gone since.
        size = max([len(self.texts), *(row[0] + 1 for row in rows), *(n + 1 for n in gone)])
        frequencies = np.zeros(size, np.int64)
        frequencies[: len(self.frequencies)] = self.frequencies
        stems, new = set(), []
        self._grow(size)
        for number in gone:
            frequencies[number] = 0
            stems.add(stem_of(self.texts[number]))
        for number, key, text, stem, skeleton, written, frequency in rows:
            frequencies[number] = frequency
            stems.add(stem)
            if self.texts[number] == "":
                self._add(number, key, text, stem, skeleton, written)
                new.append((number, stem))
        self._sort(new)
        self.frequencies = frequencies
        return stems

    def beginning_with(self, prefix: str, most: int) -> list[int]:
        """The numbers of the words that begin with `prefix`, or whose stem does; frequent first."""
        start = bisect_left(self._beginnings, (prefix,))
        end = bisect_left(self._beginnings, (prefix + chr(0x10FFFF),))
        found = {number for _text, number in self._beginnings[start:end]}
        known = [number for number in found if number < len(self.frequencies)]
        known.sort(key=lambda number: (-self.frequencies[number], self.texts[number]))
        return [number for number in known[:most] if self.frequencies[number]]

    def frequency(self, text: str) -> int:
        """In how many objects the word is."""
        number = self.number_of.get(text, len(self.frequencies))
        return int(self.frequencies[number]) if number < len(self.frequencies) else 0

    def is_name(self, text: str) -> bool:
        """Whether the word is always written with a capital."""
        written = self.written.get(self.number_of.get(text, -1), "")
        return written != written.lower()

    def known(self, numbers: Iterable[int]) -> list[int]:
        """Those of the words that some object has."""
        size = len(self.frequencies)
        return [number for number in numbers if number < size and self.frequencies[number]]

    def _grow(self, size: int) -> None:
        missing = size - len(self.texts)
        self.texts += [""] * missing
        self.keys += [0] * missing

    def _add(
        self, number: int, key: int, text: str, stem: str, skeleton: str, written: str
    ) -> None:
        self.texts[number], self.keys[number] = text, key
        self.number_of[text] = number
        self.of_stem[stem].append(number)
        if skeleton:
            self.of_skeleton[skeleton].append(number)
        if written:
            self.written[number] = written

    def _sort(self, new: list[tuple[int, str]]) -> None:
        """Make new words, with their stems, ready to be found by pieces and beginnings."""
        if len(new) + self.pieces.late_words > _MOST_LATECOMERS:
            self.pieces = Pieces(self.texts)
            words = ((n, stem) for stem, numbers in self.of_stem.items() for n in numbers)
            self._beginnings = sorted(b for n, stem in words for b in self._beginnings_of(n, stem))
            return
        for number, stem in new:
            self.pieces.add(number, self.texts[number])
            for beginning in self._beginnings_of(number, stem):
                insort(self._beginnings, beginning)

    def _beginnings_of(self, number: int, stem: str) -> set[tuple[str, int]]:
        return {(self.texts[number], number), (stem, number)}


def _sorted_pieces(texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """The codes of all pieces of three letters, ascending, and of each the number of its word."""
    letters = np.frombuffer("\n".join(texts).encode("utf-32-le", "surrogatepass"), "<u4")
    letters = letters.astype(np.int64)
    if len(letters) < len("abc"):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    is_end = letters == _NEWLINE
    word_at = np.cumsum(is_end)[:-2]
    inside = ~(is_end[:-2] | is_end[1:-1] | is_end[2:])
    codes, words = _codes_of(letters)[inside], word_at[inside]
    order = np.argsort(codes, kind="stable")
    codes, words = codes[order], words[order]
    is_first = np.ones(len(codes), bool)
    is_first[1:] = (codes[1:] != codes[:-1]) | (words[1:] != words[:-1])
    return codes[is_first], words[is_first]


def _codes_of(letters: np.ndarray) -> np.ndarray:
    """One number for each three letters in a row."""
    return (letters[:-2] << 2 * _LETTER_BITS) | (letters[1:-1] << _LETTER_BITS) | letters[2:]
