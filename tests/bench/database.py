"""The databases that the bench loads and measures, one class an engine."""

import hashlib
import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from environ import Env
from psycopg import sql

from tests.bench.processes import PostgresProcesses
from tests.browser.serving import ROOT
from tests.on_postgresql import address_of_local_server

FOLDER = ROOT / "var" / "bench"
# A database is used again while all of this is the same.
_SOURCES = (
    "portal/search",
    "portal/pages/bulk",
    "practices",
    "findings",
    "exchanges",
    "tests/bench",
)


class Sqlite:
    """A file in var/bench that stays for the next run."""

    engine = "sqlite"
    postgres = None

    def __init__(self, path: Path):
        self.path = path
        self.url = f"sqlite:///{path}"

    def rows(self, statement: str) -> list[tuple]:
        with sqlite3.connect(self.path) as connection:
            return connection.execute(statement).fetchall()

    def sizes(self) -> dict[str, int]:
        """Bytes of the whole, and of the tables of search with their indexes."""
        files = [self.path, self.path.with_name(f"{self.path.name}-wal")]
        tables = "SELECT name FROM sqlite_master WHERE tbl_name LIKE 'search\\_%' ESCAPE '\\'"
        try:
            [(found,)] = self.rows(f"SELECT sum(pgsize) FROM dbstat WHERE name IN ({tables})")
        except sqlite3.OperationalError:
            found = None
        return {
            "database_bytes": sum(file.stat().st_size for file in files if file.exists()),
            "search_bytes": found,
        }

    def earlier_load(self) -> str | None:
        """What was noted when it was loaded; None, and nothing left, where that is out of date."""
        if self._stamp.exists() and self.path.exists():
            return self._stamp.read_text()
        for file in self.path.parent.glob(f"{self.path.stem}.*"):
            file.unlink()
        return None

    def note_load(self, text: str) -> None:
        """Say that the database is complete, for the next run."""
        self._stamp.write_text(text)

    @property
    def _stamp(self) -> Path:
        return self.path.with_name(f"{self.path.stem}.{_checksum()}.loaded")


class Postgresql:
    """A database of its own on a server of this machine, dropped at the end."""

    engine = "postgresql"

    def __init__(self, url: str, processes: PostgresProcesses):
        self.url = url
        self.postgres = processes

    def rows(self, statement: str) -> list[tuple]:
        with connected(self.url) as connection:
            return connection.execute(statement).fetchall()

    def sizes(self) -> dict[str, int]:
        """Bytes of the whole, and of the tables of search with their indexes."""
        [(whole,)] = self.rows("SELECT pg_database_size(current_database())")
        [(found,)] = self.rows(
            "SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class"
            " WHERE relkind = 'r' AND relname LIKE 'search\\_%'"
        )
        return {"database_bytes": whole, "search_bytes": found}

    def earlier_load(self) -> None:
        """Nothing: it is new."""

    def note_load(self, text: str) -> None:
        """Nothing is noted, for it is dropped at the end; but the planner gets to know the rows."""
        with connected(self.url) as connection:
            connection.execute("VACUUM ANALYZE")


def connected(url: str, name: str = "") -> psycopg.Connection:
    """A session with the database of a DATABASE_URL, or with another one of its server."""
    config = Env.db_url_config(url)
    named = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    server = {key: config[name] for key, name in named.items() if config[name]}
    return psycopg.connect(**server, dbname=name or config["NAME"], autocommit=True)


def sqlite_database(size: int) -> Sqlite:
    """The file for corpora of this size."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    return Sqlite(FOLDER / f"sqlite-{size}.sqlite3")


@contextmanager
def postgresql_database():
    """A new database for the time of the block; None where this machine has no server."""
    given = os.environ.get("TEST_DATABASE_URL") or address_of_local_server()
    if given is None:
        yield None
        return
    name = f"bench_{uuid4().hex}"
    with connected(given, "postgres") as session:
        processes = PostgresProcesses(session, name)
        if not processes.are_here:
            yield None
            return
        session.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield Postgresql(f"{given.rpartition('/')[0]}/{name}", processes)
        finally:
            session.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _checksum() -> str:
    """Of all that a loaded database depends on, the corpus aside, which stays what it is."""
    total = hashlib.sha256()
    for folder in _SOURCES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            total.update(path.read_bytes())
    return total.hexdigest()[:16]
