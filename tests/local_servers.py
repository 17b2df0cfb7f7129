"""Servers of this machine that only the tests need."""

import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager

import redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
REDIS = shutil.which("redis-server")


def free_port() -> int:
    """A port that was free a moment ago; the server that is started next takes it."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextmanager
def redis_process(port: int):
    """A Redis without a memory of its own, ready when its address is given. Needs REDIS."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        process = subprocess.Popen([REDIS, *options], stdout=subprocess.DEVNULL)
        url = f"redis://127.0.0.1:{port}/0"
        try:
            with redis.from_url(url, retry=Retry(ConstantBackoff(0.1), 100)) as client:
                client.ping()
            yield url
        finally:
            process.terminate()
            process.wait()
