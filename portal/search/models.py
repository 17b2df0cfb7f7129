"""The index: which stem stands how often in which object. The texts themselves are not kept.

Only counts are stored, and what BM25 makes of them is worked out when somebody asks. The worth of a
stem depends on all objects (how many have it, how long they are on average), so a stored worth
would be out of date with the next saved object; counts of one object depend on nothing but its
text, and an index kept up to date object by object is the same as one built anew.
"""

from django.db import models

from portal.common.fields import BytewiseCharField
from portal.search.analysis import STEM_LENGTH


class Collection(models.Model):
    """All objects of one kind; rarity and length are measured against these."""

    kind = BytewiseCharField(max_length=30, unique=True)
    entries = models.PositiveIntegerField(default=0)
    length = models.PositiveBigIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.kind


class Term(models.Model):
    """A stem, and in how many objects of the collection it stands."""

    collection = models.ForeignKey(Collection, models.CASCADE, db_index=False)
    text = BytewiseCharField(max_length=STEM_LENGTH)
    frequency = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["collection", "text"], name="search_term_is_unique")
        ]

    def __str__(self) -> str:
        return self.text


class Entry(models.Model):
    """A public object: its primary key, and the number of its words that count."""

    collection = models.ForeignKey(Collection, models.CASCADE, db_index=False)
    object_id = models.PositiveBigIntegerField()
    length = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "object_id"], name="search_entry_is_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.collection_id}: {self.object_id}"


class Posting(models.Model):
    """How often a term stands in an entry."""

    pk = models.CompositePrimaryKey("term_id", "entry_id")
    # The primary key serves look-ups by term.
    term = models.ForeignKey(Term, models.CASCADE, db_index=False)
    entry = models.ForeignKey(Entry, models.CASCADE)
    count = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.term_id} in {self.entry_id}: {self.count}"
