"""Search: `find`, and what keeps the index true: `register`, `refresh`, `refreshing`, `rebuild`."""

from importlib import import_module
from typing import Any

_DOOR = {
    "find": "portal.search.ranking",
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
