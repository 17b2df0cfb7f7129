"""The one table of this app: what the database cache keeps."""

from django.db import models


class CacheEntry(models.Model):
    """A row of the database cache. It stands here so that `migrate` alone makes the table."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "cache_entries"

    def __str__(self) -> str:
        return self.cache_key
