"""The list of practices that an address asks for: what was found, and one page of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator

from portal import search
from portal.common.languages import current_language
from practices.addresses import ListState
from practices.cards import cards_of
from practices.choices import Match, Sort
from practices.filters import Choice
from practices.offering import OfferedFacet, known_choices, offer_facets

KIND = "practice"
PRACTICES_A_PAGE = 15
# Suggested where nothing was found.
NEAREST_SHOWN = 3


@dataclass(frozen=True)
class Chip:
    """One chosen value, and the address of the list without it."""

    facet: str
    choice: Choice
    without: str


@dataclass(frozen=True)
class SortLink:
    """One order that the list can have, and its address."""

    sort: Sort
    address: str
    is_current: bool


@dataclass(frozen=True)
class Dropping:
    """A facet without its choice: what is chosen there, and what the list would have then."""

    name: str
    facet: str
    choices: list[Choice]
    address: str
    total: int


@dataclass(frozen=True)
class Nearest:
    """What is found by asking for less: its address, how many there are, the first of them."""

    state: ListState
    total: int
    cards: list[str]

    @property
    def is_more(self) -> bool:
        return self.total > len(self.cards)


@dataclass(frozen=True)
class Listing:
    """One page of the practices that `state` asks for.

    `state` has no value that does not exist, and a page that does.
    """

    state: ListState
    found: "search.Found"

    @property
    def total(self) -> int:
        return self.found.total

    @cached_property
    def page(self) -> Page:
        """A page of a list of which only the length is known."""
        return Paginator(range(self.total), PRACTICES_A_PAGE).get_page(self.state.page)

    @property
    def page_range(self):
        return self.page.paginator.get_elided_page_range(
            self.page.number, on_each_side=1, on_ends=1
        )

    @cached_property
    def cards(self) -> list[str]:
        """The practices as markup. At most two statements."""
        return _markup(self.found)

    @cached_property
    def facets(self) -> list[OfferedFacet]:
        return offer_facets(self.found, self.state.chosen)

    @cached_property
    def chips(self) -> list[Chip]:
        """What is chosen, in the order of the facets."""
        return [
            Chip(each.facet.label, choice, self._without(each, choice))
            for each in self.facets
            for choice in each.chosen
        ]

    @property
    def sort_links(self) -> list[SortLink]:
        """The orders to choose from."""
        return [
            SortLink(sort, self.state.sorted_by(sort).address, sort == self.state.sort)
            for sort in self.state.sorts
        ]

    @property
    def is_repaired(self) -> bool:
        """Whether other words were searched than were typed."""
        return bool(self.found.repairs)

    @cached_property
    def droppings(self) -> list[Dropping]:
        """The facets to drop where nothing was found: first the one that brings most."""
        droppings = [
            Dropping(
                each.facet.name,
                each.facet.label,
                each.chosen,
                self.state.without_facet(each.facet.name).address,
                self.found.without.get(each.facet.name, 0),
            )
            for each in self.facets
            if each.chosen
        ]
        return sorted(droppings, key=lambda each: -each.total)

    @cached_property
    def nearest(self) -> Nearest | None:
        """What is found by asking for less; where nothing was found."""
        for state in self._asking_for_less():
            found = _find(state, limit=NEAREST_SHOWN)
            if found.total:
                return Nearest(state, found.total, _markup(found))
        return None

    def _asking_for_less(self) -> Iterator[ListState]:
        """The list without the facet that hinders most, by any word alone, or by filters alone."""
        if self.droppings and self.droppings[0].total:
            yield self.state.without_facet(self.droppings[0].name)
            return
        if self.state.query and (self.state.is_filtered or self.state.is_demanding):
            yield self.state.with_any_word().repaired().without_filters()
        if self.state.query and self.state.is_filtered:
            yield self.state.without_query()

    def _without(self, facet: OfferedFacet, choice: Choice) -> str:
        return self.state.without(facet.facet.name, choice.value).address


def open_list(asked: ListState) -> Listing:
    """The list that `asked` describes, or the nearest that there is."""
    state, found = _find_page(asked)
    last = max(-(-found.total // PRACTICES_A_PAGE), 1)
    if state.page > last:
        state, found = _find_page(state.on_page(last))
    return Listing(state, found)


def matching_ids(asked: ListState) -> Sequence[int]:
    """The primary keys of all practices that `asked` describes, in the order of its list.

    They are those of the index: whoever shows them asks published() again.
    """
    found = _find(asked, counts=True)
    state = asked.choosing(known_choices(found, asked.chosen))
    return (found if state == asked else _find(state)).ids


def _find_page(asked: ListState) -> tuple[ListState, "search.Found"]:
    """What is found of one page, and `asked` without the values that do not exist."""
    state, found = asked, _find_slice(asked)
    known = known_choices(found, asked.chosen)
    if known != asked.chosen:
        state = asked.choosing(known)
        found = _find_slice(state)
    return state, found


def _find_slice(state: ListState) -> "search.Found":
    offset = (state.page - 1) * PRACTICES_A_PAGE
    return _find(state, limit=PRACTICES_A_PAGE, offset=offset, counts=True)


def _find(
    state: ListState, *, limit: int | None = None, offset: int = 0, counts: bool = False
) -> "search.Found":
    return search.find(
        state.query,
        language=current_language(),
        kinds=[KIND],
        chosen=state.chosen,
        match="all" if state.match == Match.ALL else "any",
        order=None if state.sort == Sort.RELEVANCE else state.sort.value,
        repair=not state.exactly,
        limit=limit,
        offset=offset,
        counts=counts,
    )


def _markup(found: "search.Found") -> list[str]:
    words = found.words or None
    return [card.markup(words) for card in cards_of(found.ids, found.versions)]
