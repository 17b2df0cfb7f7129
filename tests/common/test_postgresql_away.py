"""PostgreSQL stops and comes back under a running portal, as production runs it."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from http import HTTPStatus

import pytest

from tests.common.servers import postgresql_cluster, wait_until
from tests.local_servers import free_port
from tests.ops.tree import ROOT

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(not os.environ.get("FULL"), reason="starts PostgreSQL twice: FULL=1"),
]


def get(address):
    """Status, headers and seconds of one request."""
    started = time.monotonic()
    try:
        with urllib.request.urlopen(address, timeout=20) as response:
            status, headers = response.status, response.headers
    except urllib.error.HTTPError as error:
        status, headers = error.code, error.headers
    except OSError:
        status, headers = 0, {}
    return status, headers, time.monotonic() - started


@contextmanager
def portal_on(database_url, static):
    """The address of a portal on that database, empty but migrated."""
    port = free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "DATABASE_URL": database_url,
        "REDIS_URL": "",
        "STATIC_ROOT": str(static),
        "PORT": str(port),
    }
    for command in (["migrate"], ["collectstatic", "--noinput"]):
        subprocess.run(
            [sys.executable, "manage.py", *command, "-v0"], cwd=ROOT, env=environment, check=True
        )
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}",
         "--workers", "1", "--threads", "4"],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until(lambda: get(f"{address}/readyz")[0] == HTTPStatus.OK, seconds=60)
        yield address
    finally:
        server.terminate()
        server.wait()


def test_a_stop_is_told_at_once_and_a_start_is_noticed_soon(tmp_path):
    with postgresql_cluster() as cluster, portal_on(cluster.url, tmp_path) as address:
        page = f"{address}/ar/practices/"
        assert get(page)[0] == HTTPStatus.OK
        for mode, seconds_away in (("fast", 8), ("immediate", 3)):
            cluster.stop(mode)
            until = time.monotonic() + seconds_away
            while time.monotonic() < until:
                status, headers, seconds = get(page)
                assert (status, headers["Retry-After"]) == (HTTPStatus.SERVICE_UNAVAILABLE, "30")
                assert seconds <= 1.6
            status, _headers, seconds = get(f"{address}/readyz")
            assert (status, seconds <= 2) == (HTTPStatus.SERVICE_UNAVAILABLE, True)
            assert get(f"{address}/healthz")[0] == HTTPStatus.OK
            cluster.start()
            wait_until(lambda: get(page)[0] == HTTPStatus.OK, seconds=3)
            assert [get(page)[0] for _ in range(5)] == [HTTPStatus.OK] * 5
