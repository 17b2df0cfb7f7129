"""Stored values in templates: the right language, marked up where it is not the page's."""

import re
from urllib.parse import unquote

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.common.languages import Shown, direction
from portal.common.languages import shown as shown_text

register = template.Library()


@register.simple_tag
def shown(record, field: str) -> Shown:
    """The Shown of a record's field for the page's language, to be kept `as` a variable."""
    return shown_text(record, field)


@register.simple_tag
def text(record, field: str) -> SafeString:
    """A record's one-line text, isolated; with lang and dir where it is in another language."""
    return isolated(shown_text(record, field))


@register.simple_tag
def paragraphs(record, field: str) -> SafeString:
    """A record's text as paragraphs, one a line, each with its own direction."""
    value = shown_text(record, field)
    attributes = language_attributes(value)
    lines = [line for line in value.text.split("\n") if line.strip()]
    return format_html_join("\n", '<p{} dir="{}">{}</p>', (
        (attributes, direction(value.language), line) for line in lines
    ))  # fmt: skip


@register.simple_tag
def lines(record, field: str) -> list[Shown]:
    """A record's text as one Shown a line, for lists."""
    value = shown_text(record, field)
    return [
        Shown(line.strip(), value.language, value.is_fallback)
        for line in value.text.split("\n")
        if line.strip()
    ]


@register.filter
def isolated(value: Shown) -> SafeString:
    """A Shown in <bdi>, or in <span lang dir> where it is in another language than the page."""
    if not value.is_fallback:
        return format_html("<bdi>{}</bdi>", value.text)
    return format_html(
        '<span lang="{}" dir="{}">{}</span>', value.language, direction(value.language), value.text
    )


@register.filter
def language_attributes(value: Shown) -> SafeString:
    """` lang="…"` where a Shown is in another language than the page, else nothing."""
    return format_html(' lang="{}"', value.language) if value.is_fallback else SafeString("")


@register.filter
def isolated_links(html: SafeString) -> SafeString:
    """`html` with each link from left to right, as addresses are read in every language."""
    return SafeString(re.sub(r"<a .*?</a>", r'<bdi dir="ltr">\g<0></bdi>', html))


@register.filter
def short_address(url: str) -> str:
    """An address as a link shows it: without scheme, and cut in the middle where it is long."""
    text = unquote(url.partition("://")[2].removeprefix("www.").rstrip("/"))
    return text if len(text) <= 60 else f"{text[:35]}…{text[-24:]}"
