"""Search everything: practices, findings, cities and events in one plain list by kind."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exchanges.models import City, DialogueEvent
from findings.models import Finding
from portal import search
from portal.common.languages import current_language
from portal.pages.examples import SEARCH_EXAMPLES
from practices.models import Practice

MOST_OF_A_KIND = 8
LONGEST_QUERY = 300

# In the order of the page; each with the rows as its list shows them.
ROWS: dict[str, Callable[[], QuerySet]] = {
    "practice": lambda: Practice.objects.published().for_cards(),
    "finding": lambda: Finding.objects.published().select_related("edition"),
    "city": lambda: City.objects.published().select_related("country"),
    "event": lambda: DialogueEvent.objects.published().with_places(),
}


@dataclass(frozen=True)
class Group:
    """The best matches of one kind, best first, and how many there are in all."""

    kind: str
    records: list[Model]
    total: int

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.records)


@require_safe
def search_everything(request: HttpRequest) -> HttpResponse:
    """The form; with ?q= what was found, by kind: at most eight statements."""
    query = " ".join(request.GET.get("q", "").split())[:LONGEST_QUERY]
    context = {
        "query": query,
        "groups": find_everything(query) if query else [],
        "examples": SEARCH_EXAMPLES,
        "no_index": True,
    }
    return render(request, "pages/search.html", context)


def find_everything(query: str) -> list[Group]:
    """What answers `query`, in a group for each kind of which something was found."""
    found = search.find(query, language=current_language(), kinds=ROWS)
    groups = []
    for kind, rows in ROWS.items():
        ids = [hit.id for hit in found.hits if hit.kind == kind]
        records = rows().in_bulk(ids[:MOST_OF_A_KIND]) if ids else {}
        if records:
            groups.append(Group(kind, [records[id_] for id_ in ids if id_ in records], len(ids)))
    return groups
