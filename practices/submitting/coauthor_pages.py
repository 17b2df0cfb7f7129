"""Pages of co-authors: invite, join, leave."""

import uuid

from allauth.core.internal import ratelimit
from allauth.core.ratelimit import respond_429
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.forms import Email
from portal.accounts.invitations import REFUSALS, find, masked
from portal.common.formfields import CleanedCharField
from portal.common.languages import current_language
from portal.common.refusals import Refused
from practices import coauthors
from practices.models import CoAuthor, CoAuthorInvitation
from practices.submitting.access import open_submission

RATES = {"invite": "30/h/user"}


class CoAuthorForm(forms.Form):
    """Whom to invite."""

    email = Email()
    works_for = CleanedCharField(
        label=gettext_lazy("City or organisation"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "input", "dir": "auto"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The address asked for is another's: neither the browser's nor "yours".
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.fields["email"].error_messages["required"] = gettext_lazy(
            "Enter the address to which the invitation goes."
        )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def invite(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The form to invite somebody to write with the author, by e-mail."""
    submission = open_submission(request, pk)
    form = CoAuthorForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not ratelimit.consume(request, app="submissions", action="invite", config=RATES,
                                 user=request.user):  # fmt: skip
            return respond_429(request)
        try:
            coauthors.invite(
                submission,
                form.cleaned_data["email"],
                by=request.user,
                language=current_language(),
                works_for=form.cleaned_data["works_for"],
            )
        except Refused as refused:
            form.add_error("email", str(refused.message))
        else:
            messages.success(request, _("The invitation is on its way. It holds for 7 days."))
            return redirect(submission)
    context = {"section": "share", "submission": submission, "form": form}
    return render(request, "submissions/invite.html", context)


@require_POST
@login_required
def remove(request: HttpRequest, pk: uuid.UUID, number: int) -> HttpResponse:
    """Let a co-author write no more."""
    submission = open_submission(request, pk)
    row = get_object_or_404(CoAuthor, submission=submission, pk=number)
    return _done(request, submission, lambda: coauthors.remove(row, by=request.user),
                 left=row.person == request.user)  # fmt: skip


@require_POST
@login_required
def withdraw_invitation(request: HttpRequest, pk: uuid.UUID, number: int) -> HttpResponse:
    submission = open_submission(request, pk)
    row = get_object_or_404(CoAuthorInvitation, submission=submission, pk=number)
    return _done(
        request, submission, lambda: coauthors.withdraw_invitation(row, by=request.user), left=False
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request: HttpRequest, token: str) -> HttpResponse:
    """What an invitation offers; only the button accepts it, opening the link uses nothing up."""
    invitation = find(CoAuthorInvitation, token)
    code = "unknown" if invitation is None else invitation.refusal
    if not code and request.user.is_authenticated and not invitation.is_for(request.user):
        code = "other-address"
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if request.method == "POST" and not code:
        try:
            submission = coauthors.join(token, by=request.user)
        except Refused as refused:
            code = refused.code
        else:
            messages.success(request, _("You write this text now, too."))
            return redirect(submission)
    context = {
        "invitation": invitation,
        "refusal": REFUSALS.get(code, ""),
        "address": masked(invitation.email) if invitation else "",
        "no_index": True,
    }
    status = {"": 200, "unknown": 404, "other-address": 403}.get(code, 410)
    response = render(request, "submissions/join.html", context, status=status)
    # The token is in the address; with "no-referrer" browsers send forms without their origin.
    response["Referrer-Policy"] = "strict-origin"
    return response


def _done(request: HttpRequest, submission, act, *, left: bool) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("submissions:mine") if left else redirect(submission)
