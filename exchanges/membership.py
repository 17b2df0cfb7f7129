"""Acts by which people come to speak for a city and cease to.

Each runs in a transaction of its own, one after the other for each city, and asks there who may do
it. Each is noted in the journal and told to whom it concerns. Each raises Refused where it may not
be done, with a code of REFUSALS or, for invitations, of portal.accounts.invitations.
"""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchanges import notifications
from exchanges.choices import MembershipRole, MembershipState
from exchanges.email_domains import is_in_a_domain_of
from exchanges.models import City, CityInvitation, Membership
from exchanges.permissions import is_curator, may_confirm
from portal.accounts import invitations
from portal.accounts.models import User
from portal.common import journal
from portal.common.refusals import Refused

MOST_OPEN_INVITATIONS = 20
REFUSALS = {
    "not-allowed": _("Only a focal point of this city or a curator may do this."),
    "own": _("Nobody decides this for themselves. Ask another focal point or a curator."),
    "not-waiting": _("This request has been decided already."),
    "not-open": _("This membership has ended already, or was never confirmed."),
    "inactive": _("This account is closed."),
    "address": _("Enter an e-mail address like name@example.org."),
    "member": _("The owner of this address speaks for the city already."),
    "speaks-already": _("This person speaks for the city already."),
    "too-many": _("There are too many open invitations. Withdraw some that nobody will accept."),
    "revoked": _("Whoever invited you may not do so any more. Ask to speak for the city instead."),
}


@transaction.atomic
def ask_to_speak(person: User, city: City) -> Membership:
    """Ask that the account `person` may speak for `city`. Asking again changes nothing.

    Confirmed at once where a verified address of the person is in a domain of the city, unless
    the city turned the person away before. Returns the open membership, waiting or confirmed.
    """
    city = _locked(city)
    _require_active(person)
    membership = city.memberships.open().filter(person_id=person.pk).first()
    is_new = membership is None
    if is_new:
        membership = city.memberships.create(person=person)
    if membership.is_waiting and _is_known_by_address(person, city):
        _set_confirmed(membership, by=None)
        journal.record("membership-confirmed", membership, by=person, way="domain")
        notifications.tell_person(membership, "confirmed")
        notifications.tell_joined(membership)
    elif is_new:
        journal.record("membership-asked", membership, by=person)
        notifications.tell_asked(membership)
    return membership


@transaction.atomic
def confirm(membership: Membership, *, by: User) -> None:
    """Let the person who asked speak for the city. `by` is somebody else who decides for it."""
    _require_waiting_for(membership, by)
    _set_confirmed(membership, by=by)
    journal.record("membership-confirmed", membership, by=by)
    notifications.tell_person(membership, "confirmed")


@transaction.atomic
def refuse(membership: Membership, *, by: User, reason: str = "") -> None:
    """Refuse what was asked; the person reads the reason."""
    _require_waiting_for(membership, by)
    membership.state, membership.reason = MembershipState.REFUSED, reason
    membership.decided_at, membership.decided_by = timezone.now(), by
    membership.save()
    journal.record("membership-refused", membership, by=by)
    notifications.tell_person(membership, "refused")


@transaction.atomic
def end(membership: Membership, *, by: User, reason: str = "") -> None:
    """End a membership, and with it at once what the person may do for the city.

    The person may end the own one, or take back the own request; whoever decides for the city may
    end confirmed ones, and then the person is told.
    """
    _refresh(membership)
    is_own = membership.person_id == by.pk
    if is_own:
        _require_active(by)
    else:
        _require_authority(by, membership.city)
    if not (membership.is_confirmed or (is_own and membership.is_waiting)):
        raise refused("not-open")
    membership.state, membership.reason = MembershipState.ENDED, reason
    membership.ended_at, membership.ended_by = timezone.now(), by
    membership.save()
    journal.record("membership-ended", membership, by=by)
    if not is_own:
        notifications.tell_person(membership, "ended")


@transaction.atomic
def set_role(membership: Membership, role: str, *, by: User) -> None:
    """Make the person a focal point of the city, or an official only. Nobody raises themselves.

    Raises ValueError for what is no role.
    """
    role = MembershipRole(role)
    _refresh(membership)
    _require_authority(by, membership.city)
    if not membership.is_confirmed:
        raise refused("not-open")
    if membership.role == role:
        return
    if membership.person_id == by.pk and role == MembershipRole.FOCAL_POINT:
        raise refused("own")
    membership.role = role
    membership.save()
    journal.record("membership-role", membership, by=by, role=role.value)
    notifications.tell_role(membership)


@transaction.atomic
def appoint(
    person: User, city: City, *, by: User, role: str = MembershipRole.OFFICIAL
) -> Membership:
    """Let `person` speak for `city` without having asked, as a curator. Returns the membership."""
    role, city = MembershipRole(role), _locked(city)
    if not is_curator(by):
        raise refused("not-allowed")
    if person.pk == by.pk:
        raise refused("own")
    _require_active(person)
    membership = city.memberships.open().filter(person_id=person.pk).first()
    if membership and membership.is_confirmed:
        raise refused("speaks-already")
    membership = membership or Membership(person=person, city=city)
    membership.role = role
    _set_confirmed(membership, by=by)
    journal.record("membership-confirmed", membership, by=by, role=role.value)
    notifications.tell_person(membership, "confirmed")
    return membership


