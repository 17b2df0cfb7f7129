"""SQLite takes parallel writers, PostgreSQL is lent from a pool, and neither is waited for long."""

import os
import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from portal.settings import environment
from tests.ops.tree import ROOT

PROCESSES = 8
TIMES = 200 if os.environ.get("FULL") else 25


@pytest.fixture
def shared(tmp_path):
    """A database with a counter at 0, opened as the portal's settings open it."""
    path = tmp_path / "shared.sqlite3"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE counter (number INTEGER)")
        database.execute("INSERT INTO counter VALUES (0)")
        database.execute("CREATE TABLE written (number INTEGER UNIQUE)")
    database.close()
    return path


def test_eight_processes_that_read_and_write_lose_nothing_and_are_never_locked_out(shared):
    command = [sys.executable, "-m", "tests.common.sqlite_writer", str(shared), str(TIMES)]
    writers = [
        subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(PROCESSES)
    ]
    ends = [writer.communicate(timeout=120) for writer in writers]
    assert [errors for _output, errors in ends] == [""] * PROCESSES
    database = sqlite3.connect(shared)
    written = database.execute("SELECT count(*), max(number) FROM written").fetchone()
    counter = database.execute("SELECT number FROM counter").fetchone()
    check = database.execute("PRAGMA integrity_check").fetchone()
    database.close()
    assert written == (PROCESSES * TIMES, PROCESSES * TIMES)
    assert (counter, check) == ((PROCESSES * TIMES,), ("ok",))
    assert max(float(output) for output, _errors in ends) < 20


@pytest.mark.django_db
@pytest.mark.skipif("postgresql" in settings.DATABASES["default"]["ENGINE"], reason="about SQLite")
def test_sqlite_is_opened_as_it_must_be():
    with connection.cursor() as cursor:
        values = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert values == ["wal", 1, 1, 20_000]
    assert connection.transaction_mode == "IMMEDIATE"


def test_postgresql_is_asked_briefly_and_lent_from_a_pool(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://exchange:word@db:5432/exchange")
    monkeypatch.setenv("DATABASE_POOL", "3")
    config = environment.database("")
    assert config["OPTIONS"]["pool"]["max_size"] == 3
    assert config["OPTIONS"]["pool"]["timeout"] <= 1
    assert config["OPTIONS"]["connect_timeout"] <= 2
    assert config["CONN_HEALTH_CHECKS"] is True
    assert config["CONN_MAX_AGE"] == 0


def test_the_suite_uses_a_file_beside_the_database_and_never_memory(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/portal.sqlite3")
    assert environment.database("")["TEST"]["NAME"] == f"{tmp_path}/test-portal.sqlite3"
