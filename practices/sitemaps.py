"""Addresses of practices for search engines, each with its other languages."""

from portal.common.sitemaps import LanguageSitemap
from practices.models import Practice


class PracticeSitemap(LanguageSitemap):
    """Every practice that everybody may see."""

    def items(self):
        return Practice.objects.published().only("slug", "updated_at").order_by("pk")

    def lastmod(self, practice):
        return practice.updated_at
