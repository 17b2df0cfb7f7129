"""Parts of the account pages."""

import datetime

from django import template
from django.conf import settings

from portal.accounts import devices
from portal.accounts.models import User
from portal.accounts.second_factor import state
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


@register.filter
def second_step(person: User) -> state.SecondStep:
    """What a person has set up as second step of signing in."""
    return state.second_step_of(person)


@register.filter
def needs_second_step(person: User) -> bool:
    """Whether a person's rights are for those only who have a second step."""
    return state.needs_second_factor(person)


@register.simple_tag
def contact_email() -> str:
    """Where people write to who cannot get on by themselves."""
    return settings.CONTACT_EMAIL


@register.simple_tag(takes_context=True)
def passkey_address(context) -> str:
    """The one address at which passkeys work; empty where the page has it."""
    return state.passkey_address(context["request"])


@register.simple_tag(takes_context=True)
def way_on(context) -> str:
    """Where the reader wanted to go who had to set up a second step first; empty for others."""
    return state.way_on(context["request"])


@register.simple_tag(takes_context=True)
def other_ways(context) -> list[dict]:
    """Other ways to show that it is oneself; no password where the second step is asked for."""
    request = context["request"]
    needed = state.needs_second_factor(request.user) and not state.was_shown(request)
    return [
        way
        for way in context.get("reauthentication_alternatives", [])
        if way["id"] != "reauthenticate" or not needed
    ]


@register.filter
def in_fours(text: str) -> str:
    """A secret or a code in groups of four, as people read and type it."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
