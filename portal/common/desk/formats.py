"""CSV and XLSX files of records: bounded when read, inert when written.

A spreadsheet runs a cell that begins like a formula. Such a text goes out with an apostrophe before
it and loses that one when it comes back, so that a round trip changes nothing.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from import_export.formats import base_formats
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from tablib import Dataset

MAX_ROWS = 5000
MAX_COLUMNS = 200
# Of an XLSX file, which is an archive: parts, bytes once unpacked, and how much smaller it may be.
MAX_MEMBERS = 200
MAX_UNPACKED = 50 * 1024 * 1024
MAX_RATIO = 100
DELIMITERS = ",;\t"
ARCHIVE_START = b"PK\x03\x04"
TEXT_FORMAT = "@"

_FORMULA = re.compile(r"'*[\s\ufeff\u200b-\u200f\u2060]*[=+\-@＝＋－＠\t\r]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def inert(value: Any) -> Any:
    """`value` as a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and _is_formula(value) else value


def begins_like_formula(text: str) -> bool:
    """Whether a spreadsheet could take `text` for a formula, or for a signed number."""
    return bool(_FORMULA.match(text))


def revived(value: Any) -> Any:
    """What `inert` was given."""
    is_marked = isinstance(value, str) and value.startswith("'") and _is_formula(value)
    return value[1:] if is_marked else value


def _is_formula(text: str) -> bool:
    return begins_like_formula(text) and not _NUMBER.fullmatch(text)


def as_table(rows: Iterable[Iterable[Any]]) -> Dataset:
    """Rows of a file, the first of them the names of the columns; raises ValidationError."""
    filled = [[revived(cell) for cell in row] for row in rows]
    while filled and not any(cell not in (None, "") for cell in filled[-1]):
        filled.pop()
    if len(filled) < 2:
        raise ValidationError(_("The file has no rows below the names of the columns."))
    if len(filled) > MAX_ROWS + 1:
        raise ValidationError(_("A file may have at most %(limit)s rows.") % {"limit": MAX_ROWS})
    names = [str(cell or "").strip() for cell in filled[0]]
    while names and not names[-1]:
        names.pop()
    table = Dataset(headers=names)
    for row in filled[1:]:
        table.append([*row, *[""] * len(names)][: len(names)])
    return table


class CommaSeparated(base_formats.CSV):
    """CSV in UTF-8 with the mark by which spreadsheets know it."""

    def create_dataset(self, in_stream: bytes) -> Dataset:
        try:
            text = in_stream.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ValidationError(
                _("The file is not written in UTF-8. Save it as “CSV UTF-8” or as XLSX.")
            ) from None
        header = text.partition("\n")[0]
        delimiter = max(DELIMITERS, key=header.count)
        return as_table(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))

    def export_data(self, dataset: Dataset) -> bytes:
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(dataset.headers)
        writer.writerows([inert(cell) for cell in row] for row in dataset)
        return out.getvalue().encode("utf-8-sig")


class Workbooks(base_formats.XLSX):
    """XLSX with every text marked as text, so that editing turns none into a date or a number."""

    def create_dataset(self, in_stream: bytes) -> Dataset:
        check_archive(in_stream)
        book = load_workbook(io.BytesIO(in_stream), read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            # What the file says of its size is not to be believed.
            sheet.reset_dimensions()
            return as_table(
                sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS, values_only=True)
            )
        finally:
            book.close()

    def export_data(self, dataset: Dataset) -> bytes:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.freeze_panes = "B2"
        sheet.sheet_view.rightToLeft = get_language_bidi()
        for row in [dataset.headers, *dataset]:
            sheet.append([_cell(sheet, value) for value in row])
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()


# By the start of their content: an archive is a workbook, all else is read as CSV.
FORMATS = [CommaSeparated, Workbooks]


def format_of(start: bytes) -> int:
    """The place in FORMATS of the format of a file that begins so."""
    return FORMATS.index(Workbooks if start.startswith(ARCHIVE_START) else CommaSeparated)


def check_archive(content: bytes) -> None:
    """Raise ValidationError for an archive that would unpack into too much, before it is unpacked.

    No part of an archive can yield more than the size that is announced for it.
    """
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile:
        raise ValidationError(_("The file is damaged or no XLSX file.")) from None
    unpacked = sum(part.file_size for part in parts)
    too_dense = any(part.file_size > MAX_RATIO * max(part.compress_size, 1024) for part in parts)
    if len(parts) > MAX_MEMBERS or unpacked > MAX_UNPACKED or too_dense:
        raise ValidationError(
            _("The file unpacks into far more than a table of records. It was not opened.")
        )


def _cell(sheet, value: Any) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, inert(value))
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = TEXT_FORMAT
    return cell
