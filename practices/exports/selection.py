"""Which practices an export has: those of the list with the same query, all pages of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from django.http import QueryDict
from django.utils.translation import override

from practices.addresses import ListState
from practices.exports.columns import values_of
from practices.filters import FACET_NAMES
from practices.models import Practice

# So many practices are in memory at once, and are fetched with the statements of one page.
PRACTICES_A_CHUNK = 200


def asked_list(data: QueryDict) -> ListState:
    """The list that an address asks for, from its first practice on."""
    return replace(ListState.read(data, FACET_NAMES), page=1)


def asked_page(data: QueryDict) -> int:
    """The number of the page that an address asks for."""
    return ListState.read(data, FACET_NAMES).page


def query_of(state: ListState) -> str:
    """The query of the list's address with its question mark, or nothing."""
    address = replace(state, page=1).address
    return address[address.find("?") :] if "?" in address else ""


def practices_in_order(ids: Sequence[int], language: str) -> Iterator[list[Practice]]:
    """Published practices as their pages show them, in the order of `ids`, chunk by chunk.

    What is not published any more is left out.
    """
    remaining = iter(ids)
    while chunk := list(islice(remaining, PRACTICES_A_CHUNK)):
        with override(language):
            found = Practice.objects.published().for_page().in_bulk(chunk)
        yield [found[pk] for pk in chunk if pk in found]


def rows(ids: Sequence[int], language: str) -> Iterator[list[list]]:
    """The values of those practices, chunk by chunk."""
    for practices in practices_in_order(ids, language):
        # Addresses are those of `language`. Nothing is yielded while it is active: whoever reads
        # the stream may speak another.
        with override(language):
            values = [values_of(practice) for practice in practices]
        yield values
