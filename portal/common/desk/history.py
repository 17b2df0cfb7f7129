"""The history of a record: what each version changed, who did it and why; how one comes back.

Columns are kept version by version. Links to other records and what hangs on the record (sources,
files) are not: of those, the journal says what a save did to them. It also has the acts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.contrib.admin.models import LogEntry
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import translator
from simple_history.admin import SimpleHistoryAdmin

from portal.common.desk.differences import (
    Difference,
    Piece,
    column_difference,
    value_pieces,
)
from portal.common.desk.entries import HANGING
from portal.common.journal import act_in, name_of_act, parts_of

IMPORTED = "import"
RESTORED = "restore"
# What is stored as the reason of a change, in words. The loader of the content writes the first.
REASONS = {
    "load_content": _("Loaded with the portal’s content"),
    IMPORTED: _("Imported from a file"),
    RESTORED: _("An earlier version was brought back"),
    "submission": _("From a text that a city sent in"),
}


def column_differences(old, new) -> list[Difference]:
    """What differs between two historical records of one object, in the order of the columns.

    The columns that repeat the text of the active language are left out.
    """
    model = new.instance_type
    repeated = translator.get_options_for_model(model).all_fields
    delta = new.diff_against(old, excluded_fields=repeated, foreign_keys_are_objs=True)
    places = {field.name: place for place, field in enumerate(model._meta.fields)}
    changes = sorted(delta.changes, key=lambda change: places[change.field])
    differences = (_difference(model._meta.get_field(c.field), c.old, c.new) for c in changes)
    # NULL and an empty text read alike.
    return [difference for difference in differences if difference.pieces]


def _difference(field: models.Field, old, new) -> Difference:
    return column_difference(field, capfirst(field.verbose_name), old, new)


def link_changes(form) -> list[dict]:
    """What a valid form changes in links to many records, as the desk's log keeps it."""
    changes = []
    for link in form._meta.model._meta.many_to_many:
        if link.name not in form.changed_data:
            continue
        before = {getattr(record, "pk", record) for record in form.initial.get(link.name) or ()}
        after = {record.pk for record in form.cleaned_data[link.name]}
        added, removed = sorted(after - before), sorted(before - after)
        if added or removed:
            changes.append({"links": {"name": link.name, "added": added, "removed": removed}})
    return changes


def logged_differences(model: type[models.Model], entry: LogEntry) -> Iterator[Difference]:
    """What a save did to links and to what hangs on the record, by the journal."""
    for part in parts_of(entry):
        for kind, details in part.items():
            if kind == "links":
                yield _link_difference(model, **details)
            elif kind in HANGING and "name" in details:
                yield Difference(
                    capfirst(gettext(details["name"])), _hanging_pieces(kind, details["object"])
                )


@dataclass(frozen=True)
class Act:
    """An act on a record: what it is called, who did it and when."""

    name: str
    person: models.Model
    moment: datetime


def logged_acts(entries: Iterable[LogEntry]) -> list[Act]:
    """The acts among entries of the journal, in their order."""
    acts = ((act_in(entry), entry) for entry in entries)
    return [Act(name_of_act(code), e.user, e.action_time) for code, e in acts if code]


def _link_difference(
    model: type[models.Model], name: str, added: list[int], removed: list[int]
) -> Difference:
    link = model._meta.get_field(name)
    records = link.related_model._default_manager.in_bulk([*added, *removed])
    gone = gettext("a record that was deleted")
    return Difference(
        capfirst(link.verbose_name),
        value_pieces(
            [str(records.get(key, gone)) for key in removed],
            [str(records.get(key, gone)) for key in added],
        ),
    )


def _hanging_pieces(kind: str, name: str) -> list[Piece]:
    if kind == "changed":
        return [Piece("kept", name), Piece("new", gettext("changed"))]
    return [Piece("new" if kind == "added" else "old", name)]


class HistoryDesk(SimpleHistoryAdmin):
    """A desk whose history shows differences in words, and whose versions curators bring back."""

    history_list_per_page = 50

    def get_history_queryset(self, request, history_manager, pk_name, object_id):
        rows = super().get_history_queryset(request, history_manager, pk_name, object_id)
        return rows.order_by("-history_date", "-history_id")

    def set_history_delta_changes(self, request, historical_records, foreign_keys_are_objs=True):
        """Give each version what it changed, as `differences`, why, as `reason`, and its `acts`."""
        versions = list(historical_records)
        if not versions:
            return
        entries = self._log_entries(versions[-1])
        before, after = versions[-1].prev_record, versions[0].next_record
        for newer, version, older in zip(
            [after, *versions], versions, [*versions[1:], before], strict=False
        ):
            version.reason = REASONS.get(version.history_change_reason, "")
            version.differences = column_differences(older, version) if older else []
            meanwhile = _until(newer, version, entries)
            version.acts = logged_acts(meanwhile)
            for entry in meanwhile:
                if entry.user_id == version.history_user_id:
                    version.differences += logged_differences(self.model, entry)

    def _log_entries(self, oldest) -> list[LogEntry]:
        return list(
            LogEntry.objects.filter(
                content_type=ContentType.objects.get_for_model(self.model),
                object_id=str(oldest.id),
                action_time__gte=oldest.history_date,
            )
            .select_related("user")
            .order_by("action_time", "pk")
        )

    def construct_change_message(self, request, form, formsets, add=False):
        message = super().construct_change_message(request, form, formsets, add)
        return message if add else [*message, *link_changes(form)]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form notes which version it shows, so that CuratedForm sees a newer one."""
        history = self.model.history.filter(id=object_id if (object_id or "").isdecimal() else 0)
        newest = history.order_by("history_date", "history_id").values_list("pk", flat=True).last()
        context = {**(extra_context or {}), "newest_version": newest}
        return super().changeform_view(request, object_id, form_url, context)

    def history_view(self, request, object_id, extra_context=None):
        _number(object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """A version as a form, with what differs in it from today's; sent, it becomes today's."""
        if request.method == "POST" and self.revert_disabled(request):
            raise PermissionDenied
        history = self.model.history.filter(id=_number(object_id))
        version = get_object_or_404(history, pk=_number(version_id))
        newest = history.latest("history_date", "history_id")
        context = {
            **(extra_context or {}),
            "differences": column_differences(newest, version),
            "version": version,
        }
        with transaction.atomic():
            response = super().history_form_view(request, object_id, version_id, context)
        if response.status_code == HTTPStatus.FOUND:
            return redirect(admin_urlname(self.opts, "change"), object_id)
        return response

    def save_model(self, request, obj, form, change):
        if request.resolver_match.url_name.endswith("_simple_history"):
            obj._change_reason = RESTORED
        super().save_model(request, obj, form, change)


def _number(text: str) -> int:
    """The primary key in an address; Http404 for what is none."""
    if not text.isdecimal():
        raise Http404
    return int(text)


def _until(newer, version, entries: Iterable[LogEntry]) -> list[LogEntry]:
    """The entries of the journal from the save that made `version` to the next, if there is one."""
    return [
        entry
        for entry in entries
        if entry.action_time >= version.history_date
        and (newer is None or entry.action_time < newer.history_date)
    ]


class HistoryInJournal:
    """Mixin for desks whose records have no versions: their history is what the journal has."""

    def history_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        return redirect(journal_address(record))


def journal_address(record: models.Model) -> str:
    """The address of the journal's page with the entries of `record` alone."""
    query = urlencode(
        {"kind": record._meta.concrete_model._meta.label_lower, "object_id": record.pk}
    )
    return f"{reverse('admin:accounts_journalentry_changelist')}?{query}"
