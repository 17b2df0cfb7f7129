"""What search engines may read: the pages that need several apps, and the sitemap of all apps."""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from exchanges.sitemaps import CitySitemap, EventSitemap
from findings.sitemaps import EditionSitemap, FindingSitemap
from portal.common.languages import LANGUAGE_CODES
from portal.common.sitemaps import LanguageSitemap
from practices.sitemaps import PracticeSitemap

# Under each language. The switch stands outside them.
NOT_FOR_ROBOTS = ["/admin/", "/accounts/", "/search/", "/practices/export/", "/practices/print/"]


class PageSitemap(LanguageSitemap):
    """Home, the lists, and the pages about the portal."""

    def items(self):
        return [
            "pages:home",
            "practices:practice-list",
            "exchanges:city-list",
            "exchanges:event-list",
            "practices:practice-submit",
            "pages:about",
            "pages:accessibility",
            "pages:privacy",
        ]

    def location(self, item):
        return reverse(item)


SITEMAPS = [
    PageSitemap,
    EditionSitemap,
    FindingSitemap,
    PracticeSitemap,
    EventSitemap,
    CitySitemap,
]


class Site(NamedTuple):
    """The host name of the addresses, as Django's sitemaps ask for it."""

    domain: str


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """sitemap.xml, with addresses that start with SITE_URL whatever the request claims."""
    scheme, domain, *_rest = urlsplit(settings.SITE_URL)
    urls = [
        url
        for sitemap_class in SITEMAPS
        for url in sitemap_class().get_urls(site=Site(domain), protocol=scheme)
    ]
    return render(request, "sitemap.xml", {"urlset": urls}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: all pages but those that are somebody's own or made from other pages."""
    closed = [f"/{code}{path}" for code in LANGUAGE_CODES for path in NOT_FOR_ROBOTS]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ["/language/", *closed]),
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
