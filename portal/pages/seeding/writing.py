"""Bring the stored records of a family to the state of the files."""

from collections import Counter, defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import DataError, IntegrityError, models

from portal.pages.seeding.faults import BrokenContentError
from portal.pages.seeding.mentions import Parts
from portal.pages.seeding.rows import Family, Reference, Row

# Marks the loader's own writing in the history of a record: what was changed later has another.
CHANGE_REASON = "load_content"

# Primary keys of the records of each family by their keys in the files.
Keys = dict[str, dict[Hashable, int]]


@dataclass
class Outcome:
    """What became of the records of one family, by their keys in the files.

    `written` are the records that were created or updated.
    """

    family: Family
    created: list[Hashable] = field(default_factory=list)
    updated: list[Hashable] = field(default_factory=list)
    unchanged: list[Hashable] = field(default_factory=list)
    kept: list[Hashable] = field(default_factory=list)
    written: list[models.Model] = field(default_factory=list)


@dataclass
class State:
    """Columns of a record (foreign keys by attname), its links and the rows of its child tables."""

    columns: dict[str, Any]
    links: dict[str, set[int]]
    parts: dict[str, Counter[tuple]]


class FamilyWriter:
    """Writes the rows of one family; one at a time, what hangs on them together at the end."""

    def __init__(self, family: Family, keys: Keys, *, by=None):
        self.family = family
        self.keys = keys
        self.by = by
        self.outcome = Outcome(family)
        self.child_columns = {
            placement.accessor: placement.columns
            for placement in family.placements.values()
            if isinstance(placement, Parts)
        }
        self.written: list[tuple[models.Model, State, bool]] = []

    def write(self, rows: list[Row]) -> Outcome:
        """Create and update what differs from `rows`; note the key of each record in `keys`.

        Records that somebody changed here since the loader wrote them are kept as they are.
        Raises BrokenContentError where the database refuses a record.
        """
        keys = self.keys[self.family.name] = {}
        for row in rows:
            record = self._write_row(row)
            keys[row.key] = record.pk
        try:
            self._write_links()
            self._write_parts()
        except (IntegrityError, DataError) as error:
            raise _refused(self.family.file, error) from error
        return self.outcome

    def _write_row(self, row: Row) -> models.Model:
        wanted = self._wanted(row)
        record = self._records.get(row.key)
        is_new = record is None
        if is_new:
            record = self.family.model(**self.family.on_creation())
            self.outcome.created.append(row.key)
        elif wanted == self._stored(record, wanted):
            self.outcome.unchanged.append(row.key)
            return record
        elif record.pk in self._changed_here:
            self.outcome.kept.append(row.key)
            return record
        else:
            self.outcome.updated.append(row.key)
        for column, value in wanted.columns.items():
            setattr(record, column, value)
        record._change_reason = CHANGE_REASON
        record._history_user = self.by
        try:
            record.save()
        except (IntegrityError, DataError) as error:
            raise _refused(row.place, error) from error
        self.outcome.written.append(record)
        self.written.append((record, wanted, is_new))
        return record

    def _wanted(self, row: Row) -> State:
        """The state that the files ask for."""
        return State(
            columns=self._by_attname(self.family.model, row.columns),
            links={
                name: {self._value(reference) for reference in references}
                for name, references in row.links.items()
            },
            parts={
                accessor: Counter(
                    tuple(self._value(part[column]) for column in columns)
                    for part in row.parts.get(accessor, [])
                )
                for accessor, columns in self.child_columns.items()
            },
        )

    def _stored(self, record: models.Model, wanted: State) -> State:
        """The state of a stored record, as far as the files settle it."""
        return State(
            columns={column: getattr(record, column) for column in wanted.columns},
            links={name: self._links[name][record.pk] for name in wanted.links},
            parts={accessor: self._parts[accessor][record.pk] for accessor in wanted.parts},
        )

    def _by_attname(self, model: type[models.Model], columns: dict[str, Any]) -> dict[str, Any]:
        return {
            model._meta.get_field(column).attname: self._value(value)
            for column, value in columns.items()
        }

    def _value(self, value: Any) -> Any:
        if isinstance(value, Reference):
            return self.keys[value.family][value.key]
        return value

    @cached_property
    def _records(self) -> dict[Hashable, models.Model]:
        records = self.family.model._default_manager.select_related(*self.family.needs)
        return {self.family.key_of(record): record for record in records}

    @cached_property
    def _links(self) -> dict[str, dict[int, set[int]]]:
        links = {}
        for link in self.family.model._meta.many_to_many:
            pairs = link.remote_field.through.objects.values_list(
                link.m2m_field_name(), link.m2m_reverse_field_name()
            )
            links[link.name] = defaultdict(set)
            for owner, target in pairs:
                links[link.name][owner].add(target)
        return links

    @cached_property
    def _parts(self) -> dict[str, dict[int, Counter[tuple]]]:
        parts = {}
        for accessor, columns in self.child_columns.items():
            relation = self.family.model._meta.get_field(accessor)
            parts[accessor] = defaultdict(Counter)
            rows = relation.related_model.objects.values_list(relation.field.attname, *columns)
            for owner, *values in rows:
                parts[accessor][owner][tuple(values)] += 1
        return parts

    @cached_property
    def _changed_here(self) -> set[int]:
        """Primary keys of the records whose last change is not the loader's."""
        history = self.family.model.history.order_by()
        last = history.values("id").annotate(last=models.Max("history_id")).values("last")
        changed = history.filter(history_id__in=last).exclude(history_change_reason=CHANGE_REASON)
        return set(changed.values_list("id", flat=True))

    def _write_links(self) -> None:
        names = {name for _record, wanted, _is_new in self.written for name in wanted.links}
        for name in sorted(names):
            link = self.family.model._meta.get_field(name)
            through = link.remote_field.through
            owner, target = link.m2m_field_name(), link.m2m_reverse_field_name()
            self._clear(through, owner)
            through.objects.bulk_create(
                through(**{f"{owner}_id": record.pk, f"{target}_id": pk})
                for record, wanted, _is_new in self.written
                for pk in sorted(wanted.links[name])
            )

    def _write_parts(self) -> None:
        for accessor, columns in self.child_columns.items():
            relation = self.family.model._meta.get_field(accessor)
            child, owner = relation.related_model, relation.field
            self._clear(child, owner.name)
            names = [child._meta.get_field(column).attname for column in columns]
            child.objects.bulk_create(
                child(**{owner.attname: record.pk}, **dict(zip(names, values, strict=True)))
                for record, wanted, _is_new in self.written
                for values in wanted.parts[accessor].elements()
            )

    def _clear(self, model: type[models.Model], owner: str) -> None:
        """Delete what hangs on the updated records, to be written anew."""
        updated = [record.pk for record, _wanted, is_new in self.written if not is_new]
        if updated:
            model.objects.filter(**{f"{owner}__in": updated}).delete()


def _refused(place: Any, error: Exception) -> BrokenContentError:
    return BrokenContentError([f"{place}: the database refuses it: {str(error).splitlines()[0]}"])
