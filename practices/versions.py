"""The public versions of a practice: when each was shown first, and what readers see differ in it.

Compared is what the page shows of the columns of a practice. Sources, files, links to other
records, and what staff alone see, are not: no version tells who made it or for what reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from django.db import models
from django.utils.text import capfirst

from portal.common.desk.differences import Difference, column_difference
from portal.common.languages import columns
from practices.choices import State
from practices.models import Practice

# In the order of the page.
PUBLIC_COLUMNS = (
    *columns("title"),
    *columns("summary"),
    "city",
    "starts",
    "ends",
    *columns("problem"),
    *columns("approach"),
    *columns("steps"),
    *columns("run_by"),
    *columns("for_whom"),
    "cost_band",
    *columns("resources"),
    *columns("what_a_city_needs"),
    *columns("what_did_not_work"),
    "main_theme",
    "evidence",
    "effect",
    *columns("evaluation"),
    "evaluation_url",
)
# About a dozen words on each side of a change.
CONTEXT = 24


class Step(Enum):
    """How a version came to be public."""

    FIRST = "first"
    CHANGED = "changed"
    AGAIN = "again"


@dataclass
class Version:
    """One public version; `number` counts from the first. What it changed says `explain`."""

    number: int
    step: Step
    moment: datetime
    before: dict | None = None
    values: dict | None = None
    differences: list[Difference] = field(default_factory=list)


@dataclass(frozen=True)
class Versions:
    """The versions that readers may look back on, the newest first.

    What was changed before a practice was taken down is not shown again with it: somebody wanted
    it gone. `has_hidden` says that there are such versions.
    """

    shown: list[Version]
    has_hidden: bool


def public_versions(practice: Practice) -> Versions:
    """The public versions of a published practice; one statement."""
    rows = practice.history.order_by("history_date", "history_id")
    found = list(_steps(rows.values("history_date", "state", *PUBLIC_COLUMNS)))
    if not found:
        # It was loaded in bulk, without a history.
        found = [Version(1, Step.FIRST, practice.published_at)]
    found[0].moment = min(practice.published_at, found[0].moment)
    last_return = max((v.number for v in found if v.step is Step.AGAIN), default=0)
    kept = [v for v in found if v.step is not Step.CHANGED or v.number > last_return]
    return Versions(kept[::-1], has_hidden=len(kept) < len(found))


def _steps(rows: Iterable[dict]) -> Iterable[Version]:
    number, shown, is_public = 0, None, False
    for row in rows:
        was_public, is_public = is_public, row["state"] == State.PUBLISHED
        if not is_public:
            continue
        before, shown = shown, row
        if before is None:
            step = Step.FIRST
        elif not was_public:
            step = Step.AGAIN
        elif _changed(before, row):
            step = Step.CHANGED
        else:
            continue
        number += 1
        yield Version(number, step, row["history_date"], before, row)


def _changed(before: dict, after: dict) -> list[str]:
    """The columns that differ; NULL and an empty text read alike."""
    return [name for name in PUBLIC_COLUMNS if (before[name] or "") != (after[name] or "")]


def explain(versions: Iterable[Version]) -> None:
    """Give each of these versions that changed something its `differences`, in words.

    At most one statement for each column that links to another record.
    """
    changed = [version for version in versions if version.step is Step.CHANGED]
    names = {name: _Named(name, changed) for name in PUBLIC_COLUMNS if _is_link(name)}
    for version in changed:
        version.differences = [
            _difference(name, names.get(name), version)
            for name in _changed(version.before, version.values)
        ]


def _difference(name: str, named: "_Named | None", version: Version) -> Difference:
    column = Practice._meta.get_field(name)
    old, new = version.before[name], version.values[name]
    if named:
        old, new = named.records.get(old), named.records.get(new)
    return column_difference(column, capfirst(column.verbose_name), old, new, CONTEXT)


def _is_link(name: str) -> bool:
    return Practice._meta.get_field(name).many_to_one


class _Named:
    """The records to which a column linked before and after it changed, by primary key."""

    def __init__(self, name: str, changed: list[Version]):
        pairs = [(v.before[name], v.values[name]) for v in changed]
        keys = {key for pair in pairs if pair[0] != pair[1] for key in pair}
        model = Practice._meta.get_field(name).related_model
        self.records: dict[int, models.Model] = model._default_manager.in_bulk(keys) if keys else {}
