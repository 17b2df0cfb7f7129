"""Every route of the portal, as the URL resolver has it.

A route is known by its name with its namespaces. One that has no name, or shares it with another,
is known by its pattern behind the language: "admin/<path:object_id>/".
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import LocalePrefixPattern, URLPattern, get_resolver


@dataclass(frozen=True)
class Route:
    """One address, or one family of addresses, and what the table calls it."""

    key: str
    name: str
    pattern: str
    parameters: int

    def __str__(self) -> str:
        return self.key


def routes() -> dict[str, Route]:
    """Every route, by its key."""
    # What stands twice at one address, as a page of ours before a package's, is one route.
    found = dict.fromkeys(_walk(get_resolver(), names=(), prefix="", parameters=0))
    often = Counter(name for name, _pattern, _parameters in found)
    keyed = [
        Route(name if often[name] == 1 and name else pattern, name, pattern, parameters)
        for name, pattern, parameters in found
    ]
    return {route.key: route for route in keyed}


def _walk(resolver, *, names, prefix, parameters) -> Iterator[tuple[str, str, int]]:
    """Name, pattern behind the language and number of parameters of each route below."""
    for part in resolver.url_patterns:
        is_language = isinstance(part.pattern, LocalePrefixPattern)
        # As ResolverMatch.route joins them.
        own = str(part.pattern).removeprefix("^") if prefix else str(part.pattern)
        pattern = prefix if is_language else prefix + own
        count = parameters + part.pattern.regex.groups
        if isinstance(part, URLPattern):
            yield ":".join((*names, part.name)) if part.name else "", pattern, count
        else:
            inner = (*names, part.namespace) if part.namespace else names
            yield from _walk(part, names=inner, prefix=pattern, parameters=count)
