"""Filters and results as markup; of lists without a query it is kept, as many read the same."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.common.kept import Kept
from portal.common.languages import current_language
from practices.choices import State
from practices.models import Practice
from practices.results import Listing

# About 100 kB each in Arabic.
_kept: Kept[SafeString] = Kept(100)


def results_markup(request: HttpRequest, listing: Listing) -> SafeString:
    """What templates/practices/_results.html makes of `listing` for the address of `request`.

    Nothing in it depends on who reads. What is kept is shown while all its practices are published.
    """
    if listing.state.query or not listing.total:
        return _rendered(request, listing)
    key = (listing.found.version, current_language(), request.GET.urlencode())
    kept = _kept.get(key)
    if kept is not None and _are_published(listing.found.ids):
        return kept
    return _kept.put(key, _rendered(request, listing))


def _are_published(ids: list[int]) -> bool:
    # Asked for published ones only, SQLite would go through all that are.
    states = Practice.objects.filter(pk__in=ids).values_list("state", flat=True)
    return list(states) == [State.PUBLISHED] * len(ids)


def _rendered(request: HttpRequest, listing: Listing) -> SafeString:
    context = {
        "listing": listing,
        "state": listing.state,
        "page_obj": listing.page,
        "page_range": listing.page_range,
    }
    return render_to_string("practices/_results.html", context, request)
