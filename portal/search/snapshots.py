"""The index as a process knows it: read once, and from then on only what changed.

What every search needs of all entries (lengths, facets, versions) and of all words is kept in
memory; postings are kept too, as long as there is room. Every search asks for the versions of the
collections first, and so never answers from what is out of date.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock

import numpy as np

from portal.search.facets import Facets
from portal.search.lexis import Lexis
from portal.search.models import Change, Collection, Entry, Word

# BM25: how soon more of the same word stops to count, and how much length counts.
K1 = 0.9
B = 0.75

_lock = Lock()
_snapshots: dict[str, "Snapshot"] = {}


@dataclass(frozen=True)
class Snapshot:
    """One collection as of a version. Arrays have a place for each number of an entry.

    `object_ids` is 0, and `lengths` too, where there is no entry any more.
    """

    kind: str
    collection: int = 0
    version: int = 0
    entries: int = 0
    object_ids: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    keys: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    lengths: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    versions: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    facets: Facets = field(default_factory=Facets)
    lexis: Lexis = field(default_factory=Lexis)
    stem_versions: dict[str, int] = field(default_factory=dict)
    # The version at which all of it was read.
    base: int = 0
    # Worked out of the lengths: what a count is weighed against.
    norms: np.ndarray = field(default_factory=lambda: np.zeros(0))

    @property
    def size(self) -> int:
        return len(self.object_ids)


def snapshots(kinds: Iterable[str]) -> list[Snapshot]:
    """The collections of these kinds as they are now. One statement, unless something changed."""
    kinds = list(kinds)
    rows = {row.kind: row for row in Collection.objects.filter(kind__in=kinds)}
    return [_current(rows[kind]) if kind in rows else Snapshot(kind) for kind in kinds]


def versions() -> tuple[int, ...]:
    """The versions of all collections: whatever a public record shows, a change of it changes one.

    One statement.
    """
    return tuple(Collection.objects.order_by("kind").values_list("version", flat=True))


def _current(collection: Collection) -> Snapshot:
    known = _snapshots.get(collection.kind)
    if known and known.collection == collection.pk and known.version == collection.version:
        return known
    with _lock:
        known = _snapshots.get(collection.kind)
        if not known or known.collection != collection.pk or known.version != collection.version:
            known = _snapshots[collection.kind] = _brought_up_to_date(known, collection)
        return known


def _brought_up_to_date(known: Snapshot | None, collection: Collection) -> Snapshot:
    """`known` with what changed since; or all of it, if that version is not one of the past."""
    changes = Change.objects.filter(collection=collection)
    if known and known.collection == collection.pk:
        since = list(changes.filter(version__gte=known.version).order_by("version"))
        if since and since[0].version == known.version and collection.version > known.version:
            return _changed(known, collection, since[1:])
    return _changed(Snapshot(collection.kind), collection, [])


def _changed(known: Snapshot, collection: Collection, changes: list[Change]) -> Snapshot:
    gone_entries = [number for change in changes for number in change.gone_entries]
    gone_words = [number for change in changes for number in change.gone_words]
    entries = Entry.objects.filter(collection=collection, version__gt=known.version)
    rows = list(
        entries.values_list("number", "object_id", "pk", "length", "version", "facets").iterator()
    )
    # An entry may have come and gone since.
    size = max([known.size, *(row[0] + 1 for row in rows), *(n + 1 for n in gone_entries)])
    numbers = [row[0] for row in rows]
    object_ids = _replaced(known.object_ids, size, gone_entries, numbers, [r[1] for r in rows])
    lengths = _replaced(known.lengths, size, gone_entries, numbers, [r[3] for r in rows])
    average = max(collection.length, 1) / max(collection.entries, 1)
    return Snapshot(
        kind=collection.kind,
        collection=collection.pk,
        version=collection.version,
        entries=collection.entries,
        object_ids=object_ids,
        keys=_replaced(known.keys, size, gone_entries, numbers, [r[2] for r in rows]),
        lengths=lengths,
        versions=_replaced(known.versions, size, gone_entries, numbers, [r[4] for r in rows]),
        facets=known.facets.changed(size, {row[0]: row[5] for row in rows}, gone_entries),
        lexis=known.lexis,
        stem_versions=_read_words(known, collection, gone_words),
        norms=K1 * (1 - B + B * lengths / average),
        base=known.base or collection.version,
    )


def _read_words(known: Snapshot, collection: Collection, gone: list[int]) -> dict[str, int]:
    """Bring the words up to date; gives the versions of the stems whose postings changed."""
    words = Word.objects.filter(collection=collection, version__gt=known.version)
    rows = words.values_list(
        "number", "pk", "text", "stem", "skeleton", "written", "frequency"
    ).iterator()
    stems = known.lexis.update(rows, gone)
    if not known.version:
        return {}
    return {**known.stem_versions, **dict.fromkeys(stems, collection.version)}


def _replaced(array, size: int, gone: list[int], numbers: list[int], values: list) -> np.ndarray:
    new = np.zeros(size, np.int64)
    new[: len(array)] = array
    new[gone] = 0
    new[numbers] = values
    return new
