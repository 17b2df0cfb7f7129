"""Where rights of staff begin, a second step comes first: the desk, a few public pages."""

from collections.abc import Callable
from functools import wraps
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

View = Callable[..., HttpResponse]


def staff_show_second_step(view: View) -> View:
    """Decorate a view outside the desk where staff may do more than others.

    Staff who have not shown a second step in this session are led to it and come back; everybody
    else passes.
    """

    @wraps(view)
    def behind_the_door(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return led_to_second_step(request) or view(request, *args, **kwargs)

    return behind_the_door


def led_to_second_step(request: HttpRequest) -> HttpResponseRedirect | None:
    """To the page where staff set up or show their second step; None for who may pass."""
    if not lacks_second_step(request):
        if request.user.is_authenticated:
            forget_way_on(request)
        return None
    if not has_second_factor(request.user):
        return _led_to("mfa_index", request)
    page = "mfa_reauthenticate" if has_app(request.user) else "mfa_reauthenticate_webauthn"
    return _led_to(page, request)


def lacks_second_step(request: HttpRequest) -> bool:
    """Whether the person of this session has rights of staff, and has shown no second step yet."""
    person = request.user
    if not person.is_authenticated or not needs_second_factor(person):
        return False
    return not (was_shown(request) and has_second_factor(person))


def _led_to(page: str, request: HttpRequest) -> HttpResponseRedirect:
    """To `page`, and afterwards to where the request wanted, or to the desk if it carried data."""
    wanted = request.get_full_path() if request.method == "GET" else reverse("admin:index")
    remember_way_on(request, wanted)
    return HttpResponseRedirect(f"{reverse(page)}?{urlencode({REDIRECT_FIELD_NAME: wanted})}")
