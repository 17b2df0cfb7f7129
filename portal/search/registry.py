"""What can be found. Each app above says it of its own models in its AppConfig.ready()."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import models
from django.utils import translation

from portal.common.languages import LANGUAGE_CODES
from portal.search.analysis import stems

# Words of a title count as if they stood in the text this many times.
TITLE_TIMES = 2
# The largest count that fits the column on both engines.
_LARGEST_COUNT = 32767


@dataclass(frozen=True)
class Kind:
    """A kind of object that can be found; the fields are the arguments of `register`."""

    name: str
    model: type[models.Model]
    queryset: Callable[[], models.QuerySet]
    texts: Callable[[models.Model, str], Mapping[str, str]]
    shows: Mapping[type[models.Model], Sequence[str]] = field(default_factory=dict)

    def analyse(self, record: models.Model) -> tuple[Counter[str], int]:
        """How often each stem stands in `record`, and how many words it has.

        The languages of a record are versions of the same text, so a stem counts as often as in the
        version that has it most, and the words are those of the longest: what is shown as a
        fallback, or spelt alike in all, is not counted twice, and a translated record is neither
        worth more nor less for it.
        """
        versions = [self._version(record, language) for language in LANGUAGE_CODES]
        counts: Counter[str] = Counter()
        for version in versions:
            counts |= version
        kept = Counter({stem: min(count, _LARGEST_COUNT) for stem, count in counts.items()})
        return kept, max(version.total() for version in versions)

    def _version(self, record: models.Model, language: str) -> Counter[str]:
        with translation.override(language):
            texts = self.texts(record, language)
        return Counter(stems(texts["title"]) * TITLE_TIMES + stems(texts["body"]))


_kinds: dict[str, Kind] = {}


def register(
    kind: str,
    model: type[models.Model],
    queryset: Callable[[], models.QuerySet],
    texts: Callable[[models.Model, str], Mapping[str, str]],
    shows: Mapping[type[models.Model], Sequence[str]] | None = None,
) -> None:
    """Let the public rows of `model` be found as `kind`.

    `queryset()` gives the rows that everybody may see, with what `texts` needs already fetched.
    `texts(record, language)` gives what a reader of that language sees of it, fallbacks included,
    as {"title": …, "body": …}; it is called with that language active. `shows` names the other
    models whose texts are in there, each with the look-ups that lead to it from `model`: when one
    of their records is refreshed, so are the objects that show it.
    Raises ValueError where the kind is registered already.
    """
    if kind in _kinds:
        raise ValueError(f"registered already: {kind}")
    _kinds[kind] = Kind(kind, model, queryset, texts, shows or {})


def kinds() -> list[Kind]:
    """Every registered kind by name: the order in which writers lock them."""
    return [_kinds[name] for name in sorted(_kinds)]


def kind_named(name: str) -> Kind:
    """The kind of that name. Raises LookupError where there is none."""
    return _kinds[name]
