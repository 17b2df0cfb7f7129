"""Sort keys: one stored column a language, made in Python, compared byte by byte.

Databases collate differently (and SQLite only by code point), so the order of names is settled
here once for both engines.
"""

import re
import unicodedata

from django.db import models

from portal.common.fields import BytewiseCharField
from portal.common.languages import LANGUAGE_CODES, current_language, shown

MAX_LENGTH = 120
# Letters that do not decompose, filed where a reader of English or Arabic looks for them.
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
        "ı": "i", "ى": "ي", "ة": "ه", "ٱ": "ا", "ی": "ي", "ک": "ك", "ـ": None, "ء": None,
    }
)  # fmt: skip
_NUMBER = re.compile(r"\d+")


def sort_key(text: str) -> str:
    """The key of `text`: folded letters and digits, never empty, at most MAX_LENGTH characters.

    Accents, vowel marks, hamza seats and punctuation do not count, numbers sort by value.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    kept = "".join(c if unicodedata.category(c)[0] in "LN" else " " for c in decomposed
                   if unicodedata.category(c) not in ("Mn", "Cf"))  # fmt: skip
    numbered = _NUMBER.sub(lambda match: f"{int(match.group()):08d}", kept)
    return " ".join(numbered.split())[:MAX_LENGTH] or "~"


def sort_column(language: str | None = None) -> str:
    """Name of the column that sorts for `language` (the active one by default)."""
    return f"sort_{language or current_language()}"


def sort_columns() -> list[str]:
    """Names of the sort columns of all languages."""
    return [sort_column(language) for language in LANGUAGE_CODES]


class SortedByText(models.Model):
    """A record listed by the text of `sort_field`; its keys are refreshed by every save()."""

    sort_field = "name"

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        self.set_sort_keys()
        if update_fields is not None:
            update_fields = {*update_fields, *sort_columns()}
        super().save(*args, update_fields=update_fields, **kwargs)

    def set_sort_keys(self) -> None:
        """Set the key of every language from the text that its readers see. Saves nothing."""
        for language in LANGUAGE_CODES:
            setattr(
                self, sort_column(language), sort_key(shown(self, self.sort_field, language).text)
            )


# One column a language, so that a third language is one line in settings and one migration.
for _language in LANGUAGE_CODES:
    SortedByText.add_to_class(
        sort_column(_language),
        BytewiseCharField(max_length=MAX_LENGTH, editable=False, default="~", db_index=True),
    )


class SortedQuerySet(models.QuerySet):
    """Rows of SortedByText models."""

    def in_reading_order(self):
        """The rows by name or title as a reader of the active language expects, ties by id."""
        return self.order_by(sort_column(), "pk")