@transaction.atomic
def invite(city: City, email: str, *, by: User, role: str, language: str) -> CityInvitation:
    """Mail an invitation to speak for `city` to `email`, in `language`; curators only invite focal
    points. It replaces an open one to the same address. Raises ValueError for what is no role.
    """
    role, email = MembershipRole(role), _address(email)
    city = _locked(city)
    _require_may_invite(by, city, role)
    if email in invitations.verified_addresses(by):
        raise refused("own")
    if _speakers_at(city, email).exists():
        raise refused("member")
    if city.invitations.open().exclude(email=email).count() >= MOST_OPEN_INVITATIONS:
        raise refused("too-many")
    city.invitations.filter(email=email).withdraw()
    invitation, token = CityInvitation.issue(
        email=email, by=by, language=language, city=city, role=role
    )
    journal.record("city-invited", invitation, by=by, role=role.value)
    notifications.tell_invited(invitation, token)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: CityInvitation, *, by: User) -> None:
    """Let the link of an invitation be good for nothing. Doing it again changes nothing."""
    city = _locked(invitation.city)
    _require_authority(by, city)
    if city.invitations.filter(pk=invitation.pk).withdraw():
        journal.record("city-invitation-withdrawn", invitation, by=by)
    invitation.refresh_from_db()
    if invitation.accepted_at:
        raise invitations.refused("used")


@transaction.atomic
def accept(token: str, *, by: User) -> Membership:
    """Let the account `by` speak for the city whose invitation has `token`. Returns the membership.

    Whoever invited must still be one who may. A request that waited is confirmed by it.
    """
    _require_active(by)
    found = invitations.find(CityInvitation, token)
    city = _locked(found.city) if found else None
    invitation = invitations.redeem(CityInvitation, token, by=by)
    if invitation.invited_by_id == by.pk:
        raise refused("own")
    if is_revoked(invitation):
        raise refused("revoked")
    membership = city.memberships.open().filter(person_id=by.pk).first()
    membership = membership or Membership(person=by, city=city)
    if invitation.is_focal_point:
        membership.role = MembershipRole.FOCAL_POINT
    if membership.is_confirmed:
        membership.save()
    else:
        _set_confirmed(membership, by=invitation.invited_by)
    journal.record("membership-by-invitation", membership, by=by, role=membership.role)
    notifications.tell_person(membership, "confirmed")
    notifications.tell_joined(membership, also=[invitation.invited_by])
    return membership


def may_invite(person: User, city: City, role: str) -> bool:
    """Whether `person` may invite somebody to have `role` in `city`."""
    if role == MembershipRole.FOCAL_POINT:
        return is_curator(person)
    return may_confirm(person, city)


def is_revoked(invitation: CityInvitation) -> bool:
    """Whether whoever sent the invitation may not send such a one any more."""
    return not may_invite(invitation.invited_by, invitation.city, invitation.role)


def _locked(city: City) -> City:
    """`city` as it is now; until the transaction ends, other acts on its people wait."""
    return City.objects.select_for_update(no_key=True).get(pk=city.pk)


def _refresh(membership: Membership) -> None:
    city = _locked(membership.city)
    membership.refresh_from_db()
    membership.city = city


def _require_waiting_for(membership: Membership, by: User) -> None:
    _refresh(membership)
    _require_authority(by, membership.city)
    if membership.person_id == by.pk:
        raise refused("own")
    if not membership.is_waiting:
        raise refused("not-waiting")


def _require_authority(person: User, city: City) -> None:
    if not may_confirm(person, city):
        raise refused("not-allowed")


def _require_may_invite(person: User, city: City, role: str) -> None:
    if not may_invite(person, city, role):
        raise refused("not-allowed")


def _require_active(person: User) -> None:
    if not User.objects.filter(pk=person.pk, is_active=True).exists():
        raise refused("inactive")


def _set_confirmed(membership: Membership, *, by: User | None) -> None:
    membership.state = MembershipState.CONFIRMED
    membership.decided_at, membership.decided_by = timezone.now(), by
    membership.save()


def _is_known_by_address(person: User, city: City) -> bool:
    """Whether a verified address is enough. It is not for whom the city turned away before: an
    address may outlive the post of its owner."""
    decided = city.memberships.filter(person_id=person.pk, decided_at__isnull=False)
    if last := decided.order_by("-pk").first():
        is_by_others = last.ended_by_id not in (None, person.pk)
        if last.state == MembershipState.REFUSED or is_by_others:
            return False
    return is_in_a_domain_of(city, invitations.verified_addresses(person))


def _speakers_at(city: City, email: str) -> models.QuerySet[Membership]:
    """The confirmed memberships of `city` whose person is known to have the address `email`."""
    return city.memberships.confirmed().filter(
        person__emailaddress__email=email, person__emailaddress__verified=True
    )


def _address(email: str) -> str:
    email = email.strip().lower()
    try:
        CityInvitation._meta.get_field("email").clean(email, None)
    except ValidationError:
        raise refused("address") from None
    return email


def refused(code: str) -> Refused:
    """The Refused of a code of REFUSALS, to be raised."""
    return Refused(REFUSALS[code], code=code)
