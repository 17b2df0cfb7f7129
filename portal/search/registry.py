"""What can be found. Each app above says it of its own models in its AppConfig.ready()."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import models
from django.utils import translation

from portal.common.languages import LANGUAGE_CODES
from portal.search.analysis import telling, written_words

# Words of a title count as if they stood in the text this many times.
TITLE_TIMES = 2

Facets = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Kind:
    """A kind of object that can be found; the fields are the arguments of `register`."""

    name: str
    model: type[models.Model]
    queryset: Callable[[], models.QuerySet]
    texts: Callable[[models.Model, str], Mapping[str, str]]
    shows: Mapping[type[models.Model], Sequence[str]] = field(default_factory=dict)
    facets: Callable[[models.Model], Facets] = lambda record: {}
    orders: Mapping[str, Callable[[], Iterable[int]]] = field(default_factory=dict)

    def analyse(self, record: models.Model) -> "Analysed":
        """The words of `record` in every language.

        The languages of a record are versions of the same text, so a word counts as often as in the
        version that has it most, and the length is that of the longest: what is shown as a
        fallback, or spelt alike in all, is not counted twice, and a translated record is neither
        worth more nor less for it.
        """
        counts: Counter[str] = Counter()
        written: set[str] = set()
        length = 0
        for language in LANGUAGE_CODES:
            texts = self.texts_in(record, language)
            title, body = written_words(texts["title"]), written_words(texts["body"])
            version = Counter(telling(title) * TITLE_TIMES + telling(body))
            counts |= version
            length = max(length, version.total())
            written.update(title, body)
        return Analysed(counts, length, written, self.facets(record))

    def texts_in(self, record: models.Model, language: str) -> Mapping[str, str]:
        """What a reader of that language sees of `record`."""
        with translation.override(language):
            return self.texts(record, language)


@dataclass(frozen=True)
class Analysed:
    """An object as its entry is to be.

    How often each folded word stands in it, how many words it has, its words as they are written,
    and the values of its facets.
    """

    counts: Counter[str]
    length: int
    written: set[str]
    facets: Facets


_kinds: dict[str, Kind] = {}


def register(
    kind: str,
    model: type[models.Model],
    queryset: Callable[[], models.QuerySet],
    texts: Callable[[models.Model, str], Mapping[str, str]],
    **more,
) -> None:
    """Let the public rows of `model` be found as `kind`.

    `queryset()` gives the rows that everybody may see, with what `texts` needs already fetched.
    `texts(record, language)` gives what a reader of that language sees of it, fallbacks included,
    as {"title": …, "body": …}; it is called with that language active, and the lines of a body say
    the same in each language.
    `shows` names the other models whose texts are in there, each with the look-ups that lead to it
    from `model`: when one of their records is refreshed, so are the objects that show it.
    `facets(record)` gives what a list can be narrowed by: of each facet the values, as addresses
    have them. `orders` names the orders of a list without a query: each a callable that gives the
    primary keys of all public rows, called in the language of the reader.
    Raises ValueError where the kind is registered already.
    """
    if kind in _kinds:
        raise ValueError(f"registered already: {kind}")
    _kinds[kind] = Kind(kind, model, queryset, texts, **more)


def kinds() -> list[Kind]:
    """Every registered kind by name: the order in which writers lock them."""
    return [_kinds[name] for name in sorted(_kinds)]


def kind_named(name: str) -> Kind:
    """The kind of that name. Raises LookupError where there is none."""
    return _kinds[name]
