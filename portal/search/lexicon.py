"""What stands for a stem in the other language, learned from texts that translate each other.

IBM model 1 (Brown and others, 1993), both ways, with a preference for the same place in both texts
(Dyer and others, 2013): in a translation the words come in nearly the same order. What both ways
agree on is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from time import monotonic

import numpy as np
from django.db import transaction

from portal.search.analysis import stems
from portal.search.models import Translation

_ROUNDS = 6
# How fast the preference falls with the distance of the places, and what goes to no word at all.
_STEEPNESS = 8.0
_TO_NOTHING = 0.1
# Less sure translations do more harm than good; more than so many are rarely right.
_LEAST = 0.1
_MOST_TRANSLATIONS = 4
# Longer texts are cut: their table of pairs grows with the square.
_MOST_STEMS = 400
_SCALE = 1_000_000
_ROWS_AT_ONCE = 2_000
# All pairs of stems together: some 32 bytes of memory each while it learns.
_MOST_LINKS = 8_000_000
# A process asks so often whether something was learned.
_SECONDS_BETWEEN_LOOKS = 60


def learn(pairs: Iterable[tuple[str, str]]) -> int:
    """Learn anew from pairs of texts that translate each other; returns how many pairs of stems.

    What was learned before is forgotten. Texts may be of any length; sentences teach more than
    pages. Processes that search know it within a minute.
    """
    learned = _learned([(stems(one), stems(other)) for one, other in pairs])
    with transaction.atomic():
        Translation.objects.all()._raw_delete(Translation.objects.db)
        Translation.objects.bulk_create(learned, batch_size=_ROWS_AT_ONCE)
    forget()
    return len(learned)


def translations() -> Mapping[str, list[tuple[str, float]]]:
    """Of each stem the other stems that stand for it, each with how sure that is, up to 1."""
    with _lock:
        if monotonic() > _known.look_again:
            table: dict[str, list[tuple[str, float]]] = {}
            rows = Translation.objects.order_by("stem", "-weight", "other")
            for stem, other, weight in rows.values_list("stem", "other", "weight").iterator():
                table.setdefault(stem, []).append((other, weight / _SCALE))
            _known.table, _known.look_again = table, monotonic() + _SECONDS_BETWEEN_LOOKS
        return _known.table


def forget() -> None:
    """Read the lexicon again when it is asked for next."""
    _known.look_again = 0.0


@dataclass
class _Known:
    table: dict[str, list[tuple[str, float]]]
    look_again: float = 0.0


_lock = Lock()
_known = _Known({})


@dataclass(frozen=True)
class _Links:
    """Every pair of stems that stand in texts that translate each other, all pairs in a row.

    `pair` is its place among the distinct pairs; `ones` and `others` the places of its stems in
    all texts of a side; `nearness` is e to the minus distance.
    """

    pair: np.ndarray
    ones: np.ndarray
    others: np.ndarray
    nearness: np.ndarray


def _learned(texts: list[tuple[list[str], list[str]]]) -> list[Translation]:
    texts = _as_many_as_fit((a[:_MOST_STEMS], b[:_MOST_STEMS]) for a, b in texts if a and b)
    if not texts:
        return []
    ones, others = _numbered(a for a, _b in texts), _numbered(b for _a, b in texts)
    distinct, links = _linked(texts, ones, others)
    one_of, other_of = distinct // len(others), distinct % len(others)
    there = _agreeing(links.pair, links.others, links.nearness, one_of, len(others))
    back = _agreeing(links.pair, links.ones, links.nearness, other_of, len(ones))
    sure = np.minimum(there, back)

    best = [
        *_best([*ones], [*others], one_of, other_of, sure),
        *_best([*others], [*ones], other_of, one_of, sure),
    ]
    # A name that both sides have may say the same in both directions.
    return list({(each.stem, each.other): each for each in best}.values())


def _as_many_as_fit(texts):
    fitting, room = [], _MOST_LINKS
    for a, b in texts:
        room -= len(a) * len(b)
        if room < 0:
            break
        fitting.append((a, b))
    return fitting


def _numbered(texts: Iterable[list[str]]) -> dict[str, int]:
    return {stem: n for n, stem in enumerate(dict.fromkeys(s for text in texts for s in text))}


def _linked(texts, ones: dict[str, int], others: dict[str, int]) -> tuple[np.ndarray, _Links]:
    codes, first, second, near = [], [], [], []
    at_one = at_other = 0
    for a, b in texts:
        numbers_a = np.array([ones[stem] for stem in a])
        numbers_b = np.array([others[stem] for stem in b])
        places_a, places_b = np.arange(len(a)), np.arange(len(b))
        distance = np.abs((places_a[:, None] + 0.5) / len(a) - (places_b + 0.5) / len(b))
        codes.append((numbers_a[:, None] * len(others) + numbers_b).ravel())
        first.append(np.repeat(at_one + places_a, len(b)))
        second.append(np.tile(at_other + places_b, len(a)))
        near.append(np.exp(-_STEEPNESS * distance).ravel())
        at_one, at_other = at_one + len(a), at_other + len(b)
    distinct, pair = np.unique(np.concatenate(codes), return_inverse=True)
    links = _Links(pair, np.concatenate(first), np.concatenate(second), np.concatenate(near))
    return distinct, links


def _agreeing(pair, place, nearness, source, targets: int) -> np.ndarray:
    """Of each distinct pair, how likely its source stem is said by its target stem.

    `place` is where the target of each link stands, `source` the source stem of each distinct pair.
    """
    prior = nearness / np.bincount(place, nearness)[place] * (1 - _TO_NOTHING)
    likely = np.full(len(source), 1 / targets)
    for _round in range(_ROUNDS):
        share = likely[pair] * prior
        share /= (np.bincount(place, share) + _TO_NOTHING / targets)[place]
        counted = np.bincount(pair, share, len(source))
        likely = counted / np.bincount(source, counted)[source]
    return likely


def _best(stems_, others, of_stem, of_other, sure) -> Iterable[Translation]:
    """The surest translations of each stem."""
    chosen = np.flatnonzero(sure >= _LEAST)
    chosen = chosen[np.lexsort((of_other[chosen], -sure[chosen], of_stem[chosen]))]
    starts = np.flatnonzero(np.diff(of_stem[chosen], prepend=-1))
    rank = np.arange(len(chosen)) - np.repeat(starts, np.diff(np.append(starts, len(chosen))))
    for at in chosen[rank < _MOST_TRANSLATIONS].tolist():
        stem, other = stems_[of_stem[at]], others[of_other[at]]
        if stem != other:
            yield Translation(stem=stem, other=other, weight=round(float(sure[at]) * _SCALE))
