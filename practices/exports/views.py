"""Lists of practices to take along: as files, and on paper."""

from collections.abc import Iterable
from urllib.parse import quote

from allauth.core.internal import ratelimit
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from portal.common.languages import current_language
from practices.addresses import ListState
from practices.exports.columns import ENTRIES
from practices.exports.formats import FORMATS, FORMATS_BY_NAME, Export, Format
from practices.exports.selection import asked_list, practices_in_order
from practices.exports.workbooks import MOST_PRACTICES
from practices.results import matching_ids

# A file of everything may keep a process busy for a minute.
RATE = "20/m/ip"
# More would be a book, and a page that no browser likes.
MOST_PRINTED = 200


@require_safe
def export(request: HttpRequest, name: str) -> HttpResponseBase:
    """All practices of a list in one file; the query is that of the list. 429 beyond RATE."""
    if name not in FORMATS_BY_NAME:
        raise Http404
    format_ = FORMATS_BY_NAME[name]
    if request.method == "GET" and not ratelimit.consume(
        request, app="exports", action="export", config={"export": RATE}, limit_get=True
    ):
        return respond_429(request)
    pieces = () if request.method == "HEAD" else _pieces(request, format_)
    response = StreamingHttpResponse(pieces, content_type=format_.content_type)
    response["Content-Disposition"] = _disposition(format_)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def print_view(request: HttpRequest) -> HttpResponse:
    """All practices of a list on one page that is made for paper."""
    state = asked_list(request.GET)
    ids = matching_ids(state)
    chunks = practices_in_order(ids[:MOST_PRINTED], current_language())
    context = {
        "section": "practices",
        "section_current": "true",
        "state": state,
        "practices": [practice for chunk in chunks for practice in chunk],
        "matching": len(ids),
        "limit": MOST_PRINTED,
        "today": timezone.localdate(),
        "list_address": settings.SITE_URL + state.address,
        "no_index": True,
    }
    return render(request, "practices/practice_print.html", context)


@require_safe
def export_columns(request: HttpRequest) -> HttpResponse:
    """What the files have in them."""
    context = {
        "section": "practices",
        "section_current": "true",
        "state": ListState(),
        "entries": ENTRIES,
        "formats": FORMATS,
        "most_practices": MOST_PRACTICES,
        "no_index": True,
    }
    return render(request, "practices/export_columns.html", context)


def _pieces(request: HttpRequest, format_: Format) -> Iterable[bytes]:
    state = asked_list(request.GET)
    address = settings.SITE_URL + state.address
    return format_.pieces(Export(matching_ids(state), current_language(), address))


def _disposition(format_: Format) -> str:
    """An attachment with a name in the reader's language, and one for programs of old."""
    day = f"{timezone.localdate():%Y-%m-%d}"
    plain = f"practices-{current_language()}-{day}{format_.ending}"
    stem = pgettext("name of a file", "practices")
    named = quote(f"{stem}-{day}{format_.ending}")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{named}"
