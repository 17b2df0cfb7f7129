"""What the head of a page says about it to search engines and to those who preview links."""

import html
import json

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# As in Django's json_script: nothing in the data can end the element that holds it.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_block_tag
def captured(content: str) -> SafeString:
    """What the tag encloses, without the white space around it; kept by `as`.

    A block inside it can be filled by the page as anywhere, and is then used more than once.
    """
    return SafeString(content.strip())


@register.simple_tag
def json_ld(data: dict) -> SafeString:
    """`data` as schema.org metadata of the page; values that are empty are left out."""
    filled = {name: value for name, value in data.items() if value}
    text = json.dumps({"@context": "https://schema.org", **filled}, ensure_ascii=False)
    return format_html(
        '<script type="application/ld+json">{}</script>', SafeString(text.translate(_ESCAPES))
    )


@register.filter
def page_query(number: int | None) -> str:
    """The query that belongs to the address of a page of a list: nothing for its first page."""
    return f"?page={number}" if number and number > 1 else ""


@register.filter
def as_text(markup: str) -> str:
    """What `captured` kept, as the plain text that a reader sees."""
    return html.unescape(markup)
