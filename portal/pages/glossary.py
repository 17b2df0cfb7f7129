"""The glossary of the field, from which searching across languages learns."""

import json
from collections.abc import Iterator
from itertools import combinations, product

from django.conf import settings

from portal.pages.seeding.reader import CONTENT_FOLDER


def glossary_pairs() -> Iterator[tuple[str, str]]:
    """Each way to say a term in one language with each way to say it in another."""
    terms = json.loads((CONTENT_FOLDER / "glossary.json").read_text("utf-8"))["terms"]
    for term in terms:
        for one, other in combinations([code for code, _name in settings.LANGUAGES], 2):
            yield from product(_ways(term.get(one)), _ways(term.get(other)))


def _ways(term: dict | None) -> list[str]:
    return [term["term"], *term["variants"]] if term else []
