"""Counts by number, packed: two bytes each, of which twelve bits are the number in its block.

A block has 4,096 numbers. The other four bits are the count; what stands there more often than
fifteen times is no better for it.
"""

from collections.abc import Sequence

import numpy as np

BLOCK = 4096
MOST_COUNTED = 15

_COUNT_BITS = 4
_LITTLE_ENDIAN = np.dtype("<u2")


def pack_block(numbers: np.ndarray, counts: np.ndarray) -> bytes:
    """The counts of ascending `numbers`, all of one block."""
    inside = numbers % BLOCK << _COUNT_BITS
    return (inside | np.minimum(counts, MOST_COUNTED)).astype(_LITTLE_ENDIAN).tobytes()


def unpack_blocks(blocks: Sequence[int], packed: Sequence[bytes]) -> tuple[np.ndarray, np.ndarray]:
    """Numbers and counts of packed blocks, one after the other, and of each its block's number."""
    sizes = [len(each) // _LITTLE_ENDIAN.itemsize for each in packed]
    pairs = np.frombuffer(b"".join(packed), _LITTLE_ENDIAN)
    first = np.repeat(np.asarray(blocks, np.int64) * BLOCK, sizes)
    return first + (pairs >> _COUNT_BITS), pairs & MOST_COUNTED


def pack_all(numbers: np.ndarray, counts: np.ndarray) -> bytes:
    """The counts of ascending `numbers`: how many blocks, how many of each, and then the blocks."""
    sizes = np.bincount(numbers // BLOCK)
    head = np.concatenate([[len(sizes)], sizes]).astype(_LITTLE_ENDIAN)
    return head.tobytes() + pack_block(numbers, counts)


def unpack_all(packed: Sequence[bytes]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Numbers and counts of all that was packed, one after the other, and how many each had."""
    width = _LITTLE_ENDIAN.itemsize
    blocks = np.array([each[0] | each[1] << 8 for each in packed], np.int64)
    heads = [width * (1 + count) for count in blocks.tolist()]
    per_block = np.frombuffer(
        b"".join(each[width:head] for each, head in zip(packed, heads, strict=True)),
        _LITTLE_ENDIAN,
    )
    pairs = np.frombuffer(
        b"".join(each[head:] for each, head in zip(packed, heads, strict=True)), _LITTLE_ENDIAN
    )
    starts = np.concatenate([[0], np.cumsum(blocks)[:-1]]) if len(blocks) else blocks
    block_of = np.arange(len(per_block)) - np.repeat(starts, blocks)
    numbers = np.repeat(block_of * BLOCK, per_block) + (pairs >> _COUNT_BITS)
    sizes = np.array(
        [(len(each) - head) // width for each, head in zip(packed, heads, strict=True)], np.int64
    )
    return numbers, pairs & MOST_COUNTED, sizes
