"""What templates of practices need beyond the ground's own tags."""

from django import template
from django.utils.safestring import SafeString

from portal.common.display import listing
from portal.common.languages import shown
from practices import cards
from practices.models import Practice

register = template.Library()

register.simple_tag(cards.languages_in_which)


@register.simple_tag
def card(practice: Practice) -> SafeString:
    """A practice from for_cards() as an item of a list."""
    return cards.Card.of(practice).markup()


@register.inclusion_tag("practices/_language_notice.html")
def language_notice(practice: Practice) -> dict:
    """That all or some texts of the practice are shown in another language; else nothing."""
    texts = [text for text in (shown(practice, field) for field in Practice.TEXTS) if text]
    others = [text.language for text in texts if text.is_fallback]
    return {
        "languages": listing(list(map(cards.language_name, dict.fromkeys(others)))),
        "is_whole": len(others) == len(texts),
    }
