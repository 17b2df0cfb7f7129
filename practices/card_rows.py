"""Practices as cards read them: rows of two statements, without the cost of a model for each.

A page of cards touches more than a hundred records; making models of them cost more than all the
rest of the page.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.db.models import QuerySet

from findings.models import Finding
from portal.common.languages import columns

# Where a match is looked for that neither title nor summary has, in the order of the page.
FURTHER_TEXTS = (
    "problem",
    "approach",
    "steps",
    "run_by",
    "for_whom",
    "resources",
    "what_a_city_needs",
    "what_did_not_work",
    "evaluation",
)


def _translated(*fields: str) -> list[str]:
    return [column for field in fields for column in columns(field)]


_PRACTICE = [
    *("pk", "slug", "original_language", "starts", "ends", "evidence", "cost_band"),
    *_translated("title", "summary", *FURTHER_TEXTS),
]
_CITY = ["slug", "is_published", *_translated("name")]
_NAMED = _translated("name")
_FINDING = ["number", "original_language", *_translated("title")]
# Each group of columns with the look-up that leads to it.
_GROUPS = [
    ("", _PRACTICE),
    ("city__", _CITY),
    ("city__country__", _NAMED),
    ("main_theme__", _NAMED),
]
_COLUMNS = [prefix + column for prefix, group in _GROUPS for column in group]


def card_rows(practices: QuerySet) -> Iterator[SimpleNamespace]:
    """What Card.of() reads of these practices, under the names that it has in models.

    Two statements, however many rows.
    """
    rows = [_record(values) for values in practices.values_list(*_COLUMNS)]
    findings = _findings([row.pk for row in rows])
    for row in rows:
        row.published_findings = findings[row.pk]
        yield row


def _record(values: tuple) -> SimpleNamespace:
    rest = iter(values)
    practice, city, country, theme = (
        SimpleNamespace(**{column: next(rest) for column in group}) for _prefix, group in _GROUPS
    )
    city.country, practice.city, practice.main_theme = country, city, theme
    return practice


def _findings(ids: Iterable[int]) -> dict[int, list[SimpleNamespace]]:
    """The published findings that each of these practices answers, in order."""
    found = Finding.objects.published().filter(practices__in=ids).in_order_of_number()
    of_practice = defaultdict(list)
    for pk, year, *values in found.values_list("practices", "edition__year", *_FINDING):
        finding = SimpleNamespace(**dict(zip(_FINDING, values, strict=True)))
        finding.edition = SimpleNamespace(year=year)
        of_practice[pk].append(finding)
    return of_practice
