"""Forms of the second step: allauth's, with our fields, and codes that count once."""

import json
import struct
from contextlib import contextmanager

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms import Code
from portal.accounts.second_factor.spent import is_spent, spend
from portal.accounts.second_factor.state import has_app
from portal.common.formfields import CleanedCharField

NAME_LENGTH = 60
CREDENTIAL_LENGTH = 20_000
# The codes of allauth's own errors for tries that are too many.
TOO_MANY = ("rate_limited", "too_many_login_attempts")


class SecondStepCode(Code):
    """A code of the app, or a recovery code, which is typed into the same field."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Code"))
        kwargs.setdefault(
            "help_text", _("The six digits that your app shows now, or one of your recovery codes.")
        )
        super().__init__(error_messages={"required": _("Enter a code.")}, **kwargs)


class CountsOnce:
    """Mixin: a code is taken once, and tries that are too many are said as such."""

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if is_spent(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        try:
            super().clean_code()
        except ValidationError as error:
            if error.code in TOO_MANY:
                raise get_adapter().validation_error("too_many_codes") from None
            raise
        spend(self.user, code)
        return code


class AsksForOwnCode(CountsOnce):
    """Mixin: the field asks for what this person has: no app, no code of an app."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = SecondStepCode()
        if not has_app(self.user):
            self.fields["code"].label = _("Recovery code")
            self.fields["code"].help_text = _("One of the ten that you have kept; each works once.")


class AuthenticateForm(AsksForOwnCode, base_forms.AuthenticateForm):
    pass


class ReauthenticateForm(AsksForOwnCode, base_forms.ReauthenticateForm):
    pass


class ActivateAppForm(CountsOnce, totp_forms.ActivateTOTPForm):
    code = SecondStepCode(
        label=_("Code from the app"), help_text=_("The six digits that your app shows now.")
    )


class Credential(forms.Field):
    """What the browser was given by a passkey, as JSON; gives a dict that can be stored."""

    widget = forms.HiddenInput

    def to_python(self, value):
        try:
            credential = json.loads(value)
            # What databases refuse within JSON: half characters, which do not encode, and NUL.
            is_storable = b"\\u0000" not in json.dumps(credential, ensure_ascii=False).encode()
        except (RecursionError, TypeError, ValueError):
            is_storable = False
        is_answer = is_storable and isinstance(credential, dict) and credential
        if is_answer and len(value) <= CREDENTIAL_LENGTH:
            return credential
        raise get_adapter().validation_error("passkey_refused")


@contextmanager
def one_fault():
    """Whatever is wrong with a passkey within the block is one and the same to people.

    The parsers behind allauth raise many kinds of errors for what no browser sends.
    """
    try:
        yield
    except ValidationError as error:
        if error.code in TOO_MANY:
            raise get_adapter().validation_error("too_many_codes") from None
        raise get_adapter().validation_error("passkey_refused") from None
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error):
        raise get_adapter().validation_error("passkey_refused") from None


class ByPasskey:
    """Mixin: what the browser's script sends for a passkey, or a fault that people understand."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = Credential()

    def clean_credential(self):
        with one_fault():
            return super().clean_credential()


class AuthenticateByPasskeyForm(ByPasskey, webauthn_forms.AuthenticateWebAuthnForm):
    pass


class LoginByPasskeyForm(ByPasskey, webauthn_forms.LoginWebAuthnForm):
    pass


class ReauthenticateByPasskeyForm(ByPasskey, webauthn_forms.ReauthenticateWebAuthnForm):
    pass


class PasskeyName(CleanedCharField):
    """What its owner calls a passkey."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Name"),
            help_text=_("So that you know it again: the device that it is on, for example."),
            max_length=NAME_LENGTH,
            widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "dir": "auto"}),
            error_messages={"required": _("Give it a name.")},
            **kwargs,
        )


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):
    """A new passkey, which signs in alone unless its device can ask for no finger and no PIN."""

    name = PasskeyName(required=False)
    credential = Credential()
    passwordless = forms.BooleanField(
        label=_("Sign in with it alone, without a password"),
        help_text=_(
            "The device asks for your fingerprint, face or PIN. Untick this for a simple security "
            "key: it is your second step after password or code."
        ),
        required=False,
        initial=True,
    )

    def clean(self):
        if "credential" not in self.cleaned_data:
            # The field is hidden, so that its own error would be said nowhere.
            raise get_adapter().validation_error("passkey_refused")
        with one_fault():
            return super().clean()


class RenamePasskeyForm(webauthn_forms.EditWebAuthnForm):
    name = PasskeyName()
