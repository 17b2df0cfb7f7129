"""Where each key of the content files goes, family by family, in the order of loading.

Every key has a placement here or a reason in NOT_LOADED; the reader refuses any other.
"""

import calendar

from django.conf import settings
from django.utils import timezone

from exchanges.choices import PartnerRole
from exchanges.models import City, Country, DialogueEvent, Partner, Theme
from findings.choices import Basis
from findings.models import Edition, Finding
from portal.pages.seeding.columns import (
    Column,
    Coordinate,
    Day,
    Flag,
    Given,
    ReducedDate,
    Remark,
    RemarkedWords,
    Scale,
    Whole,
    Year,
    YearAsDate,
)
from portal.pages.seeding.mentions import (
    FindingNumbers,
    Many,
    One,
    OnlyOne,
    Sources,
    Ties,
    TiesWithBasis,
    finding_key,
)
from portal.pages.seeding.rows import Family
from portal.pages.seeding.rules import complete_event, complete_finding, complete_practice
from portal.pages.seeding.texts import LinesOfLanguages, ListOfTexts, Term, Texts
from practices.choices import State
from practices.models import Practice, TargetGroup

NOT_LOADED = {
    "cities.json: meta": "about the file: scales, scope; `meta.translations` serves its terms",
    "cities.json: cities[].region": "the country's region is finer",
    "cities.json: cities[].population.rounded": "true of every city, so it tells nothing apart",
    "countries.json: meta": "about the file",
    "editions.json: meta": "about the file",
    "events.json: meta": "about the initiative and the file; no page of its own",
    "events.json: events[].country": "that of the host city",
    "findings.json: meta": "repeats years, dates and gaps of the editions",
    "findings.json: findings[].keywords": "in English only; search learns words from the texts",
    "findings.json: findings[].photo_caption": "a caption whose photograph is not at hand",
    "glossary.json": "terms for translators and for search, read from the file; no page of its own",
    "partners.json: meta": "about the file",
    "practices.json: meta": "about the file; the scale of evidence is practices.choices.Evidence",
    "practices.json: practices[].words": "a count for editors of the file",
    "target_groups.json: meta": "about the file",
    "themes.json: meta": "about the file",
}


def by_slug(record):
    return record.slug


def review_day():
    """The day, some years from today, by which a practice that is loaded now is read again."""
    today = timezone.localdate()
    year = today.year + settings.REVIEW_AFTER_YEARS
    return today.replace(year=year, day=min(today.day, calendar.monthrange(year, today.month)[1]))


