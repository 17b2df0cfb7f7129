"""Public pages of practices."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url

from portal import search
from portal.common.kept_pages import keep_not, keeps_pages
from portal.common.languages import current_language
from portal.search import misses
from practices.addresses import ListState
from practices.filters import FACET_NAMES
from practices.metadata import practice_metadata
from practices.models import Practice
from practices.results import Listing, open_list


@require_safe
@vary_on_headers("HX-Request")
@keeps_pages(search.versions)
def practice_list(request: HttpRequest) -> HttpResponse:
    """Browse and search; everything that is chosen is in the address.

    htmx gets the list alone, to put it in the place of the one on the page.
    """
    listing = open_list(ListState.read(request.GET, FACET_NAMES))
    context = {
        "section": "practices",
        "section_current": "page",
        "listing": listing,
        "state": listing.state,
        "page_obj": listing.page,
        "page_range": listing.page_range,
        "no_index": bool(listing.state.query),
    }
    response = _answer(request, listing, context)
    return keep_not(response) if _count_miss(listing) else response


def _answer(request: HttpRequest, listing: Listing, context: dict) -> HttpResponse:
    if not request.htmx or request.htmx.history_restore_request:
        return render(request, "practices/practice_list.html", context)
    response = render(request, "practices/_results_swapped.html", context)
    address = listing.state.address
    return push_url(response, False if address == request.htmx.current_url_abs_path else address)


def _count_miss(listing: Listing) -> bool:
    """Count words that found nothing; not where filters may be what left nothing, nor later pages.

    Who asks for the words as typed has been counted with what was searched instead. Returns whether
    there was something to count.
    """
    state = listing.state
    if not state.query or state != ListState(query=state.query, sort=state.sort):
        return False
    return misses.count(
        state.query,
        listing.found,
        language=current_language(),
        place=misses.Place.PRACTICES,
    )


@require_safe
@keeps_pages(search.versions)
def practice_detail(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One practice. Of one that was public, that it was; of an older name, where it is now."""
    once_public = Practice.objects.published() | Practice.objects.gone()
    practice = once_public.one_for_page(pk)
    if practice is None:
        raise Http404
    context = {"section": "practices", "section_current": "true", "practice": practice}
    if practice.is_gone:
        return render(request, "practices/practice_gone.html", context, status=410)
    if slug != practice.slug:
        return redirect(practice, permanent=True)
    context["metadata"] = practice_metadata(practice)
    return render(request, "practices/practice_detail.html", context)
