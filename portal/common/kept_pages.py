"""Whole pages, kept by a process for readers of whom it knows nothing."""

import gzip
from collections.abc import Callable, Hashable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from portal.common.kept import Kept
from portal.common.languages import current_language

# About 15 kB each, compressed.
_PAGES_KEPT = 3000
# As small as a proxy would make it: it is sent more often than it is made.
_LEVEL = 6
# Who has one of these may get a page of their own: an account, or a message to be shown once.
_PERSONAL_COOKIES = {settings.SESSION_COOKIE_NAME, "messages"}
_kept: Kept[tuple[bytes, dict[str, str]]] = Kept(_PAGES_KEPT)


def keeps_pages(version: Callable[[], Hashable]) -> Callable:
    """Let a view keep its answers for readers without an account, as long as `version()` lasts.

    `version` says by which state of the data the pages are made. A page is kept for its whole
    address, its language, the day, and what htmx asked for. Not kept are answers but 200, with a
    cookie or a token for a form, and those that the view marks with `keep_not(response)`.
    """

    def decorator(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method != "GET" or _PERSONAL_COOKIES & request.COOKIES.keys():
                return view(request, *args, **kwargs)
            key = (_asked(request), version())
            if kept := _kept.get(key):
                return _answer_from(request, *kept)
            response = view(request, *args, **kwargs)
            patch_vary_headers(response, ["Accept-Encoding"])
            if _may_be_kept(request, response):
                compressed = gzip.compress(response.content, _LEVEL, mtime=0)
                _kept.put(key, (compressed, dict(response.items())))
            return response

        return answer

    return decorator


def keep_not(response: HttpResponse) -> HttpResponse:
    """`response`, marked as one that is made anew each time."""
    response.is_made_anew = True
    return response


def _answer_from(request: HttpRequest, content: bytes, headers: dict[str, str]) -> HttpResponse:
    """What is kept, as it is where the reader's browser can read that.

    There is nothing in it that only this reader may know, so its size gives nothing away.
    """
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(content, headers={**headers, "Content-Encoding": "gzip"})
    return HttpResponse(gzip.decompress(content), headers=headers)


def _asked(request: HttpRequest) -> tuple[Hashable, ...]:
    return (
        request.get_host(),
        request.get_full_path(),
        current_language(),
        timezone.localdate(),
        *(request.headers.get(name) for name in ("HX-Request", "HX-History-Restore-Request")),
        *(request.headers.get(name) for name in ("HX-Boosted", "HX-Current-URL", "HX-Target")),
    )


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    has_token = request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    is_anew = getattr(response, "is_made_anew", False)
    return response.status_code == 200 and not (response.cookies or has_token or is_anew)
