"""The facets as one page offers them: which values, how many practices each, which are chosen.

A page has hundreds of boxes, so the markup of each is made once a version of the collection, with
two gaps: for its state and for its count.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import get_template
from django.utils.safestring import SafeString

from portal import search
from portal.common import display
from portal.common.kept import Kept
from portal.common.languages import LANGUAGE_CODES, current_language
from practices.filters import FACETS, Choice, Facet

# Facets with more values than this can be searched.
_FEW_VALUES = 10
# No stored text has it: it marks the gaps in a line's markup.
_GAP = "\0"
# The collection as it is and as it was, in each language.
_known: Kept[dict[str, dict[str, "Line"]]] = Kept(2 * len(LANGUAGE_CODES))


@dataclass(frozen=True)
class Line:
    """One choice, with the markup of its box before, between and after the gaps."""

    choice: Choice
    before: str
    between: str
    after: str

    def markup(self, count: int, is_chosen: bool, numbering: str) -> str:
        """The box; without practices it cannot be ticked, but what is ticked can be unticked."""
        state = " checked" if is_chosen else "" if count else " disabled"
        number = _number(count, numbering)
        return f"{self.before}{state}{self.between}{number}{self.after}"


@dataclass(frozen=True)
class OfferedFacet:
    """A facet on a page: its markup there, and which of its choices are chosen."""

    facet: Facet
    markup: SafeString
    chosen: list[Choice]


def known_choices(
    found: "search.Found", chosen: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """`chosen` without the values that do not exist."""
    lines = _known_lines(found)
    known = {
        name: tuple(value for value in values if value in lines[name])
        for name, values in chosen.items()
    }
    return {name: values for name, values in known.items() if values}


def offer_facets(
    found: "search.Found", chosen: Mapping[str, tuple[str, ...]]
) -> list[OfferedFacet]:
    """The facets that have a value in published practices, or one that is chosen."""
    known = _known_lines(found)
    offered = []
    for facet in FACETS:
        counts, wanted = found.counts.get(facet.name, {}), set(chosen.get(facet.name, ()))
        lines = [
            line for value, line in known[facet.name].items() if value in counts or value in wanted
        ]
        if lines:
            offered.append(_offered(facet, lines, counts, wanted))
    return offered


def _offered(
    facet: Facet, lines: list[Line], counts: Mapping[str, int], wanted: set[str]
) -> OfferedFacet:
    is_grouped = len({line.choice.group for line in lines}) > 1
    boxes, group, numbering = [], "", display.numbering()
    for line in lines:
        value = line.choice.value
        if is_grouped and line.choice.group != group:
            group = line.choice.group
            boxes.append(f'<li class="muted small" data-group>{group}</li>\n')
        boxes.append(line.markup(counts.get(value, 0), value in wanted, numbering))
    chosen = [line.choice for line in lines if line.choice.value in wanted]
    before, between, after = _frame(facet, len(lines) > _FEW_VALUES, current_language())
    state = " open" if facet.is_open or chosen else ""
    markup = SafeString("".join((before, state, between, *boxes, after)))
    return OfferedFacet(facet, markup, chosen)


def _known_lines(found: "search.Found") -> dict[str, dict[str, Line]]:
    """The lines of all facets by value. At most one statement a facet, none where kept."""
    key = (found.version, current_language())
    return _known.get_or_make(key, lambda: {facet.name: _lines(facet, found) for facet in FACETS})


def _lines(facet: Facet, found: "search.Found") -> dict[str, Line]:
    template = get_template("practices/_filters_line.html")
    lines = {}
    for choice in facet.choices(found.counts.get(facet.name, {})):
        context = {"facet": facet, "choice": choice, "gap": _GAP}
        lines[choice.value] = Line(choice, *template.render(context).split(_GAP))
    return lines


@lru_cache(maxsize=2 * len(FACETS) * len(LANGUAGE_CODES))
def _frame(facet: Facet, is_long: bool, _language: str) -> list[str]:
    """What stands around the state and the boxes of a facet."""
    context = {"facet": facet, "is_long": is_long, "gap": _GAP}
    return get_template("practices/_filters_facet.html").render(context).split(_GAP)


@lru_cache(maxsize=10_000)
def _number(count: int, _numbering: str) -> str:
    return display.number(count)
