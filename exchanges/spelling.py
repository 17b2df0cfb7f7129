"""Names in the form in which they are compared: without case, accents, marks and hamza seats."""

from collections.abc import Iterable

from portal.common.sorting import sort_key
from portal.common.text import has_letter_or_digit


def folded(texts: Iterable[str | None]) -> str:
    """The names in `texts`, one a line, as they are stored to be searched; each once."""
    names = (line for text in texts for line in (text or "").splitlines())
    return "\n".join(dict.fromkeys(sort_key(name) for name in names if has_letter_or_digit(name)))


def folded_words(query: str) -> list[str]:
    """The words of `query`, to be found in folded() names; none without letter and digit."""
    return sort_key(query).split() if has_letter_or_digit(query) else []
