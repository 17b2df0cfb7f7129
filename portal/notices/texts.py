"""The texts of a notice: values that people typed, and templates in the reader's language.

Templates are plain text, nothing in them is escaped. A value stands in its line as if alone: what
is written from the other side keeps its order and leaves that of its surroundings.
"""

import datetime
import unicodedata

from django.template import Context, engines
from django.utils.dateparse import parse_date, parse_datetime

from portal.common.display import day, moment
from portal.common.languages import direction
from portal.common.text import clean_text

# A subject is read in a list of subjects; longer values end in dots.
VALUE_LENGTH = 120
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
# Kinds of letters that run against the direction of a text.
AGAINST = {"ltr": {"R", "AL"}, "rtl": {"L"}}

Value = str | int | float | bool | None | datetime.date


def stored(context: dict[str, Value]) -> dict:
    """`context` as JSON holds it: texts cleaned, dates and moments marked as such.

    Raises TypeError for any other kind of value, ValidationError for unreadable characters.
    """
    return {name: _stored(value) for name, value in context.items()}


def subject(kind: str, context: dict, language: str) -> str:
    """One line in the active language, which is `language`, from what `stored` returned."""
    values = {name: _shown(value, language, is_line=True) for name, value in context.items()}
    return " ".join(_rendered(f"notices/{kind}_subject.txt", values).split())


def message(kind: str, context: dict, language: str, *, url: str) -> str:
    """Paragraphs in the active language, which is `language`; the template is given `url` too."""
    values = {name: _shown(value, language) for name, value in context.items()}
    return _rendered(f"notices/{kind}_message.txt", {**values, "url": url})


def _stored(value: Value) -> str | int | float | bool | dict[str, str] | None:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, datetime.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"day": value.isoformat()}
    if value is None or isinstance(value, (int, float)):
        return value
    raise TypeError(f"no value for a notice: {value!r}")


def _shown(value, language: str, *, is_line: bool = False):
    if isinstance(value, str):
        return _Typed(_one_line(value) if is_line else value, language)
    if isinstance(value, dict):
        return moment(parse_datetime(value["moment"])) if "moment" in value else (
            day(parse_date(value["day"]))
        )  # fmt: skip
    return value


def _one_line(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= VALUE_LENGTH else f"{line[: VALUE_LENGTH - 1].rstrip()}…"


def _rendered(name: str, values: dict) -> str:
    template = engines["django"].get_template(name).template
    return template.render(Context(values, autoescape=False)).strip()


class _Typed(str):
    """What somebody typed: the same text for conditions, isolated where it is written out."""

    def __new__(cls, value: str, language: str):
        typed = super().__new__(cls, value)
        typed.against = AGAINST[direction(language)]
        return typed

    def __str__(self) -> str:
        return "\n".join(map(self._isolated, self.split("\n")))

    def _isolated(self, line: str) -> str:
        if self.against.isdisjoint(map(unicodedata.bidirectional, line)):
            return line
        # An address must not swallow the sign after it.
        space = " " if "://" in line.rpartition(" ")[2] else ""
        return f"{ISOLATE}{line}{space}{END_OF_ISOLATE}"
