"""What is offered while somebody types: pages whose titles or names may be meant."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace

from django.db.models import CharField, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Left
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from exchanges.models import City, DialogueEvent
from findings.models import Finding
from portal import search
from portal.common.display import digits, number
from portal.common.kept import Kept
from portal.common.languages import Shown, columns, current_language, direction, shown
from portal.pages.searching import asked
from practices.models import Practice

SHORTEST_QUERY = 2
MOST = 8
# So many of the best are asked for, so that a kind with few records is not crowded out.
_CONSIDERED = 32
_MOST_OF_A_KIND = {"practice": 4, "finding": 2, "city": 2, "event": 2}
SECONDS_IN_A_BROWSER = 60
# Less than 1 kB each.
_SUGGESTIONS_KEPT = 20_000

_TEXT = CharField()
_NO_TEXT = Value("", _TEXT)
_NO_NUMBER = Value(0, IntegerField())


@dataclass(frozen=True)
class Kind:
    """Of which columns a suggestion of a kind is made. `beside` names what stands beside it."""

    label: Promise
    rows: Callable[[], QuerySet]
    title: str
    beside: str = ""
    original_language: object = "original_language"
    slug: object = "slug"
    year: object = _NO_TEXT
    number: object = _NO_NUMBER

    def chosen(self, name: str, keys: Iterable[int]) -> QuerySet:
        """The rows with these primary keys as tuples that are alike for every kind."""
        beside = columns(self.beside) if self.beside else [_NO_TEXT for _code in columns("name")]
        return (
            self.rows()
            .filter(pk__in=keys)
            .order_by()
            # As written: for a union the columns must stand in their order.
            .rewrite(False)
            .values_list(
                Value(name, _TEXT), "pk", self.original_language, self.slug, self.year,
                self.number, *columns(self.title), *beside,
            )
        )  # fmt: skip


KINDS = {
    "practice": Kind(
        gettext_lazy("Practices"), lambda: Practice.objects.published(), "title", "city__name"
    ),
    "city": Kind(
        gettext_lazy("Cities"),
        lambda: City.objects.published(),
        "name",
        "country__name",
        original_language=_NO_TEXT,
    ),
    "finding": Kind(
        gettext_lazy("Findings"),
        lambda: Finding.objects.published(),
        "title",
        slug=_NO_TEXT,
        year=Cast("edition__year", _TEXT),
        number="number",
    ),
    "event": Kind(
        gettext_lazy("Dialogue events"),
        lambda: DialogueEvent.objects.published(),
        "title",
        year=Left("starts", 4, output_field=_TEXT),
    ),
}


@dataclass(frozen=True)
class Suggestion:
    """A page that may be meant: its title, where it is, and a few words that stand beside it."""

    kind: str
    title: Shown
    address: str
    note: Shown

    def as_data(self, words) -> dict:
        """For the script: the title in pieces, each with whether it matched."""
        data = {
            "title": search.highlight(self.title.text, words),
            "address": self.address,
            "note": self.note.text,
        }
        if self.title.is_fallback:
            data |= {"lang": self.title.language, "dir": direction(self.title.language)}
        return data


_kept: Kept[Suggestion] = Kept(_SUGGESTIONS_KEPT)


@require_safe
@cache_control(private=True, max_age=SECONDS_IN_A_BROWSER)
def suggest(request: HttpRequest) -> JsonResponse:
    """Suggestions for ?q= by kind, the kind of the best first. Any text is answered."""
    query = asked(request)
    suggestions, words = suggestions_for(query)
    groups = [
        {
            "label": str(KINDS[kind].label),
            "items": [each.as_data(words) for each in suggestions if each.kind == kind],
        }
        for kind in dict.fromkeys(each.kind for each in suggestions)
    ]
    return JsonResponse(
        {"groups": groups, "status": _announced(len(suggestions))},
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
        headers={"X-Robots-Tag": "noindex"},
    )


def suggestions_for(query: str) -> tuple[list[Suggestion], object]:
    """At most MOST suggestions, best first, and the words of `search.highlight`.

    At most one statement beside those of the search, whatever kinds are among them.
    """
    if len(query) < SHORTEST_QUERY:
        return [], ()
    language = current_language()
    found = search.suggest(query, kinds=KINDS, limit=_CONSIDERED)
    versions = dict(zip(found.hits, found.versions, strict=True))
    keys = {hit: (*hit, language, versions[hit]) for hit in _balanced(found.hits)}
    known = {hit: each for hit, key in keys.items() if (each := _kept.get(key))}
    for row in _rows([hit for hit in keys if hit not in known]):
        hit = row[:2]
        known[hit] = _kept.put(keys[hit], _suggestion(row))
    return [known[hit] for hit in keys if hit in known], found.words


def _balanced(hits: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The best hits in their order; a kind gets more than its share only where others lack hits."""
    taken: Counter[str] = Counter()
    within = set()
    for hit in hits:
        if taken[hit[0]] < _MOST_OF_A_KIND[hit[0]]:
            taken[hit[0]] += 1
            within.add(hit)
    first = [hit for hit in hits if hit in within][:MOST]
    more = [hit for hit in hits if hit not in within][: MOST - len(first)]
    return sorted([*first, *more], key=hits.index)


def _rows(hits: list[tuple[str, int]]) -> Iterable[tuple]:
    """What the database has of `hits`, in one statement; kind and primary key come first."""
    keys: dict[str, list[int]] = {}
    for kind, key in hits:
        keys.setdefault(kind, []).append(key)
    selects = [KINDS[kind].chosen(kind, of_kind) for kind, of_kind in keys.items()]
    if not selects:
        return []
    return selects[0].union(*selects[1:], all=True) if selects[1:] else selects[0]


def _suggestion(row: tuple) -> Suggestion:
    kind, key, original, slug, year, place, *texts = row
    names = [*columns("title"), *columns("beside")]
    record = SimpleNamespace(original_language=original, **dict(zip(names, texts, strict=True)))
    note = shown(record, "beside")
    if kind == "finding":
        text = _("Edition %(year)s, finding %(number)s")
        note = _in_this_language(text % {"year": digits(year), "number": number(place)})
    elif kind == "event":
        note = _in_this_language(digits(year))
    return Suggestion(kind, shown(record, "title"), _address(kind, key, slug, year, place), note)


def _in_this_language(text: str) -> Shown:
    return Shown(text, current_language(), False)


def _address(kind: str, key: int, slug: str, year: str, place: int) -> str:
    if kind == "practice":
        return reverse("practices:practice-detail", args=[key, slug])
    if kind == "finding":
        return reverse("findings:finding-detail", args=[year, place])
    return reverse(f"exchanges:{kind}-detail", args=[slug])


def _announced(count: int) -> str:
    if not count:
        return pgettext("while somebody types", "No suggestions")
    return ngettext("%(total)s suggestion", "%(total)s suggestions", count) % {
        "total": number(count)
    }
