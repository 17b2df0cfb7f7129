"""Addresses of the account pages that allauth does not have, or that take another way here."""

from django.urls import path
from django.views.generic import RedirectView

from portal.accounts.second_factor.views import LoginByPasskeyView, ReauthenticateByPasskeyView
from portal.accounts.views import ProfileView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="account-profile"), name="account"),
    path("profile/", ProfileView.as_view(), name="account-profile"),
    # Before allauth's, at the same addresses.
    path("2fa/webauthn/login/", LoginByPasskeyView.as_view(), name="mfa_login_webauthn"),
    path(
        "2fa/webauthn/reauthenticate/",
        ReauthenticateByPasskeyView.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
]
