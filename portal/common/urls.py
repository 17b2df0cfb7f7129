"""Addresses of the ground: uploaded files, health."""

from django.urls import path

from portal.common import views

urlpatterns = [
    path("files/<path:name>", views.stored_file, name="file"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
