"""A practice as schema.org describes such pages."""

from django.conf import settings

from portal.common.languages import shown
from practices.models import Practice


def practice_metadata(practice: Practice) -> dict:
    """A practice from for_page() as an article about what one city does."""
    title = shown(practice, "title")
    return {
        "@type": "Article",
        "headline": title.text,
        "description": shown(practice, "summary").text,
        "inLanguage": title.language,
        "url": settings.SITE_URL + practice.get_absolute_url(),
        "datePublished": practice.published_at.isoformat(),
        "dateModified": practice.updated_at.isoformat(),
        "publisher": {"@type": "Organization", "name": str(settings.SITE_NAME)},
        "about": [
            {"@type": "Thing", "name": shown(theme, "name").text} for theme in practice.themes.all()
        ],
        "contentLocation": {
            "@type": "City",
            "name": shown(practice.city, "name").text,
            "containedInPlace": {
                "@type": "Country",
                "name": shown(practice.city.country, "name").text,
            },
        },
        "citation": [source.url for source in practice.sources.all() if source.url],
        "image": [settings.SITE_URL + photo.url for photo in practice.photos.all()],
    }
