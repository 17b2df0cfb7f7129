"""The formats in which a list can be taken along, as data."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.common.display import moment
from practices.exports.documents import json_stream
from practices.exports.selection import rows
from practices.exports.tables import FOR_EXCEL, PLAIN, Flavour, csv_stream
from practices.exports.workbooks import MOST_PRACTICES, facts_about, write_workbook

BYTES_A_PIECE = 64 * 1024


class FileInPieces:
    """The content of a file, which is closed with the response, read to its end or not."""

    def __init__(self, file: IO[bytes]):
        self._file = file
        self.close = file.close

    def __iter__(self) -> Iterator[bytes]:
        return iter(partial(self._file.read, BYTES_A_PIECE), b"")


@dataclass(frozen=True)
class Export:
    """What a file is made of: practices in order, the language of addresses, the list's address."""

    ids: list[int]
    language: str
    address: str


@dataclass(frozen=True)
class Format:
    """A format: its name in addresses, what it is for, and the pieces of a file in it."""

    name: str
    label: str
    description: str
    content_type: str
    ending: str
    pieces: Callable[[Export], Iterable[bytes]]


def _csv(export: Export, flavour: Flavour) -> Iterator[bytes]:
    return csv_stream(rows(export.ids, export.language), flavour)


def _json(export: Export) -> Iterator[bytes]:
    return json_stream(
        rows(export.ids, export.language), address=export.address, generated=timezone.now()
    )


def _xlsx(export: Export) -> FileInPieces:
    """Written whole before its first piece: an archive has its table of contents at the end."""
    facts = facts_about(export.address, moment(timezone.now()), len(export.ids))
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the response
    write_workbook(file, rows(export.ids[:MOST_PRACTICES], export.language), facts)
    file.seek(0)
    return FileInPieces(file)


FORMATS = (
    Format(
        "xlsx",
        _("Excel (XLSX)"),
        _("Opens in every spreadsheet program, wherever the computer comes from."),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".xlsx",
        _xlsx,
    ),
    Format(
        "csv",
        _("CSV"),
        _("For programs: RFC 4180, UTF-8 without a byte order mark, commas."),
        "text/csv; charset=utf-8; header=present",
        ".csv",
        partial(_csv, flavour=PLAIN),
    ),
    Format(
        "excel.csv",
        _("CSV for Excel"),
        _(
            "Where no XLSX can be used: UTF-8 with a byte order mark, so that Arabic opens "
            "correctly, and semicolons, at which Excel splits in most of Europe and in the Arab "
            "countries. Elsewhere take XLSX."
        ),
        "text/csv; charset=utf-8; header=present",
        "-excel.csv",
        partial(_csv, flavour=FOR_EXCEL),
    ),
    Format(
        "json",
        _("JSON"),
        _("For programs: lists stay lists, and what is not known is null."),
        "application/json",
        ".json",
        _json,
    ),
)
FORMATS_BY_NAME = {format_.name: format_ for format_ in FORMATS}
