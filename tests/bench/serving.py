"""The portal as production serves it, for the time of a measurement."""

import os
import subprocess
import sys
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from time import perf_counter, sleep

from tests.browser.serving import ROOT
from tests.local_servers import free_port

WORKERS = 2
_HEADERS = {
    "Host": "127.0.0.1",
    "Accept-Encoding": "gzip",
    "Accept": "text/html",
    # The proxy in front says this of every request.
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "192.0.2.1",
}
_SECONDS_TO_START = 60


def environment(database_url: str, redis_url: str | None) -> dict[str, str]:
    """What the portal's processes find around them."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url or "",
        "SECRET_KEY": "only-for-the-bench-on-this-machine",
        "SITE_URL": "https://bench.example.org",
        "ALLOWED_HOSTS": "127.0.0.1",
        "EMAIL_URL": "consolemail://",
        "LOG_LEVEL": "ERROR",
    }


@contextmanager
def served(surroundings: dict[str, str]):
    """Serve for the time of the block; gives a Visitor whose connections reach every worker."""
    port = free_port()
    options = ["-c", "deploy/gunicorn.conf.py", "--max-requests", "0", "--log-level", "error"]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "tests.bench.wsgi", *options],
        cwd=ROOT,
        env=surroundings | {"WEB_BIND": f"127.0.0.1:{port}", "WEB_WORKERS": str(WORKERS)},
    )
    try:
        _wait_for(port, server)
        visitor = Visitor(port)
        yield visitor
        visitor.close()
    finally:
        server.terminate()
        server.wait()


class Visitor:
    """Asks for pages over connections that stay open, one to each worker, in turn."""

    def __init__(self, port: int):
        self._by_process: dict[str, HTTPConnection] = {}
        self._turn = 0
        # Whichever worker is free takes a connection, and one may still be starting.
        for _attempt in range(10 * _SECONDS_TO_START):
            connection = HTTPConnection("127.0.0.1", port, timeout=120)
            answer, _body = _asked(connection, "/bare/", {"X-Bench": "1"})
            if self._by_process.setdefault(answer.headers["X-Process"], connection) != connection:
                connection.close()
                sleep(0.1)
            if len(self._by_process) == WORKERS:
                return
        raise AssertionError("not every worker answers")

    def ask(self, address: str, **headers: str) -> tuple[HTTPResponse, bytes, float]:
        """Answer, body and the seconds it took. Raises AssertionError for all but a 200."""
        connections = list(self._by_process.values())
        self._turn += 1
        started = perf_counter()
        answer, body = _asked(connections[self._turn % len(connections)], address, headers)
        seconds = perf_counter() - started
        assert answer.status == 200, f"{address} answered {answer.status}"
        return answer, body, seconds

    def close(self) -> None:
        for connection in self._by_process.values():
            connection.close()


def _asked(connection: HTTPConnection, address: str, headers: dict[str, str]):
    connection.request("GET", address, headers=_HEADERS | headers)
    answer = connection.getresponse()
    return answer, answer.read()


def _wait_for(port: int, server: subprocess.Popen) -> None:
    for _attempt in range(10 * _SECONDS_TO_START):
        assert server.poll() is None, "the server ended before it answered"
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=1)
            _asked(connection, "/bare/", {})
            connection.close()
            return
        except OSError:
            sleep(0.1)
    raise AssertionError(f"the server did not answer within {_SECONDS_TO_START} seconds")
