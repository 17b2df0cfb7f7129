"""The broker goes and comes back under a real worker and timetable: every mail leaves, once."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import pytest
from post_office.models import STATUS

from tests.common.servers import redis_on, wait_until
from tests.local_servers import free_port
from tests.notices.brokers import CUT, REFUSED, SILENT, Way
from tests.notices.mail_server import MailServer
from tests.ops.tree import ROOT

ACTS = 1000
WAITING = f"SELECT count(*) FROM post_office_email WHERE status <> {STATUS.sent}"


@pytest.fixture
def well_mail_server():
    with MailServer() as server:
        yield server


@pytest.fixture
def way():
    port = free_port()
    with redis_on(port), Way(port) as way:
        yield way


@pytest.fixture
def environment(tmp_path, way, well_mail_server):
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.notices.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path}/recovery.sqlite3",
        "REDIS_URL": f"redis://127.0.0.1:{way.port}/0",
        "MAIL_PORT": str(well_mail_server.server_address[1]),
    }


@contextmanager
def worker_with_timetable(environment, folder):
    command = [sys.executable, "-m", "celery", "-A", "portal.celery", "worker", "--beat"]
    options = ["--schedule", str(folder / "timetable"), "--loglevel", "INFO"]
    with (folder / "worker.log").open("w") as log:
        process = subprocess.Popen(
            [*command, *options],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield
        finally:
            # The timetable is a process of the worker, which waits for the broker when it is asked.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def run(*command, environment) -> str:
    arguments = [sys.executable, *command]
    done = subprocess.run(
        arguments, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


@pytest.mark.full
@pytest.mark.skipif(not os.environ.get("FULL"), reason="waits for the timetable: FULL=1")
@pytest.mark.parametrize("fault", [REFUSED, SILENT, CUT])
def test_the_queue_is_empty_a_minute_after_the_broker_came_back(
    tmp_path, environment, way, well_mail_server, fault
):
    run("manage.py", "migrate", "-v0", environment=environment)
    with worker_with_timetable(environment, tmp_path):
        wait_until(lambda: "ready." in (tmp_path / "worker.log").read_text(), seconds=60)
        way.break_with(fault)
        printed = run("-m", "tests.notices.acting", str(ACTS), environment=environment)
        done, slow = printed.split()
        assert int(done) == ACTS
        assert float(slow) <= 1.5
        way.mend()
        recovered = time.monotonic()
        with closing(sqlite3.connect(tmp_path / "recovery.sqlite3", timeout=20)) as database:
            assert database.execute("SELECT count(*) FROM notices_notice").fetchone() == (ACTS + 1,)
            wait_until(lambda: database.execute(WAITING).fetchone() == (0,), seconds=60)
        took = time.monotonic() - recovered
        sys.stdout.write(f"{fault}: p95 of an act {slow} s, queue empty after {took:.0f} s\n")
    assert len(well_mail_server.ids) == len(set(well_mail_server.ids)) == ACTS + 1
