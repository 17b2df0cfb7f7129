"""The network in numbers: real counts of what is published, nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import get_language_info, ngettext, npgettext
from modeltranslation.utils import build_localized_fieldname

from exchanges.models import City, DialogueEvent
from findings.models import Edition
from portal.common import display
from portal.common.languages import LANGUAGE_CODES
from practices.models import Practice


@dataclass(frozen=True)
class Numbers:
    """Counts, and the year in which the dialogue began (None before the first event)."""

    cities: int
    countries: int
    practices: int
    practices_in_every_language: int
    events: int
    first_year: int | None
    findings: int

    def in_words(self) -> list[tuple[str, int]]:
        """Each number that is not zero, with what it counts in the active language."""
        rows = [
            (ngettext("city in the exchange", "cities in the exchange", self.cities), self.cities),
            (
                npgettext("network in numbers", "country", "countries", self.countries),
                self.countries,
            ),
            (self._practices(), self.practices),
            (self._events(), self.events),
            (
                ngettext("finding of the dialogue", "findings of the dialogue", self.findings),
                self.findings,
            ),
        ]
        return [(name, value) for name, value in rows if value]

    def _practices(self) -> str:
        names = [str(get_language_info(code)["name_translated"]) for code in LANGUAGE_CODES]
        if self.practices == self.practices_in_every_language:
            text = ngettext(
                "practice, in %(languages)s", "practices, all in %(languages)s", self.practices
            )
        else:
            text = ngettext(
                "practice, %(count)s in %(languages)s",
                "practices, %(count)s of them in %(languages)s",
                self.practices,
            )
        return text % {
            "count": display.number(self.practices_in_every_language),
            "languages": display.listing(names),
        }

    def _events(self) -> str:
        text = ngettext(
            "dialogue event since %(year)s", "dialogue events since %(year)s", self.events
        )
        return text % {"year": display.digits(str(self.first_year))}


def network_numbers(
    cities: Sequence[City], events: Sequence[DialogueEvent], editions: Sequence[Edition]
) -> Numbers:
    """Count what a page has read already, and the practices by one statement.

    `events` are in order of date, `editions` come from findings.editions.published_editions.
    """
    in_every_language = Q(
        *((f"{build_localized_fieldname('title', code)}__gt", "") for code in LANGUAGE_CODES)
    )
    practices = Practice.objects.published().aggregate(
        total=Count("pk"), in_every_language=Count("pk", filter=in_every_language)
    )
    return Numbers(
        cities=len(cities),
        countries=len({city.country_id for city in cities}),
        practices=practices["total"],
        practices_in_every_language=practices["in_every_language"],
        events=len(events),
        first_year=events[0].starts.year if events else None,
        findings=sum(edition.finding_count for edition in editions),
    )
