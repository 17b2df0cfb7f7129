"""Values in lists that fit one statement."""

from collections.abc import Iterable, Iterator


def batches(values: Iterable, size: int) -> Iterator[list]:
    """`values` in lists of at most `size`."""
    values = list(values)
    for start in range(0, len(values), size):
        yield values[start : start + size]
