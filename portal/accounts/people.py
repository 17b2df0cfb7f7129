"""Accounts that are opened or moved to another address by somebody else than their owner."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from portal.accounts.models import User
from portal.accounts.roles import set_roles


@transaction.atomic
def open_account(
    email: str,
    *,
    name: str,
    language: str = settings.LANGUAGE_CODE,
    roles: Iterable[str] = (),
    password: str | None = None,
    is_verified: bool = False,
    by: User | None,
) -> User:
    """Open an account. Without a password its owner signs in by a code and may set one.

    `is_verified` says that the address is known to be the owner's; otherwise the first code
    proves it. Raises IntegrityError where there is an account with this address, ValueError for
    an unknown role.
    """
    person = User.objects.create_user(email, password, name=name, language=language)
    set_address(person, person.email, is_verified=is_verified)
    return set_roles(person, roles, by=by)


@transaction.atomic
def set_address(person: User, email: str, *, is_verified: bool) -> None:
    """Make `email` the one address of `person`, verified or not."""
    person.email = email.strip().lower()
    person.save(update_fields=["email"])
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"primary": True, "verified": is_verified}
    )
