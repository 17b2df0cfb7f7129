"""Editions and findings as schema.org describes such pages."""

from django.conf import settings

from findings.models import Edition, Finding
from findings.templatetags.findings import first_sentence
from portal.common.languages import shown


def edition_metadata(edition: Edition) -> dict:
    """An edition as a collection."""
    title = shown(edition, "title")
    return {
        "@type": "Collection",
        "name": title.text,
        "description": shown(edition, "intro").text,
        **_published(edition, title.language, edition.get_absolute_url()),
    }


def finding_metadata(finding: Finding) -> dict:
    """A finding as an article that is part of its edition."""
    title = shown(finding, "title")
    return {
        "@type": "Article",
        "headline": title.text,
        "description": first_sentence(shown(finding, "summary")).text,
        "position": finding.number,
        "isPartOf": {
            "@type": "Collection",
            "name": shown(finding.edition, "title").text,
            "url": settings.SITE_URL + finding.edition.get_absolute_url(),
        },
        **_published(finding.edition, title.language, finding.get_absolute_url()),
    }


def _published(edition: Edition, language: str, path: str) -> dict:
    return {
        "url": settings.SITE_URL + path,
        "inLanguage": language,
        "datePublished": edition.published_on and edition.published_on.isoformat(),
        "dateModified": edition.updated_on and edition.updated_on.isoformat(),
        "publisher": {"@type": "Organization", "name": str(settings.SITE_NAME)},
    }
