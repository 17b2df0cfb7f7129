"""Which edition a reader is led to, and what each of them has."""

from collections.abc import Sequence

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from findings.models import Edition, Finding
from findings.models.finding import FINDINGS_OF_AN_EDITION


def published_editions() -> QuerySet[Edition]:
    """Published editions, oldest first, each with `finding_count`, its published findings."""
    findings = Finding.objects.published().filter(edition=OuterRef("pk")).order_by()
    count = findings.values("edition").annotate(count=Count("pk")).values("count")
    return (
        Edition.objects.published()
        .annotate(finding_count=Coalesce(Subquery(count), 0, output_field=IntegerField()))
        .order_by("year")
    )


def main_edition(editions: Sequence[Edition]) -> Edition | None:
    """Of editions in order of year the newest complete one, else the newest; None of none."""
    complete = [edition for edition in editions if edition.is_complete]
    return next(reversed(complete or editions), None)


def neighbours(items: Sequence, item) -> tuple:
    """What stands before and after `item` in `items`, None where nothing does."""
    place = items.index(item)
    return (
        items[place - 1] if place else None,
        items[place + 1] if place + 1 < len(items) else None,
    )


def missing_numbers(findings: Sequence[Finding]) -> list[int]:
    """The numbers from one to ten that none of the `findings` of an edition has."""
    known = {finding.number for finding in findings}
    return [number for number in range(1, FINDINGS_OF_AN_EDITION + 1) if number not in known]
