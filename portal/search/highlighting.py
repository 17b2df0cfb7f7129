"""What of a text matched: seen through stems, spellings and the lexicon."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.search.analysis import WRITTEN_WORD, stem, stems_in, words_in, written_words
from portal.search.questions import Question

_ELLIPSIS = "…"


@dataclass(frozen=True)
class Matching:
    """The stems that answer a query."""

    stems: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.stems)

    def has(self, written: str) -> bool:
        """Whether a word of a text is one of them."""
        return not self.stems.isdisjoint(stems_in(written))


def matching_of(question: Question) -> Matching:
    """What may be marked for this question."""
    return Matching(question.stems)


def highlight(text: str, words: Matching) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it matched; joined they are the text."""
    pieces, end = [], 0
    if words:
        for match in WRITTEN_WORD.finditer(text):
            if words.has(match.group()):
                pieces += [(text[end : match.start()], False), (match.group(), True)]
                end = match.end()
    pieces.append((text[end:], False))
    return [piece for piece in pieces if piece[0]]


def has_match(text: str, words: Matching) -> bool:
    """Whether anything in `text` would be highlighted."""
    return bool(words) and any(words.has(written) for written in written_words(text))


def snippet(text: str, words: Matching, *, length: int = 200) -> str:
    """About `length` characters of `text` with as many different matches as possible.

    Cut between words, with "…" where something was left out; the beginning, where nothing matches.
    """
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    start = _best_start(text, words, length)
    end = start + length
    if end >= len(text):
        start, end = len(text) - length, len(text)
    if start:
        start = max(text.find(" ", start, end) + 1, start)
    if end < len(text):
        end = text.rfind(" ", start, end)
        end = end if end > start else start + length
    shown = text[start:end].rstrip("،,;؛:")
    # After the end of a sentence a space, or there would be four dots.
    right = f" {_ELLIPSIS}" if shown.endswith((".", "!", "?", "؟")) else _ELLIPSIS
    return f"{_ELLIPSIS if start else ''}{shown}{right if end < len(text) else ''}"


def _best_start(text: str, words: Matching, length: int) -> int:
    """Where the window with the most different matches begins, a little before the first."""
    matches = [
        (match.start(), stem(words_in(match.group())[-1]))
        for match in WRITTEN_WORD.finditer(text)
        if words and words.has(match.group())
    ]
    best, most = 0, 0
    for at, (start, _stem) in enumerate(matches):
        seen = _stems_within(matches[at:], start + length)
        if seen > most:
            best, most = start, seen
    lead = length // 4
    return max(best - lead, 0) if most else 0


def _stems_within(matches: Sequence[tuple[int, str]], end: int) -> int:
    return len({stem_ for start, stem_ in matches if start < end})
