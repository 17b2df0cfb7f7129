"""Public pages of practices."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from practices.addresses import ListState
from practices.filters import FACET_NAMES, offer_facets
from practices.metadata import practice_metadata
from practices.models import Practice
from practices.results import chips, find_practices, sort_links


@require_safe
def practice_list(request: HttpRequest) -> HttpResponse:
    """Browse and search; everything that is chosen is in the address."""
    asked = ListState.read(request.GET, FACET_NAMES)
    facets = offer_facets(asked.chosen)
    state = asked.choosing({each.facet.name: each.values for each in facets})
    results = find_practices(state, facets)
    page = results.page
    context = {
        "section": "practices",
        "section_current": "page",
        "state": state,
        "facets": facets,
        "chips": chips(state, facets),
        "sort_links": sort_links(state),
        "results": results,
        "page_obj": page,
        "page_range": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "no_index": bool(state.query),
    }
    return render(request, "practices/practice_list.html", context)


@require_safe
def practice_detail(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One practice. Of one that was public, that it was; of an older name, where it is now."""
    once_public = Practice.objects.published() | Practice.objects.gone()
    practice = get_object_or_404(once_public.for_page(), pk=pk)
    context = {"section": "practices", "section_current": "true", "practice": practice}
    if practice.is_gone:
        return render(request, "practices/practice_gone.html", context, status=410)
    if slug != practice.slug:
        return redirect(practice, permanent=True)
    context["metadata"] = practice_metadata(practice)
    return render(request, "practices/practice_detail.html", context)