FAMILIES = [
    Family(
        name="countries",
        model=Country,
        key="code",
        key_of=lambda country: country.code,
        placements={
            "code": Column("code", required=True),
            "name": Texts("name", required=True),
            "region": Scale("region", required=True),
        },
    ),
    Family(
        name="themes",
        model=Theme,
        key="slug",
        key_of=by_slug,
        placements={
            "slug": Column("slug", required=True),
            "name": Texts("name", required=True),
            "description": Texts("description"),
        },
    ),
    Family(
        name="target_groups",
        model=TargetGroup,
        key="slug",
        key_of=by_slug,
        placements={
            "slug": Column("slug", required=True),
            "name": Texts("name", required=True),
            "description": Texts("description"),
        },
    ),
    Family(
        name="cities",
        model=City,
        key="id",
        key_of=by_slug,
        placements={
            "id": Column("slug", required=True),
            "name": Texts("name", required=True),
            "name_variants": LinesOfLanguages("other_names"),
            "country": One("country", "countries"),
            "latitude": Coordinate("latitude"),
            "longitude": Coordinate("longitude"),
            "population.value": Whole("population"),
            "population.year": Year("population_year"),
            "population.basis": Term("population_basis"),
            "website": Column("website"),
            "network.status": Scale("standing", required=True),
            "network.note": Remark("Standing in the network"),
            "sources": Sources(),
            "from_general_knowledge": RemarkedWords("From general knowledge"),
            "unknown": RemarkedWords("Unknown"),
        },
    ),
    Family(
        name="partners",
        model=Partner,
        key="id",
        key_of=by_slug,
        placements={
            "id": Column("slug", required=True),
            "name": Texts("name", required=True),
            "kind": Scale("kind", required=True),
            "website": Column("website"),
            "city": One("city", "cities", required=False),
            "arabic_name": Remark("Arabic name"),
            "unknown": RemarkedWords("Unknown"),
            "note": Remark("Note", optional=True),
        },
    ),
    Family(
        name="events",
        model=DialogueEvent,
        key="id",
        key_of=by_slug,
        rule=complete_event,
        placements={
            "id": Column("slug", required=True),
            "year": Given("year", int),
            "title": Texts("title", required=True),
            "host_city": OnlyOne("host_cities", "cities"),
            "date.start": ReducedDate("starts"),
            "date.end": ReducedDate("ends"),
            "date.precision": Given("precision"),
            "venue": Texts("venue"),
            "partners": Ties("partnerships", "partner", "partners", role=PartnerRole.PARTNER),
            "supporters": Ties("partnerships", "partner", "partners", role=PartnerRole.SUPPORTER),
            "participants.number": Whole("participants_number"),
            "participants.text": Texts("participants"),
            "cities_named": Many("cities", "cities"),
            "themes": Many("themes", "themes"),
            "description": Texts("summary"),
            "confidence": Scale("confidence", required=True),
            "sources": Sources(),
            "unknown": RemarkedWords("Unknown"),
            "note": Remark("Note", optional=True),
        },
    ),
    Family(
        name="editions",
        model=Edition,
        key="year",
        key_of=lambda edition: edition.year,
        placements={
            "year": Year("year", required=True),
            "title": Texts("title", required=True),
            "intro": Texts("intro"),
            "published_on": Day("published_on"),
            "updated_on": Day("updated_on"),
            "supporters": Many("supporters", "partners"),
            "complete": Flag("is_complete", required=True),
            "sources": Sources(),
            "unknown": RemarkedWords("Unknown"),
            "note": Remark("Note", optional=True),
        },
    ),
    Family(
        name="findings",
        model=Finding,
        key="id",
        key_of=lambda finding: finding_key(finding.edition.year, finding.number),
        needs=("edition",),
        rule=complete_finding,
        placements={
            "id": Given("id"),
            "year": One("edition", "editions", kind=int),
            "number": Whole("number", required=True),
            "title": Texts("title", required=True),
            "summary": Texts("summary"),
            "themes": Many("themes", "themes"),
            "discussed_at": Ties("discussions", "event", "events", basis=Basis.STATED),
            "related_events": TiesWithBasis("discussions", "event", "events", basis=Basis.INFERRED),
            "partial": Flag("is_partial", required=True),
            "sources": Sources(),
            "unknown": RemarkedWords("Unknown"),
        },
    ),
    Family(
        name="practices",
        model=Practice,
        key="id",
        key_of=by_slug,
        rule=complete_practice,
        on_creation=lambda: {
            "state": State.PUBLISHED,
            "published_at": timezone.now(),
            "review_by": review_day(),
        },
        placements={
            "id": Column("slug", required=True),
            "city": One("city", "cities"),
            "other_cities": Many("other_cities", "cities"),
            "started.year": YearAsDate("starts"),
            "started.end": YearAsDate("ends"),
            "title": Texts("title", required=True),
            "summary": Texts("summary"),
            "problem": Texts("problem"),
            "approach": Texts("approach"),
            "run_by": Texts("run_by"),
            "target_groups": Texts("for_whom"),
            "target_group_slugs": Many("target_groups", "target_groups"),
            "resources": Texts("resources"),
            "evaluation.text": Texts("evaluation"),
            "evaluation.strength": Scale("evidence", required=True),
            "steps": ListOfTexts("steps"),
            "findings_2023": FindingNumbers("findings", 2023),
            "theme": One("main_theme", "themes"),
            "themes": Many("themes", "themes"),
            "sources": Sources(),
            "unknown": RemarkedWords("Unknown"),
            "note": Remark("Note"),
        },
    ),
]
