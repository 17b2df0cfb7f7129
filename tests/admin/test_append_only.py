"""The journal takes new entries only, whoever asks the database for anything else."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.common import journal


@pytest.fixture
def entry(curator, practice) -> LogEntry:
    journal.record("x", practice, by=curator.person)
    return LogEntry.objects.latest("pk")


def test_no_entry_is_changed(entry):
    entry.object_repr = "another name"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        entry.save()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        LogEntry.objects.update(action_time=timezone.now())


def test_no_entry_is_deleted(entry):
    for deletes in (entry.delete, LogEntry.objects.all().delete):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            deletes()
    assert LogEntry.objects.filter(pk=entry.pk).exists()


def test_no_entry_goes_with_the_account_of_who_made_it(entry):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        entry.user.delete()
    assert User.objects.filter(pk=entry.user_id).exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has TRUNCATE")
def test_the_journal_is_not_emptied(entry):
    # What waits for the end of the transaction would be in the way first.
    connection.check_constraints()
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE django_admin_log")


def test_an_account_that_did_nothing_yet_can_still_be_taken_back(db):
    person = User.objects.create_user(email="new@example.org")
    person.delete()
    assert not User.objects.filter(email="new@example.org").exists()
