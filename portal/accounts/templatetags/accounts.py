"""Parts of the account pages."""

import datetime

from django import template

from portal.accounts import devices
from portal.common import display

register = template.Library()


@register.filter
def device(user_agent: str) -> str:
    """The browser and system that a User-Agent header names."""
    return devices.device(user_agent)


@register.filter
def moment_text(value: datetime.datetime) -> str:
    """A day and a time of day in the reader's zone, for mails as text."""
    return display.moment(value)
