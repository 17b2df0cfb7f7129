"""What templates of findings need beyond the ground's own tags."""

import re

from django import template

from portal.common.languages import Shown

register = template.Library()

_FIRST_SENTENCE = re.compile(r".+?[.!?؟](?=\s|$)")


@register.filter
def first_sentence(value: Shown) -> Shown:
    """The first sentence of a Shown, for lists and descriptions; the whole where it has no end."""
    text = value.text.partition("\n")[0]
    match = _FIRST_SENTENCE.match(text)
    return Shown(match.group() if match else text, value.language, value.is_fallback)
