"""Cities by the name that somebody typed."""

import re

from exchanges.models import City
from exchanges.spelling import folded
from portal.common.languages import columns, shown

# "London, Canada", with the comma of either script.
_COUNTRY_BEHIND = re.compile(r"\s*[,،]\s*")


def cities_called(text: str) -> list[City]:
    """The published cities that `text` names: "Oslo", "أوسلو", or "London, Canada".

    Case, accents and seats of hamza do not count; every language and spelling does.
    """
    name, *country = _COUNTRY_BEHIND.split(text.strip(), maxsplit=1)
    sought = folded([name])
    if not sought:
        return []
    candidates = City.objects.published().filter(spellings__contains=sought)
    cities = [city for city in candidates.select_related("country")
              if sought in city.spellings.split("\n")]  # fmt: skip
    return [city for city in cities if not country or _is_in(city, country[0])]


def label(city: City) -> str:
    """A city as lists of names offer it, in the active language: its name and its country."""
    return f"{shown(city, 'name')}, {shown(city.country, 'name')}"


def _is_in(city: City, country: str) -> bool:
    names = folded(getattr(city.country, column) for column in columns("name"))
    return folded([country]) in names.split("\n")
