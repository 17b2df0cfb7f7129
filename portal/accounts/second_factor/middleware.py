"""The door of the desk: who has rights there shows a second factor first."""

from urllib.parse import urlencode

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from portal.accounts.second_factor.state import (
    forget_way_on,
    has_app,
    has_second_factor,
    needs_second_factor,
    remember_way_on,
    was_shown,
)

DESK = "admin"
# Leaving is open to everybody.
WAY_OUT = "logout"


class SecondFactorAtTheDesk:
    """Lead staff without a second factor, or who have not shown it in this session, to it.

    They come back afterwards. Every address of the desk is behind this, whichever app made it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        match = request.resolver_match
        if DESK not in match.namespaces or match.url_name == WAY_OUT:
            return None
        person = request.user
        if not person.is_authenticated or not needs_second_factor(person):
            return None
        if not has_second_factor(person):
            return _led_to("mfa_index", request)
        if not was_shown(request):
            page = "mfa_reauthenticate" if has_app(person) else "mfa_reauthenticate_webauthn"
            return _led_to(page, request)
        forget_way_on(request)
        return None


def _led_to(page: str, request: HttpRequest) -> HttpResponseRedirect:
    """To `page`, and afterwards to where the request wanted, or to the desk if it carried data."""
    wanted = request.get_full_path() if request.method == "GET" else reverse("admin:index")
    remember_way_on(request, wanted)
    return HttpResponseRedirect(f"{reverse(page)}?{urlencode({REDIRECT_FIELD_NAME: wanted})}")
