"""What templates of practices need beyond the ground's own tags."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, pgettext

from portal.common.display import listing
from portal.common.languages import current_language, direction, languages_of, shown
from portal.common.templatetags.text import isolated
from practices.filters import Choice
from practices.models import Practice

register = template.Library()

TEXTS = (
    "title",
    "summary",
    "problem",
    "approach",
    "steps",
    "run_by",
    "for_whom",
    "resources",
    "evaluation",
    "what_did_not_work",
    "what_a_city_needs",
)


@register.simple_tag
def languages_in_which(practice: Practice) -> str:
    """ "English · Arabic", the page's language first, or "English only" where it is one."""
    codes = sorted(languages_of(practice, "title"), key=lambda code: code != current_language())
    if len(codes) == 1:
        only = {"language": _name(codes[0])}
        return pgettext("language of a record", "%(language)s only") % only
    return " · ".join(map(_name, codes))


@register.inclusion_tag("practices/_language_notice.html")
def language_notice(practice: Practice) -> dict:
    """That all or some texts of the practice are shown in another language; else nothing."""
    texts = [text for text in (shown(practice, field) for field in TEXTS) if text]
    others = [text.language for text in texts if text.is_fallback]
    return {
        "languages": listing(list(map(_name, dict.fromkeys(others)))),
        "is_whole": len(others) == len(texts),
    }


@register.filter
def label(choice: Choice) -> SafeString:
    """A choice of a facet as readers see it: "3 · Mayors in a crisis"."""
    name = isolated(choice.label)
    if not choice.number:
        return name
    way = direction(current_language())
    return format_html('<bdi dir="{}">{} · {}</bdi>', way, choice.number, name)


def _name(code: str) -> str:
    return str(get_language_info(code)["name_translated"])
