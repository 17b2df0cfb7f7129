"""Addresses of this app."""

from django.urls import path

from practices import views
from practices.feeds import PracticeFeed

app_name = "practices"

urlpatterns = [
    path("", views.practice_list, name="practice-list"),
    path("feed/", PracticeFeed(), name="practice-feed"),
    path("<int:pk>-<str:slug>/", views.practice_detail, name="practice-detail"),
]
