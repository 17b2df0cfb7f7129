"""Writing the entries of one collection: many objects in a few statements."""

import json
import time
from collections.abc import Iterable, Iterator

import numpy as np

from portal.search.batches import batches
from portal.search.models import Change, Collection, Entry
from portal.search.packing import pack_all, unpack_all
from portal.search.posting import Pairs, replace_postings
from portal.search.registry import Analysed, kind_named
from portal.search.vocabulary import Vocabulary

_VALUES_AT_ONCE = 5_000
_ROWS_AT_ONCE = 1_000
# A process that knows an older version than the last of these reads the index anew.
_CHANGES_KEPT = 500


def new_version(collection: Collection) -> int:
    """A version that the collection never had, later than its last, by the clock."""
    return max(collection.version + 1, time.time_ns())


class Writer:
    """Replaces entries of a locked collection: `read` some, `write` them, and at last `finish`."""

    def __init__(self, collection: Collection):
        self.collection = collection
        self.kind = kind_named(collection.kind)
        self.version = new_version(collection)
        self.vocabulary = Vocabulary(collection, self.version)
        self.gone_entries: list[int] = []
        self.read_objects: dict[int, Analysed | None] = {}

    def read(self, ids: list[int]) -> None:
        """Analyse what is public of these objects now; the others lose their entries."""
        self.read_objects.update(dict.fromkeys(ids))
        for record in self.kind.queryset().filter(pk__in=ids):
            self.read_objects[record.pk] = self.kind.analyse(record)

    def write(self) -> None:
        """Write what was read since the last time."""
        before = {entry.object_id: entry for entry in self._entries_before()}
        known = self.collection.next_entry
        public = {key: each for key, each in sorted(self.read_objects.items()) if each}
        numbers = self._number(before, public)
        old = _pairs_before(list(before.values()))
        self.vocabulary.meet(public.values())
        new = self._pairs(public, numbers)
        self.vocabulary.count(gone=old.words, come=new.words)
        replace_postings(self.vocabulary, old, new, known=known)
        self._write_entries(before, public, numbers, new)
        self.read_objects = {}

    def finish(self) -> None:
        """Write the frequencies of words, the counters of the collection, and what changed."""
        gone_words = self.vocabulary.write()
        self.collection.version = self.version
        self.collection.save()
        Change.objects.create(
            collection=self.collection,
            version=self.version,
            gone_entries=self.gone_entries,
            gone_words=gone_words,
        )
        changes = Change.objects.filter(collection=self.collection)
        outdated = changes.order_by("-version").values_list("version", flat=True)[_CHANGES_KEPT:]
        if newest := outdated[:1]:
            changes.filter(version__lte=newest[0]).delete()

    def _entries_before(self) -> Iterator[Entry]:
        if self.collection.next_entry:
            for keys in batches(self.read_objects, _VALUES_AT_ONCE):
                yield from Entry.objects.filter(collection=self.collection, object_id__in=keys)

    def _number(self, before: dict[int, Entry], public: Iterable[int]) -> dict[int, int]:
        """The number of each public object: the one it has, or the next."""
        numbers = {}
        for key in public:
            if key in before:
                numbers[key] = before[key].number
            else:
                numbers[key] = self.collection.next_entry
                self.collection.next_entry += 1
        return numbers

    def _pairs(self, public: dict[int, Analysed], numbers: dict[int, int]) -> Pairs:
        """The words of each object, ascending by their numbers."""
        words_of, counts_of, sizes = [], [], []
        number_of = self.vocabulary.number_of
        for each in public.values():
            counted = sorted((number_of[text], count) for text, count in each.counts.items())
            sizes.append(len(counted))
            words_of += [number for number, _count in counted]
            counts_of += [count for _number, count in counted]
        entries = np.repeat(np.array([numbers[key] for key in public], np.int64), sizes)
        return Pairs(entries, np.array(words_of, np.int64), np.array(counts_of, np.int64))

    def _write_entries(
        self,
        before: dict[int, Entry],
        public: dict[int, Analysed],
        numbers: dict[int, int],
        pairs: Pairs,
    ) -> None:
        gone = [entry for key, entry in before.items() if key not in public]
        self.gone_entries += [entry.number for entry in gone]
        Entry.objects.filter(pk__in=[entry.pk for entry in gone]).delete()
        rows, start = [], 0
        for key, each in public.items():
            end = start + len(each.counts)
            packed = pack_all(pairs.words[start:end], pairs.counts[start:end])
            rows.append(self._entry(key, numbers[key], each, packed))
            start = end
        Entry.objects.bulk_create(
            rows,
            batch_size=_ROWS_AT_ONCE,
            update_conflicts=True,
            unique_fields=["collection", "object_id"],
            update_fields=["length", "version", "facets", "words"],
        )
        self.collection.entries += len(public) - len(before)
        self.collection.length += sum(each.length for each in public.values())
        self.collection.length -= sum(entry.length for entry in before.values())

    def _entry(self, key: int, number: int, analysed: Analysed, packed: bytes) -> Entry:
        return Entry(
            collection=self.collection,
            number=number,
            object_id=key,
            length=analysed.length,
            version=self.version,
            facets=json.dumps(analysed.facets, ensure_ascii=False, sort_keys=True),
            words=packed,
        )


def _pairs_before(entries: list[Entry]) -> Pairs:
    words, counts, sizes = unpack_all([bytes(entry.words) for entry in entries])
    numbers = np.repeat(np.array([entry.number for entry in entries], np.int64), sizes)
    return Pairs(numbers, words, counts)
