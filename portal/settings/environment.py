"""What the settings read from the environment; docs/operators.md lists names and defaults."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()


def database(default: str) -> dict:
    """The `default` database from DATABASE_URL, with the options each engine needs to be safe.

    SQLite: write-ahead log, immediate transactions and a busy time-out of 20 s, without which
    parallel writers get "database is locked"; a connection is kept for ten minutes. PostgreSQL: a
    pool of connections, checked when lent; a server that is away costs a request a second, and the
    pool asks for it anew all the time, instead of ever more rarely.
    """
    config = env.db_url_config(env("DATABASE_URL", default="") or default)
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
            ),
        }
        # To open the file and set it up again takes longer than most of what a page asks.
        config["CONN_MAX_AGE"] = 600
        # Tests need a file: databases in memory ignore the busy time-out.
        name = Path(config["NAME"])
        config["TEST"] = {"NAME": str(name.with_name(f"test-{name.name}"))}
    else:
        config["OPTIONS"] = {
            "pool": {
                "min_size": 1,
                "max_size": env.int("DATABASE_POOL", 8),
                "timeout": 1,
                "reconnect_timeout": 1,
            },
            "connect_timeout": 2,
        }
        config["CONN_MAX_AGE"] = 0
        config["CONN_HEALTH_CHECKS"] = True
    return config
