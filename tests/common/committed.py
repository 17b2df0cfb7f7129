"""Rows that a test commits, so that other connections see them, and their removal."""

from contextlib import contextmanager

from django.contrib.admin.models import LogEntry
from django.db import connection, transaction
from post_office.models import Email

from exchanges.models import CityInvitation, Membership
from portal.accounts.models import User
from portal.notices.models import Lease, Notice
from practices.models import ReviewNote, Submission, SubmissionFile

JOURNAL = LogEntry._meta.db_table


@contextmanager
def committed_texts():
    """Let a test commit people and submissions; all of them, and what they caused, go after it."""
    people = set(User.objects.values_list("pk", flat=True))
    try:
        yield
    finally:
        with transaction.atomic():
            new = User.objects.exclude(pk__in=people)
            for model in (ReviewNote, SubmissionFile, Submission, Notice, Email, Lease):
                model.objects.all().delete()
            CityInvitation.objects.filter(invited_by__in=new).delete()
            Membership.objects.filter(person__in=new).delete()
            with journal_open():
                LogEntry.objects.filter(user__in=new).delete()
                new.delete()


@contextmanager
def journal_open():
    """The journal without the triggers that keep its rows, as no code of the portal has it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {JOURNAL} DISABLE TRIGGER USER")
            yield
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {JOURNAL} ENABLE TRIGGER USER")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
            [JOURNAL],
        )
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, sql in triggers:
            cursor.execute(sql)
