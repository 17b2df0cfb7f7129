"""The door: which objects a query finds, best first, and how many there are of what."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
from django.utils import translation

from portal.common.kept import Kept
from portal.search import scoring
from portal.search.facets import how_many, to_bits, to_mask
from portal.search.highlighting import Matching, matching_of
from portal.search.questions import Question, Repair, read_question
from portal.search.registry import kind_named
from portal.search.snapshots import Snapshot, snapshots

Chosen = Mapping[str, Collection[str]]

# Orders of whole collections that a process keeps.
_ORDERS_KEPT = 16
_orders: Kept[np.ndarray] = Kept(_ORDERS_KEPT)


class Hit(NamedTuple):
    """An object that was found: the kind it is registered as, and its primary key."""

    kind: str
    id: int


@dataclass(frozen=True)
class Found:
    """One page of what a query finds, and what is known of all of it.

    `hits` in order, and for each in `versions` a number that changes with anything its page shows.
    `totals` by kind, and `version` of the collection, for a search of one kind.
    `counts`, where they were asked for: by facet and value, how many there would be if this value
    were chosen, whatever else is chosen in its facet; values that no public object has are not in
    it. `without`: how many there would be if nothing were chosen in a facet.
    `repairs`: words that nothing has, and what was looked for instead; `exactly` is the query with
    them. `words` is for `highlight` and `snippet`.
    """

    hits: tuple[Hit, ...] = ()
    versions: tuple[int, ...] = ()
    totals: Mapping[str, int] = field(default_factory=dict)
    version: int = 0
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    without: Mapping[str, int] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    exactly: str = ""
    words: Matching = field(default_factory=Matching)

    @property
    def ids(self) -> list[int]:
        """The primary keys in order, for a search of a single kind."""
        return [hit.id for hit in self.hits]

    @property
    def total(self) -> int:
        return sum(self.totals.values())


class _Ranked(NamedTuple):
    """A hit with all that hits are put in order by: whether ranked again, score, primary key."""

    tier: int
    worth: int
    id: int
    kind: str
    version: int


def find(
    query: str = "",
    *,
    language: str,
    kinds: Iterable[str],
    chosen: Chosen | None = None,
    match: Literal["any", "all"] = "any",
    order: str | None = None,
    limit: int | None = None,
    limit_each: int | None = None,
    offset: int = 0,
    counts: bool = False,
    repair: bool = True,
) -> Found:
    """Find the objects of `kinds` that answer any word of `query`, or each with `match="all"`.

    Those that answer it best come first, equal ones by primary key; or all of one kind in one of
    its registered orders. An empty query finds everything of one kind, and needs an `order`; any
    other string is a query, and one without a word finds nothing. Each object is found by its
    words in every language, in either script, and by what the lexicon knows for them; words that
    nothing has are repaired by one letter, unless `repair` is false. `language` is the reader's: it
    hides nothing, and is that of a registered order.
    `chosen` are values of facets: any of them within a facet, and of every facet.
    Of all that is found `hits` has at most `limit`, from `offset` on, and at most `limit_each` of
    a kind. At most three statements for whoever asked before; more where something changed since.
    Raises LookupError for a kind or an order that is not registered, ValueError for facets, an
    order or an empty query with several kinds.
    """
    names = [kind_named(name).name for name in kinds]
    if len(names) != 1 and (chosen or counts or order or not query):
        raise ValueError("facets, orders and browsing are for one kind")
    wanted = _Wanted(
        chosen or {}, match == "all", order, language, limit, limit_each, offset, counts
    )
    known = snapshots(names)
    if not query:
        return _browse(known[0], wanted)
    return _answer(known, read_question(query, known, repair=repair), wanted)


def suggest(query: str, *, kinds: Iterable[str], limit: int = 8) -> Found:
    """As `find`, for a query that is being typed: objects with words that begin as its last one."""
    known = snapshots(kind_named(name).name for name in kinds)
    return _answer(known, read_question(query, known, is_half_typed=True), _Wanted(limit=limit))


@dataclass(frozen=True)
class _Wanted:
    """What is wanted of all that is found: the arguments of `find`."""

    chosen: Chosen = field(default_factory=dict)
    is_all: bool = False
    order: str | None = None
    language: str = ""
    limit: int | None = None
    limit_each: int | None = None
    offset: int = 0
    counts: bool = False

    @property
    def end(self) -> int | None:
        return None if self.limit is None else self.offset + self.limit


def _browse(snapshot: Snapshot, wanted: _Wanted) -> Found:
    if wanted.order is None:
        raise ValueError("browsing needs an order")
    everything = to_bits(snapshot.object_ids > 0)
    found = _narrowed(snapshot, everything, wanted.chosen)
    numbers = _in_order(snapshot, wanted, found if wanted.chosen else None)
    return Found(
        *_hits(snapshot, numbers[wanted.offset : wanted.end]),
        totals={snapshot.kind: how_many(found)},
        version=snapshot.version,
        **_counted(snapshot, everything if wanted.chosen else None, wanted),
    )


def _answer(known: Sequence[Snapshot], question: Question, wanted: _Wanted) -> Found:
    postings = scoring.postings(known, question.stems)
    totals, scores, facts = {}, [], {}
    for snapshot, found in zip(known, postings, strict=True):
        score = scoring.first_scores(snapshot, question, found, is_all=wanted.is_all)
        bits = to_bits(score > 0)
        facts |= _counted(snapshot, bits, wanted)
        if wanted.chosen:
            bits = _narrowed(snapshot, bits, wanted.chosen)
            score[~to_mask(bits, snapshot.size)] = 0
        totals[snapshot.kind] = how_many(bits)
        scores.append(score)
    if wanted.order:
        numbers = _in_order(known[0], wanted, to_bits(scores[0] > 0))
        hits = _hits(known[0], numbers[wanted.offset : wanted.end])
    else:
        most = wanted.limit_each or wanted.end
        ranked = _ranked(known, question, postings, scores, most)[wanted.offset : wanted.end]
        hits = tuple(Hit(r.kind, r.id) for r in ranked), tuple(r.version for r in ranked)
    return Found(
        *hits,
        totals=totals,
        version=known[0].version if len(known) == 1 else 0,
        repairs=question.repairs,
        exactly=question.exactly,
        words=matching_of(question),
        **facts,
    )


def _ranked(known, question: Question, postings, scores, most: int | None) -> list[_Ranked]:
    """The best of each kind, at most so many, in one order."""
    best = [_best(s, score) for s, score in zip(known, scores, strict=True)]
    again = scoring.second_scores(known, question, postings, best)
    ranked: list[_Ranked] = []
    for snapshot, score, numbers, second in zip(known, scores, best, again, strict=True):
        rows = _rows(snapshot, 0, numbers, second)
        if most is None or most > len(numbers):
            rest = np.setdiff1d(np.flatnonzero(score), numbers, assume_unique=True)
            rows += _rows(snapshot, 1, rest, score[rest])
        ranked += rows[:most]
    return sorted(ranked) if len(known) > 1 else ranked


def _best(snapshot: Snapshot, scores: np.ndarray) -> np.ndarray:
    """The numbers of the entries to be ranked again, ties by primary key."""
    numbers = np.flatnonzero(scores)
    if len(numbers) <= scoring.RANKED_AGAIN:
        return numbers
    bound = np.partition(scores[numbers], -scoring.RANKED_AGAIN)[-scoring.RANKED_AGAIN]
    numbers = numbers[scores[numbers] >= bound]
    order = np.lexsort((snapshot.object_ids[numbers], -scores[numbers]))
    return numbers[order[: scoring.RANKED_AGAIN]]


def _rows(snapshot: Snapshot, tier: int, numbers: np.ndarray, scores: np.ndarray) -> list[_Ranked]:
    ids = snapshot.object_ids[numbers]
    order = np.lexsort((ids, -scores))
    columns = (-scores[order], ids[order], snapshot.versions[numbers[order]])
    return [
        _Ranked(tier, worth, id_, snapshot.kind, version)
        for worth, id_, version in zip(*(column.tolist() for column in columns), strict=True)
    ]


def _hits(snapshot: Snapshot, numbers: np.ndarray) -> tuple[tuple[Hit, ...], tuple[int, ...]]:
    ids, versions = snapshot.object_ids[numbers].tolist(), snapshot.versions[numbers].tolist()
    return tuple(Hit(snapshot.kind, id_) for id_ in ids), tuple(versions)


def _in_order(snapshot: Snapshot, wanted: _Wanted, found: np.ndarray | None) -> np.ndarray:
    """The numbers of what was `found` (everything, if None) in the registered order."""
    order = kind_named(snapshot.kind).orders[wanted.order]
    key = (snapshot.collection, snapshot.version, wanted.order, wanted.language)
    with translation.override(wanted.language):
        numbers = _orders.get_or_make(key, lambda: _numbers(snapshot, order()))
    return numbers if found is None else numbers[to_mask(found, snapshot.size)[numbers]]


def _numbers(snapshot: Snapshot, ids: Iterable[int]) -> np.ndarray:
    """The numbers of the entries of these objects; those without an entry are left out."""
    ids = np.fromiter(ids, np.int64)
    if not snapshot.size:
        return np.zeros(0, np.int64)
    sorted_ids = np.argsort(snapshot.object_ids, kind="stable")
    place = np.searchsorted(snapshot.object_ids, ids, sorter=sorted_ids)
    numbers = sorted_ids[np.minimum(place, snapshot.size - 1)]
    return numbers[snapshot.object_ids[numbers] == ids]


def _narrowed(snapshot: Snapshot, found: np.ndarray, chosen: Chosen, but: str = "") -> np.ndarray:
    """What was `found` and has one of the values chosen of each facet, `but` one facet."""
    for facet, values in chosen.items():
        if facet != but and values:
            found = found & snapshot.facets.having(facet, list(values))
    return found


def _counted(snapshot: Snapshot, found: np.ndarray | None, wanted: _Wanted) -> dict:
    """`counts` and `without` of Found; `found` before anything is chosen, None for everything."""
    if not wanted.counts:
        return {}
    chosen = {facet: values for facet, values in wanted.chosen.items() if values}
    everything = _narrowed(snapshot, found, chosen) if chosen else found
    others = {facet: _narrowed(snapshot, found, chosen, but=facet) for facet in chosen}
    return {
        "counts": {
            facet: snapshot.facets.counts(facet, others.get(facet, everything))
            for facet in snapshot.facets.names
        },
        "without": {facet: how_many(among) for facet, among in others.items()},
    }
