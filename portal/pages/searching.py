"""Search everything: practices, findings, cities and events, grouped by kind."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal import search
from portal.common.kept_pages import keep_not, keeps_pages
from portal.common.languages import current_language
from portal.pages.examples import SEARCH_EXAMPLES
from portal.pages.results import KINDS, Result, results_of
from portal.search import misses

MOST_OF_A_KIND = 8
LONGEST_QUERY = 300


@dataclass(frozen=True)
class Group:
    """The best matches of one kind, best first, and how many there are in all."""

    kind: str
    results: list[Result]
    total: int

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.results)


def asked(request: HttpRequest) -> str:
    """What ?q= asks for: one line, cut where nobody types on."""
    return " ".join(request.GET.get("q", "").split())[:LONGEST_QUERY].strip()


@require_safe
@keeps_pages(search.versions)
def search_everything(request: HttpRequest) -> HttpResponse:
    """The form; with ?q= what was found, by kind. With ?exactly= no word is taken for another."""
    query = asked(request)
    context = {"query": query, "groups": [], "examples": SEARCH_EXAMPLES, "no_index": True}
    if not query:
        return render(request, "pages/search.html", context)
    is_exact = "exactly" in request.GET
    found = find_everything(query, repair=not is_exact)
    context |= {"groups": groups_of(found), "found": found, "is_exact": is_exact}
    response = render(request, "pages/search.html", context)
    place = misses.Place.EVERYTHING
    if not is_exact and misses.count(query, found, language=current_language(), place=place):
        return keep_not(response)
    return response


def find_everything(query: str, *, repair: bool = True):
    """The best of each kind that answer `query`, and how many there are of it."""
    return search.find(
        query,
        language=current_language(),
        kinds=KINDS,
        limit_each=MOST_OF_A_KIND,
        repair=repair,
    )


def groups_of(found) -> list[Group]:
    """What was found in a group for each kind of which there is something, as the page has them."""
    hits: dict[str, list[tuple[int, int]]] = {kind: [] for kind in KINDS}
    for hit, version in zip(found.hits, found.versions, strict=True):
        hits[hit.kind].append((hit.id, version))
    return [
        Group(kind, results_of(kind, of_kind, found.words), found.totals[kind])
        for kind, of_kind in hits.items()
        if of_kind
    ]
