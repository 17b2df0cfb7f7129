"""Addresses of pages that need several apps."""

from django.urls import path

from portal.pages import views
from portal.pages.searching import search_everything
from portal.pages.suggestions import suggest

app_name = "pages"

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", search_everything, name="search"),
    path("search/suggest/", suggest, name="suggest"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
]
