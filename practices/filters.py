"""The facets of the list of practices, as data: what can be chosen in each, in which order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, pgettext_lazy

from exchanges.choices import Region
from exchanges.models import City, Country, Theme
from findings.models import Finding
from portal.common.display import digits
from portal.common.languages import Shown, current_language, direction, shown
from portal.common.templatetags.text import isolated
from practices.choices import CostBand, Evidence, PopulationBand
from practices.models import TargetGroup

# Years from here on are known, whether a practice began in them or not.
_EARLIEST_YEAR = 1980


@dataclass(frozen=True)
class Choice:
    """One value of a facet: as addresses have it, and as readers see it."""

    value: str
    label: Shown
    number: str = ""
    definition: str = ""
    group: str = ""

    @property
    def markup(self) -> SafeString:
        """The value as readers see it: "3 · Mayors in a crisis"."""
        name = isolated(self.label)
        if not self.number:
            return name
        way = direction(current_language())
        return format_html('<bdi dir="{}">{} · {}</bdi>', way, self.number, name)


@dataclass(frozen=True)
class Facet:
    """One filter: its name in addresses, and all values that there are, in reading order.

    `choices` is called with the values that practices in the index have, as indexing.facets()
    gives them. It may know others: a value that no practice has leads to an empty list that says
    so, a value that is not known at all is ignored. At most one statement.
    """

    name: str
    label: str
    choices: Callable[[Iterable[str]], list[Choice]]
    is_open: bool = False


def _findings(_values: Iterable[str]) -> list[Choice]:
    findings = Finding.objects.published().select_related("edition").in_order_of_number()
    return [
        Choice(
            finding.key,
            shown(finding, "title"),
            number=digits(str(finding.number)),
            group=digits(str(finding.edition.year)),
        )
        for finding in findings
    ]


def _themes(_values: Iterable[str]) -> list[Choice]:
    return _named(Theme.objects.in_reading_order())


def _target_groups(_values: Iterable[str]) -> list[Choice]:
    return _named(TargetGroup.objects.in_reading_order())


def _cities(_values: Iterable[str]) -> list[Choice]:
    return _named(City.objects.published().in_reading_order())


def _countries(_values: Iterable[str]) -> list[Choice]:
    return [
        Choice(country.code.lower(), shown(country, "name"))
        for country in Country.objects.in_reading_order()
    ]


def _regions(_values: Iterable[str]) -> list[Choice]:
    return _of_scale(Region)


def _populations(_values: Iterable[str]) -> list[Choice]:
    return _of_scale(PopulationBand)


def _costs(_values: Iterable[str]) -> list[Choice]:
    return _of_scale(CostBand)


def _evidence(_values: Iterable[str]) -> list[Choice]:
    """Strongest first."""
    return [
        Choice(member.value, _in_interface(member.label), definition=str(member.definition))
        for member in reversed(Evidence)
    ]


def _languages(_values: Iterable[str]) -> list[Choice]:
    return [
        Choice(code, _in_interface(get_language_info(code)["name_translated"]))
        for code, _name in settings.LANGUAGES
    ]


def _years(values: Iterable[str]) -> list[Choice]:
    """Newest first."""
    years = {*values, *map(str, range(_EARLIEST_YEAR, timezone.localdate().year + 1))}
    return [Choice(year, _in_interface(digits(year))) for year in sorted(years, reverse=True)]


def _named(records: Iterable) -> list[Choice]:
    return [Choice(record.slug, shown(record, "name")) for record in records]


def _of_scale(scale: type[TextChoices]) -> list[Choice]:
    return [Choice(member.value, _in_interface(member.label)) for member in scale]


def _in_interface(text: str) -> Shown:
    return Shown(str(text), current_language(), is_fallback=False)


# In the order of the page. Names and values are a promise: people save and mail addresses.
FACETS = (
    Facet("finding", pgettext_lazy("filter", "Finding"), _findings, is_open=True),
    Facet("theme", pgettext_lazy("filter", "Theme"), _themes, is_open=True),
    Facet("target", pgettext_lazy("filter", "For whom"), _target_groups),
    Facet("region", pgettext_lazy("filter", "Region"), _regions, is_open=True),
    Facet("country", pgettext_lazy("filter", "Country"), _countries),
    Facet("city", pgettext_lazy("filter", "City"), _cities),
    Facet("population", pgettext_lazy("filter", "Size of the city"), _populations),
    Facet("cost", pgettext_lazy("filter", "Cost"), _costs),
    Facet("evidence", pgettext_lazy("filter", "Evidence"), _evidence),
    Facet("year", pgettext_lazy("filter", "Year of start"), _years),
    Facet("language", pgettext_lazy("filter", "Language"), _languages),
)
FACET_NAMES = tuple(facet.name for facet in FACETS)
