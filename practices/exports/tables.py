"""CSV files, written as they are read: no more than one chunk of practices is in memory."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from portal.common.desk.formats import begins_like_formula
from practices.exports.columns import NAMES

BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Flavour:
    """How a CSV file is written: what stands before it, and between its cells."""

    start: str
    separator: str
    quotes_all: bool


# RFC 4180, for programs.
PLAIN = Flavour(start="", separator=",", quotes_all=False)
# Excel knows UTF-8 by the mark, and splits at the list separator of the computer: the semicolon in
# most of Europe and the Arab countries. A line "sep=;" would make it forget the mark.
FOR_EXCEL = Flavour(start=BYTE_ORDER_MARK, separator=";", quotes_all=True)


def csv_stream(chunks: Iterable[list[list]], flavour: Flavour) -> Iterator[bytes]:
    """The names of the columns, then `chunks` of values, as pieces of one CSV file in UTF-8."""
    yield flavour.start.encode() + _lines([NAMES], flavour)
    for rows in chunks:
        yield _lines([[inert_cell(value) for value in row] for row in rows], flavour)


def cell(value: Any) -> str | int:
    """A value as one cell: nothing is empty, of a list each value stands on a line of its own."""
    if isinstance(value, list):
        return "\n".join(str(cell(each)) for each in value)
    return "" if value is None else value


def inert_cell(value: Any) -> str | int:
    """The cell with an apostrophe before a text that a spreadsheet would take for a formula."""
    content = cell(value)
    is_risky = isinstance(content, str) and begins_like_formula(content)
    return f"'{content}" if is_risky else content


def _lines(rows: Iterable[Iterable], flavour: Flavour) -> bytes:
    out = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if flavour.quotes_all else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=flavour.separator, quoting=quoting, lineterminator="\r\n")
    writer.writerows(rows)
    return out.getvalue().encode()
