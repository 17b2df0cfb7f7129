"""Languages of the interface and of stored texts. Only settings name a language."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.http import HttpResponse
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

LANGUAGE_CODES = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True)
class Shown:
    """A stored text as a reader sees it: text, language, and whether that is a fallback."""

    text: str
    language: str
    is_fallback: bool

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


def current_language() -> str:
    """The code of the active language; the default language where none is active."""
    language = (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
    return language if language in LANGUAGE_CODES else settings.LANGUAGE_CODE


def direction(language: str) -> str:
    """ "rtl" or "ltr" for a language code of settings.LANGUAGES."""
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


def remember_language(response: HttpResponse, language: str) -> None:
    """Set the language cookie: only where a reader has chosen `language` in so many words."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )


def shown(record: models.Model, field: str, language: str | None = None) -> Shown:
    """The text of `field` that a reader of `language` (the active one by default) sees.

    Falls back to the record's original language, then to every other in the order of settings.
    A field that is empty everywhere gives an empty Shown in the language asked for.
    """
    language = language or current_language()
    original = getattr(record, "original_language", None)
    for code in dict.fromkeys([language, original or language, *LANGUAGE_CODES]):
        text = getattr(record, build_localized_fieldname(field, code))
        if text:
            return Shown(text, code, code != language)
    return Shown("", language, False)


def languages_of(record: models.Model, field: str) -> list[str]:
    """Codes of the languages in which `field` has a text, in the order of settings."""
    return [c for c in LANGUAGE_CODES if getattr(record, build_localized_fieldname(field, c))]


def columns(field: str) -> list[str]:
    """Names of the columns of a translated field in all languages, in the order of settings."""
    return [build_localized_fieldname(field, code) for code in LANGUAGE_CODES]


class InOriginalLanguage(models.Model):
    """A record whose texts were first written in one language and must be full in that one."""

    original_language = models.CharField(
        _("original language"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("The language in which the text was first written. Its fields must be full."),
    )

    class Meta:
        abstract = True
