"""The list of practices as its address says it: read, changed, and written again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse

from portal.common.text import clean_text
from practices.choices import Match, Sort

MAX_QUERY = 300
MAX_VALUES = 100
# More digits than any number of pages has.
MAX_PAGE_DIGITS = 9


@dataclass(frozen=True)
class ListState:
    """What a reader asks the list for. `chosen` has values as text, by the name of their facet.

    `exactly` is that the words are searched as they were typed, mistyped or not.
    """

    query: str = ""
    match: Match = Match.ANY
    exactly: bool = False
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.NEWEST
    page: int = 1

    @classmethod
    def read(cls, data: QueryDict, facets: Iterable[str]) -> "ListState":
        """The state that `data` describes; of nonsense the nearest sensible state, no error."""
        query = _read_query(data.get("q", ""))
        chosen = {name: _read_values(data.getlist(name)) for name in facets}
        return cls(
            query=query,
            match=Match.ALL if query and data.get("match") == Match.ALL else Match.ANY,
            exactly=bool(query) and data.get("exactly") == "1",
            chosen={name: values for name, values in chosen.items() if values},
            sort=_read_sort(data.get("sort", ""), query),
            page=_read_page(data.get("page", "")),
        )

    @property
    def sorts(self) -> list[Sort]:
        """The orders that this list can have; the first is the one it has unless asked."""
        return [sort for sort in Sort if self.query or sort != Sort.RELEVANCE]

    @property
    def is_filtered(self) -> bool:
        return any(self.chosen.values())

    @property
    def is_all_words(self) -> bool:
        return self.match == Match.ALL

    @property
    def is_demanding(self) -> bool:
        """Whether the words of the query find less than they could."""
        return self.is_all_words or self.exactly

    @property
    def address(self) -> str:
        """Path and query of the list in this state, with nothing in it that goes without saying."""
        pairs = [("q", self.query)] if self.query else []
        if self.is_all_words:
            pairs.append(("match", self.match.value))
        if self.exactly:
            pairs.append(("exactly", "1"))
        pairs += [(name, value) for name, values in self.chosen.items() for value in values]
        if self.sort != self.sorts[0]:
            pairs.append(("sort", self.sort.value))
        if self.page > 1:
            pairs.append(("page", self.page))
        return reverse("practices:practice-list") + ("?" + urlencode(pairs) if pairs else "")

    @property
    def query_alone(self) -> str:
        """The words as they stand in an address, for searches elsewhere."""
        return urlencode({"q": self.query})

    def choosing(self, chosen: Mapping[str, tuple[str, ...]]) -> "ListState":
        """The same page of this list with other filters."""
        return replace(self, chosen={name: values for name, values in chosen.items() if values})

    def without(self, facet: str, value: str) -> "ListState":
        """The first page without one value of one facet."""
        rest = tuple(other for other in self.chosen.get(facet, ()) if other != value)
        return replace(self.choosing({**self.chosen, facet: rest}), page=1)

    def without_filters(self) -> "ListState":
        return replace(self, chosen={}, page=1)

    def without_query(self) -> "ListState":
        sort = Sort.NEWEST if self.sort == Sort.RELEVANCE else self.sort
        return replace(self, query="", match=Match.ANY, exactly=False, sort=sort, page=1)

    def without_facet(self, facet: str) -> "ListState":
        """The first page with nothing chosen in one facet."""
        return replace(self.choosing({**self.chosen, facet: ()}), page=1)

    def as_typed(self) -> "ListState":
        """The first page of what is found by the words exactly as they were typed."""
        return replace(self, exactly=True, page=1)

    def repaired(self) -> "ListState":
        """The first page of what is found where mistyped words may be mended."""
        return replace(self, exactly=False, page=1)

    def with_any_word(self) -> "ListState":
        """The first page of the practices that have any word of the query."""
        return replace(self, match=Match.ANY, page=1)

    def on_page(self, page: int) -> "ListState":
        return replace(self, page=page)

    def sorted_by(self, sort: Sort) -> "ListState":
        return replace(self, sort=sort, page=1)


def ascii_digits(text: str) -> str:
    """`text` with the decimal digits of every script as 0 to 9."""
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _read_query(text: str) -> str:
    try:
        return clean_text(text, single_line=True)[:MAX_QUERY].strip()
    except ValidationError:
        return ""


def _read_values(texts: list[str]) -> tuple[str, ...]:
    values = dict.fromkeys(ascii_digits(text.strip()).lower() for text in texts[:MAX_VALUES])
    values.pop("", None)
    return tuple(values)


def _read_sort(text: str, query: str) -> Sort:
    possible = ListState(query=query).sorts
    return Sort(text) if text in possible else possible[0]


def _read_page(text: str) -> int:
    digits = ascii_digits(text.strip())
    return max(int(digits[:MAX_PAGE_DIGITS]), 1) if digits.isdecimal() else 1
