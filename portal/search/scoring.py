"""Scores: all entries by the stems they have, and the best of them again by all that tells.

Scores are whole numbers, rounded once for each word of an entry: sums are exact, and so the order
is the same whatever the database, and whichever way the index came about.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection

from portal.common.kept import Kept
from portal.search.analysis import pieces
from portal.search.models import Entry, Posting
from portal.search.packing import unpack_all, unpack_blocks
from portal.search.questions import Asked, Question
from portal.search.skeletons import skeleton
from portal.search.snapshots import K1, Snapshot

# What is compared besides stems, and what it is worth.
_WORD = 0.3
_PIECE = 0.3
_SKELETON = 0.6
# So many of the best are compared by all of it.
RANKED_AGAIN = 100

_SCALE = 1_000_000
_BITS = 64
# More tell no more; the rarest are taken.
_MOST_FEATURES = 4 * _BITS
# Postings that a process keeps.
_STEMS_KEPT = 2_000

_kept: Kept[tuple[np.ndarray, np.ndarray]] = Kept(_STEMS_KEPT)


@dataclass(frozen=True)
class Feature:
    """Words, by number, that all count as the same, and what it is worth to have one of them.

    `place` is that of the asked word in the question; `is_other` says that they stand for it.
    """

    place: int
    words: Sequence[int] | np.ndarray
    worth: float
    is_other: bool = False


def postings(
    snapshots: Sequence[Snapshot], stems: frozenset[str]
) -> list[dict[str, tuple[np.ndarray, np.ndarray]]]:
    """Of each collection and each of its stems, the numbers of the entries and the counts there.

    One statement, or none if all are kept.
    """
    found, missing = [], {}
    for at, snapshot in enumerate(snapshots):
        here = {}
        for each in sorted(stems):
            numbers = snapshot.lexis.known(snapshot.lexis.of_stem.get(each, ()))
            if not numbers:
                continue
            key = (snapshot.collection, each, snapshot.stem_versions.get(each, 0), snapshot.base)
            kept = _kept.get(key)
            if kept is None:
                missing[at, each] = (key, [snapshot.lexis.keys[number] for number in numbers])
            here[each] = kept
        found.append(here)
    if missing:
        rows = _read_postings([key for _key, keys in missing.values() for key in keys])
        for (at, each), (key, keys) in missing.items():
            numbers, counts = _merged([rows[k] for k in keys if k in rows])
            # What was written meanwhile may have entries that the snapshot does not know.
            end = np.searchsorted(numbers, snapshots[at].size)
            found[at][each] = _kept.put(key, (numbers[:end], counts[:end]))
    return found


def _read_postings(keys: list[int]) -> dict[int, tuple[list[int], list[bytes]]]:
    rows: dict[int, tuple[list[int], list[bytes]]] = {}
    found = Posting.objects.filter(word__in=keys).order_by("word_id", "block")
    for key, block, counts in found.values_list("word_id", "block", "counts").iterator():
        blocks, packed = rows.setdefault(key, ([], []))
        blocks.append(block)
        packed.append(bytes(counts))
    return rows


def _merged(rows) -> tuple[np.ndarray, np.ndarray]:
    """Ascending numbers and counts of words of one stem, taken together."""
    blocks = [block for found, _packed in rows for block in found]
    packed = [each for _found, some in rows for each in some]
    numbers, counts = unpack_blocks(blocks, packed)
    if len(rows) > 1:
        order = np.argsort(numbers, kind="stable")
        numbers, counts = numbers[order], counts[order].astype(np.int64)
        starts = np.flatnonzero(np.diff(numbers, prepend=-1))
        counts = np.add.reduceat(counts, starts) if len(starts) else counts
        numbers = numbers[starts]
    return numbers.astype(np.int32), counts.astype(np.int32)


def first_scores(snapshot: Snapshot, question: Question, found, *, is_all: bool) -> np.ndarray:
    """A score for each entry: of each word, BM25 of the stem that answers it best; 0 without any.

    With `is_all`, 0 also where some word has no answer.
    """
    scores = np.zeros(snapshot.size, np.int64)
    answered = np.zeros(snapshot.size, np.int16)
    for asked in question.asked:
        best = [
            _bm25(snapshot, *found[each], weight * asked.times)
            for each, weight in asked.all_stems.items()
            if each in found
        ]
        if len(best) == 1:
            numbers, gained = best[0]
        else:
            numbers, gained = _best_of(best, snapshot.size)
        scores[numbers] += gained
        if is_all:
            answered[numbers] += 1
    if is_all:
        scores[answered < len(question.asked)] = 0
    return scores


def _idf(entries: int, frequency: float) -> float:
    """How much a word tells that so many of the entries have."""
    return math.log(1 + (entries - frequency + 0.5) / (frequency + 0.5))


def _bm25(snapshot: Snapshot, numbers: np.ndarray, counts: np.ndarray, weight: float):
    worth = weight * _idf(snapshot.entries, len(numbers)) * _SCALE
    share = counts * (K1 + 1) / (counts + snapshot.norms[numbers])
    return numbers, np.rint(share * worth).astype(np.int64)


def _best_of(answers, size: int):
    """Of each entry that has any of the answers, the one that is worth most there."""
    best = np.zeros(size, np.int64)
    for numbers, gained in answers:
        best[numbers] = np.maximum(best[numbers], gained)
    numbers = np.flatnonzero(best)
    return numbers, best[numbers]


def second_scores(
    snapshots: Sequence[Snapshot], question: Question, found, numbers: Sequence[np.ndarray]
) -> list[np.ndarray]:
    """The scores of a few entries of each collection by stems, words, pieces and consonants.

    One statement.
    """
    keys = [s.keys[some].tolist() for s, some in zip(snapshots, numbers, strict=True)]
    packed = _read_words([key for some in keys for key in some])
    return [
        _scores(
            snapshot,
            _features(snapshot, question, here),
            some,
            [packed.get(k, _NOTHING) for k in ks],
        )
        for snapshot, here, some, ks in zip(snapshots, found, numbers, keys, strict=True)
    ]


def _read_words(keys: list[int]) -> dict[int, bytes]:
    """The packed words of entries. To make this statement of a query would cost as much again."""
    if not keys:
        return {}
    table, column = Entry._meta.db_table, Entry._meta.pk.column
    with connection.cursor() as cursor:
        places = ",".join(["%s"] * len(keys))
        cursor.execute(f"SELECT {column}, words FROM {table} WHERE {column} IN ({places})", keys)  # noqa: S608
        return {key: bytes(words) for key, words in cursor.fetchall()}


def _scores(snapshot: Snapshot, features, numbers: np.ndarray, packed: list[bytes]) -> np.ndarray:
    """Of each word of the question its own features together, or the best of others for it."""
    scores = np.zeros(len(numbers), np.int64)
    if not len(numbers):
        return scores
    gained = _gained(snapshot, features, numbers, packed)
    for place in {feature.place for feature in features}:
        own, other = (
            [at for at, f in enumerate(features) if f.place == place and f.is_other == is_other]
            for is_other in (False, True)
        )
        together, instead = gained[:, own].sum(axis=1), gained[:, other].max(axis=1, initial=0)
        scores += np.maximum(together, instead)
    return scores


def _gained(snapshot: Snapshot, features, numbers: np.ndarray, packed: list[bytes]) -> np.ndarray:
    """What each entry gains by each feature: BM25 as whole numbers."""
    words, counts, sizes = unpack_all(packed)
    entry_of = np.repeat(np.arange(len(packed)), sizes)
    size = len(snapshot.lexis.texts)
    there = [
        _counted(features[start : start + _BITS], words, counts, entry_of, len(packed), size)
        for start in range(0, len(features), _BITS)
    ]
    there = np.concatenate([np.zeros((len(packed), 0)), *there], axis=1)
    share = there * (K1 + 1) / (there + snapshot.norms[numbers][:, None])
    worth = np.array([feature.worth for feature in features])
    return np.rint(share * (worth * _SCALE)).astype(np.int64)


# Packed counts of no word: an entry that went a moment ago.
_NOTHING = b"\x00\x00"


def _counted(features, words, counts, entry_of, entries: int, size: int) -> np.ndarray:
    """How often each entry has each of at most 64 features."""
    # As few bits as there are features: what is looked through then is an eighth of the time.
    width = next(width for width in (8, 16, 32, 64) if len(features) <= width)
    kind = np.dtype(f"<u{width // 8}")
    bits = np.zeros(max(size, int(words.max(initial=0)) + 1), kind)
    for at, feature in enumerate(features):
        bits[feature.words] |= kind.type(1 << at)
    has = bits[words]
    telling = np.flatnonzero(has)
    flags = np.unpackbits(has[telling].view(np.uint8), bitorder="little").view(bool)
    hits = np.flatnonzero(flags)
    at = telling[hits // width]
    there = np.bincount(entry_of[at] * width + hits % width, counts[at], minlength=entries * width)
    return there.reshape(entries, width)[:, : len(features)]


def _features(snapshot: Snapshot, question: Question, found) -> list[Feature]:
    """All that tells in the question, the most telling first."""
    features = [
        feature
        for place, asked in enumerate(question.asked)
        for feature in (
            *_stem_features(snapshot, place, asked, found),
            *_word_features(snapshot, place, asked),
            *_likenesses(snapshot, place, asked),
        )
    ]
    # Sorting is stable: of features that are worth the same the first stay.
    return sorted(features, key=lambda feature: -feature.worth)[:_MOST_FEATURES]


def _stem_features(snapshot: Snapshot, place: int, asked: Asked, found) -> Iterator[Feature]:
    for stems, is_other in ((asked.stems, False), (asked.others, True)):
        for each, weight in stems.items():
            if each in found:
                words = snapshot.lexis.known(snapshot.lexis.of_stem[each])
                worth = weight * asked.times * _idf(snapshot.entries, len(found[each][0]))
                yield Feature(place, words, worth, is_other)


def _word_features(snapshot: Snapshot, place: int, asked: Asked) -> Iterator[Feature]:
    lexis, words = snapshot.lexis, asked.instead or [asked.word]
    for word in words:
        if frequency := lexis.frequency(word):
            worth = _WORD * asked.times / len(words) * _idf(snapshot.entries, frequency)
            yield Feature(place, [lexis.number_of[word]], worth)


def _likenesses(snapshot: Snapshot, place: int, asked: Asked) -> Iterator[Feature]:
    """Pieces and consonants of a word. How many entries have one is estimated from its words."""
    lexis = snapshot.lexis
    for piece, times in Counter(pieces(asked.word)).items():
        words = lexis.pieces.words_with(piece)
        words = words[words < len(lexis.frequencies)]
        if rarity := _rarity(snapshot, words):
            yield Feature(place, words, _PIECE * asked.times * times * rarity)
    alike = lexis.known(lexis.of_skeleton.get(skeleton(asked.word), ()))
    if rarity := _rarity(snapshot, alike):
        yield Feature(place, alike, _SKELETON * asked.times * rarity)


def _rarity(snapshot: Snapshot, words: Sequence[int] | np.ndarray) -> float:
    """The rarity of having any of these words, as if they came together by chance; 0 for none."""
    if not snapshot.entries or not len(words):
        return 0.0
    together = int(snapshot.lexis.frequencies[words].sum()) / snapshot.entries
    return _idf(snapshot.entries, snapshot.entries * -np.expm1(-together)) if together else 0.0
