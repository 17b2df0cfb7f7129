"""No text makes a formula in a file, and none is lost in one."""

import csv
import io
import os

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from practices.exports.columns import NAMES
from practices.exports.tables import FOR_EXCEL, PLAIN, csv_stream
from practices.exports.workbooks import LONGEST_CELL, write_workbook

EXAMPLES = 10_000 if os.environ.get("FULL") else 500
# So many texts in one file: a workbook takes longer to open than to fill.
TEXTS_A_FILE = 50
STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
BEFORE = ["", " ", "\ufeff", "\u200f", "\n", "\u00a0", "'", "''"]
RISKY = [before + start + "1+1" for before in BEFORE for start in STARTS]
RISKY += ["=cmd|' /C calc'!A0", '=HYPERLINK("http://x.example";"y")', "-5", "+47 22 00 00 00", "="]

NO_CHARACTERS = dict.fromkeys([0xFFFE, 0xFFFF])

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
risky_texts = st.builds("".join, st.tuples(st.sampled_from(BEFORE), st.sampled_from(STARTS), texts))
any_text = texts | risky_texts
many_texts = st.lists(any_text, min_size=TEXTS_A_FILE, max_size=TEXTS_A_FILE)


def row(text: str) -> list:
    """A row in which one cell is `text` and another a list of it."""
    return [text, [text, "x"], *[None] * (len(NAMES) - 2)]


def is_risky(text: str) -> bool:
    return text.lstrip(" \ufeff\n\u00a0\u200f").startswith(STARTS)


def without_quote(text: str) -> str:
    return text.removeprefix("'")


@pytest.mark.parametrize("flavour", [PLAIN, FOR_EXCEL], ids=["plain", "for Excel"])
@settings(max_examples=EXAMPLES, deadline=None)
@given(any_text)
@example("plain")
@example('a "quoted"; text, with\nlines')
def test_no_cell_of_a_csv_file_is_a_formula_and_every_text_comes_back(flavour, text):
    assert_csv_keeps(flavour, text)


@pytest.mark.parametrize("flavour", [PLAIN, FOR_EXCEL], ids=["plain", "for Excel"])
@pytest.mark.parametrize("text", RISKY)
def test_what_begins_like_a_formula_has_an_apostrophe_in_csv(flavour, text):
    assert cell_of_csv(flavour, text) == f"'{text}"
    assert_csv_keeps(flavour, text)


def assert_csv_keeps(flavour, text: str) -> None:
    found = cell_of_csv(flavour, text)
    assert not is_risky(found)
    assert text in (found, without_quote(found))


def cell_of_csv(flavour, text: str) -> str:
    content = b"".join(csv_stream([[row(text)]], flavour)).decode()
    lines = io.StringIO(content.removeprefix(flavour.start), newline="")
    _head, cells = csv.reader(lines, delimiter=flavour.separator, strict=True)
    return cells[0]


# The examples are the texts, not the files.
@settings(max_examples=max(EXAMPLES // TEXTS_A_FILE, 10), deadline=None)
@given(many_texts)
@example([*RISKY, "\ufffe\uffff\x00\x1f=1", "\x00", "_x003D_1"])
def test_no_cell_of_a_workbook_is_a_formula_and_every_text_comes_back(given_texts):
    sheet = sheet_of([row(text) for text in given_texts])
    assert [[cell.data_type for cell in cells if cell.value] for cells in sheet.columns] == [
        ["s"] * (1 + len([text for text in given_texts if readable(text)])),
        ["s"] * (1 + len(given_texts)),
        *[["s"]] * (len(NAMES) - 2),
    ]
    found = [cells[0].value or "" for cells in list(sheet.iter_rows())[1:]]
    assert found == [readable(text) for text in given_texts]


def readable(text: str) -> str:
    """What XML can carry of a text, with its line ends as XML has them."""
    kept = "".join(c for c in text if c >= " " or c in "\t\n\r").translate(NO_CHARACTERS)
    return kept.replace("\r\n", "\n").replace("\r", "\n")


def sheet_of(rows: list[list]):
    file = io.BytesIO()
    write_workbook(file, [rows], [])
    return load_workbook(file).worksheets[0]


def test_a_number_stays_a_number_and_a_text_that_is_too_long_is_cut():
    values = [709_000, "ب" * (LONGEST_CELL + 1), *[None] * (len(NAMES) - 2)]
    cells = next(sheet_of([values]).iter_rows(min_row=2))
    assert (cells[0].value, cells[0].data_type) == (709_000, "n")
    assert cells[1].value == "ب" * LONGEST_CELL
