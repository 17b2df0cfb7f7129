"""What every sitemap of the portal shares."""

from django.contrib.sitemaps import Sitemap


class LanguageSitemap(Sitemap):
    """A sitemap that lists each page in every language, and each address with all the others."""

    i18n = True
    alternates = True
    x_default = True
