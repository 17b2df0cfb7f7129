"""Telling somebody something, as an act does it."""

import secrets

from django.db import transaction

from portal import notices
from portal.accounts.models import User
from portal.notices.models import Notice

CITY = {"to": "exchanges:city-detail", "to_args": ["oslo"]}


def person_named(name: str, **columns) -> User:
    return User.objects.create_user(f"{secrets.token_hex(6)}@example.org", name=name, **columns)


def tell(person, key: str, **context) -> Notice:
    """Tell `person` something of the kind "trial", in a transaction."""
    with transaction.atomic():
        return notices.tell(person, "trial", key=key, context={"title": "Oslo", **context}, **CITY)


def tell_many(person, count: int) -> None:
    for number in range(count):
        tell(person, f"notice-{number}")
