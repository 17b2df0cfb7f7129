"""Searches that found nothing, or only something else: for curators, without who or when.

Kept are the folded words, where they were typed, how often, and on which days first and last: no
person, no address, no time of day.
"""

import logging
import re
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.common.fields import BytewiseCharField
from portal.search.analysis import fold

logger = logging.getLogger(__name__)

QUERY_LENGTH = 100
MOST_ROWS = 5000
# As many are left by a clean-up, so that there is room for new ones.
ROWS_TO_KEEP = 4000
DAYS_FOR_SEEN_ONCE = 90
# A reader never waits longer than this for a writer that holds the database of one file.
_LOCK_MILLISECONDS = 100
# An address of e-mail, or digits that may be a telephone number.
_CONTACT = re.compile(r"@|(?:\d[\s().+/-]*){7}")


class Place(models.TextChoices):
    """Where the words were typed."""

    PRACTICES = "practices", _("list of practices")
    EVERYTHING = "everything", _("search everything")


class Miss(models.Model):
    """Words that found nothing exact, and how often they were typed in a language at a place."""

    query = BytewiseCharField(_("words"), max_length=QUERY_LENGTH)
    language = models.CharField(
        _("language of the page"), max_length=10, choices=settings.LANGUAGES
    )
    place = models.CharField(_("where"), max_length=20, choices=Place)
    instead = models.CharField(_("searched instead"), max_length=QUERY_LENGTH, blank=True)
    count = models.PositiveIntegerField(_("how often"), db_index=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("search without a match")
        verbose_name_plural = _("searches without a match")
        default_permissions = ("view",)
        ordering = ["-count", "-last_day", "query"]
        constraints = [
            models.UniqueConstraint(
                fields=["query", "language", "place"], name="search_miss_is_unique"
            )
        ]

    def __str__(self) -> str:
        return self.query


# A new row only while there is room, a known one always; count and days in the same statement.
_COUNT = """
INSERT INTO search_miss (query, language, place, instead, count, first_day, last_day)
SELECT %s, %s, %s, %s, 1, %s, %s
WHERE (SELECT COUNT(*) FROM search_miss) < %s
   OR EXISTS (SELECT 1 FROM search_miss WHERE query = %s AND language = %s AND place = %s)
ON CONFLICT (query, language, place) DO UPDATE
SET count = search_miss.count + 1, last_day = excluded.last_day, instead = excluded.instead
"""


def count(query: str, found, *, language: str, place: Place) -> bool:
    """Count `query` where `found`, what it found, is nothing or what repaired words found.

    Returns whether it is. One statement outside any transaction. A database that is away, busy or
    read-only costs a line in the log and a tenth of a second, never the answer. Words that may be
    somebody's contact are not kept.
    """
    if found.total and not found.repairs:
        return False
    words = _kept(query)
    if words:
        _note(words, found, language, place)
    return True


def _note(words: str, found, language: str, place: Place) -> None:
    instead = _kept(found.exactly) if found.repairs else ""
    today = timezone.localdate()
    key = [words, language, place.value]
    try:
        _write([*key, instead, today, today, MOST_ROWS, *key])
    except DatabaseError as error:
        logger.warning("A search without a match was not counted: %s", error)


def prune() -> int:
    """Forget what was typed once and not for long, then the rarest above ROWS_TO_KEEP.

    Returns how many rows went. Running it twice does what running it once does.
    """
    oldest = timezone.localdate() - timedelta(days=DAYS_FOR_SEEN_ONCE)
    gone, _by_model = Miss.objects.filter(count=1, last_day__lt=oldest).delete()
    if Miss.objects.count() <= ROWS_TO_KEEP:
        return gone
    kept = Miss.objects.order_by("-count", "-last_day", "pk").values("pk")[:ROWS_TO_KEEP]
    more, _by_model = Miss.objects.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    return gone + more


def _kept(query: str) -> str:
    """The words as they are kept; "" for those that are not."""
    folded = " ".join(fold(query).replace("\0", "").split())
    readable = folded.encode(errors="ignore").decode()[:QUERY_LENGTH].strip()
    return "" if _CONTACT.search(folded) else readable


def _write(values: list) -> None:
    if connection.vendor != "sqlite":
        _execute(_COUNT, values)
        return
    patience = connection.settings_dict["OPTIONS"].get("timeout", 5)
    _wait_at_most(_LOCK_MILLISECONDS)
    try:
        _execute(_COUNT, values)
    finally:
        _wait_at_most(int(patience * 1000))


def _execute(statement: str, values: list) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _wait_at_most(milliseconds: int) -> None:
    """How long SQLite waits for another writer."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        connection.connection.execute(f"PRAGMA busy_timeout = {milliseconds}")
