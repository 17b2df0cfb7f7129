"""Keeping the index true: in the transaction of whoever changes a record, or all of it anew."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.db import models, transaction

from portal.search.models import Collection, Entry, Posting, Term
from portal.search.registry import Kind, kind_named, kinds

# Objects read, analysed and written together; values in one look-up (SQLite takes 32,766 at most).
_OBJECTS_AT_ONCE = 100
_VALUES_AT_ONCE = 10_000


def refresh(records: Iterable[models.Model]) -> None:
    """Bring the index up to date with `records` and with all that shows them.

    Call it last in the transaction that changes them, when links to other records are written too.
    Records that are not public any more, or of a model that nobody searches, may be among them.
    """
    with transaction.atomic():
        _write(_shown_by(records))


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
            concerned[kind] |= ids
        _write(concerned)


def rebuild(progress: Callable[[str, int, int], None] | None = None) -> None:
    """Index every public object anew, in one transaction; until its end the old index answers.

    `progress` is called with the kind, the number of its objects done, and of all.
    """
    with transaction.atomic():
        for collection in _locked(kind.name for kind in kinds()):
            _empty(collection)
        Collection.objects.exclude(kind__in=[kind.name for kind in kinds()]).delete()
        for kind in kinds():
            ids = sorted(kind.queryset().order_by().values_list("pk", flat=True))
            for done in range(0, len(ids), _OBJECTS_AT_ONCE):
                chunk = ids[done : done + _OBJECTS_AT_ONCE]
                _write({kind.name: set(chunk)})
                if progress:
                    progress(kind.name, done + len(chunk), len(ids))


def _shown_by(records: Iterable[models.Model]) -> dict[str, set[int]]:
    """Primary keys, by kind, of the objects whose entries have texts of `records` in them."""
    keys_of_models = defaultdict(set)
    for record in records:
        keys_of_models[type(record)].add(record.pk)
    concerned = defaultdict(set)
    for kind in kinds():
        concerned[kind.name] |= keys_of_models.get(kind.model, set())
        for model, lookups in kind.shows.items():
            for keys in _batches(keys_of_models.get(model, ())):
                for lookup in lookups:
                    rows = kind.model._default_manager.filter(**{f"{lookup}__in": keys})
                    concerned[kind.name].update(rows.values_list("pk", flat=True))
    return concerned


def _write(ids_by_kind: dict[str, set[int]]) -> None:
    """Replace the entries of these objects by what is public of them now."""
    concerned = sorted(name for name, ids in ids_by_kind.items() if ids)
    for collection in _locked(concerned):
        kind, ids = kind_named(collection.kind), sorted(ids_by_kind[collection.kind])
        for start in range(0, len(ids), _OBJECTS_AT_ONCE):
            _replace(collection, kind, ids[start : start + _OBJECTS_AT_ONCE])


def _locked(names: Iterable[str]) -> list[Collection]:
    """The collections of these kinds by name, locked until the end of the transaction.

    Their counters are read and written back, so two writers may not be at the same kind at once;
    the fixed order keeps writers of several kinds from waiting for each other. Readers never wait.
    """
    names = sorted(names)
    Collection.objects.bulk_create([Collection(kind=n) for n in names], ignore_conflicts=True)
    return list(Collection.objects.filter(kind__in=names).select_for_update().order_by("kind"))


def _empty(collection: Collection) -> None:
    Posting.objects.filter(entry__collection=collection).delete()
    Entry.objects.filter(collection=collection).delete()
    Term.objects.filter(collection=collection).delete()
    collection.entries = collection.length = 0
    collection.save()


def _replace(collection: Collection, kind: Kind, ids: list[int]) -> None:
    """Replace the entries of a few objects; those that are not public lose theirs."""
    rows = kind.queryset().filter(pk__in=ids)
    analysed = {record.pk: kind.analyse(record) for record in rows}
    lengths_before = dict(
        Entry.objects.filter(collection=collection, object_id__in=ids).values_list("pk", "length")
    )
    terms_before = Posting.objects.filter(entry__in=lengths_before).values_list(
        "term__text", flat=True
    )
    change = Counter(stem for counts, _length in analysed.values() for stem in counts)
    change.subtract(terms_before)
    Entry.objects.filter(pk__in=lengths_before).delete()
    terms = _count_terms(collection, change)
    _insert(collection, analysed, terms)
    collection.entries += len(analysed) - len(lengths_before)
    collection.length += sum(length for _counts, length in analysed.values())
    collection.length -= sum(lengths_before.values())
    collection.save()


def _count_terms(collection: Collection, change: Counter[str]) -> dict[str, int]:
    """Change the frequencies of terms; gives the primary keys of the terms by their text."""
    terms = {
        term.text: term
        for texts in _batches(change)
        for term in Term.objects.filter(collection=collection, text__in=texts)
    }
    for text, difference in change.items():
        term = terms.setdefault(text, Term(collection=collection, text=text, frequency=0))
        term.frequency += difference
    for keys in _batches(term.pk for term in terms.values() if not term.frequency):
        Term.objects.filter(pk__in=keys).delete()
    Term.objects.bulk_create(
        [
            terms[text]
            for text, difference in change.items()
            if difference and terms[text].frequency
        ],
        update_conflicts=True,
        unique_fields=["collection", "text"],
        update_fields=["frequency"],
    )
    return {text: term.pk for text, term in terms.items()}


def _insert(
    collection: Collection, analysed: dict[int, tuple[Counter[str], int]], terms: dict[str, int]
) -> None:
    entries = Entry.objects.bulk_create(
        Entry(collection=collection, object_id=key, length=length)
        for key, (_counts, length) in analysed.items()
    )
    Posting.objects.bulk_create(
        Posting(term_id=terms[text], entry_id=entry.pk, count=count)
        for entry in entries
        for text, count in analysed[entry.object_id][0].items()
    )


def _batches(values: Iterable) -> Iterator[list]:
    """`values` in lists that fit one statement."""
    values = list(values)
    for start in range(0, len(values), _VALUES_AT_ONCE):
        yield values[start : start + _VALUES_AT_ONCE]
