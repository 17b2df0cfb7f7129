"""How allauth.mfa meets the portal: secrets, names, messages, and whose passkeys these are."""

import ipaddress
from urllib.parse import urlsplit

import qrcode
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from portal.accounts.devices import device
from portal.accounts.models import User
from portal.accounts.second_factor import encryption


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth's decisions that the portal takes differently."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": _(
            "Recovery codes come with an authenticator app or a passkey. Set up one of them first."
        ),
        "incorrect_code": _("This code is not right, or it was used already."),
        "passkey_refused": _(
            "The passkey was not accepted. Try once more, or go on in another way."
        ),
        "too_many_codes": _("Too many tries. Wait five minutes, then try again."),
        "unreadable_secret": _(
            "Your second step cannot be checked any more. Write to us, and we help you."
        ),
        "unverified_email": _("Confirm your e-mail address before you set up a second step."),
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it was. Raises ValidationError for the form where no key opens it."""
        try:
            return encryption.decrypt(encrypted_text)
        except encryption.UnreadableSecret:
            raise self.validation_error("unreadable_secret") from None

    def build_totp_svg(self, url: str) -> str:
        """The QR code of `url`, to stand within a page: the policy allows no data: addresses."""
        code = qrcode.QRCode(border=0)
        code.add_data(url)
        modules = code.get_matrix()
        path = "".join(
            f"M{column} {row}h1v1h-1z"
            for row, line in enumerate(modules)
            for column, is_dark in enumerate(line)
            if is_dark
        )
        return render_to_string("mfa/totp/_qr.html", {"size": len(modules), "path": path})

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 - its name
        """What a passkey is called until its owner says otherwise: the device it is made on."""
        return device(context.request.headers.get("User-Agent", ""))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": relying_party(), "name": self._get_site_name()}

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)


def relying_party() -> str:
    """The host that passkeys are made for: that of SITE_URL, never what a request claims.

    Browsers make none for an address of numbers; where SITE_URL has one, this is "localhost".
    """
    host = urlsplit(settings.SITE_URL).hostname
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host
    return "localhost"
