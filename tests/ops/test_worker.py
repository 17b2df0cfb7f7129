"""Background work as production does it: a real queue and a real worker."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from tests.common.servers import redis_on, wait_until
from tests.local_servers import free_port
from tests.ops.tree import ROOT

CELERY = [sys.executable, "-m", "celery", "-A", "portal.celery"]
TASK = "portal.accounts.clear_expired_sessions"
ENQUEUE = f"from portal.common.jobs import enqueue; enqueue({TASK!r})"
WAYS = {
    "by the timetable": [*CELERY, "call", TASK],
    "by a page": [sys.executable, "manage.py", "shell", "--no-imports", "-c", ENQUEUE],
}


@contextmanager
def worker(environment):
    command = [*CELERY, "worker", "--pool", "solo", "--loglevel", "ERROR"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, **quiet)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def database(tmp_path):
    return tmp_path / "worker.sqlite3"


@pytest.fixture
def environment(database):
    with redis_on(free_port()) as redis_url:
        yield os.environ | {
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "DATABASE_URL": f"sqlite:///{database}",
            "REDIS_URL": redis_url,
        }


def run(*command, environment):
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize("way", WAYS)
def test_a_task_that_is_sent_through_redis_is_done_by_a_worker(environment, database, way):
    run(sys.executable, "manage.py", "migrate", "-v0", environment=environment)
    ended = datetime.now(UTC) - timedelta(days=1)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(
            "INSERT INTO django_session VALUES ('ended', '', ?)", [ended.isoformat(" ")]
        )
        connection.commit()

    run(*WAYS[way], environment=environment)

    with worker(environment), closing(sqlite3.connect(database)) as connection:
        count = "SELECT count(*) FROM django_session"
        wait_until(lambda: connection.execute(count).fetchone() == (0,), seconds=30)
