"""Places for single values: numbers, dates, words of a scale, plain texts."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from portal.common.dates import PartialDate
from portal.pages.seeding.faults import Place
from portal.pages.seeding.rows import Placement, Row


def accepted(field: models.Field, value: Any, place: Place) -> Any:
    """`value` as `field` stores it: converted, cleaned, validated.

    Refuses it at `place` where the field would not take it, and gives None then.
    """
    try:
        converted = field.to_python(value)
        length = len(converted) if isinstance(converted, str) else 0
        if field.max_length and length > field.max_length:
            place.refuse(f"too long: {length} characters, at most {field.max_length} are allowed")
            return None
        return field.clean(converted, None)
    except ValidationError as error:
        place.refuse(" ".join(error.messages))
        return None


class Column(Placement):
    """A value for one column."""

    kind: type = str
    expected = ""

    def __init__(self, column: str, *, required: bool = False):
        self.column = column
        self.required = required

    def read(self, value, place, row):
        field = row.model_field(self.column)
        if value is None and not self.required:
            row.columns[self.column] = None if field.null else ""
        elif place.takes(self.kind, value, self.expected):
            try:
                converted = self.convert(value, field)
            except ValueError:
                place.refuse_value(value, self.expectation(field))
            else:
                row.columns[self.column] = accepted(field, converted, place)

    def convert(self, value: Any, field: models.Field) -> Any:
        """`value` in the column's terms. Raises ValueError for what is not expected."""
        return value

    def expectation(self, field: models.Field) -> str:
        """What is expected, for the message that refuses another value."""
        return self.expected


class Whole(Column):
    kind = int


class Flag(Column):
    kind = bool


class Coordinate(Column):
    kind = float

    def convert(self, value, field):
        # By way of text: the shortest decimal, not the binary one.
        return str(value)


class Year(Column):
    kind = int
    expected = "a year"

    def convert(self, value, field):
        return PartialDate(value).year


class YearAsDate(Year):
    def convert(self, value, field):
        return PartialDate(value)


class ReducedDate(Column):
    expected = "a date such as 2024, 2024-03 or 2024-03-06"

    def convert(self, value, field):
        date = PartialDate.parse(value)
        if str(date) != value:
            raise ValueError(value)
        return date


class Day(Column):
    expected = "a day such as 2024-03-06"

    def convert(self, value, field):
        day = datetime.date.fromisoformat(value)
        if str(day) != value:
            raise ValueError(value)
        return day


class Scale(Column):
    """A value of the column's choices, which the files write with spaces: "none found"."""

    def convert(self, value, field):
        choice = value.replace(" ", "-")
        if choice not in dict(field.flatchoices):
            raise ValueError(value)
        return choice

    def expectation(self, field):
        return f"one of {', '.join(dict(field.flatchoices))}"


class Given(Placement):
    """A value that no column takes as it is: the family's rule reads it."""

    def __init__(self, name: str, kind: type = str):
        self.name = name
        self.kind = kind

    def read(self, value, place, row):
        if place.takes(self.kind, value):
            row.given[self.name] = value


class Remark(Placement):
    """A text for the record's note for curators; null or an empty one where there is nothing."""

    def __init__(self, label: str, *, optional: bool = False):
        self.label = label
        self.optional = optional

    def read(self, value, place, row):
        if value is not None and place.takes(str, value) and value.strip():
            row.remarks.append(f"{self.label}: {value}")


class RemarkedWords(Remark):
    """A list of words for the record's note for curators."""

    def read(self, value, place, row):
        if place.takes_lines(value) and value:
            row.remarks.append(f"{self.label}: {', '.join(value)}")


class NotLoaded(Placement):
    """A key that has no place in the portal; the mapping says why."""

    optional = True

    def read(self, value: Any, place: Place, row: Row) -> None:
        """Nothing goes anywhere."""
