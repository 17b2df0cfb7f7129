"""The suite once more as production runs: PostgreSQL, Redis and a real worker.

`python -m tests.on_postgresql [--optional] [arguments of pytest]`. PostgreSQL is taken from
TEST_DATABASE_URL, else from a server of this machine, else started from installed binaries in a
temporary folder; Redis from TEST_REDIS_URL or from an installed redis-server. What is missing is
named, and ends the run with an error unless --optional is given.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from tests.local_servers import REDIS, free_port, redis_process

# Each with the way it is written in an address.
LOCAL_SERVERS = {"127.0.0.1": "127.0.0.1", "/var/run/postgresql": "//var/run/postgresql"}
CREATES_DATABASES = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"


def main(arguments: list[str]) -> int:
    optional = "--optional" in arguments
    pytest_arguments = [argument for argument in arguments if argument != "--optional"]
    with ExitStack() as stack:
        database_url = stack.enter_context(postgresql())
        redis_url = stack.enter_context(redis_server())
        if redis_url is None:
            report("No Redis: set TEST_REDIS_URL or install redis-server. Its tests are skipped.")
        if database_url is None:
            report("No PostgreSQL: set TEST_DATABASE_URL or install postgresql. Nothing was run.")
            return 0 if optional else 1
        report(f"PostgreSQL: {without_password(database_url)}, Redis: {redis_url or 'none'}")
        environment = os.environ | {"DATABASE_URL": database_url, "REDIS_URL": redis_url or ""}
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "2",
            "--dist",
            "loadfile",
            *pytest_arguments,
        ]
        return subprocess.run(command, env=environment, check=False).returncode


@contextmanager
def postgresql():
    """An address of a database in which this run may create its own, or None."""
    if url := os.environ.get("TEST_DATABASE_URL") or address_of_local_server():
        yield url
        return
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not binaries:
        yield None
        return
    with temporary_cluster(binaries[-1].parent) as url:
        yield url


def address_of_local_server() -> str | None:
    """The first server of this machine that lets one of the usual users create databases."""
    for host, written in LOCAL_SERVERS.items():
        for user in dict.fromkeys(["postgres", pwd.getpwuid(os.getuid()).pw_name]):
            if creates_databases(host, user):
                return f"postgres://{user}@{written}/suite_{os.getpid()}"
    return None


def creates_databases(host: str, user: str) -> bool:
    server = {"host": host, "user": user, "dbname": "postgres", "connect_timeout": 2}
    try:
        with psycopg.connect(**server) as connection:
            return bool(connection.execute(CREATES_DATABASES).fetchone()[0])
    except psycopg.OperationalError:
        return False


@contextmanager
def temporary_cluster(binaries: Path):
    """A server of this run only, careless of power cuts. It refuses root: `nobody` runs it."""
    user = "nobody" if os.getuid() == 0 else None
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        if user:
            shutil.chown(folder, user)
        data = Path(folder) / "data"
        quietly([binaries / "initdb", "-A", "trust", "-U", "postgres", "-D", data], user)
        options = f"-F -p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        control = [binaries / "pg_ctl", "-D", data, "-w", "-l", Path(folder) / "log"]
        quietly([*control, "-o", options, "start"], user)
        try:
            yield f"postgres://postgres@127.0.0.1:{port}/suite"
        finally:
            quietly([*control, "-m", "immediate", "stop"], user)


@contextmanager
def redis_server():
    """The address of a Redis whose keys nobody else needs, or None."""
    given = os.environ.get("TEST_REDIS_URL")
    if given or not REDIS:
        yield given
        return
    with redis_process(free_port()) as url:
        yield url


def quietly(command: list, user: str | None) -> None:
    """Run a program in a folder that every user may enter."""
    subprocess.run(command, user=user, cwd="/", check=True, stdout=subprocess.DEVNULL)


def without_password(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def report(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
