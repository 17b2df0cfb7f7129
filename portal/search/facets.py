"""Facets of a collection as bits: which entries have a value, and how many of some have it."""

import json
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

_BITS = 64
_WORD = np.dtype("<u8")


def to_bits(mask: np.ndarray) -> np.ndarray:
    """One bool an entry as bits; entries beyond the mask are not in it."""
    padding = -len(mask) % _BITS
    padded = np.concatenate([mask, np.zeros(padding, bool)]) if padding else mask
    return np.packbits(padded, bitorder="little").view(_WORD)


def to_mask(bits: np.ndarray, size: int) -> np.ndarray:
    """Bits as one bool an entry."""
    return np.unpackbits(bits.view(np.uint8), count=size, bitorder="little").view(bool)


def how_many(bits: np.ndarray) -> int:
    return int(np.bitwise_count(bits).sum())


class Facets:
    """A row of bits for each value of each facet. Not changed any more once it is made."""

    def __init__(self):
        self.values: list[tuple[str, str]] = []
        self._row_of: dict[tuple[str, str], int] = {}
        self._bits = np.zeros((0, 0), _WORD)
        self._rows_of: dict[str, list[int]] = {}
        self.totals = np.zeros(0, np.int64)

    def changed(self, size: int, texts: Mapping[int, str], gone: Iterable[int]) -> "Facets":
        """The facets of `size` entries: these with the values of some entries anew, or gone."""
        new = Facets()
        new.values, new._row_of = list(self.values), dict(self._row_of)
        numbers, rows = new._read(texts)
        old_rows, old_width = self._bits.shape
        new._bits = np.zeros((len(new.values), -(-size // _BITS)), _WORD)
        new._bits[:old_rows, :old_width] = self._bits
        stale = to_bits(_mask_of([*texts, *gone], size))
        new._bits &= ~stale
        np.bitwise_or.at(
            new._bits, (rows, numbers // _BITS), np.uint64(1) << (numbers % _BITS).astype(_WORD)
        )
        new.totals = np.bitwise_count(new._bits).sum(axis=1, dtype=np.int64)
        for row, (facet, _value) in enumerate(new.values):
            if new.totals[row]:
                new._rows_of.setdefault(facet, []).append(row)
        return new

    def having(self, facet: str, values: Sequence[str]) -> np.ndarray:
        """The entries that have any of these values."""
        rows = [self._row_of[facet, value] for value in values if (facet, value) in self._row_of]
        return np.bitwise_or.reduce(self._bits[rows], axis=0, initial=0)

    def counts(self, facet: str, among: np.ndarray | None) -> dict[str, int]:
        """Of each value of the facet that is in use, how many `among` these have it; or of all."""
        rows = self._rows_of.get(facet, [])
        if among is None:
            amounts = self.totals[rows]
        else:
            amounts = np.bitwise_count(self._bits[rows] & among).sum(axis=1, dtype=np.int64)
        return {self.values[row][1]: n for row, n in zip(rows, amounts.tolist(), strict=True)}

    @property
    def names(self) -> list[str]:
        """The facets of which some value is in use."""
        return list(self._rows_of)

    def _read(self, texts: Mapping[int, str]) -> tuple[np.ndarray, np.ndarray]:
        """Entry and row of each value in `texts`; values that are new get a row."""
        numbers, rows = [], []
        for number, facets in zip(texts, json.loads(f"[{','.join(texts.values())}]"), strict=True):
            for facet, values in facets.items():
                for value in values:
                    row = self._row_of.setdefault((facet, value), len(self.values))
                    if row == len(self.values):
                        self.values.append((facet, value))
                    numbers.append(number)
                    rows.append(row)
        return np.array(numbers, np.int64), np.array(rows, np.int64)


def _mask_of(numbers: list[int], size: int) -> np.ndarray:
    mask = np.zeros(size, bool)
    mask[numbers] = True
    return mask
