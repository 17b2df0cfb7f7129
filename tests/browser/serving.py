"""The portal as people meet it: its own process, its own database, the real content."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from environ import Env
from psycopg import sql

from tests.local_servers import free_port

PREPARATION = (
    "migrate --noinput",
    "load_content",
    "create_demo_accounts",
    "collectstatic --noinput",
)
ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Portal:
    """A served portal: its address, and the numbers of its practices by slug."""

    address: str
    practices: dict[str, int]

    def url(self, language: str, path: str) -> str:
        """The address of `path` in `language`; "practices/slug/x/" stands for the one named x."""

        def numbered(match):
            return f"practices/{self.practices[match[1]]}-{match[1]}/"

        return f"{self.address}/{language}/{re.sub('practices/slug/([^/]+)/', numbered, path)}"


@contextmanager
def served_portal(folder: Path, *, locale: Path | None = None):
    """Serve the portal from `folder` for the time of the block; gives a Portal.

    Its database is its own, on the engine of DATABASE_URL: it has rows for every kind of page,
    which no other test should meet. `locale` replaces the translation files.
    """
    with own_database(folder) as url:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
            "DATABASE_URL": url,
            "MEDIA_ROOT": str(folder / "media"),
            "STATIC_ROOT": str(folder / "static"),
            "BROWSER_LOCALE": str(locale or ""),
        }
        practices = _prepared(environment)
        with _server(environment, folder / "server.log") as address:
            yield Portal(address, practices)


@contextmanager
def own_database(folder: Path):
    """The address of a new database: in `folder`, or on the PostgreSQL that DATABASE_URL names."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{folder / 'portal.sqlite3'}"
        return
    name = f"served_{uuid4().hex}"
    with psycopg.connect(**_server_of(given), dbname="postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield f"{given.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


def _server_of(url: str) -> dict:
    """What psycopg needs to reach the server of a DATABASE_URL, sockets included."""
    config = Env.db_url_config(url)
    named = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    return {name: config[key] for name, key in named.items() if config[key]}


@contextmanager
def _server(environment: dict, log_path: Path):
    """A gunicorn with these settings; gives its address once it answers."""
    port = free_port()
    gunicorn = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}"]
    log = log_path.open("w")
    server = subprocess.Popen(
        [*gunicorn, "--workers", "1", "--threads", "8", "--log-level", "warning"],
        cwd=ROOT,
        env=environment | {"PORT": str(port)},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/healthz", server)
        yield address
    finally:
        server.terminate()
        server.wait()
        log.close()


def _prepared(environment: dict) -> dict[str, int]:
    """Fill database and folders; gives the numbers of the practices by slug."""
    for command in PREPARATION:
        _run([sys.executable, "manage.py", *command.split(), "-v0"], environment)
    return json.loads(_run([sys.executable, "-m", "tests.browser.records"], environment))


def _run(command: list[str], environment: dict) -> str:
    result = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, f"{command} failed:\n{result.stdout}\n{result.stderr}"
    return result.stdout


def _wait_for(url: str, server: subprocess.Popen) -> None:
    for _attempt in range(1200):
        assert server.poll() is None, "the server ended before it answered"
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"{url} did not answer within 2 minutes")
