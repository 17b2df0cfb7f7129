"""The journal: who did what to which record and when.

It is the log of Django's desk, to which acts outside the desk write as well. Rows are added only:
triggers of the database refuse to change or delete one (portal/accounts/migrations).
"""

import json

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst

# What an act is called in the journal, by its code; apps add theirs with `name_acts`.
ACT_NAMES: dict[str, Promise] = {}
# How the message of an act begins, as `record` writes it.
_ACT_START = '[{"act": {"code": "'


def name_acts(names: dict[str, Promise]) -> None:
    """Name acts for those who read the journal; `names` are marked strings by code."""
    ACT_NAMES.update(names)


def record(act: str, subject: models.Model, *, by: models.Model, **details: str) -> None:
    """Note in the running transaction that `by` (an account) did `act` to `subject`.

    `act` is a code of ACT_NAMES. `details` are short facts such as states; never texts of a draft,
    addresses of e-mail or secrets. The entry keeps the subject's name: `name_in_journal` of its
    model where not everybody who reads the journal may know the name itself.
    """
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(subject),
        object_id=str(subject.pk),
        object_repr=str(getattr(subject, "name_in_journal", subject))[:200],
        action_flag=CHANGE,
        change_message=json.dumps([{"act": {"code": act, **details}}]),
    )


def parts_of(entry: LogEntry) -> list[dict]:
    """What `entry` says was done, part by part, as {kind: details}; empty where it says nothing.

    Kinds are "act", those of Django's desk ("added", "changed", "deleted"), and "links".
    """
    try:
        parts = json.loads(entry.change_message)
    except ValueError:
        return []
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []


def act_in(entry: LogEntry) -> str:
    """The code of the act that `entry` is about; empty for an entry of the desk itself."""
    return next((part["act"]["code"] for part in parts_of(entry) if "act" in part), "")


def name_of_act(code: str) -> str:
    """What an act is called, in the language of the page."""
    return capfirst(str(ACT_NAMES.get(code, code)))


def entries_of_act(code: str = "") -> models.Q:
    """Picks the entries of the act `code` from a set of entries; of any act without a code."""
    return models.Q(change_message__startswith=_ACT_START + (f'{code}"' if code else ""))
