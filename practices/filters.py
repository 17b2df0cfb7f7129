"""The facets of the list of practices, as data: what can be chosen, and what a choice means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils.translation import get_language_info, pgettext_lazy

from exchanges.choices import Region
from exchanges.models import City, Country, Theme
from findings.models import Finding
from portal.common.display import digits
from portal.common.languages import Shown, current_language, shown
from portal.common.sorting import sort_column
from practices.choices import Evidence
from practices.models import Practice


@dataclass(frozen=True)
class Choice:
    """One value of a facet: as addresses have it, as the condition needs it, as readers see it."""

    value: str
    key: object
    label: Shown
    number: str = ""
    definition: str = ""
    group: str = ""


class ValuesInUse:
    """The stored values that published practices have, and those that were asked for.

    A value that was asked for and that no practice has is here too: the list is then empty and
    says so, while a value that does not exist is none. One statement a property.
    """

    def __init__(self, asked: Mapping[str, tuple[str, ...]]):
        self.asked = asked

    @cached_property
    def findings(self) -> list[Finding]:
        """Newest edition first, by number."""
        answered = _practices_through(Practice.findings.through, finding=OuterRef("pk"))
        findings = Finding.objects.published().filter(answered | self._asked_findings())
        return list(findings.select_related("edition").in_order_of_number())

    @cached_property
    def themes(self) -> list[Theme]:
        used = Q(Exists(Practice.objects.published().filter(main_theme=OuterRef("pk"))))
        used |= _practices_through(Practice.themes.through, theme=OuterRef("pk"))
        asked = Q(slug__in=self.asked.get("theme", ()))
        return list(Theme.objects.filter(used | asked).in_reading_order())

    @cached_property
    def cities(self) -> list[City]:
        """By name, with country, and with `is_choice`: whether to offer the city itself."""
        running = Q(Exists(Practice.objects.published().filter(city=OuterRef("pk"))))
        running |= _practices_through(Practice.other_cities.through, city=OuterRef("pk"))
        is_choice = running | Q(slug__in=self.asked.get("city", ()))
        codes = [code.upper() for code in self.asked.get("country", ())]
        cities = City.objects.published().annotate(is_choice=is_choice)
        cities = cities.filter(Q(is_choice=True) | Q(country__code__in=codes))
        return list(cities.select_related("country").in_reading_order())

    @property
    def countries(self) -> list[Country]:
        countries = {city.country_id: city.country for city in self.cities}
        return sorted(countries.values(), key=lambda country: getattr(country, sort_column()))

    def _asked_findings(self) -> Q:
        asked = Q(pk__in=())
        for value in self.asked.get("finding", ()):
            year, _dash, number = value.partition("-")
            if year.isdecimal() and number.isdecimal() and len(value) <= len("2023-10"):
                asked |= Q(edition__year=int(year), number=int(number))
        return asked


@dataclass(frozen=True)
class Facet:
    """One filter: its name in addresses, what can be chosen, and what a set of keys means."""

    name: str
    label: str
    choices: Callable[[ValuesInUse], list[Choice]]
    condition: Callable[[list], Q]
    is_open: bool = False


@dataclass(frozen=True)
class OfferedFacet:
    """A facet on a page: its choices there, and which of them are chosen."""

    facet: Facet
    choices: list[Choice]
    chosen: list[Choice]

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(choice.value for choice in self.chosen)

    @property
    def is_open(self) -> bool:
        return self.facet.is_open or bool(self.chosen)

    @property
    def is_grouped(self) -> bool:
        return len({choice.group for choice in self.choices}) > 1


def offer_facets(asked: Mapping[str, tuple[str, ...]]) -> list[OfferedFacet]:
    """The facets that have a value in published practices, with what is chosen in each."""
    values = ValuesInUse(asked)
    offered = []
    for facet in FACETS:
        choices = facet.choices(values)
        wanted = set(asked.get(facet.name, ()))
        if choices:
            chosen = [choice for choice in choices if choice.value in wanted]
            offered.append(OfferedFacet(facet, choices, chosen))
    return offered


def apply_facets(practices: QuerySet, offered: list[OfferedFacet]) -> QuerySet:
    """The practices that have any of the chosen values of each facet in which one is chosen."""
    for each in offered:
        if each.chosen:
            keys = [choice.key for choice in each.chosen]
            practices = practices.filter(each.facet.condition(keys))
    return practices


def _practices_through(through, **owner) -> Q:
    published = Practice.objects.published().values("pk")
    return Q(Exists(through.objects.filter(practice__in=published, **owner)))


def _finding_choices(values: ValuesInUse) -> list[Choice]:
    return [
        Choice(
            finding.key,
            finding.pk,
            shown(finding, "title"),
            number=digits(str(finding.number)),
            group=digits(str(finding.edition.year)),
        )
        for finding in values.findings
    ]


def _theme_choices(values: ValuesInUse) -> list[Choice]:
    return [Choice(theme.slug, theme.pk, shown(theme, "name")) for theme in values.themes]


def _region_choices(values: ValuesInUse) -> list[Choice]:
    regions = {country.region for country in values.countries}.union(values.asked.get("region", ()))
    return [_of_scale(region) for region in Region if region in regions]


def _country_choices(values: ValuesInUse) -> list[Choice]:
    return [
        Choice(country.code.lower(), country.pk, shown(country, "name"))
        for country in values.countries
    ]


def _city_choices(values: ValuesInUse) -> list[Choice]:
    return [
        Choice(city.slug, city.pk, shown(city, "name")) for city in values.cities if city.is_choice
    ]


def _evidence_choices(values: ValuesInUse) -> list[Choice]:
    """The whole scale, strongest first: what nobody has yet is worth knowing too."""
    scale = [_of_scale(evidence, definition=str(evidence.definition)) for evidence in Evidence]
    return scale[::-1] if values.themes else []


def _language_choices(values: ValuesInUse) -> list[Choice]:
    return [
        Choice(code, code, _in_interface(get_language_info(code)["name_translated"]))
        for code, _name in settings.LANGUAGES
        if values.themes
    ]


def _of_scale(member: TextChoices, definition: str = "") -> Choice:
    label = _in_interface(str(member.label))
    return Choice(member.value, member.value, label, definition=definition)


def _in_interface(text: str) -> Shown:
    return Shown(text, current_language(), is_fallback=False)


def _answers(keys: list) -> Q:
    return _related(Practice.findings.through, finding__in=keys)


def _is_about(keys: list) -> Q:
    return Q(main_theme__in=keys) | _related(Practice.themes.through, theme__in=keys)


def _runs_in_regions(keys: list) -> Q:
    return _runs_in(City.objects.filter(country__region__in=keys))


def _runs_in_countries(keys: list) -> Q:
    return _runs_in(City.objects.filter(country__in=keys))


def _runs_in_cities(keys: list) -> Q:
    return _runs_in(City.objects.filter(pk__in=keys))


def _runs_in(cities: QuerySet) -> Q:
    """Practices of these cities, and those that they run together with others."""
    return Q(city__in=cities) | _related(Practice.other_cities.through, city__in=cities)


def _is_evident(keys: list) -> Q:
    return Q(evidence__in=keys)


def _exists_in(keys: list) -> Q:
    languages = Q()
    for code in keys:
        languages |= Q(**{f"title_{code}__gt": ""})
    return languages


def _related(through, **condition) -> Q:
    return Q(pk__in=through.objects.filter(**condition).values("practice_id"))


# In the order of the page. Names and values are a promise: people save and mail addresses.
FACETS = (
    Facet("finding", pgettext_lazy("filter", "Finding"), _finding_choices, _answers, is_open=True),
    Facet("theme", pgettext_lazy("filter", "Theme"), _theme_choices, _is_about, is_open=True),
    Facet(
        "region", pgettext_lazy("filter", "Region"), _region_choices, _runs_in_regions, is_open=True
    ),
    Facet("country", pgettext_lazy("filter", "Country"), _country_choices, _runs_in_countries),
    Facet("city", pgettext_lazy("filter", "City"), _city_choices, _runs_in_cities),
    Facet("evidence", pgettext_lazy("filter", "Evidence"), _evidence_choices, _is_evident),
    Facet("language", pgettext_lazy("filter", "Language"), _language_choices, _exists_in),
)
FACET_NAMES = tuple(facet.name for facet in FACETS)
