"""Addresses of cities and events for search engines, each with its other languages."""

from exchanges.models import City, DialogueEvent
from portal.common.sitemaps import LanguageSitemap


class CitySitemap(LanguageSitemap):
    """Every city that everybody may see."""

    def items(self):
        return City.objects.published().only("slug").order_by("pk")


class EventSitemap(LanguageSitemap):
    """Every dialogue event that everybody may see."""

    def items(self):
        return DialogueEvent.objects.published().only("slug").order_by("pk")
