"""Two curators at one text: which fields each of them has touched."""

import json
from zlib import crc32

from practices.curation import curation_of
from practices.models import Submission


def stated(submission: Submission) -> dict[str, str]:
    """Everything on the review page that two curators might change at once, by field, as a form
    sends it.
    """
    curation = curation_of(submission)
    return {name: as_sent(answer) for name, answer in submission.answers.items()} | {
        "city": str(submission.city_id or ""),
        "main_theme": str(curation.main_theme.pk) if curation.main_theme else "",
        "evidence": curation.evidence or "",
        "review_by": curation.review_by.isoformat() if curation.review_by else "",
    }


def as_sent(answer: str | list[str]) -> str:
    """An answer as one text, so that two can be compared."""
    return "\n".join(sorted(answer)) if isinstance(answer, list) else answer


def marks(values: dict[str, str]) -> str:
    """Short signs of `values`, by which a field that nobody touched is known again."""
    return json.dumps({name: _mark(value) for name, value in values.items() if value})


def is_untouched(name: str, value: str, marked: str) -> bool:
    """Whether the field `name` still has what it had when `marks` made `marked`."""
    try:
        known = json.loads(marked)
    except (ValueError, RecursionError):
        return False
    return isinstance(known, dict) and known.get(name, _mark("")) == _mark(value)


def _mark(value: str) -> str:
    return format(crc32(value.encode()), "x")
