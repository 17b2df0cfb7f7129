"""The curators' desk as a site: its names, and its parts in the order of the work."""

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Case, Value, When
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from portal.common.sorting import SortedByText, sort_column, sort_key


class PickedByText(AutocompleteJsonView):
    """The desk's search for one record: those that begin with what is typed, then by title.

    A desk that says in which order it lists its records keeps that order where nothing is typed.
    """

    def get_queryset(self):
        found = super().get_queryset()
        if not issubclass(found.model, SortedByText) or not self.term.strip():
            return found
        column = sort_column()
        begins = When(**{f"{column}__startswith": sort_key(self.term)}, then=Value(0))
        return found.order_by(Case(begins, default=Value(1)), column, "pk")


class Desk(admin.AdminSite):
    """Django's admin under the portal's name, apps and models in the order of the code."""

    site_title = settings.SITE_NAME
    site_header = settings.SITE_NAME
    index_title = _("Curators' desk")
    site_url = reverse_lazy("pages:home")

    def get_app_list(self, request, app_label=None):
        app_places = {config.label: place for place, config in enumerate(apps.get_app_configs())}
        model_places = {model: place for place, model in enumerate(self._registry)}
        parts = super().get_app_list(request, app_label)
        for part in parts:
            part["models"].sort(key=lambda entry: model_places[entry["model"]])
        return sorted(parts, key=lambda part: app_places[part["app_label"]])

    def autocomplete_view(self, request):
        return PickedByText.as_view(admin_site=self)(request)
