"""Packed counts come out as they went in; a count above the most is the most."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from portal.search.packing import (
    BLOCK,
    MOST_COUNTED,
    pack_all,
    pack_block,
    unpack_all,
    unpack_blocks,
)

COUNTS = st.integers(1, 100)
IN_A_BLOCK = st.dictionaries(st.integers(0, BLOCK - 1), COUNTS)
ANYWHERE = st.dictionaries(st.integers(0, 20 * BLOCK), COUNTS)


def ascending(counts):
    numbers = np.array(sorted(counts), np.int64)
    return numbers, np.array([counts[number] for number in numbers.tolist()], np.int64)


def cut(counts):
    return {number: min(count, MOST_COUNTED) for number, count in sorted(counts.items())}


def pairs(numbers, counts):
    return list(zip(numbers.tolist(), counts.tolist(), strict=True))


@given(st.dictionaries(st.integers(0, 1000), IN_A_BLOCK, max_size=5))
def test_blocks_come_out_as_they_went_in(blocks):
    packed = []
    for block, counts in blocks.items():
        numbers, amounts = ascending(counts)
        packed.append(pack_block(numbers + block * BLOCK, amounts))
    numbers, amounts = unpack_blocks(list(blocks), packed)
    expected = [
        (block * BLOCK + number, count)
        for block, counts in blocks.items()
        for number, count in cut(counts).items()
    ]
    assert pairs(numbers, amounts) == expected


@given(st.lists(ANYWHERE, max_size=6))
def test_everything_packed_comes_out_as_it_went_in(all_counts):
    numbers, amounts, sizes = unpack_all([pack_all(*ascending(each)) for each in all_counts])
    expected = [pair for each in all_counts for pair in cut(each).items()]
    assert pairs(numbers, amounts) == expected
    assert sizes.tolist() == [len(each) for each in all_counts]


@given(IN_A_BLOCK)
def test_a_count_takes_two_bytes(counts):
    assert len(pack_block(*ascending(counts))) == 2 * len(counts)
