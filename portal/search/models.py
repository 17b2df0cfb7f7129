"""The index: which word stands how often in which object. The texts themselves are not kept.

Only counts are stored, and what a score makes of them is worked out when somebody asks. The worth
of a word depends on all objects (how many have it, how long they are on average), so a stored
worth would be out of date with the next saved object; counts of one object depend on nothing but
its text, and an index kept up to date object by object is the same as one built anew.

Counts are packed (portal.search.packing), once by word, to find candidates, and once by object, to
rank them: a row a posting would take ten times the space.
"""

from django.db import models

from portal.common.fields import BytewiseCharField
from portal.search.analysis import WORD_LENGTH
from portal.search.misses import Miss as Miss  # a model of this app


class Collection(models.Model):
    """All objects of one kind; rarity and length are measured against these.

    `version` is that of the last change. Entries and words are numbered from 0 in the order in
    which they came; a number is not given twice.
    """

    kind = BytewiseCharField(max_length=30, unique=True)
    version = models.BigIntegerField(default=0)
    entries = models.PositiveIntegerField(default=0)
    length = models.PositiveBigIntegerField(default=0)
    next_entry = models.PositiveIntegerField(default=0)
    next_word = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.kind


class Change(models.Model):
    """A change of a collection: its version, and the numbers of entries and words that went.

    A process that knows the index as of one of these versions need only read what came after it.
    Versions are never used twice, not even when a transaction is undone.
    """

    collection = models.ForeignKey(Collection, models.CASCADE)
    version = models.BigIntegerField(unique=True)
    gone_entries = models.JSONField(default=list)
    gone_words = models.JSONField(default=list)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.collection_id}: {self.version}"


class Word(models.Model):
    """A folded word, in how many objects it stands, and what is worked out of it once.

    `written` is how some text spells it; empty where that is the folded word itself.
    """

    collection = models.ForeignKey(Collection, models.CASCADE, db_index=False)
    number = models.PositiveIntegerField()
    text = BytewiseCharField(max_length=WORD_LENGTH)
    stem = BytewiseCharField(max_length=WORD_LENGTH)
    skeleton = BytewiseCharField(max_length=2 * WORD_LENGTH)
    written = models.CharField(max_length=WORD_LENGTH)
    frequency = models.PositiveIntegerField()
    version = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["collection", "text"], name="search_word_is_unique"),
            models.UniqueConstraint(fields=["collection", "number"], name="search_word_number"),
        ]
        indexes = [models.Index(fields=["collection", "version"], name="search_word_version")]

    def __str__(self) -> str:
        return self.text


class Entry(models.Model):
    """A public object: its primary key, its words, and the values of its facets.

    `words` are packed counts of the numbers of its words; `length` is how many words it has, each
    as often as it stands there.
    """

    collection = models.ForeignKey(Collection, models.CASCADE, db_index=False)
    number = models.PositiveIntegerField()
    object_id = models.PositiveBigIntegerField()
    length = models.PositiveIntegerField()
    version = models.BigIntegerField()
    facets = models.TextField()
    words = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "object_id"], name="search_entry_is_unique"
            )
        ]
        indexes = [models.Index(fields=["collection", "version"], name="search_entry_version")]

    def __str__(self) -> str:
        return f"{self.collection_id}: {self.object_id}"


class Posting(models.Model):
    """Which entries of a block of numbers have a word, and how often: packed counts."""

    pk = models.CompositePrimaryKey("word_id", "block")
    # The primary key serves look-ups by word.
    word = models.ForeignKey(Word, models.CASCADE, db_index=False)
    block = models.PositiveIntegerField()
    counts = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.word_id} in block {self.block}"


class Translation(models.Model):
    """A stem, and one that stands for it in the other language, as the portal's texts taught it.

    `weight` is in millionths: how sure it is, at most 1,000,000.
    """

    stem = BytewiseCharField(max_length=WORD_LENGTH)
    other = BytewiseCharField(max_length=WORD_LENGTH)
    weight = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["stem", "other"], name="search_translation_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.stem} – {self.other}"
