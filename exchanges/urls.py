"""Addresses of this app."""

from django.urls import path

from exchanges import views, views_of_invitations, views_of_people

app_name = "exchanges"

urlpatterns = [
    path("cities/", views.city_list, name="city-list"),
    path("cities/<slug:slug>/", views.city_detail, name="city-detail"),
    path("cities/<slug:slug>/speak/", views_of_people.city_speak, name="city-speak"),
    path("cities/<slug:slug>/people/", views_of_people.city_people, name="city-people"),
    path("cities/<slug:slug>/people/<int:pk>/", views_of_people.city_person, name="city-person"),
    path(
        "cities/<slug:slug>/people/invitations/<int:pk>/withdraw/",
        views_of_people.withdraw_invitation,
        name="city-invitation-withdraw",
    ),
    path("invitations/<slug:token>/", views_of_invitations.invitation, name="invitation"),
    path("events/", views.event_list, name="event-list"),
    path("events/calendar.ics", views.event_calendar, name="event-calendar"),
    path("events/<slug:slug>/", views.event_detail, name="event-detail"),
    path("events/<slug:slug>/event.ics", views.event_ics, name="event-ics"),
]
