"""Practices in lists: their markup, made once for each version of a practice and kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from exchanges.models import City
from portal import search
from portal.common import display
from portal.common.kept import Kept
from portal.common.languages import (
    LANGUAGE_CODES,
    Shown,
    current_language,
    direction,
    languages_of,
    shown,
)
from portal.common.templatetags.interface import period
from portal.common.templatetags.text import isolated, language_attributes
from practices.card_rows import FURTHER_TEXTS, card_rows
from practices.choices import CostBand, Evidence
from practices.models import Practice

# About 20 kB each where all texts are full.
_CARDS_KEPT = 1000
# As the page of a practice heads its texts.
_HEADINGS = {
    "problem": gettext_lazy("The problem"),
    "approach": gettext_lazy("The approach"),
    "steps": gettext_lazy("Steps for another city"),
    "run_by": gettext_lazy("Who runs it"),
    "for_whom": gettext_lazy("For whom"),
    "resources": gettext_lazy("Resources and cost"),
    "what_a_city_needs": gettext_lazy("What a city needs for it"),
    "what_did_not_work": gettext_lazy("What did not work"),
    "evaluation": gettext_lazy("What was evaluated, and what came out"),
}
_SNIPPET_LENGTH = 160

_kept: Kept["Card"] = Kept(_CARDS_KEPT)


@dataclass(frozen=True)
class Card:
    """A practice as a reader of one language sees it in a list.

    Markup stands in pieces around the two texts in which words of a query are highlighted.
    """

    opening: str
    title: Shown
    middle: str
    summary: Shown
    closing: str
    practice: Any

    @classmethod
    def of(cls, practice: Any) -> "Card":
        """The card of a row of card_rows(), or of a practice from for_cards()."""
        title = shown(practice, "title")
        return cls(
            opening=format_html(
                '<li class="result">\n<div class="meta">{}</div>\n<h3{}><a href="{}">',
                _first_line(practice),
                language_attributes(title),
                Practice.get_absolute_url(practice),
            ),
            title=title,
            middle="</a></h3>\n",
            summary=shown(practice, "summary"),
            closing=format_html('\n<div class="meta">{}</div>\n</li>\n', _last_line(practice)),
            practice=practice,
        )

    def markup(self, words: Any = None) -> SafeString:
        """The card as an item of a list; with the words of a search, these highlighted."""
        title, in_title = _highlighted(self.title, words)
        summary, in_summary = _highlighted(self.summary, words)
        why = "" if words is None or in_title or in_summary else self._why(words)
        return SafeString(
            "".join((
                self.opening, isolated(title), self.middle, _paragraphs(summary), why, self.closing,
            ))
        )  # fmt: skip

    def _why(self, words: Any) -> SafeString:
        """Where else the words stand, with the text around them; nothing where nowhere."""
        for heading, text in _further_parts(self.practice):
            if search.has_match(text.text, words):
                snippet = search.snippet(text.text, words, length=_SNIPPET_LENGTH)
                snippet = isolated(_highlighted(replace(text, text=snippet), words)[0])
                line = _("In “%(part)s”: %(snippet)s") % {"part": "{}", "snippet": "{}"}
                return format_html(f'\n<p class="why">{line}</p>', heading, snippet)
        return SafeString("")


def cards_of(ids: Iterable[int], versions: Iterable[int]) -> list[Card]:
    """The cards of those practices that are published, in order. At most two statements."""
    language = current_language()
    keys = {pk: (pk, language, version) for pk, version in zip(ids, versions, strict=True)}
    known = {pk: card for pk, key in keys.items() if (card := _kept.get(key))}
    published = Practice.objects.published().filter(pk__in=list(keys))
    if len(known) == len(keys):
        still = set(published.values_list("pk", flat=True))
        return [card for pk, card in known.items() if pk in still]
    # The rows of what is known are read too: to ask for these apart is a statement more.
    cards = {
        row.pk: known.get(row.pk) or _kept.put(keys[row.pk], Card.of(row))
        for row in card_rows(published)
    }
    return [cards[pk] for pk in keys if pk in cards]


def languages_in_which(practice: Any) -> str:
    """ "English · Arabic", the page's language first, or "English only" where it is one."""
    return _languages(tuple(languages_of(practice, "title")), current_language())


