"""What differs between two versions of a record, for people to read."""

import datetime
import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, takewhile
from typing import Any

from django.db import models

from portal.common import display
from portal.common.dates import PartialDate
from portal.common.desk.lists import in_words
from portal.common.languages import direction

# Words and spaces that stay around a change; longer stretches without any are left out.
CONTEXT_WORDS = 8
# So many pairs of words are compared for one difference, at most a third of a second.
COMPARISONS = 2_000_000
_WORDS = re.compile(r"\s+|\S+")


# Where it begins in the one list and in the other, and how long it is.
Stretch = tuple[int, int, int]


@dataclass(frozen=True)
class Piece:
    """A stretch of text: "kept", "left-out", "old" (taken away) or "new" (put in)."""

    kind: str
    text: str = ""


@dataclass(frozen=True)
class Difference:
    """What changed under one label. `language` is that of the text, empty where it has none."""

    label: str
    pieces: list[Piece]
    language: str = ""

    @property
    def direction(self) -> str:
        return direction(self.language)


def text_pieces(old: str, new: str, context: int = CONTEXT_WORDS) -> list[Piece]:
    """How `new` came from `old`, word by word, with so many words and spaces around a change.

    The work is bounded: where two stretches are too long and too repetitive to be compared, all of
    the one went and all of the other came.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    # White space alone keeps no two changes apart.
    kept = [(a, c, size) for a, c, size in _shared(before, after) if _has_words(before, a, size)]
    pieces, a, c = [], 0, 0
    for start, place, size in kept:
        pieces += [Piece("old", "".join(before[a:start])), Piece("new", "".join(after[c:place]))]
        a, c = start + size, place + size
        head = context * (start > 0 or place > 0)
        tail = context * (a < len(before) or c < len(after))
        pieces += _shortened(before[start:a], head, tail, context)
    return _joined([*pieces, Piece("old", "".join(before[a:])), Piece("new", "".join(after[c:]))])


def value_pieces(removed: Iterable[str], added: Iterable[str]) -> list[Piece]:
    """Values that went and values that came, each whole."""
    texts = {"old": display.listing([*removed]), "new": display.listing([*added])}
    return [Piece(kind, text) for kind, text in texts.items() if text]


def in_reading(field: models.Field, value: Any) -> str:
    """A value of a column as the page's reader would say it; empty for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return in_words(value)
    if isinstance(value, datetime.datetime):
        return display.moment(value)
    if isinstance(value, datetime.date | PartialDate):
        return display.day(value)
    return str(dict(field.flatchoices).get(value, value))


def column_difference(
    field: models.Field, label: str, old: Any, new: Any, context: int = CONTEXT_WORDS
) -> Difference:
    """The difference between two values of one column; `context` as for text_pieces()."""
    before, after = in_reading(field, old), in_reading(field, new)
    is_text = isinstance(old or new, str) and not field.choices
    pieces = text_pieces(before, after, context) if is_text else value_pieces([before], [after])
    return Difference(label, pieces, getattr(field, "language", ""))


def _has_words(words: list[str], start: int, size: int) -> bool:
    return any(word.strip() for word in words[start : start + size])


def _shared(before: list[str], after: list[str]) -> list[Stretch]:
    """What two lists of words and spaces share, in order.

    The longest stretch first, then the longest on either side of it, as SequenceMatcher does it by
    itself, but with an end to the work. Where it would take more, stretches are compared from
    their beginning and from their end only.
    """
    matcher = SequenceMatcher(None, _tellable(before), _tellable(after), autojunk=False)
    costs = [0, *accumulate(1 + len(matcher.b2j.get(word, ())) for word in matcher.a)]
    left = COMPARISONS
    found: list[Stretch] = []
    to_compare = deque([(0, len(before), 0, len(after))])
    while to_compare:
        a, b, c, d = to_compare.popleft()
        if a == b or c == d:
            continue
        if (cost := costs[b] - costs[a]) > left:
            head = _same_at_start(before[a:b], after[c:d])
            tail = _same_at_start(before[a + head : b][::-1], after[c + head : d][::-1])
            found += [(a, c, head), (b - tail, d - tail, tail)]
            if head or tail:
                to_compare.append((a + head, b - tail, c + head, d - tail))
            continue
        left -= cost
        start, place, size = matcher.find_longest_match(a, b, c, d)
        if not size:
            continue
        while start > a and place > c and before[start - 1] == after[place - 1]:
            start, place, size = start - 1, place - 1, size + 1
        found.append((start, place, size))
        to_compare += [(a, start, c, place), (start + size, b, place + size, d)]
    return _neighbours_as_one(sorted(stretch for stretch in found if stretch[2]))


def _tellable(words: list[str]) -> list[tuple[str, str]]:
    """Words and spaces, each space with the word before it: to compare each space with all others
    would be most of the work.
    """
    pairs = zip(["", *words], words, strict=False)
    return [("" if word.strip() else last, word) for last, word in pairs]


def _same_at_start(before: list[str], after: list[str]) -> int:
    """With how many of the same words two lists begin."""
    pairs = zip(before, after, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _neighbours_as_one(stretches: list[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for start, place, size in stretches:
        if joined:
            first, its_place, length = joined[-1]
            if (first + length, its_place + length) == (start, place):
                joined[-1] = (first, its_place, length + size)
                continue
        joined.append((start, place, size))
    return joined


def _shortened(words: list[str], head: int, tail: int, least: int) -> list[Piece]:
    """Kept words: so many at either end, and what lies between unless it is `least` or longer."""
    if len(words) <= head + tail + least:
        return [Piece("kept", "".join(words))]
    start, end = words[:head], words[len(words) - tail :]
    return [Piece("kept", "".join(start)), Piece("left-out"), Piece("kept", "".join(end))]


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbouring pieces of a change as one old and one new stretch; no empty pieces."""
    joined: list[Piece] = []
    run: list[Piece] = []
    for piece in [*pieces, Piece("end")]:
        if piece.kind in ("old", "new"):
            run.append(piece)
            continue
        for kind in ("old", "new"):
            text = "".join(part.text for part in run if part.kind == kind)
            joined += [Piece(kind, text)] if text else []
        run = []
        if piece.text or piece.kind == "left-out":
            joined.append(piece)
    return joined
