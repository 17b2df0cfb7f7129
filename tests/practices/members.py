"""People who may or may not act on practices, and their browsers."""

from django.test import Client
from django.utils import timezone

from exchanges.choices import MembershipState
from exchanges.models import City, Membership
from portal.accounts.people import open_account


def account(name: str, *, roles=(), language="en"):
    return open_account(
        f"{name}@example.org", name=name.title(), roles=roles, language=language,
        is_verified=True, by=None,
    )  # fmt: skip


def member(name: str, city: City, state=MembershipState.CONFIRMED, **fields):
    person = account(name, **fields)
    now = timezone.now()
    Membership.objects.create(
        person=person,
        city=city,
        state=state,
        decided_at=now if state != MembershipState.ASKED else None,
        ended_at=now if state == MembershipState.ENDED else None,
    )
    return person


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client
