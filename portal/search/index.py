"""Keeping the index true: in the transaction of whoever changes a record, or all of it anew."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.db import models, transaction

from portal.search.batches import batches
from portal.search.models import Change, Collection, Entry, Posting, Word
from portal.search.packing import BLOCK
from portal.search.registry import kinds
from portal.search.writing import Writer, new_version

# Objects read and analysed together; values in one look-up (SQLite takes 32,766 at most).
_READ_AT_ONCE = 256
_VALUES_AT_ONCE = 10_000


Progress = Callable[[str, int, int], None]


def refresh(records: Iterable[models.Model], *, progress: Progress | None = None) -> None:
    """Bring the index up to date with `records` and with all that shows them.

    Call it last in the transaction that changes them, when links to other records are written too.
    Records that are not public any more, or of a model that nobody searches, may be among them.
    `progress` is called with the kind, the number of its objects done, and of all.
    """
    with transaction.atomic():
        _write(_shown_by(records), progress)


@contextmanager
def refreshing(records: Iterable[models.Model]) -> Iterator[None]:
    """Refresh `records` around something that may delete them, or cut the links to them.

    What shows them is looked up before and after, in one transaction with what is done between.
    """
    records = list(records)
    with transaction.atomic():
        concerned = _shown_by(records)
        yield
        for kind, ids in _shown_by(record for record in records if record.pk is not None).items():
            concerned[kind] = concerned.get(kind, set()) | ids
        _write(concerned)


def rebuild(progress: Progress | None = None) -> None:
    """Index every public object anew, in one transaction; until its end the old index answers.

    `progress` is called as by refresh().
    """
    with transaction.atomic():
        for collection in _locked(kind.name for kind in kinds()):
            _empty(collection)
        Collection.objects.exclude(kind__in=[kind.name for kind in kinds()]).delete()
        for kind in kinds():
            ids = kind.queryset().order_by().values_list("pk", flat=True)
            _write({kind.name: list(ids)}, progress)


def _shown_by(records: Iterable[models.Model]) -> dict[str, set[int]]:
    """Primary keys, by kind, of the objects whose entries have texts of `records` in them.

    A kind that shows records of their models is among them even if no object of it shows these.
    """
    keys_of_models = defaultdict(set)
    for record in records:
        keys_of_models[type(record)].add(record.pk)
    concerned = {}
    for kind in kinds():
        if keys_of_models.keys().isdisjoint({kind.model, *kind.shows}):
            continue
        concerned[kind.name] = keys_of_models.get(kind.model, set())
        for model, lookups in kind.shows.items():
            for keys in batches(keys_of_models.get(model, ()), _VALUES_AT_ONCE):
                for lookup in lookups:
                    rows = kind.model._default_manager.filter(**{f"{lookup}__in": keys})
                    concerned[kind.name] = concerned[kind.name].union(
                        rows.values_list("pk", flat=True)
                    )
    return concerned


def _write(ids_by_kind: dict[str, set[int] | list[int]], progress: Progress | None = None) -> None:
    """Replace the entries of these objects by what is public of them now.

    Every kind that is named has a new version, for whoever keeps what was made of it.
    """
    for collection in _locked(ids_by_kind):
        writer = Writer(collection)
        all_ids, done = ids_by_kind[collection.kind], 0
        for ids in batches(sorted(all_ids), BLOCK):
            for some in batches(ids, _READ_AT_ONCE):
                writer.read(some)
                done += len(some)
                if progress:
                    progress(collection.kind, done, len(all_ids))
            writer.write()
        writer.finish()


def _locked(names: Iterable[str]) -> list[Collection]:
    """The collections of these kinds by name, locked until the end of the transaction.

    Their counters are read and written back, so two writers may not be at the same kind at once;
    the fixed order keeps writers of several kinds from waiting for each other. Readers never wait.
    """
    names = sorted(names)
    Collection.objects.bulk_create([Collection(kind=n) for n in names], ignore_conflicts=True)
    return list(Collection.objects.filter(kind__in=names).select_for_update().order_by("kind"))


def _empty(collection: Collection) -> None:
    Posting.objects.filter(word__collection=collection)._raw_delete(Posting.objects.db)
    for model in (Entry, Word, Change):
        rows = model.objects.filter(collection=collection)
        rows._raw_delete(rows.db)
    collection.entries = collection.length = collection.next_entry = collection.next_word = 0
    collection.version = new_version(collection)
    collection.save()
