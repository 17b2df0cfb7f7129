"""What people are told about who speaks for a city. Called by the acts, in their transaction."""

from collections.abc import Iterable

from django.utils import timezone

from exchanges.models import City, CityInvitation, Membership
from portal import notices
from portal.common.languages import shown


def tell_asked(membership: Membership) -> None:
    """Tell the city's focal points that somebody waits for them."""
    for focal_point in _focal_points(membership):
        _tell_about(membership, focal_point, "asked", to="exchanges:city-people")


def tell_joined(membership: Membership, *, also: Iterable = ()) -> None:
    """Tell the city's focal points, and `also` others, who speaks for it from now on."""
    for person in {*_focal_points(membership), *also}:
        _tell_about(membership, person, "joined", to="exchanges:city-people")


def tell_person(membership: Membership, what: str) -> None:
    """Tell the person that the membership was "confirmed", "refused" or "ended", and why."""
    _tell_about(membership, membership.person, what, to="exchanges:city-speak")


def tell_role(membership: Membership) -> None:
    """Tell the person about a new role in the city."""
    # A role may come and go and come back.
    key = f"role-{membership.role}-{timezone.now().isoformat()}"
    _tell_about(membership, membership.person, "role", key=key, to="exchanges:city-speak")


def tell_invited(invitation: CityInvitation, token: str) -> None:
    """Mail the link with `token` to the invited address; it stands nowhere else."""
    notices.tell_address(
        invitation.email,
        invitation.language,
        "membership_invitation",
        key=f"city-invitation-{invitation.pk}",
        to="exchanges:invitation",
        to_args=[token],
        context={
            "inviter": invitation.invited_by.name,
            "city": _name(invitation.city, invitation.language),
            "is_focal_point": invitation.is_focal_point,
            "expires": invitation.expires_at,
        },
        is_secret=True,
    )


def _focal_points(membership: Membership) -> list:
    others = membership.city.memberships.focal_points().exclude(person=membership.person_id)
    return [each.person for each in others.select_related("person")]


def _tell_about(membership: Membership, reader, what: str, *, to: str, key: str = "") -> None:
    notices.tell(
        reader,
        f"membership_{what}",
        key=f"membership-{membership.pk}-{key or what}-{reader.pk}",
        to=to,
        to_args=[membership.city.slug],
        context={
            "city": _name(membership.city, reader.language),
            "member": membership.person.name,
            "is_focal_point": membership.is_focal_point,
            "reason": membership.reason,
        },
    )


def _name(city: City, language: str) -> str:
    return str(shown(city, "name", language))
