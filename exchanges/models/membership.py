"""Who speaks for a city: people, how that came about and how it ended; and who was invited."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchanges.choices import OPEN_MEMBERSHIP_STATES, MembershipRole, MembershipState
from exchanges.models.city import City
from exchanges.querysets import MembershipQuerySet
from portal.accounts.invitations import Invitation
from portal.common.fields import CleanText

REASON_LENGTH = 1000


class Membership(models.Model):
    """One time that somebody asked or was invited to speak for a city, until it ended.

    Written by the acts of exchanges.membership only; rows are never deleted. Whether somebody
    speaks for a city now says exchanges.permissions.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="memberships",
        verbose_name=_("person"),
    )
    city = models.ForeignKey(
        City, models.PROTECT, related_name="memberships", verbose_name=_("city")
    )
    role = models.CharField(
        _("role"), max_length=20, choices=MembershipRole, default=MembershipRole.OFFICIAL
    )
    state = models.CharField(
        _("state"), max_length=20, choices=MembershipState, default=MembershipState.ASKED
    )
    asked_at = models.DateTimeField(pgettext_lazy("a membership", "asked"), default=timezone.now)
    decided_at = models.DateTimeField(
        pgettext_lazy("a membership", "decided"), null=True, blank=True
    )
    # Nobody where the domain of a verified address decided.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("decided by"),
    )
    ended_at = models.DateTimeField(pgettext_lazy("a membership", "ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("ended by"),
    )
    reason = CleanText(
        _("reason"), max_length=REASON_LENGTH, blank=True, help_text=_("The person reads it.")
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "city"],
                condition=Q(state__in=OPEN_MEMBERSHIP_STATES),
                name="membership_is_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=MembershipState.values), name="membership_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(role__in=MembershipRole.values), name="membership_role_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[MembershipState.CONFIRMED, MembershipState.REFUSED])
                | Q(decided_at__isnull=False),
                name="membership_decision_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(state=MembershipState.ENDED, ended_at__isnull=False)
                | (~Q(state=MembershipState.ENDED) & Q(ended_at__isnull=True)),
                name="membership_end_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.city}"

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided it yet."""
        return self.state == MembershipState.ASKED

    @property
    def is_confirmed(self) -> bool:
        """Whether it was confirmed and has not ended."""
        return self.state == MembershipState.CONFIRMED

    @property
    def is_focal_point(self) -> bool:
        """Whether its role is to decide who speaks for the city."""
        return self.role == MembershipRole.FOCAL_POINT


class CityInvitation(Invitation):
    """Somebody was invited by mail to speak for a city."""

    city = models.ForeignKey(
        City, models.PROTECT, related_name="invitations", verbose_name=_("city")
    )
    role = models.CharField(
        _("role"), max_length=20, choices=MembershipRole, default=MembershipRole.OFFICIAL
    )

    class Meta(Invitation.Meta):
        verbose_name = _("invitation of a city")
        verbose_name_plural = _("invitations of cities")
        constraints = [
            models.UniqueConstraint(
                fields=["city", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="city_invitation_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=MembershipRole.values), name="city_invitation_role_is_known"
            ),
        ]

    @property
    def is_focal_point(self) -> bool:
        """Whether it invites to decide who speaks for the city."""
        return self.role == MembershipRole.FOCAL_POINT
