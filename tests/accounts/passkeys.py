"""A passkey in software: it answers as a browser does that has one, by the standard."""

import hashlib
import secrets
from dataclasses import dataclass, field

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN = "http://localhost"
FLAG = AuthenticatorData.FLAG


@dataclass
class Passkey:
    """One key pair, made for `host`. Without `asks_owner` it signs whoever holds the device."""

    host: str = "localhost"
    asks_owner: bool = True
    number: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    pair: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def made(self, options: dict, *, origin: str = ORIGIN) -> dict:
        """What the browser sends after it made this passkey for the creation options."""
        key = ES256.from_cryptography_key(self.pair.public_key())
        credential = AttestedCredentialData.create(Aaguid(bytes(16)), self.number, key)
        data = self._data(FLAG.AT, credential)
        client = CollectedClientData.create("webauthn.create", _challenge(options), origin)
        return self._answer(
            clientDataJSON=bytes(client),
            attestationObject=bytes(AttestationObject.create("none", data, {})),
        ) | {"clientExtensionResults": {"credProps": {"rk": self.asks_owner}}}

    def signed(self, options: dict, *, person, origin: str = ORIGIN) -> dict:
        """What the browser sends after this passkey signed the request options for `person`."""
        data = self._data(FLAG(0))
        client = CollectedClientData.create("webauthn.get", _challenge(options), origin)
        signature = self.pair.sign(data + client.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=bytes(client),
            authenticatorData=bytes(data),
            signature=signature,
            userHandle=user_pk_to_url_str(person).encode(),
        )

    def _data(self, flags: FLAG, *credential) -> AuthenticatorData:
        flags |= FLAG.UP | (FLAG.UV if self.asks_owner else FLAG(0))
        host = hashlib.sha256(self.host.encode()).digest()
        return AuthenticatorData.create(host, flags, 0, *credential)

    def _answer(self, **response: bytes) -> dict:
        number = websafe_encode(self.number)
        return {
            "id": number,
            "rawId": number,
            "type": "public-key",
            "response": {name: websafe_encode(value) for name, value in response.items()},
            "clientExtensionResults": {},
        }


def _challenge(options: dict) -> bytes:
    return websafe_decode(options["publicKey"]["challenge"])


def add_passkey(person, name="هاتف ليلى", **options) -> tuple[Authenticator, Passkey]:
    """Give `person` a passkey; options are those of Passkey. Returns the row and the passkey."""
    passkey = Passkey(**options)
    made = passkey.made({"publicKey": {"challenge": websafe_encode(secrets.token_bytes(32))}})
    return WebAuthn.add(person, name, made).instance, passkey
