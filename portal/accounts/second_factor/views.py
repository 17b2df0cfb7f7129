"""Pages for passkeys that take allauth's way, and stay where one was when a passkey is refused."""

from allauth.account.utils import passthrough_next_redirect_url
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.forms import BaseForm
from django.http import HttpResponseRedirect
from django.urls import reverse


class BackToTheForm:
    """Mixin: a refused passkey leads back to the page where it was given, its `next` included."""

    page: str

    def form_invalid(self, form: BaseForm) -> HttpResponseRedirect:
        for message in form.errors.get("credential", []):
            messages.error(self.request, message)
        return HttpResponseRedirect(
            passthrough_next_redirect_url(self.request, reverse(self.page), REDIRECT_FIELD_NAME)
        )


class LoginByPasskeyView(BackToTheForm, LoginWebAuthnView):
    page = "account_login"


class ReauthenticateByPasskeyView(BackToTheForm, ReauthenticateWebAuthnView):
    page = "mfa_reauthenticate_webauthn"
