"""Places for mentions of other records, and for the sources of a record."""

from collections.abc import Hashable, Iterator
from typing import Any

from modeltranslation.utils import build_localized_fieldname

from portal.common.languages import LANGUAGE_CODES
from portal.pages.seeding.columns import accepted
from portal.pages.seeding.faults import Place
from portal.pages.seeding.rows import Placement, Reference
from portal.pages.seeding.texts import in_languages


def mentioned(family: str, value: Any, place: Place, kind: type = str) -> Iterator[Reference]:
    """References to the records of `family` that a list names; refuses a name given twice."""
    if not place.takes(list, value):
        return
    for i, name in enumerate(value):
        if place.at(i).takes(kind, name):
            if name in value[:i]:
                place.at(i).refuse(f"{name!r} stands in this list twice")
            yield Reference(family, name, place.at(i))


class One(Placement):
    """The key of a record of another family, for a foreign key."""

    def __init__(self, column: str, family: str, *, required: bool = True, kind: type = str):
        self.column = column
        self.family = family
        self.required = required
        self.kind = kind

    def read(self, value, place, row):
        if value is None and not self.required:
            row.columns[self.column] = None
        elif place.takes(self.kind, value):
            row.columns[self.column] = Reference(self.family, value, place)


class Many(Placement):
    """Keys of records of another family, for a many-to-many field."""

    def __init__(self, field: str, family: str):
        self.field = field
        self.family = family

    def read(self, value, place, row):
        row.links[self.field] = list(mentioned(self.family, value, place))


class OnlyOne(Many):
    """The key of the one record that a many-to-many field is to have."""

    def read(self, value, place, row):
        if place.takes(str, value):
            row.links[self.field] = [Reference(self.family, value, place)]


class FindingNumbers(Many):
    """Numbers of findings of one edition."""

    def __init__(self, field: str, year: int):
        super().__init__(field, "findings")
        self.year = year

    def read(self, value, place, row):
        row.links[self.field] = [
            Reference(self.family, finding_key(self.year, number.key), number.place)
            for number in mentioned(self.family, value, place, int)
        ]


def finding_key(year: int, number: int) -> str:
    """The key of a finding in the files: "2023-03"."""
    return f"{year}-{number:02}"


class Parts(Placement):
    """Rows of a child table: `accessor` leads to them, `columns` are those that files settle."""

    accessor: str
    columns: tuple[str, ...]


class Sources(Parts):
    """Addresses, or labels where the source has no address, in their order."""

    accessor = "sources"
    columns = (
        "position", "url", *(build_localized_fieldname("label", code) for code in LANGUAGE_CODES)
    )  # fmt: skip

    def read(self, value, place, row):
        if not place.takes(list, value):
            return
        source = row.family.model._meta.get_field(self.accessor).related_model
        row.parts[self.accessor] = []
        for position, text in enumerate(value, start=1):
            here = place.at(position - 1)
            if not here.takes_line(text):
                continue
            # A label has spaces; what has none, or begins like an address, must be an address.
            is_address = " " not in text or text.lower().startswith(("http:", "https:"))
            labels = in_languages(text, row) if not is_address else {}
            part = {"position": position, "url": text if is_address else ""}
            for code in LANGUAGE_CODES:
                part[build_localized_fieldname("label", code)] = labels.get(code)
            for column in self.columns[1:]:
                if part[column]:
                    part[column] = accepted(source._meta.get_field(column), part[column], here)
            row.parts[self.accessor].append(part)


class Ties(Parts):
    """Keys of another family, for a child table that says more about the tie.

    `column` of the child table is the other record; `said` is what else the tie says.
    """

    def __init__(self, accessor: str, column: str, family: str, **said: Hashable):
        self.accessor = accessor
        self.column = column
        self.family = family
        self.said = said
        self.columns = (column, *said)

    def read(self, value, place, row):
        for reference in mentioned(self.family, value, place):
            self.tie(reference, row)

    def tie(self, reference: Reference, row) -> None:
        row.parts.setdefault(self.accessor, []).append({self.column: reference, **self.said})


class TiesWithBasis(Ties):
    """Objects with the key of another record and, in words for curators, what the tie rests on."""

    def read(self, value, place, row):
        if not place.takes(list, value):
            return
        for i, tie in enumerate(value):
            here = place.at(i)
            if not here.takes_keys([self.column, "basis"], tie):
                continue
            key = tie[self.column]
            if here.at(self.column).takes(str, key) and here.at("basis").takes_line(tie["basis"]):
                self.tie(Reference(self.family, key, here.at(self.column)), row)
                row.remarks.append(f"Tie to {key}: {tie['basis']}")
