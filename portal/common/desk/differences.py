"""What differs between two versions of a record, for people to read."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db import models

from portal.common import display
from portal.common.dates import PartialDate
from portal.common.desk.lists import in_words
from portal.common.languages import direction

# Words and spaces that stay around a change; longer stretches without any are left out.
CONTEXT_WORDS = 8
_WORDS = re.compile(r"\s+|\S+")


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
    """How `new` came from `old`, word by word, with so many words and spaces around a change."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    steps = [
        (tag if tag == "equal" and not _is_blank(before[a:b]) else "replace", a, b, c, d)
        for tag, a, b, c, d in matcher.get_opcodes()
    ]
    pieces = []
    for place, (tag, a, b, c, d) in enumerate(steps):
        if tag == "equal":
            head, tail = context * (place > 0), context * (place < len(steps) - 1)
            pieces += _shortened(before[a:b], head, tail, context)
        else:
            pieces += [Piece("old", "".join(before[a:b])), Piece("new", "".join(after[c:d]))]
    return _joined(pieces)


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


def _is_blank(words: list[str]) -> bool:
    """White space alone keeps no two changes apart."""
    return not "".join(words).strip()


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
