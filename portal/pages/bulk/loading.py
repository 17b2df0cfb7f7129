"""The act that loads a file in the portal's record format: all of it, or nothing."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.utils import translation

from portal import search
from portal.pages.bulk.batches import PracticeBatch
from portal.pages.bulk.reading import Known, Record, read_line
from portal.pages.bulk.shapes import PRACTICE
from portal.pages.seeding.faults import BrokenContentError, Place

# Marks what came in by this door in the history of a record.
CHANGE_REASON = "load_practices"
# Practices that are written together: the memory that a load of any size needs.
PRACTICES_AT_ONCE = 500
# After so many faults the rest of a file is not read any more.
_FAULTS_SHOWN = 20


def load_practices(
    lines: Iterable[bytes], *, by=None, progress: Callable[[str, int], None] | None = None
) -> Counter[str]:
    """Load lines of the record format; `by` is noted in the history of what is written.

    Practices are created, never updated: a slug that is taken is a fault. Of the other kinds, what
    is not there is created, and what is there is left as it is. All in one transaction, search
    entries last: either every line is loaded, or BrokenContentError is raised with the lines,
    fields and reasons, and nothing is written. `progress` is called with "read" and the number of
    bytes after each line, with "index" and the number of practices before they are indexed, and
    with "indexed" and the number of those that are.
    Returns how many records of each kind were created.
    """
    # Messages of validators, and the columns without a language, are those of the default language.
    with translation.override(settings.LANGUAGE_CODE), transaction.atomic():
        loading = _Loading(by, progress or _no_progress)
        for record in loading.records(lines):
            loading.take(record)
        loading.finish()
    return loading.created


class _Loading:
    """One run: what is known, what waits to be written, what went wrong."""

    def __init__(self, by, progress: Callable[[str, int], None]):
        self.by = by
        self.progress = progress
        self.known = Known()
        self.faults: list[str] = []
        self.created: Counter[str] = Counter()
        self.batch = PracticeBatch(self.faults)
        self.others: list[models.Model] = []
        self.practices: list[int] = []

    def records(self, lines: Iterable[bytes]) -> Iterator[Record]:
        """The records of the lines that can be read; the faults of the others are noted."""
        bytes_read = 0
        for number, line in enumerate(lines, 1):
            bytes_read += len(line)
            if not line.isspace():
                record = read_line(line, Place(f"line {number}", self.faults), self.known)
                if record:
                    yield record
            if len(self.faults) >= _FAULTS_SHOWN:
                raise BrokenContentError([*self.faults, "the lines after that were not read"])
            self.progress("read", bytes_read)

    def take(self, record: Record) -> None:
        """Write the record, or let it wait for others of its kind."""
        if record.shape is not PRACTICE:
            self._create(record)
            return
        self.batch.add(record)
        if len(self.batch) >= PRACTICES_AT_ONCE:
            self._write_batch()

    def finish(self) -> None:
        """Write what waits, and let it be found. Raises BrokenContentError for faults."""
        self._write_batch()
        if self.faults:
            raise BrokenContentError(self.faults)
        self.progress("index", len(self.practices))
        practices = (PRACTICE.model(pk=pk) for pk in self.practices)
        search.refresh(chain(self.others, practices), progress=self._indexed)

    def _indexed(self, kind: str, done: int, _total: int) -> None:
        if kind == PRACTICE.kind:
            self.progress("indexed", done)

    def _write_batch(self) -> None:
        """Write the practices that wait. After a fault they are only checked."""
        written = self.batch.write(reason=CHANGE_REASON, by=self.by)
        self.practices += written
        self.created[PRACTICE.kind] += len(written)

    def _create(self, record: Record) -> None:
        """Create a record that practices mention, where there is none of its key."""
        model, keys = record.shape.model, self.known.of(record.shape.model)
        if record.key in keys:
            return
        created = model(**record.columns)
        created._change_reason = CHANGE_REASON
        created._history_user = self.by
        try:
            created.full_clean()
            with transaction.atomic():
                created.save()
        except ValidationError as error:
            _refuse_fields(record.place, error)
            return
        except (IntegrityError, DataError) as error:
            record.place.refuse(f"the database refuses it: {str(error).splitlines()[0]}")
            return
        for link, linked in record.links.items():
            getattr(created, link).set(linked)
        keys[record.key] = created.pk
        self.others.append(created)
        self.created[record.shape.kind] += 1


def _no_progress(stage: str, done: int) -> None:
    """Say nothing."""


def _refuse_fields(place: Place, error: ValidationError) -> None:
    for name, messages in error.message_dict.items():
        (place if name == NON_FIELD_ERRORS else place.at(name)).refuse(" ".join(messages))
