"""Pages on who speaks for a city: to ask, to decide and to invite."""

from allauth.core.internal import ratelimit
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exchanges import membership as acts
from exchanges.choices import MembershipRole
from exchanges.forms import InvitationForm, ReasonForm
from exchanges.models import City, Membership
from exchanges.permissions import is_curator, may_confirm
from portal.accounts.second_factor.door import staff_show_second_step
from portal.common.refusals import Refused
from portal.common.sorting import sort_key

page = require_http_methods(["GET", "HEAD", "POST"])
# How often one account may ask to speak for a city, and may invite.
ASK_RATE = "10/h/user"
INVITE_RATE = "30/h/user"


@page
def city_speak(request: HttpRequest, slug: str) -> HttpResponse:
    """How one comes to speak for a city, and how the reader's own request stands."""
    city = get_object_or_404(City.objects.published().select_related("country"), slug=slug)
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        return _leave(request, city) if "leave" in request.POST else _ask(request, city)
    own = city.memberships.filter(person_id=request.user.pk).order_by("-pk").first()
    context = {
        "section": "cities",
        "section_current": "true",
        "city": city,
        "own": own,
        "may_confirm": may_confirm(request.user, city),
    }
    return render(request, "exchanges/city_speak.html", context)


@page
@login_required
@staff_show_second_step
def city_people(request: HttpRequest, slug: str) -> HttpResponse:
    """For focal points: who asks, who speaks for the city, and who is invited. POST invites."""
    city = _city_decided_by(request, slug)
    may_choose_role = is_curator(request.user)
    form = InvitationForm(request.POST or None, may_choose_role=may_choose_role)
    status = 200
    if request.method == "POST":
        if not _is_within(request, "invite", INVITE_RATE):
            form.add_error(None, _("Too many invitations at once. Wait an hour, then go on."))
            status = 429
        elif form.is_valid() and _invite(request, city, form):
            return redirect("exchanges:city-people", city.slug)
    context = {
        "section": "cities",
        "section_current": "true",
        "city": city,
        "waiting": _by_name(city.memberships.waiting()),
        "members": _by_name(city.memberships.confirmed()),
        "invitations": city.invitations.open().select_related("invited_by"),
        "form": form,
    }
    return render(request, "exchanges/city_people.html", context, status=status)


@page
@login_required
@staff_show_second_step
def city_person(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """For focal points: one membership; POST confirms, refuses or ends it or changes the role."""
    city = _city_decided_by(request, slug)
    membership = get_object_or_404(city.memberships.select_related("person"), pk=pk)
    form = ReasonForm(request.POST or None, is_needed=membership.is_waiting)
    if request.method == "POST":
        try:
            done = _decide(request, membership, form)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect("exchanges:city-people", city.slug)
        if done:
            messages.success(request, done)
            return redirect("exchanges:city-people", city.slug)
    context = {
        "section": "cities",
        "section_current": "true",
        "city": city,
        "membership": membership,
        "is_own": membership.person_id == request.user.pk,
        "form": form,
    }
    return render(request, "exchanges/city_person.html", context)


@require_POST
@login_required
@staff_show_second_step
def withdraw_invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Withdraw an invitation of a city that the reader decides for."""
    city = _city_decided_by(request, slug)
    try:
        acts.withdraw_invitation(get_object_or_404(city.invitations, pk=pk), by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The invitation is withdrawn."))
    return redirect("exchanges:city-people", city.slug)


def _ask(request: HttpRequest, city: City) -> HttpResponse:
    if not _is_within(request, "ask", ASK_RATE):
        return respond_429(request)
    try:
        asked = acts.ask_to_speak(request.user, city)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        if asked.is_confirmed:
            messages.success(request, _("Your address confirms it: you speak for this city."))
        else:
            messages.success(request, _("Your request has arrived."))
    return redirect("exchanges:city-speak", city.slug)


def _leave(request: HttpRequest, city: City) -> HttpResponse:
    own = city.memberships.open().filter(person=request.user).first()
    if own:
        was_waiting = own.is_waiting
        try:
            acts.end(own, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            left = _("You no longer speak for this city.")
            messages.success(request, _("Your request is taken back.") if was_waiting else left)
    return redirect("exchanges:city-speak", city.slug)


def _invite(request: HttpRequest, city: City, form: InvitationForm) -> bool:
    """Whether the invitation of a valid `form` went out; if not, the form says why."""
    try:
        acts.invite(
            city,
            form.cleaned_data["email"],
            by=request.user,
            role=form.cleaned_data.get("role", MembershipRole.OFFICIAL),
            language=form.cleaned_data["language"],
        )
    except Refused as refusal:
        is_about_address = refusal.code in ("address", "member", "own")
        form.add_error("email" if is_about_address else None, str(refusal.message))
        return False
    messages.success(request, _("The invitation is on its way. It holds for seven days."))
    return True


def _decide(request: HttpRequest, membership: Membership, form: ReasonForm) -> str:
    """Do what the pressed button says. Returns what was done; "" where the reason is missing."""
    if "confirm" in request.POST:
        acts.confirm(membership, by=request.user)
        return _("The request is confirmed.")
    if "role" in request.POST:
        if request.POST["role"] not in MembershipRole.values:
            return ""
        acts.set_role(membership, request.POST["role"], by=request.user)
        return _("The role is changed.")
    if not form.is_valid():
        return ""
    reason = form.cleaned_data["reason"]
    if "refuse" in request.POST:
        acts.refuse(membership, by=request.user, reason=reason)
        return _("The request is refused.")
    if "end" in request.POST:
        acts.end(membership, by=request.user, reason=reason)
        return _("The membership has ended.")
    return ""


def _city_decided_by(request: HttpRequest, slug: str) -> City:
    """The city, for whoever decides who speaks for it; Http404 for everybody else."""
    city = get_object_or_404(City.objects.select_related("country"), slug=slug)
    if not may_confirm(request.user, city):
        raise Http404
    return city


def _by_name(memberships: QuerySet[Membership]) -> list[Membership]:
    listed = memberships.select_related("person")
    return sorted(listed, key=lambda membership: sort_key(membership.person.name))


def _is_within(request: HttpRequest, action: str, rate: str) -> bool:
    return ratelimit.consume(
        request, app="exchanges", action=action, config={action: rate}, user=request.user
    )
