"""Addresses of this app."""

from django.urls import path

from practices import views
from practices.exports import views as exports
from practices.feeds import PracticeFeed

app_name = "practices"

urlpatterns = [
    path("", views.practice_list, name="practice-list"),
    path("feed/", PracticeFeed(), name="practice-feed"),
    path("print/", exports.print_view, name="practice-print"),
    path("export/", exports.export_columns, name="export-columns"),
    path("export/<str:name>/", exports.export, name="practice-export"),
    path("<int:pk>-<str:slug>/", views.practice_detail, name="practice-detail"),
]
