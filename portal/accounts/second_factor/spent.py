"""Codes of the app count once, as long as they are valid.

allauth remembers a code for the half minute it is meant for; the tolerance makes that longer.
"""

import hashlib

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from django.core.cache import cache

from portal.accounts.models import User


def is_spent(person: User, code: str) -> bool:
    """Whether `person` has used this code of the app already."""
    return cache.get(_key(person, code)) is not None


def spend(person: User, code: str) -> None:
    """Remember that `person` has used `code`, until it is valid no more."""
    steps = 2 * app_settings.TOTP_TOLERANCE + 1
    cache.set(_key(person, code), True, timeout=app_settings.TOTP_PERIOD * steps)


def _key(person: User, code: str) -> str:
    digest = hashlib.sha256(normalize_user_code(code).encode()).hexdigest()
    return f"spent-code:{person.pk}:{digest}"
