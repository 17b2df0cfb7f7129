"""What the list of cities is asked for. All of it stands in the address."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import QueryDict

from exchanges.choices import Region
from exchanges.models import City, Country
from exchanges.querysets import CityQuerySet
from portal.common.text import clean_text

LONGEST_QUERY = 100


@dataclass(frozen=True)
class CityFilter:
    """A name or a part of it, regions and countries; what is empty does not narrow the list.

    Several regions, and several countries, mean any of these.
    """

    query: str
    regions: list[Region]
    countries: list[Country]

    def __bool__(self) -> bool:
        return bool(self.query or self.regions or self.countries)

    def apply(self, cities: CityQuerySet) -> CityQuerySet:
        """Those of `cities` that are asked for."""
        if self.regions:
            cities = cities.filter(country__region__in=self.regions)
        if self.countries:
            cities = cities.filter(country__in=self.countries)
        return cities.named(self.query)


def read_filter(values: QueryDict, countries: list[Country]) -> CityFilter:
    """The filter in the query of an address; names that no row has are left out.

    `countries` are those that can be chosen.
    """
    codes = {code.upper() for code in values.getlist("country")}
    regions = set(values.getlist("region"))
    return CityFilter(
        query=_readable(values.get("q", "")),
        regions=[region for region in Region if region in regions],
        countries=[country for country in countries if country.code in codes],
    )


def countries_of_cities() -> list[Country]:
    """The countries with a published city, as a reader of the page expects them."""
    cities = City.objects.published()
    return list(Country.objects.filter(pk__in=cities.values("country")).in_reading_order())


def _readable(query: str) -> str:
    try:
        return clean_text(query[:LONGEST_QUERY], single_line=True)
    except ValidationError:
        return ""
