"""What search finds of practices: the texts that their pages show."""

from django.db.models import Prefetch, QuerySet

from exchanges.indexing import city_names
from exchanges.models import City, Country, Theme
from findings.models import Edition, Finding
from portal import search
from portal.common.display import period
from portal.common.languages import languages_of, shown
from practices.choices import PopulationBand, Sort
from practices.models import Practice, TargetGroup


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
        facets=facets,
        orders={Sort.NEWEST.value: _newest_first, Sort.CITY.value: _by_city},
    )


def _practices() -> QuerySet[Practice]:
    return (
        Practice.objects.published()
        .select_related("city__country", "main_theme")
        .prefetch_related(
            Prefetch("other_cities", City.objects.published().select_related("country")),
            Prefetch("findings", Finding.objects.published().select_related("edition")),
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
        *(shown(practice, field, language).text for field in Practice.TEXTS if field != "title"),
        period(practice.starts, practice.ends) if practice.starts else "",
        *(name for city in cities for name in city_names(city, language)),
        *(shown(record, "name", language).text for record in dict.fromkeys(named)),
        *(shown(record, "title", language).text for record in titled),
        *(shown(photo, "caption", language).text for photo in practice.photos.all()),
    ]
    return {"title": shown(practice, "title", language).text, "body": "\n".join(parts)}


def facets(practice: Practice) -> dict[str, list[str]]:
    """The values of a practice in each facet of practices.filters, as addresses have them."""
    cities = [practice.city, *practice.other_cities.all()]
    themes = [practice.main_theme, *practice.themes.all()]
    sizes = [city.population for city in cities if city.population is not None]
    values = {
        "finding": [finding.key for finding in practice.findings.all()],
        "theme": [theme.slug for theme in themes],
        "target": [group.slug for group in practice.target_groups.all()],
        "region": [city.country.region for city in cities],
        "country": [city.country.code.lower() for city in cities],
        "city": [city.slug for city in cities if city.is_published],
        "population": [PopulationBand.of(size).value for size in sizes],
        "cost": [practice.cost_band] if practice.cost_band else [],
        "evidence": [practice.evidence],
        "year": [str(practice.starts.year)] if practice.starts else [],
        "language": languages_of(practice, "title"),
    }
    return {name: list(dict.fromkeys(each)) for name, each in values.items()}


def _newest_first() -> QuerySet:
    return Practice.objects.published().newest_first().values_list("pk", flat=True)


def _by_city() -> QuerySet:
    return Practice.objects.published().by_city().values_list("pk", flat=True)
