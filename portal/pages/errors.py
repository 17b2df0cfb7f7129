"""Error pages in the language of the reader. 500 and 503 need neither session nor database."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from portal.common.context_processors import site
from portal.common.outage import is_outage

RETRY_AFTER_SECONDS = 30


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    """400: the address or the input cannot be read."""
    return error_page(request, 400, "errors/400.html")


def permission_denied(request: HttpRequest, exception=None) -> HttpResponse:
    """403: signed in or not, this is not for this person."""
    return error_page(request, 403, "errors/403.html")


def csrf_failure(request: HttpRequest, reason="") -> HttpResponse:
    """403: the form was too old or came from elsewhere."""
    return error_page(request, 403, "errors/403_csrf.html")


def page_not_found(request: HttpRequest, exception=None) -> HttpResponse:
    """404: with ways on."""
    return error_page(request, 404, "errors/404.html")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: something of ours broke; 503 where what broke is the way to the database.

    This is the one place that sees such a failure wherever it happens: in a view, while a
    template is rendered, or in a middleware that reads the session.
    """
    if is_outage(sys.exception()):
        return service_unavailable(request)
    return bare_error_page(request, 500, "errors/500.html")


def service_unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database is away for the moment; try again soon."""
    response = bare_error_page(request, 503, "errors/503.html")
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def error_page(request: HttpRequest, status: int, template: str) -> HttpResponse:
    """A page like any other, with the reader's account in its header."""
    with translation.override(language_of(request)):
        return render(request, template, status=status)


def bare_error_page(request: HttpRequest, status: int, template: str) -> HttpResponse:
    """A page that knows the address and the language only, kept in no cache."""
    with translation.override(language_of(request)):
        response = HttpResponse(render_to_string(template, site(request)), status=status)
    response["Cache-Control"] = "no-store"
    return response


def language_of(request: HttpRequest) -> str:
    """The language of the address; outside the languages the one the browser asks for.

    The active language does not count: a failure early in a request finds that of another one.
    """
    return translation.get_language_from_path(
        request.path_info
    ) or translation.get_language_from_request(request)
