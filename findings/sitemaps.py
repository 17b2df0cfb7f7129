"""Editions and findings for search engines."""

from findings.models import Edition, Finding
from portal.common.sitemaps import LanguageSitemap


class EditionSitemap(LanguageSitemap):
    def items(self):
        return Edition.objects.published().newest_first()

    def lastmod(self, edition):
        return edition.updated_on or edition.published_on


class FindingSitemap(LanguageSitemap):
    def items(self):
        return Finding.objects.published().in_order_of_number().select_related("edition")

    def lastmod(self, finding):
        return finding.edition.updated_on or finding.edition.published_on
