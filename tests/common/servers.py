"""Servers that tests start or only pretend."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.local_servers import REDIS, free_port, redis_process


@contextmanager
def redis_on(port: int):
    """A Redis of this test only; the test is skipped where none is installed."""
    if not REDIS:
        pytest.skip("redis-server is not installed")
    with redis_process(port) as url:
        yield url


@contextmanager
def silent_server():
    """Where connections are accepted and nothing is ever answered; gives the port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        yield listener.getsockname()[1]


def wait_until(is_done, *, seconds: float) -> float:
    """Wait until `is_done()`; return how long that took, fail after `seconds`."""
    started = time.monotonic()
    while not is_done():
        if time.monotonic() - started > seconds:
            pytest.fail(f"not done within {seconds} s")
        time.sleep(0.05)
    return time.monotonic() - started


class Cluster:
    """A PostgreSQL server of one test, which may stop and start it. Gives its `url`."""

    def __init__(self, folder: Path):
        binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if not binaries:
            pytest.skip("PostgreSQL's server is not installed")
        self._folder = folder
        self._binaries = binaries[-1].parent
        # The server refuses to run as root.
        self._user = "nobody" if os.getuid() == 0 else None
        self._port = free_port()
        self.url = f"postgres://postgres@127.0.0.1:{self._port}/postgres"
        if self._user:
            shutil.chown(folder, self._user)
        data = folder / "data"
        self._run("initdb", "-A", "trust", "-U", "postgres", "-D", data)
        self._control = ["pg_ctl", "-D", data, "-w", "-l", folder / "log"]

    def start(self) -> None:
        places = f"-c listen_addresses=127.0.0.1 -c unix_socket_directories={self._folder}"
        self._run(*self._control, "-o", f"-F -p {self._port} {places}", "start")

    def stop(self, mode: str) -> None:
        """End it, "fast" (sessions are cut) or "immediate" (as a crash)."""
        self._run(*self._control, "-m", mode, "stop")

    def _run(self, program, *arguments):
        command = [self._binaries / program, *arguments]
        subprocess.run(command, user=self._user, cwd="/", check=True, stdout=subprocess.DEVNULL)


@contextmanager
def postgresql_cluster():
    """A started Cluster; the test is skipped where PostgreSQL's server is not installed."""
    with tempfile.TemporaryDirectory() as folder:
        cluster = Cluster(Path(folder))
        cluster.start()
        try:
            yield cluster
        finally:
            with suppress(subprocess.CalledProcessError):
                cluster.stop("immediate")
