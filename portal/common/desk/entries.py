"""What entries of the journal say was done, in the words of the page."""

from collections.abc import Iterator
from functools import cache

from django.contrib import admin
from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from portal.common.display import listing
from portal.common.journal import act_in, name_of_act, parts_of

# What the desk logs of rows that hang on a record, as its sources and files.
HANGING = {"added", "changed", "deleted"}


def what_was_done(entry: LogEntry, model: type[models.Model] | None) -> list[str]:
    """What `entry` says about a record of `model` (None: of a kind that is no more), in lines."""
    if act := act_in(entry):
        return [name_of_act(act)]
    parts = parts_of(entry)
    if entry.change_message and not parts:
        return [_on_the_record(entry, model, []), entry.change_message]
    own = [part["changed"] for part in parts if "name" not in part.get("changed", {"name": ""})]
    labels = [label for details in own for label in details.get("fields", ())]
    hanging = list(_on_what_hangs(parts))
    if hanging and not labels and entry.action_flag not in (ADDITION, DELETION):
        return hanging
    return [_on_the_record(entry, model, labels), *hanging]


def _on_the_record(
    entry: LogEntry, model: type[models.Model] | None, english_labels: list[str]
) -> str:
    if entry.action_flag == ADDITION:
        return pgettext("what was done to a record", "Added")
    if entry.action_flag == DELETION:
        return pgettext("what was done to a record", "Deleted")
    if not english_labels:
        return pgettext("what was done to a record", "Changed")
    known = _labels(model) if model else {}
    labels = [str(known.get(label) or _(label)) for label in english_labels]
    return _("Changed: %(fields)s") % {"fields": listing(labels)}


def _on_what_hangs(parts: list[dict]) -> Iterator[str]:
    """Lines for rows that hang on the record."""
    patterns = {
        "added": _("%(kind)s added: %(name)s"),
        "changed": _("%(kind)s changed: %(name)s"),
        "deleted": _("%(kind)s deleted: %(name)s"),
    }
    for part in parts:
        for action, details in part.items():
            if action in HANGING and "name" in details:
                kind = capfirst(_(details["name"]))
                yield patterns[action] % {"kind": kind, "name": details["object"]}


@cache
def _labels(model: type[models.Model]) -> dict[str, str | Promise]:
    """The labels of a model's columns and of its form at the desk, by their English.

    Django's desk logs what changed by labels in the language of the code.
    """
    columns = [*model._meta.fields, *model._meta.many_to_many]
    labels = [capfirst(column.verbose_name) for column in columns]
    if desk := admin.site._registry.get(model):
        fields = getattr(desk.form, "base_fields", {}).values()
        labels += [capfirst(field.label) for field in fields if field.label]
    with override(None):
        return {str(label): label for label in labels}
