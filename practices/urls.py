"""Addresses of this app."""

from django.urls import path

from practices import views, views_after_publication
from practices.exports import views as exports
from practices.feeds import PracticeFeed
from practices.submitting import autosaving, pages_of_mine, writing

app_name = "practices"

urlpatterns = [
    path("", views.practice_list, name="practice-list"),
    path("feed/", PracticeFeed(), name="practice-feed"),
    path("submit/", writing.start, name="practice-submit"),
    path("submit/autosave/", autosaving.autosave, name="submit-autosave"),
    path("<int:pk>-<str:slug>/propose/", pages_of_mine.propose, name="practice-propose"),
    path("print/", exports.print_view, name="practice-print"),
    path("export/", exports.export_columns, name="export-columns"),
    path("export/<str:name>/", exports.export, name="practice-export"),
    path("<int:pk>-<str:slug>/", views.practice_detail, name="practice-detail"),
    path(
        "<int:pk>-<str:slug>/versions/",
        views_after_publication.practice_versions,
        name="practice-versions",
    ),
    path(
        "<int:pk>-<str:slug>/withdraw/",
        views_after_publication.practice_withdraw,
        name="practice-withdraw",
    ),
]
