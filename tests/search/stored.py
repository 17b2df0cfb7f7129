"""What the index holds, by texts and primary keys: alike for indexes that came about otherwise."""

from collections import Counter
from copy import deepcopy

from portal.search import snapshots
from portal.search.models import Collection, Entry, Posting, Word
from portal.search.packing import MOST_COUNTED, unpack_all, unpack_blocks
from portal.search.registry import kinds


def index():
    """All that is stored of each collection, without the numbers that it gave."""
    return {
        collection.kind: {
            "entries": collection.entries,
            "length": collection.length,
            "words": dict(words_of(collection).values_list("text", "frequency")),
            "stems": dict(words_of(collection).values_list("text", "stem")),
            "skeletons": dict(words_of(collection).values_list("text", "skeleton")),
            "lengths": dict(entries_of(collection).values_list("object_id", "length")),
            "facets": dict(entries_of(collection).values_list("object_id", "facets")),
            "by_object": by_object(collection),
            "by_word": by_word(collection),
        }
        for collection in Collection.objects.order_by("kind")
    }


def words_of(collection):
    return Word.objects.filter(collection=collection).order_by("text")


def entries_of(collection):
    return Entry.objects.filter(collection=collection).order_by("object_id")


def by_object(collection):
    """{object: {word: count}} as the entries have it."""
    text_of = dict(words_of(collection).values_list("number", "text"))
    found = {}
    for key, packed in entries_of(collection).values_list("object_id", "words"):
        numbers, counts, _sizes = unpack_all([bytes(packed)])
        found[key] = {
            text_of[number]: count
            for number, count in zip(numbers.tolist(), counts.tolist(), strict=True)
        }
    return found


def by_word(collection):
    """{object: {word: count}} as the postings have it."""
    object_of = dict(entries_of(collection).values_list("number", "object_id"))
    found = {key: {} for key in object_of.values()}
    postings = Posting.objects.filter(word__collection=collection)
    for text, block, packed in postings.values_list("word__text", "block", "counts"):
        numbers, counts = unpack_blocks([block], [bytes(packed)])
        for number, count in zip(numbers.tolist(), counts.tolist(), strict=True):
            found[object_of[number]][text] = count
    return found


def as_it_should_be():
    """{kind: {object: {word: count}}} of what is public, read from the records themselves."""
    return {
        kind.name: {
            record.pk: {
                word: min(count, MOST_COUNTED)
                for word, count in kind.analyse(record).counts.items()
            }
            for record in kind.queryset()
        }
        for kind in kinds()
    }


def assert_true(stored):
    """The tables of an index agree with each other, and with the records."""
    for kind, expected in as_it_should_be().items():
        here = stored[kind]
        assert here["by_object"] == here["by_word"] == expected
        assert here["entries"] == len(expected)
        assert here["length"] == sum(here["lengths"].values())
        assert here["words"] == Counter(word for counts in expected.values() for word in counts)


class Process:
    """What another process knows of the index: it may have slept while things changed."""

    def __init__(self):
        self._known = deepcopy(snapshots._snapshots)

    def wake(self):
        """Let this process go on with what that one knows."""
        snapshots._snapshots.clear()
        snapshots._snapshots.update(self._known)


def forget_snapshots():
    """Let this process read the index anew."""
    snapshots._snapshots.clear()
