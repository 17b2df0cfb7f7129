"""The words of a collection while it is written: their numbers, and how many objects have them."""

from collections.abc import Collection, Iterable

import numpy as np

from portal.search import models
from portal.search.analysis import WORD_LENGTH, stem, words_in
from portal.search.batches import batches
from portal.search.models import Word
from portal.search.registry import Analysed
from portal.search.skeletons import skeleton

_VALUES_AT_ONCE = 5_000
_ROWS_AT_ONCE = 2_000


class Vocabulary:
    """The words that a writer met, by text and by number; the collection is locked meanwhile."""

    def __init__(self, collection: models.Collection, version: int):
        self.collection = collection
        self.version = version
        self.number_of: dict[str, int] = {}
        self._words: dict[int, Word] = {}
        self._changed: set[int] = set()

    def meet(self, objects: Collection[Analysed]) -> None:
        """Know the words of these objects; those that are new get a number, in their order."""
        texts = set().union(*(each.counts for each in objects))
        unknown = sorted(texts.difference(self.number_of))
        if self.collection.next_word:
            for some in batches(unknown, _VALUES_AT_ONCE):
                self._know(Word.objects.filter(collection=self.collection, text__in=some))
        new = [text for text in unknown if text not in self.number_of]
        spellings = _spellings(set(new), objects) if new else {}
        words = [self._new(text, spellings.get(text, text)) for text in new]
        self._know(Word.objects.bulk_create(words, batch_size=_ROWS_AT_ONCE))

    def count(self, *, gone: np.ndarray, come: np.ndarray) -> None:
        """Change the frequencies: words, by number, once an object that lost or got them."""
        change = np.zeros(self.collection.next_word, np.int64)
        np.add.at(change, come, 1)
        np.subtract.at(change, gone, 1)
        self._meet_numbers(np.unique(gone).tolist())
        for number in np.flatnonzero(change).tolist():
            self._words[number].frequency += int(change[number])
        # Also those that only stand there more or less often than before: their postings change.
        self._changed.update(gone.tolist(), come.tolist())

    def keys(self, numbers: Iterable[int]) -> list[int]:
        """The primary keys of words that were met."""
        return [self._words[number].pk for number in numbers]

    def write(self) -> list[int]:
        """Write the frequencies; gives the numbers of the words that nothing has any more."""
        changed = [self._words[number] for number in sorted(self._changed)]
        for word in changed:
            word.version = self.version
        Word.objects.bulk_create(
            [word for word in changed if word.frequency],
            batch_size=_ROWS_AT_ONCE,
            update_conflicts=True,
            unique_fields=["collection", "text"],
            update_fields=["frequency", "version"],
        )
        gone = [word for word in changed if not word.frequency]
        for some in batches([word.pk for word in gone], _VALUES_AT_ONCE):
            Word.objects.filter(pk__in=some).delete()
        return [word.number for word in gone]

    def _meet_numbers(self, numbers: list[int]) -> None:
        unknown = [number for number in numbers if number not in self._words]
        for some in batches(unknown, _VALUES_AT_ONCE):
            self._know(Word.objects.filter(collection=self.collection, number__in=some))

    def _know(self, words: Iterable[Word]) -> None:
        for word in words:
            self.number_of[word.text] = word.number
            self._words[word.number] = word

    def _new(self, text: str, written: str) -> Word:
        number = self.collection.next_word
        self.collection.next_word += 1
        return Word(
            collection=self.collection,
            number=number,
            text=text,
            stem=stem(text),
            skeleton=skeleton(text),
            written="" if written == text else written,
            frequency=0,
            version=self.version,
        )


def _spellings(words: set[str], objects: Iterable[Analysed]) -> dict[str, str]:
    """How these folded words are written in the objects: small letters and few marks preferred."""
    spellings = {}
    for written in set().union(*(each.written for each in objects)):
        folded = words_in(written)
        if len(folded) == 1 and folded[0] in words and len(written) <= WORD_LENGTH:
            other = spellings.get(folded[0], written)
            spellings[folded[0]] = min(written, other, key=_preference)
    return spellings


def _preference(written: str) -> tuple[bool, int, str]:
    return written != written.lower(), len(written), written
