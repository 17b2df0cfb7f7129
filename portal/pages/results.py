"""Results of a search as the page shows them: the same few lines for every kind of record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from exchanges.models import City, DialogueEvent
from findings.models import Finding
from portal import search
from portal.common.kept import Kept
from portal.common.languages import Shown, current_language, shown
from practices.models import Practice

SNIPPET_LENGTH = 220
# A few kB each where both languages are full.
_ROWS_KEPT = 2000


@dataclass(frozen=True)
class Kind:
    """How records of a kind are read: title, and the texts in which matches are looked for."""

    rows: Callable[[], QuerySet]
    title: str
    texts: tuple[str, ...] = ()


# In the order of the page.
KINDS = {
    "practice": Kind(
        lambda: Practice.objects.published().for_cards(),
        "title",
        ("summary", "problem", "approach", "steps", "evaluation", "what_a_city_needs"),
    ),
    "finding": Kind(
        lambda: Finding.objects.published().select_related("edition"),
        "title",
        ("summary", "recommendation"),
    ),
    "city": Kind(lambda: City.objects.published().select_related("country"), "name"),
    "event": Kind(lambda: DialogueEvent.objects.published().with_places(), "title", ("summary",)),
}


@dataclass(frozen=True)
class Row:
    """What a result shows whatever was asked; kept until the record changes."""

    address: str
    title: Shown
    text: Shown
    meta: SafeString


Pieces = list[tuple[str, bool]]

_kept: Kept[Row] = Kept(_ROWS_KEPT)


@dataclass(frozen=True)
class Result:
    """A row, and its title and the best part of its text in pieces that matched or did not."""

    row: Row
    title: Pieces
    snippet: Pieces


def results_of(kind: str, hits: Sequence[tuple[int, int]], words) -> list[Result]:
    """The results for `hits`, pairs of a primary key and its version, in their order."""
    return [_result(row, words) for row in _rows_of(kind, hits)]


def _result(row: Row, words) -> Result:
    snippet = search.snippet(row.text.text, words, length=SNIPPET_LENGTH)
    return Result(row, search.highlight(row.title.text, words), search.highlight(snippet, words))


def _rows_of(kind: str, hits: Sequence[tuple[int, int]]) -> list[Row]:
    """The rows in the order of `hits`; only those that nobody has asked for are read and made."""
    language = current_language()
    keys = {id_: (kind, id_, language, version) for id_, version in hits}
    rows = {id_: row for id_, key in keys.items() if (row := _kept.get(key))}
    if missing := keys.keys() - rows.keys():
        for id_, record in KINDS[kind].rows().in_bulk(missing).items():
            rows[id_] = _kept.put(keys[id_], _row(kind, record))
    return [rows[id_] for id_ in keys if id_ in rows]


def _row(kind: str, record: Model) -> Row:
    texts = [shown(record, field) for field in KINDS[kind].texts]
    language = texts[0].language if texts else current_language()
    # One element of the page has one language.
    together = "\n".join(text.text for text in texts if text and text.language == language)
    return Row(
        address=record.get_absolute_url(),
        title=shown(record, KINDS[kind].title),
        text=Shown(together, language, language != current_language()),
        meta=SafeString(
            render_to_string("pages/_result_meta.html", {"kind": kind, kind: record}).strip()
        ),
    )
