"""What goes along when records are deleted, for people to read."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext


def readable_deletion(found: tuple) -> tuple:
    """What ModelAdmin.get_deleted_objects() found, without the rows that only link two records.

    Those have no name of their own: they are counted as links between what they link.
    """
    listed, counts, missing_permissions, protected = found
    links = {str(link._meta.verbose_name): link for link in _linking_models()}
    plurals = {str(link._meta.verbose_name_plural): link for link in links.values()}
    starts = tuple(f"{capfirst(name)}: " for name in links)
    readable_counts = {
        _links_in_words(plurals[str(name)]) if str(name) in plurals else name: count
        for name, count in counts.items()
    }
    return _without(listed, starts), readable_counts, missing_permissions, protected


def _linking_models() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.auto_created:
            yield model


def _links_in_words(link: type[models.Model]) -> str:
    ends = [field.related_model._meta for field in link._meta.fields if field.many_to_one]
    return gettext("links between “%(first)s” and “%(second)s”") % {
        "first": ends[0].verbose_name_plural,
        "second": ends[1].verbose_name_plural,
    }


def _without(listed: list, starts: tuple[str, ...]) -> list:
    """The nested list without the lines that begin with one of `starts`."""
    return [
        _without(line, starts) if isinstance(line, list) else line
        for line in listed
        if isinstance(line, list) or not str(line).startswith(starts)
    ]
