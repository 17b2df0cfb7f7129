"""Addresses of this app."""

from django.urls import path

from findings import views

app_name = "findings"

urlpatterns = [
    path("", views.findings, name="findings"),
    path("<int:year>/", views.edition_detail, name="edition-detail"),
    path("<int:year>/<int:number>/", views.finding_detail, name="finding-detail"),
]
