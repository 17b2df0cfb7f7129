"""Partial dates: a year, a month of a year, or a day."""

import calendar
import datetime
import re
from dataclasses import dataclass

from portal.common.text import western_digits

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True)
class PartialDate:
    """A date known to the year, the month or the day.

    `month` and `day` are None where they are not known. str() gives ISO 8601 with reduced
    precision. Raises ValueError for a date that the calendar does not have.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self):
        if not 1000 <= self.year <= 9999 or (self.day and not self.month):
            raise ValueError(f"not a partial date: {self.year}, {self.month}, {self.day}")
        datetime.date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read "2024", "2024-3" or "2024-03-06", with "/" or "." as well, in any digits.

        Raises ValueError where the text is anything else.
        """
        match = _ISO.fullmatch(re.sub(r"[/.]", "-", western_digits(text.strip())))
        if not match:
            raise ValueError(f"not a partial date: {text!r}")
        return cls(*(int(part) if part else None for part in match.groups()))

    def __str__(self) -> str:
        parts = [
            f"{self.year:04}",
            self.month and f"{self.month:02}",
            self.day and f"{self.day:02}",
        ]
        return "-".join(part for part in parts if part)

    def __lt__(self, other: "PartialDate") -> bool:
        return str(self) < str(other)

    @property
    def precision(self) -> str:
        """ "year", "month" or "day"."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> datetime.date:
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])
