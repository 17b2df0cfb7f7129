"""Search: `find` and `suggest`, what shows what they found (`highlight`,
`has_match`, `snippet`), what keeps the
index true (`register`, `refresh`, `refreshing`, `rebuild`), and what it learns
translations from (`learn`, `learn_from_texts`, `teach`)."""

from importlib import import_module
from typing import Any

_DOOR = {
    "find": "portal.search.ranking",
    "suggest": "portal.search.ranking",
    "highlight": "portal.search.highlighting",
    "has_match": "portal.search.highlighting",
    "snippet": "portal.search.highlighting",
    "learn": "portal.search.lexicon",
    "learn_from_texts": "portal.search.teaching",
    "teach": "portal.search.teaching",
    "versions": "portal.search.snapshots",
    "rebuild": "portal.search.index",
    "refresh": "portal.search.index",
    "refreshing": "portal.search.index",
    "register": "portal.search.registry",
}


def __getattr__(name: str) -> Any:
    """The functions of the door, looked up late: models may not be imported with the package."""
    if name not in _DOOR:
        raise AttributeError(name)
    return getattr(import_module(_DOOR[name]), name)
