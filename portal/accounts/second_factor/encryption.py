"""How secrets of the second step lie in the database: encrypted by a key made from SECRET_KEY."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_PURPOSE = b"portal.accounts.second_factor"


class UnreadableSecret(Exception):
    """A secret that no key of the settings opens."""


def encrypt(text: str) -> str:
    """`text` encrypted by the key of today."""
    return _keys().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """What `encrypt` was given, under SECRET_KEY or one of SECRET_KEY_FALLBACKS.

    Raises UnreadableSecret where none of them opens it.
    """
    try:
        return _keys().decrypt(encrypted.encode()).decode()
    except InvalidToken as error:
        raise UnreadableSecret from error


def encrypt_anew(encrypted: str) -> str:
    """The same secret under the key of today. Raises UnreadableSecret."""
    return encrypt(decrypt(encrypted))


def _keys() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    derivation = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=_PURPOSE)
    return base64.urlsafe_b64encode(derivation.derive(secret.encode()))
