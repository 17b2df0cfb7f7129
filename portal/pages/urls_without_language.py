"""Addresses that stand outside the languages."""

from django.urls import path

from portal.pages.language_choice import choose_language, switch_language
from portal.pages.opensearch import completions, description
from portal.pages.sitemaps import robots, sitemap

urlpatterns = [
    path("", choose_language, name="choose-language"),
    path("language/<slug:language>/", switch_language, name="language"),
    path("opensearch.xml", description, name="opensearch"),
    path("suggestions.json", completions, name="opensearch-suggestions"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
]
