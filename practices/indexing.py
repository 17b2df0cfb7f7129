"""What search finds of practices: the texts that their pages show."""

from django.db.models import Prefetch, QuerySet

from exchanges.indexing import city_names
from exchanges.models import City, Country, Theme
from findings.models import Edition, Finding
from portal import search
from portal.common.display import period
from portal.common.languages import shown
from practices.models import Practice, TargetGroup

_TEXTS = (
    "summary",
    "problem",
    "approach",
    "steps",
    "run_by",
    "for_whom",
    "resources",
    "evaluation",
    "what_did_not_work",
    "what_a_city_needs",
)


def register() -> None:
    """Let practices be found."""
    search.register(
        "practice",
        Practice,
        queryset=_practices,
        texts=_practice_texts,
        shows={
            City: ["city", "other_cities"],
            Country: ["city__country", "other_cities__country"],
            Edition: ["findings__edition"],
            Finding: ["findings"],
            TargetGroup: ["target_groups"],
            Theme: ["main_theme", "themes"],
        },
    )


def _practices() -> QuerySet[Practice]:
    return (
        Practice.objects.published()
        .select_related("city__country", "main_theme")
        .prefetch_related(
            Prefetch("other_cities", City.objects.published().select_related("country")),
            Prefetch("findings", Finding.objects.published()),
            "themes",
            "target_groups",
            "documents",
            "photos",
        )
    )


def _practice_texts(practice: Practice, language: str) -> dict[str, str]:
    cities = [practice.city, *practice.other_cities.all()]
    named = [
        *(city.country for city in cities),
        practice.main_theme,
        *practice.themes.all(),
        *practice.target_groups.all(),
    ]
    titled = [*practice.findings.all(), *practice.documents.all()]
    parts = [
        *(shown(practice, field, language).text for field in _TEXTS),
        period(practice.starts, practice.ends) if practice.starts else "",
        *(name for city in cities for name in city_names(city, language)),
        *(shown(record, "name", language).text for record in dict.fromkeys(named)),
        *(shown(record, "title", language).text for record in titled),
        *(shown(photo, "caption", language).text for photo in practice.photos.all()),
    ]
    return {"title": shown(practice, "title", language).text, "body": "\n".join(parts)}
