"""Parts of the interface that templates draw: icons, dates, numbers, lists, places in lists."""

import datetime

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from portal.common import display
from portal.common.dates import PartialDate

register = template.Library()


@register.simple_tag
def icon(name: str, modifier: str = "") -> SafeString:
    """A decorative icon of static/img/icons.svg; `modifier` adds classes, e.g. "icon--dir"."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f" {modifier}" if modifier else "",
        static("img/icons.svg"),
        name,
    )


@register.filter
def period(starts: PartialDate, ends: PartialDate | None = None) -> SafeString:
    """A <time> with one partial date, or with the span of two, in the page's language."""
    return format_html('<time datetime="{}">{}</time>', str(starts), display.period(starts, ends))


@register.filter
def day(value: datetime.date | datetime.datetime | PartialDate) -> SafeString:
    """A <time> with a date in the page's language: 6 March 2024."""
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value).date()
    return format_html('<time datetime="{}">{}</time>', str(value), display.day(value))


@register.filter
def moment(value: datetime.datetime) -> SafeString:
    """A <time> with a day and a time of day in the reader's zone."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), display.moment(value))


@register.filter
def number(value: int | float) -> str:
    """A number with the separators and digits of the page's language."""
    return display.number(value)


@register.filter
def ungrouped(value: int) -> str:
    """A whole number without separators, as a year, in the digits of the page's language."""
    return display.digits(str(value))


@register.filter
def joined(values) -> str:
    """Texts or numbers as one list in the page's language: "a, b and c", "4, 5 and 6"."""
    return display.listing(
        [display.number(value) if isinstance(value, int) else str(value) for value in values]
    )


@register.simple_tag
def comma() -> str:
    """The comma of the page's language, with its space."""
    return pgettext("comma between parts of a list", ", ")
