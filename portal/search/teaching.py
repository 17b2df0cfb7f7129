"""What the lexicon is learned from: the texts that can be found, in each pair of languages."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from portal.common.languages import LANGUAGE_CODES
from portal.search.lexicon import learn
from portal.search.registry import kinds

Pairs = Iterable[tuple[str, str]]

# Texts of the objects that came last are read; there are only so many that change a lexicon.
_MOST_OBJECTS = 5_000
_READ_AT_ONCE = 100
_END_OF_SENTENCE = re.compile(r"(?<=[.!?؟])\s+")

_sources: list[Callable[[], Pairs]] = []


def teach(source: Callable[[], Pairs]) -> None:
    """Let the lexicon learn from what `source()` gives too: texts that translate each other."""
    _sources.append(source)


def learn_from_texts() -> int:
    """Learn the lexicon anew from all sources and all public texts; returns how many pairs."""
    return learn(_all_pairs())


def _all_pairs() -> Iterator[tuple[str, str]]:
    for source in _sources:
        yield from source()
    for kind in kinds():
        keys = kind.queryset().order_by("-pk").values_list("pk", flat=True)[:_MOST_OBJECTS]
        keys = list(keys)
        for start in range(0, len(keys), _READ_AT_ONCE):
            for record in kind.queryset().filter(pk__in=keys[start : start + _READ_AT_ONCE]):
                texts = [kind.texts_in(record, language) for language in LANGUAGE_CODES]
                for one, other in combinations(texts, 2):
                    yield one["title"], other["title"]
                    yield from aligned(one["body"], other["body"])


def aligned(one: str, other: str) -> Iterator[tuple[str, str]]:
    """Pairs of lines of two texts, or of the sentences in them where both have as many.

    Lines that are alike, such as what is shown in the language it was written in, teach nothing.
    """
    lines, others = one.splitlines(), other.splitlines()
    if len(lines) != len(others):
        lines, others = [one], [other]
    for line, translated in zip(lines, others, strict=True):
        sentences, same = _END_OF_SENTENCE.split(line), _END_OF_SENTENCE.split(translated)
        if len(sentences) != len(same):
            sentences, same = [line], [translated]
        yield from ((a, b) for a, b in zip(sentences, same, strict=True) if a != b)
