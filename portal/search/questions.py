"""What a query asks for: of each word the stems that may answer it, and by what it is compared."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from portal.search.analysis import is_arabic, stem, telling, words_in, written_words
from portal.search.lexicon import translations
from portal.search.skeletons import skeleton
from portal.search.slips import likely_slips, one_slip_away
from portal.search.snapshots import Snapshot

# A longer query is cut, and of its words the rarest are asked for: they are what tells.
LONGEST_QUERY = 4_000
MOST_WORDS = 40
# A word that stands in the query again counts again, but not for ever.
_MOST_TIMES = 3

# What a stem in other words is worth, measured against the stem of the word itself. A translation
# has to make up for what else the word itself would bring: whole words, pieces and consonants.
_TRANSLATED = 3.0
_ALIKE = 0.6
_MOST_REPAIRS = 3
_MOST_ALIKE = 12
_MOST_BEGINNINGS = 40
_SHORTEST_TO_REPAIR = 3
_SHORT = 4
# A name is known by so many consonants; fewer stand in words of all kinds.
_CONSONANTS_OF_A_NAME = 3


@dataclass(frozen=True)
class Repair:
    """A word that nothing has, as it was typed, and the word that was looked for instead."""

    typed: str
    instead: str


@dataclass
class Asked:
    """One word of the query, and how often it is asked for.

    `stems` are its own, or those of the known words looked for `instead`; `others` say the same in
    other words. Both are weighed.
    """

    word: str
    times: int
    stems: dict[str, float] = field(default_factory=dict)
    others: dict[str, float] = field(default_factory=dict)
    instead: list[str] = field(default_factory=list)

    def take(self, stem_: str, weight: float = 1.0) -> None:
        """Let a stem answer too; the best reason counts."""
        self.stems[stem_] = max(weight, self.stems.get(stem_, 0.0))

    def take_other(self, stem_: str, weight: float) -> None:
        """Let a stem answer in other words; the best reason counts."""
        self.others[stem_] = max(weight, self.others.get(stem_, 0.0))

    @property
    def all_stems(self) -> dict[str, float]:
        """All that answers, none of it worth more than the word itself."""
        return {each: min(weight, 1.0) for each, weight in (self.others | self.stems).items()}


@dataclass(frozen=True)
class Question:
    """The words of a query, and what was repaired in it."""

    asked: tuple[Asked, ...] = ()
    repairs: tuple[Repair, ...] = ()
    exactly: str = ""

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(stem_ for each in self.asked for stem_ in each.all_stems)


def read_question(
    query: str, snapshots: Sequence[Snapshot], *, repair: bool = True, is_half_typed: bool = False
) -> Question:
    """What `query` asks for in these collections, at most MOST_WORDS words.

    `is_half_typed` lets words answer that begin with the last one.
    """
    query = query[:LONGEST_QUERY]
    written = written_words(query)
    counted = Counter(telling(written))
    # Words that nothing has come last: a pasted page is full of them.
    words = sorted(counted, key=lambda word: (_frequency(word, snapshots) or math.inf, word))
    asked = []
    last = words_in(written[-1])[-1:] if is_half_typed and written else ()
    for word in words[:MOST_WORDS]:
        each = Asked(word, min(counted[word], _MOST_TIMES))
        _answer(each, snapshots)
        if word in last:
            _answer_beginnings(each, snapshots)
        if repair and not each.stems and not each.others:
            _answer_repaired(each, snapshots)
        _answer_alike(each, snapshots)
        asked.append(each)
    repairs = _repairs(written, asked, snapshots)
    return Question(tuple(asked), repairs, _repaired(query, repairs))


def _repairs(
    written: Sequence[str], asked: Sequence[Asked], snapshots: Sequence[Snapshot]
) -> tuple[Repair, ...]:
    """What was looked for instead, in the order in which it was typed."""
    instead = {each.word: each.instead[0] for each in asked if each.instead}
    repairs = {}
    for typed in written:
        for word in words_in(typed):
            if word in instead:
                repairs[word] = Repair(typed, _as_written(instead[word], snapshots))
    return tuple(repairs.values())


def _frequency(word: str, snapshots: Sequence[Snapshot]) -> int:
    """In how many objects the stem of `word` is, at most."""
    numbers = ((snapshot, snapshot.lexis.of_stem.get(stem(word), ())) for snapshot in snapshots)
    return sum(
        int(s.lexis.frequencies[s.lexis.known(found)].sum()) for s, found in numbers if found
    )


def _answer(asked: Asked, snapshots: Sequence[Snapshot]) -> None:
    """The stem of the word, and its translations."""
    own = stem(asked.word)
    if _has_stem(own, snapshots):
        asked.take(own)
    _answer_translated(asked, own, 1.0, snapshots)


def _answer_translated(
    asked: Asked, stem_: str, weight: float, snapshots: Sequence[Snapshot]
) -> None:
    for other, sure in translations().get(stem_, ()):
        if _has_stem(other, snapshots):
            asked.take_other(other, weight * _TRANSLATED * sure)


def _answer_beginnings(asked: Asked, snapshots: Sequence[Snapshot]) -> None:
    for snapshot in snapshots:
        for number in snapshot.lexis.beginning_with(asked.word, _MOST_BEGINNINGS):
            asked.take(stem(snapshot.lexis.texts[number]))


def _answer_repaired(asked: Asked, snapshots: Sequence[Snapshot]) -> None:
    """The known words that are one slip of the finger away, the most frequent ones."""
    if len(asked.word) < _SHORTEST_TO_REPAIR or asked.word.isdigit():
        return
    known = _known_words(asked.word, snapshots) or _known_stems(asked.word, snapshots)
    best = sorted(known, key=lambda other: (-known[other], other))[:_MOST_REPAIRS]
    asked.instead = best
    for other in best:
        asked.take(stem(other), 1 / len(best))
        _answer_translated(asked, stem(other), 1 / len(best), snapshots)


def _known_words(word: str, snapshots: Sequence[Snapshot]) -> Counter[str]:
    """The known words one slip away from `word`, with their frequencies.

    A short word is rather one that nobody wrote yet than a name.
    """
    known, is_short = Counter(), len(word) <= _SHORT
    for other in one_slip_away(word):
        for snapshot in snapshots:
            frequency = snapshot.lexis.frequency(other)
            if frequency and not (is_short and snapshot.lexis.is_name(other)):
                known[other] += frequency
    return known


def _known_stems(word: str, snapshots: Sequence[Snapshot]) -> Counter[str]:
    """The most frequent words of the stems that `word` is one slip away from.

    Of the stem of an Arabic word only likely slips: any letter for any other leads to other words.
    """
    known = Counter()
    likely = likely_slips(stem(word)) if is_arabic(word) else set()
    for other in one_slip_away(word) | likely:
        for snapshot in snapshots:
            lexis = snapshot.lexis
            numbers = lexis.known(lexis.of_stem.get(other, ()))
            if numbers and len(other) >= _SHORTEST_TO_REPAIR:
                best = max(numbers, key=lambda n: (lexis.frequencies[n], lexis.texts[n]))
                known[lexis.texts[best]] += int(lexis.frequencies[best])
    return known


def _answer_alike(asked: Asked, snapshots: Sequence[Snapshot]) -> None:
    """Words that sound the same: of the other script, or of any where the word is unknown."""
    consonants = skeleton(asked.word)
    if len(consonants) < _CONSONANTS_OF_A_NAME:
        return
    is_unknown = not asked.stems
    for snapshot in snapshots:
        lexis = snapshot.lexis
        alike = lexis.known(lexis.of_skeleton.get(consonants, ()))
        alike.sort(key=lambda number: (-lexis.frequencies[number], lexis.texts[number]))
        for number in alike[:_MOST_ALIKE]:
            if is_unknown or is_arabic(lexis.texts[number]) != is_arabic(asked.word):
                asked.take_other(stem(lexis.texts[number]), _ALIKE)


def _has_stem(stem_: str, snapshots: Sequence[Snapshot]) -> bool:
    return any(s.lexis.known(s.lexis.of_stem.get(stem_, ())) for s in snapshots)


def _as_written(word: str, snapshots: Iterable[Snapshot]) -> str:
    for snapshot in snapshots:
        number = snapshot.lexis.number_of.get(word)
        if number is not None and snapshot.lexis.frequency(word):
            return snapshot.lexis.written.get(number, word)
    return word


def _repaired(query: str, repairs: Iterable[Repair]) -> str:
    for repair in repairs:
        query = re.sub(
            rf"(?<!\w){re.escape(repair.typed)}(?!\w)", repair.instead.replace("\\", ""), query
        )
    return query
