"""What every page knows about the site, itself and its other languages."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from portal.common.languages import LANGUAGE_CODES, current_language, direction


def site(request: HttpRequest) -> dict:
    """Name and address of the site; language, direction, canonical address of the page."""
    language = current_language()
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "language": language,
        "direction": direction(language),
        "font": settings.LANGUAGE_FONTS.get(
            language, settings.LANGUAGE_FONTS[settings.LANGUAGE_CODE]
        ),
        "is_demo": settings.DEMO,
        "canonical_url": settings.SITE_URL + request.path,
        "alternates": alternates(request.path),
        "language_switch": language_switch(request.get_full_path(), language),
    }


def alternates(path: str) -> list[dict]:
    """Each language's address of the page at `path`, this one's included; none outside them.

    The last one, x-default, leaves the language to the reader: it redirects to one of the others.
    """
    if not in_language(path, settings.LANGUAGE_CODE):
        return []
    urls = {code: in_language(path, code) for code in LANGUAGE_CODES}
    urls["x-default"] = path[path.index("/", 1) :]
    return [{"language": code, "url": settings.SITE_URL + url} for code, url in urls.items()]


def language_switch(full_path: str, language: str) -> list[dict]:
    """A link to the same path and query in every other language; following it is remembered."""
    return [
        {
            "language": code,
            "direction": direction(code),
            "name": name,
            "url": reverse("language", args=[code])
            + "?"
            + urlencode({"to": in_language(full_path, code) or f"/{code}/"}),
        }
        for code, name in settings.LANGUAGES
        if code != language
    ]


def in_language(path: str, language: str) -> str:
    """The address of `path` in another language; empty where it stands outside all languages."""
    first, slash, rest = path.lstrip("/").partition("/")
    return f"/{language}/{rest}" if slash and first in LANGUAGE_CODES else ""
