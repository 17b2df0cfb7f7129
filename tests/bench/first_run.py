"""Seconds from a fresh clone to the first page that `make run` serves, and the same once more.

The committed tree is cloned into a temporary folder, so what is not committed does not count.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.local_servers import free_port

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["/en/practices/", "/ar/practices/"]
PATIENCE = 300
# What a shell of a developer may have set must not reach a stranger's first run.
NOT_A_STRANGERS = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "MAKEFLAGS", "REDIS_URL", "VENV"}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        for name, limit in [("first", 90), ("again", 5)]:
            seconds = seconds_to_first_page(clone)
            print(f"{name}: {seconds:.1f} s to the first page (limit {limit} s)", flush=True)
            if seconds > limit:
                sys.exit(f"{name}: over the limit")


def seconds_to_first_page(clone: Path) -> float:
    """Start `make run`, wait until each of PAGES answers 200, stop it."""
    port = free_port()
    environment = {name: os.environ[name] for name in os.environ.keys() - NOT_A_STRANGERS}
    started = time.monotonic()
    server = subprocess.Popen(
        ["make", "run", f"PORT={port}"], cwd=clone, env=environment, start_new_session=True
    )
    try:
        for page in PAGES:
            wait_for(f"http://127.0.0.1:{port}{page}", server, started)
        return time.monotonic() - started
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def wait_for(address: str, server: subprocess.Popen, started: float) -> None:
    while time.monotonic() - started < PATIENCE:
        if server.poll() is not None:
            sys.exit(f"make run ended with {server.returncode} before a page was served")
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                answer.read()
                return
        except urllib.error.HTTPError as error:
            sys.exit(f"{address} answered {error.code}")
        except urllib.error.URLError:
            time.sleep(0.05)
    sys.exit(f"no page after {PATIENCE} s")


if __name__ == "__main__":
    main()
