"""The nudge: has queued mail sent soon. Where it is lost, the timetable finds the mail."""

from django.db import connection, transaction

from portal.common.jobs import enqueue


def nudge_after_commit() -> None:
    """Have the queue sent after the running transaction: once, however often this is called."""
    if not any(function is _nudge for _sids, function, _robust in connection.run_on_commit):
        transaction.on_commit(_nudge, robust=True)


def _nudge() -> None:
    enqueue("portal.notices.send_queued")
