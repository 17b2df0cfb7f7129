"""XLSX files: a sheet of practices in which every text is a text, and a sheet about the file."""

import re
from collections.abc import Iterable
from typing import IO, Any

from django.utils.translation import get_language_bidi, pgettext
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from portal.common.desk.formats import TEXT_FORMAT
from portal.common.display import number
from practices.exports.columns import ENTRIES, NAMES, Entry
from practices.exports.tables import cell

# Two milliseconds each, and nothing is sent before all are written.
MOST_PRACTICES = 5_000
# Excel opens no longer cell.
LONGEST_CELL = 32_767

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_workbook(
    out: IO[bytes], chunks: Iterable[list[list]], facts: Iterable[tuple[str, str]]
) -> None:
    """Write the values in `chunks` as a workbook in the active language.

    `facts` and the meaning of the columns stand on its second sheet.
    """
    book = Workbook(write_only=True)
    sheet = _sheet(book, pgettext("name of a sheet", "Practices"))
    sheet.freeze_panes = "B2"
    _append(sheet, [NAMES])
    for rows in chunks:
        _append(sheet, rows)
    _append(_sheet(book, pgettext("name of a sheet", "About this file")), _about(facts))
    book.save(out)


def facts_about(address: str, generated: str, total: int) -> list[tuple[str, str]]:
    """What a reader of the file has to know of it, in the active language."""
    facts = [
        (_("List"), address),
        (_("Taken on"), generated),
        (_("Practices"), number(min(total, MOST_PRACTICES))),
    ]
    if total > MOST_PRACTICES:
        note = _("The list has %(total)s practices. A CSV file has them all.")
        facts.append((_("Not whole"), note % {"total": number(total)}))
    return facts


def _about(facts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    described = [(column.name, _meaning(entry)) for entry in ENTRIES for column in entry.columns]
    return [*facts, ("", ""), *described]


def _meaning(entry: Entry) -> str:
    """What a column means, and below that what each value of its scale does."""
    values = [f"{value}: {label}" for value, label in entry.scale.choices] if entry.scale else []
    return "\n".join([str(entry.description), *values])


def _sheet(book: Workbook, title: str) -> WriteOnlyWorksheet:
    sheet = book.create_sheet(title)
    sheet.sheet_view.rightToLeft = get_language_bidi()
    return sheet


def _append(sheet: WriteOnlyWorksheet, rows: Iterable[Iterable[Any]]) -> None:
    """Write rows of one length, with the same cells for each: making one takes longer."""
    cells = []
    for row in rows:
        values = [cell(value) for value in row]
        cells = cells or [_text_cell(sheet) for _value in values]
        for each, value in zip(cells, values, strict=True):
            _fill(each, value)
        sheet.append(cells)


def _text_cell(sheet: WriteOnlyWorksheet) -> WriteOnlyCell:
    """A cell that stays a text when somebody edits it."""
    made = WriteOnlyCell(sheet)
    made.number_format = TEXT_FORMAT
    return made


def _fill(target: WriteOnlyCell, value: str | int) -> None:
    if isinstance(value, str):
        target.value = _NOT_IN_XML.sub("", value)[:LONGEST_CELL] or None
        # openpyxl takes a text that begins with "=" for a formula.
        target.data_type = "s" if target.value else "n"
    else:
        target.value = value
