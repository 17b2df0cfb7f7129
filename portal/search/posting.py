"""Writing postings: which entries have a word, a row for each block of entries."""

from dataclasses import dataclass

import numpy as np

from portal.search.batches import batches
from portal.search.models import Posting
from portal.search.packing import BLOCK, pack_block, unpack_blocks
from portal.search.vocabulary import Vocabulary

_VALUES_AT_ONCE = 5_000
_ROWS_AT_ONCE = 2_000


@dataclass(frozen=True)
class Pairs:
    """Which entry has which word, and how often: three arrays of the same length."""

    entries: np.ndarray
    words: np.ndarray
    counts: np.ndarray


def replace_postings(vocabulary: Vocabulary, old: Pairs, new: Pairs, *, known: int) -> None:
    """Take the pairs `old` out of the postings, and put `new` in.

    Entries from the number `known` on are new.
    """
    old_blocks, new_blocks = old.entries // BLOCK, new.entries // BLOCK
    for block in np.union1d(old_blocks, new_blocks).tolist():
        was, is_ = old_blocks == block, new_blocks == block
        touched = np.union1d(old.words[was], new.words[is_])
        keys = vocabulary.keys(touched.tolist())
        pairs = (new.words[is_], new.entries[is_], new.counts[is_])
        if block * BLOCK < known:
            kept = _take_out(block, touched, keys, np.unique(old.entries[was]))
            pairs = tuple(np.concatenate(both) for both in zip(kept, pairs, strict=True))
        words, entries, counts = pairs
        order = np.lexsort((entries, words))
        key_of = dict(zip(touched.tolist(), keys, strict=True))
        _insert(block, key_of, words[order], entries[order], counts[order])


def _take_out(block: int, touched: np.ndarray, keys: list[int], gone: np.ndarray):
    """Delete the postings of these words; gives words, entries and counts of what stays."""
    number_of = dict(zip(keys, touched.tolist(), strict=True))
    words, packed = [], []
    for some in batches(keys, _VALUES_AT_ONCE):
        rows = Posting.objects.filter(word__in=some, block=block)
        for key, counts in rows.values_list("word_id", "counts"):
            words.append(number_of[key])
            packed.append(bytes(counts))
        if words:
            rows._raw_delete(rows.db)
    entries, counts = unpack_blocks([block] * len(packed), packed)
    words = np.repeat(np.array(words, np.int64), [len(each) // 2 for each in packed])
    stays = ~np.isin(entries, gone)
    return words[stays], entries[stays], counts[stays].astype(np.int64)


def _insert(block: int, key_of: dict[int, int], words, entries, counts) -> None:
    """Write ascending pairs of one block, a row a word."""
    if not len(words):
        return
    starts = np.flatnonzero(np.diff(words, prepend=-1))
    ends = np.append(starts[1:], len(words))
    packed = pack_block(entries, counts)
    width = len(packed) // len(words)
    Posting.objects.bulk_create(
        (
            Posting(word_id=key_of[word], block=block, counts=packed[width * start : width * end])
            for word, start, end in zip(
                words[starts].tolist(), starts.tolist(), ends.tolist(), strict=True
            )
        ),
        batch_size=_ROWS_AT_ONCE,
    )
