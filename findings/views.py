"""Editions of the ten findings, and each finding with what answers it."""

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from exchanges.models import City
from findings.answers import with_answers
from findings.editions import main_edition, missing_numbers, neighbours, published_editions
from findings.metadata import edition_metadata, finding_metadata
from findings.models import Finding

# As many practices stand on the page of a finding; the list has all of them.
PRACTICES_SHOWN = 10


@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """Lead to the newest complete edition."""
    edition = main_edition(list(published_editions()))
    if edition is None:
        raise Http404
    return redirect(edition)


@require_safe
def edition_detail(request: HttpRequest, year: int) -> HttpResponse:
    """An edition: its findings and how many practices answer each."""
    editions = list(published_editions())
    edition = next((edition for edition in editions if edition.year == year), None)
    if edition is None:
        raise Http404
    its_findings = list(with_answers(edition.findings.published()).order_by("number"))
    previous, following = neighbours(editions, edition)
    context = {
        "section": "findings",
        "section_current": "page",
        "edition": edition,
        "editions": editions,
        "findings": its_findings,
        "most_practices": max([finding.practice_count for finding in its_findings], default=0),
        "missing": missing_numbers(its_findings),
        "supporters": edition.supporters.in_reading_order(),
        "sources": edition.sources.all(),
        "previous": previous,
        "next": following,
        "metadata": edition_metadata(edition),
    }
    return render(request, "findings/edition_detail.html", context)


@require_safe
def finding_detail(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """A finding: what was said, where it was discussed, which practices answer it."""
    of_edition = list(
        with_answers(Finding.objects.published().filter(edition__year=year))
        .select_related("edition")
        .order_by("number")
    )
    finding = next((finding for finding in of_edition if finding.number == number), None)
    if finding is None:
        raise Http404
    previous, following = neighbours(of_edition, finding)
    context = {
        "section": "findings",
        "section_current": "true",
        "finding": finding,
        "edition": finding.edition,
        "practices": finding.practices.published().for_cards().newest_first()[:PRACTICES_SHOWN],
        "themes": finding.themes.in_reading_order(),
        "discussions": discussions_of(finding),
        "photos": list(finding.photos.all()),
        "sources": finding.sources.all(),
        "previous": previous,
        "next": following,
        "metadata": finding_metadata(finding),
    }
    return render(request, "findings/finding_detail.html", context)


def discussions_of(finding: Finding):
    """The published events where `finding` was discussed, oldest first, with their hosts."""
    hosts = Prefetch("event__host_cities", City.objects.published().in_reading_order())
    return (
        finding.discussions.filter(event__in=finding.events.published())
        .select_related("event")
        .prefetch_related(hosts)
        .order_by("event__starts", "pk")
    )
