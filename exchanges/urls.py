"""Addresses of this app."""

from django.urls import path

from exchanges import views

app_name = "exchanges"

urlpatterns = [
    path("cities/", views.city_list, name="city-list"),
    path("cities/<slug:slug>/", views.city_detail, name="city-detail"),
    path("events/", views.event_list, name="event-list"),
    path("events/calendar.ics", views.event_calendar, name="event-calendar"),
    path("events/<slug:slug>/", views.event_detail, name="event-detail"),
    path("events/<slug:slug>/event.ics", views.event_ics, name="event-ics"),
]