def language_name(code: str) -> str:
    """The name of a language in the active one."""
    return str(get_language_info(code)["name_translated"])


@lru_cache(maxsize=100)
def _languages(codes: tuple[str, ...], language: str) -> str:
    names = [language_name(code) for code in sorted(codes, key=lambda code: code != language)]
    if len(names) == 1:
        return pgettext("language of a record", "%(language)s only") % {"language": names[0]}
    return " · ".join(names)


def highlighted(text: str, words: Any) -> tuple[SafeString, bool]:
    """`text` with the matches of a search in <mark>, and whether there is any."""
    pieces = search.highlight(text, words)
    marked = (
        format_html("<mark>{}</mark>", piece) if is_match else format_html("{}", piece)
        for piece, is_match in pieces
    )
    return SafeString("".join(marked)), any(is_match for _piece, is_match in pieces)


def _highlighted(text: Shown, words: Any) -> tuple[Shown, bool]:
    if words is None:
        return text, False
    markup, has_match = highlighted(text.text, words)
    return replace(text, text=markup), has_match


def _paragraphs(text: Shown) -> SafeString:
    """One paragraph a line. A match never spans lines, so markup can be parted like text."""
    markup = type(text.text)
    return format_html_join("\n", '<p{} dir="{}">{}</p>', (
        (language_attributes(text), direction(text.language), markup(line))
        for line in text.text.split("\n") if line.strip()
    ))  # fmt: skip


def _first_line(practice: Any) -> SafeString:
    parts = [format_html("<span>{}</span>", _place(practice))]
    if practice.starts:
        parts.append(format_html("<span>{}</span>", _since(practice)))
    numbering = display.numbering()
    parts += [
        _finding(each.edition.year, each.number, numbering) for each in practice.published_findings
    ]
    parts.append(format_html('<span class="tag">{}</span>', languages_in_which(practice)))
    return SafeString("\n".join(parts))


@lru_cache(maxsize=1000)
def _finding(year: int, number: int, _numbering: str) -> SafeString:
    label = _("Finding %(number)s") % {"number": display.number(number)}
    address = reverse("findings:finding-detail", args=[year, number])
    return format_html('<a class="tag" href="{}">{}</a>', address, label)


def _place(practice: Any) -> SafeString:
    city = practice.city
    name = isolated(shown(city, "name"))
    if city.is_published:
        name = format_html('<a href="{}">{}</a>', City.get_absolute_url(city), name)
    comma = pgettext("comma between parts of a list", ", ")
    return format_html("{}{}{}", name, comma, isolated(shown(city.country, "name")))


def _since(practice: Any) -> SafeString:
    if practice.ends:
        return period(practice.starts, practice.ends)
    return format_html(_("since %(start)s") % {"start": "{}"}, period(practice.starts))


def _last_line(practice: Any) -> SafeString:
    evidence = _evidence(Evidence(practice.evidence), current_language())
    if not practice.cost_band:
        return evidence
    return format_html("{}<span>{}</span>", evidence, CostBand(practice.cost_band).in_words)


@lru_cache(maxsize=len(Evidence) * len(LANGUAGE_CODES))
def _evidence(scale: Evidence, _language: str) -> SafeString:
    return format_html(
        '<span class="ev" title="{}"><span class="strength" data-n="{}" aria-hidden="true">'
        "<i></i><i></i><i></i></span>{}</span>",
        scale.definition,
        scale.level,
        _("Evidence: %(strength)s") % {"strength": scale.label},
    )


def _further_parts(practice: Any) -> Iterator[tuple[str, Shown]]:
    """Its long texts and names as a reader sees them, then all that it has in other languages."""
    reader = current_language()
    for field in FURTHER_TEXTS:
        if text := shown(practice, field):
            yield _HEADINGS[field], text
    yield _("Themes"), shown(practice.main_theme, "name")
    for finding in practice.published_findings:
        yield _("Findings it answers"), shown(finding, "title")
    for language in LANGUAGE_CODES:
        for field in ("title", "summary", *FURTHER_TEXTS):
            text = shown(practice, field, language)
            if language != reader and text and not text.is_fallback:
                yield language_name(language), replace(text, is_fallback=True)
