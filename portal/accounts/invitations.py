"""Invitations by mail: a link that one person can use once, within a week, with one address.

What it invites to says the app that has a table of them: a subclass of Invitation.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Self, TypeVar

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.common.refusals import Refused

LIFETIME = timedelta(days=7)
_TOKEN_BYTES = 32
Kind = TypeVar("Kind", bound="Invitation")
# Why an invitation cannot be used (any more), in words for whoever opened its link.
REFUSALS = {
    "unknown": _("There is no such invitation. Open the link exactly as it stands in the e-mail."),
    "used": _("This invitation has been used. Each one can be used once."),
    "withdrawn": _("This invitation was withdrawn. Ask whoever invited you for a new one."),
    "expired": _("This invitation has expired. Ask whoever invited you for a new one."),
    "other-address": _(
        "This invitation went to another address than yours. Sign in with the account that has "
        "that address, or ask to be invited at your own."
    ),
}


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Those that can still be accepted."""
        return self.unanswered().filter(expires_at__gt=timezone.now())

    def unanswered(self):
        """Those that were neither accepted nor withdrawn, expired ones among them."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def withdraw(self) -> int:
        """Withdraw what was not accepted yet. Returns how many there were."""
        return self.unanswered().update(withdrawn_at=timezone.now())


class Invitation(models.Model):
    """Who was invited by whom, until when. The token itself is in the mail only."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(pgettext_lazy("an invitation", "sent"), default=timezone.now)
    expires_at = models.DateTimeField(pgettext_lazy("an invitation", "holds until"))
    accepted_at = models.DateTimeField(
        pgettext_lazy("an invitation", "accepted"), null=True, blank=True
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("accepted by"),
    )
    withdrawn_at = models.DateTimeField(
        pgettext_lazy("an invitation", "withdrawn"), null=True, blank=True
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return masked(self.email)

    @classmethod
    def issue(cls, *, email: str, by: models.Model, language: str, **fields) -> tuple[Self, str]:
        """Store an invitation of `email` by the account `by`. Returns it and its token.

        The token is known to nobody else from then on: the caller mails it. Sends nothing itself.
        """
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        invitation = cls._default_manager.create(
            email=email.strip().lower(),
            token_digest=_digest(token),
            language=language,
            invited_by=by,
            expires_at=timezone.now() + LIFETIME,
            **fields,
        )
        return invitation, token

    @property
    def refusal(self) -> str:
        """Why nobody can accept it any more: used, withdrawn, expired; "" while it is open."""
        if self.accepted_at:
            return "used"
        if self.withdrawn_at:
            return "withdrawn"
        return "expired" if self.expires_at <= timezone.now() else ""

    def is_for(self, person: models.Model) -> bool:
        """Whether the invited address is one that `person` has proved to have."""
        return self.email in verified_addresses(person)


def find(model: type[Kind], token: str) -> Kind | None:
    """The invitation of `model` with `token`, in whatever state; None where there is none."""
    return model._default_manager.filter(token_digest=_digest(token)).first()


@transaction.atomic
def redeem(model: type[Kind], token: str, *, by: models.Model) -> Kind:
    """Accept the invitation with `token` as the account `by`. Returns it, accepted.

    However many try at once, exactly one succeeds. Raises Refused with a code of REFUSALS.
    """
    invitation = find(model, token)
    if invitation is None:
        raise refused("unknown")
    if invitation.refusal:
        raise refused(invitation.refusal)
    if not invitation.is_for(by):
        raise refused("other-address")
    is_open = model._default_manager.open().filter(pk=invitation.pk)
    if not is_open.update(accepted_at=timezone.now(), accepted_by=by):
        invitation.refresh_from_db()
        raise refused(invitation.refusal)
    invitation.refresh_from_db()
    return invitation


def verified_addresses(person: models.Model) -> set[str]:
    """The addresses that the account `person` has proved to have, in lower case."""
    addresses = EmailAddress.objects.filter(user_id=person.pk, verified=True)
    return {address.lower() for address in addresses.values_list("email", flat=True)}


def masked(email: str) -> str:
    """An address by which its owner knows it and nobody else: "a•••@example.org"."""
    name, _at, domain = email.rpartition("@")
    return f"{name[:1]}•••@{domain}"


def _digest(token: str) -> str:
    # The token is random and long, so that a plain digest cannot be guessed back.
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def refused(code: str) -> Refused:
    """The Refused of a code of REFUSALS, to be raised."""
    return Refused(REFUSALS[code], code=code)
