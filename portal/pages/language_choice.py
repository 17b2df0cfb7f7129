"""The reader's language: where `/` leads, and the switch that every page carries."""

from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.encoding import iri_to_uri
from django.utils.http import MAX_URL_REDIRECT_LENGTH, url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.common.context_processors import in_language
from portal.common.languages import LANGUAGE_CODES, remember_language


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Redirect `/` to the home page in the reader's language, keeping the query."""
    query = request.META.get("QUERY_STRING", "")
    home = f"/{preferred_language(request)}/"
    return HttpResponseRedirect(f"{home}?{query}" if query else home)


@require_safe
@never_cache
def switch_language(request: HttpRequest, language: str) -> HttpResponse:
    """Remember `language` in a cookie and go to the page of ?to= in that language.

    Anything but an address inside the portal leads to the home page. Raises Http404 for a
    language that the portal does not speak.
    """
    if language not in LANGUAGE_CODES:
        raise Http404
    address = inside_address(request.GET.get("to", ""), language)
    response = HttpResponseRedirect(address or f"/{language}/")
    response["X-Robots-Tag"] = "noindex, nofollow"
    remember_language(response, language)
    return response


def preferred_language(request: HttpRequest) -> str:
    """The language of the cookie, else of the account, else the one the browser asks for."""
    # An empty session has no account in it: anonymous readers cost no query here.
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and request.session.session_key:
        language = getattr(request.user, "language", "")
        if language in LANGUAGE_CODES:
            return language
    return get_language_from_request(request)


def inside_address(address: str, language: str) -> str:
    """`address`, a path with or without query, in `language`; "" unless it is a page of ours.

    Only a path that starts with one slash and a language counts: no host, no scheme, no
    backslash, no control character, nothing that browsers read as another host.
    """
    if not address.startswith("/") or "\\" in address or not address.isprintable():
        return ""
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return ""
    parts = urlsplit(address)
    path = in_language(parts.path, language)
    target = urlunsplit(("", "", path, parts.query, "")) if path else ""
    return target if len(iri_to_uri(target)) <= MAX_URL_REDIRECT_LENGTH else ""
