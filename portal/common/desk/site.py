"""The curators' desk as a site: its names, and its parts in the order of the work."""

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _


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
