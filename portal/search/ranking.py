"""The door: which objects a query finds, best first, by BM25 over the stems of the index."""

import math
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import models
from django.db.models import Case, Count, F, Sum, Value, When, Window
from django.db.models.functions import Cast

from portal.search.analysis import stems
from portal.search.models import Posting, Term
from portal.search.registry import kind_named

# BM25: how soon more of the same word stops to count, and how much length counts.
_K1 = 0.9
_B = 0.75
# Worths are whole numbers, so that sums are exact and both engines give the same order.
_SCALE = 1_000_000
# A longer query is cut, and of its stems the rarest are asked for: they are what tells.
_LONGEST_QUERY = 4_000
_MOST_STEMS = 40


class Hit(NamedTuple):
    """An object that was found: the kind it is registered as, and its primary key."""

    kind: str
    id: int


@dataclass(frozen=True)
class Found:
    """One page of what a query finds, best first, and how much it finds in all."""

    hits: tuple[Hit, ...] = ()
    total: int = 0

    @property
    def ids(self) -> list[int]:
        """The primary keys in order, for a search of a single kind."""
        return [hit.id for hit in self.hits]


def find(
    query: str,
    *,
    language: str,
    kinds: Iterable[str],
    within: models.QuerySet | Collection[int] | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Found:
    """Find the objects of `kinds` that have any word of `query`, those that answer it best first.

    Equal ones stand by primary key. Any string is a query; one without a word finds nothing.
    `language` is the reader's. It hides nothing: each object is found by its words in every
    language. `within`, for a search of a single kind, leaves only these rows: a queryset of the
    kind's model, or primary keys. Without `limit` everything found is given, from `offset` on.
    Two statements; three where `offset` lies past the end.
    Raises LookupError for a kind that is not registered, ValueError for `within` with several.
    """
    names = [kind_named(name).name for name in kinds]
    if within is not None and len(names) != 1:
        raise ValueError("`within` restricts a search of one kind")
    terms = _terms_of(query, names)
    if not terms:
        return Found()
    ranked = _ranked(terms)
    if isinstance(within, models.QuerySet):
        ranked = ranked.filter(entry__object_id__in=within.values("pk"))
    elif within is not None:
        return _page_of(ranked, set(within), limit, offset)
    return _page(ranked, limit, offset)


def _terms_of(query: str, kinds: list[str]) -> list[Term]:
    """The terms of the query that stand in the index, one a kind, with their collections."""
    texts = set(stems(query[:_LONGEST_QUERY]))
    terms = list(
        Term.objects.filter(collection__kind__in=kinds, text__in=texts).select_related("collection")
    )
    frequencies = Counter()
    for term in terms:
        frequencies[term.text] += term.frequency
    rarest = sorted(frequencies, key=lambda text: (frequencies[text], text))[:_MOST_STEMS]
    return [term for term in terms if term.text in rarest]


def _ranked(terms: list[Term]) -> models.QuerySet:
    """Kind and primary key of every object that has one of `terms`, best first."""
    worth = Case(*(When(term=term.pk, then=_worth(term)) for term in terms))
    return (
        Posting.objects.filter(term__in=[term.pk for term in terms])
        .values_list("entry__collection__kind", "entry__object_id")
        .annotate(score=Sum(worth))
        .order_by("-score", "entry__object_id", "entry__collection__kind")
    )


def _worth(term: Term) -> models.Expression:
    """What a posting of `term` adds to the score of its object, as a whole number.

    rarity * count * (k1 + 1) / (count + k1 * (1 - b + b * length / average length)), both sides of
    the fraction in millionths. With sums of the index there is nothing to round but here: the
    database divides whole numbers, and does that alike everywhere.
    """
    collection = term.collection
    rarity = math.log(1 + (collection.entries - term.frequency + 0.5) / (term.frequency + 0.5))
    numerator = round(rarity * (_K1 + 1) * _SCALE) * _SCALE
    plain = round(_K1 * (1 - _B) * _SCALE)
    by_length = round(_K1 * _B * _SCALE * collection.entries / max(collection.length, 1))
    count = Cast(F("count"), models.BigIntegerField())
    length = Cast(F("entry__length"), models.BigIntegerField())
    return (Value(numerator) * count) / (
        Value(_SCALE) * count + Value(plain) + Value(by_length) * length
    )


def _page(ranked: models.QuerySet, limit: int | None, offset: int) -> Found:
    end = None if limit is None else offset + limit
    counted = ranked.annotate(total=Window(Count("*")))
    rows = list(counted[offset:end])
    total = rows[0][-1] if rows else ranked.count()
    return Found(tuple(Hit(kind, key) for kind, key, *_rest in rows), total)


def _page_of(ranked: models.QuerySet, keys: set[int], limit: int | None, offset: int) -> Found:
    """The page among `keys`; there may be more of them than a statement can carry."""
    hits = [Hit(kind, key) for kind, key, _score in ranked if key in keys]
    end = None if limit is None else offset + limit
    return Found(tuple(hits[offset:end]), len(hits))
