"""Addresses of pages that need several apps."""

from django.urls import path

from portal.pages import views
from portal.pages.searching import search_everything

app_name = "pages"

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", search_everything, name="search"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
]
