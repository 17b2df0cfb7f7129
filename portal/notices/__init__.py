"""Notices: what tells people that something happened (`tell`, `tell_address`), each with one queued
mail, and what a person was told (`newest_for`, `mark_read`)."""

from importlib import import_module
from typing import Any

_DOOR = {
    "tell": "portal.notices.telling",
    "tell_address": "portal.notices.telling",
    "newest_for": "portal.notices.reading",
    "mark_read": "portal.notices.reading",
}


def __getattr__(name: str) -> Any:
    """The functions of the door, looked up late: models may not be imported with the package."""
    if name not in _DOOR:
        raise AttributeError(name)
    return getattr(import_module(_DOOR[name]), name)
