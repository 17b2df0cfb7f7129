"""Addresses of the account pages that allauth does not have."""

from django.urls import path
from django.views.generic import RedirectView

from portal.accounts.views import ProfileView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="account-profile"), name="account"),
    path("profile/", ProfileView.as_view(), name="account-profile"),
]
