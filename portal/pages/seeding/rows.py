"""Records as the content files have them, before anything is written."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from portal.pages.seeding.faults import Place


@dataclass(frozen=True)
class Reference:
    """A mention of a record of `family` by its key in the files."""

    family: str
    key: Hashable
    place: Place = field(compare=False)


@dataclass(frozen=True)
class FileTexts:
    """The languages a file is written in, and what its `meta.translations` says in others of the
    terms that its records have in the original language only."""

    languages: tuple[str, ...]
    translations: dict[str, dict[str, str]]


@dataclass
class Row:
    """One record of a family: what its columns, links and parts are to be.

    A column or link that is not here is not the files' business. `parts` are the rows of a child
    table by accessor; `given` are values that only the family's own rule reads.
    """

    family: "Family"
    place: Place
    texts: FileTexts
    key: Hashable = None
    columns: dict[str, Any] = field(default_factory=dict)
    links: dict[str, list[Reference]] = field(default_factory=dict)
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    given: dict[str, Any] = field(default_factory=dict)

    def model_field(self, column: str) -> models.Field:
        return self.family.model._meta.get_field(column)

    def references(self):
        """Every mention of another record in this one."""
        parts = (value for rows in self.parts.values() for part in rows for value in part.values())
        for value in (*self.columns.values(), *parts):
            if isinstance(value, Reference):
                yield value
        for links in self.links.values():
            yield from links


class Placement:
    """What the value of one key of the files must be, and where in a row it goes."""

    # Whether the key may be absent.
    optional = False

    def read(self, value: Any, place: Place, row: Row) -> None:
        """Put `value` into `row`, or refuse it at `place`."""
        raise NotImplementedError


def no_rule(row: Row) -> None:
    """The rule of a family whose keys say everything one by one."""


@dataclass(frozen=True)
class Family:
    """The records of one model and of the file that is named after them.

    `key` is the key that identifies a record in the file, `key_of` gives the same for a stored
    record. `placements` has dotted paths for nested keys. `rule` completes a row and refuses what
    does not fit together. `on_creation` are columns that are set once and then left alone.
    `needs` are foreign keys that `key_of` follows.
    """

    name: str
    model: type[models.Model]
    key: str
    key_of: Callable[[models.Model], Hashable]
    placements: dict[str, Placement]
    rule: Callable[[Row], None] = no_rule
    on_creation: Callable[[], dict[str, Any]] = dict
    needs: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        return f"{self.name}.json"
