"""One page of the practices that a list is asked for."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from portal import search
from portal.common.languages import current_language
from practices.addresses import ListState
from practices.choices import Sort
from practices.filters import Choice, OfferedFacet, apply_facets
from practices.models import Practice

PRACTICES_A_PAGE = 15
# The best matches of a search that can be paged through, or put in another order.
MOST_MATCHES = 1000


@dataclass(frozen=True)
class Results:
    """The practices of one page, in order; where that page stands; how many there are in all."""

    practices: list[Practice]
    page: Page
    total: int


@dataclass(frozen=True)
class Chip:
    """One chosen value, and the address of the list without it."""

    facet: str
    choice: Choice
    without: str


@dataclass(frozen=True)
class SortLink:
    """One order that the list can have, and its address."""

    label: str
    address: str
    is_current: bool


def chips(state: ListState, offered: list[OfferedFacet]) -> list[Chip]:
    """What is chosen, in the order of the facets."""
    return [
        Chip(each.facet.label, choice, state.without(each.facet.name, choice.value).address)
        for each in offered
        for choice in each.chosen
    ]


def sort_links(state: ListState) -> list[SortLink]:
    """The orders to choose from."""
    return [
        SortLink(sort.label, state.sorted_by(sort).address, sort == state.sort)
        for sort in state.sorts
    ]


def find_practices(state: ListState, offered: list[OfferedFacet]) -> Results:
    """The page of `state`, or the nearest page that there is. At most four statements."""
    practices = apply_facets(Practice.objects.published(), offered)
    if not state.query:
        practices = _in_order(practices, state.sort)
        total = practices.count()
        page = _page(total, state.page)
        return Results(list(practices.for_cards()[_slice(page)]) if total else [], page, total)
    if state.sort == Sort.RELEVANCE:
        hits = _find(state, practices, limit=min(state.page * PRACTICES_A_PAGE, MOST_MATCHES))
        page = _page(min(hits.total, MOST_MATCHES), state.page)
        return Results(_in_this_order(hits.ids[_slice(page)]), page, hits.total)
    hits = _find(state, practices, limit=MOST_MATCHES)
    page = _page(len(hits.ids), state.page)
    practices = _in_order(Practice.objects.published().filter(pk__in=hits.ids), state.sort)
    return Results(list(practices.for_cards()[_slice(page)]), page, hits.total)


def _find(state: ListState, practices: QuerySet, *, limit: int):
    within = practices if state.is_filtered else None
    language = current_language()
    return search.find(
        state.query, language=language, kinds=["practice"], within=within, limit=limit
    )


def _in_order(practices: QuerySet, sort: Sort) -> QuerySet:
    return practices.by_city() if sort == Sort.CITY else practices.newest_first()


def _in_this_order(ids: list[int]) -> list[Practice]:
    practices = Practice.objects.published().for_cards().in_bulk(ids)
    return [practices[pk] for pk in ids if pk in practices]


def _page(total: int, number: int) -> Page:
    """A page of a list of which only the length is known."""
    return Paginator(range(total), PRACTICES_A_PAGE).get_page(number)


def _slice(page: Page) -> slice:
    return slice((page.number - 1) * PRACTICES_A_PAGE, page.number * PRACTICES_A_PAGE)
