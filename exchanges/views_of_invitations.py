"""What an invited person sees behind the link in the mail."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from exchanges import membership as acts
from exchanges.models import CityInvitation
from portal.accounts import invitations
from portal.common.refusals import Refused

# The token of the address may stand in no Referer. With "no-referrer" browsers would also hide
# from which site the form comes, and it would be refused as forged.
HEADERS = {"Referrer-Policy": "strict-origin", "X-Robots-Tag": "noindex"}
STATUS_OF_REFUSALS = {"unknown": 404, "other-address": 403, "own": 403}
GONE = 410


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to what. Opening it uses nothing up; POST accepts."""
    response = _accept(request, token) if request.method == "POST" else _show(request, token)
    for name, value in HEADERS.items():
        response[name] = value
    return response


def _accept(request: HttpRequest, token: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    try:
        membership = acts.accept(token, by=request.user)
    except Refused as refusal:
        return _show(request, token, refusal)
    messages.success(request, _("You speak for this city now."))
    return redirect("exchanges:city-speak", membership.city.slug)


def _show(request: HttpRequest, token: str, refusal: Refused | None = None) -> HttpResponse:
    found = invitations.find(CityInvitation, token)
    if found and request.user.is_authenticated and found.accepted_by_id == request.user.pk:
        return redirect("exchanges:city-speak", found.city.slug)
    refusal = refusal or _refusal(found, request)
    context = {
        "invitation": found,
        "address": invitations.masked(found.email) if found else "",
        "refusal": refusal,
        "is_open": found and (refusal is None or refusal.code == "other-address"),
    }
    status = STATUS_OF_REFUSALS.get(refusal.code, GONE) if refusal else 200
    return render(request, "exchanges/invitation.html", context, status=status)


def _refusal(found: CityInvitation | None, request: HttpRequest) -> Refused | None:
    """Why the reader cannot accept the invitation that was found; None where nothing stands
    against it, or only signing in."""
    if found is None:
        return invitations.refused("unknown")
    if found.refusal:
        return invitations.refused(found.refusal)
    if acts.is_revoked(found):
        return acts.refused("revoked")
    if request.user.is_authenticated and not found.is_for(request.user):
        return invitations.refused("other-address")
    return None
