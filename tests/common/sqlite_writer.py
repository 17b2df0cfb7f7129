"""`python -m tests.common.sqlite_writer FOLDER TIMES`: count up in a shared database, row by row.

Each time one transaction reads a number, writes the next one and adds a row, as an act does that
looks before it writes. Prints the seconds of the slowest one.
"""

import os
import sys
import time
from pathlib import Path

import django
from django.conf import settings
from django.db import connection, transaction

from portal.settings.environment import database


def connect(path: Path) -> None:
    """Use the database at `path` with the options that the portal's settings give."""
    os.environ["DATABASE_URL"] = f"sqlite:///{path}"
    settings.configure(DATABASES={"default": database("")})
    django.setup()


def count_up(times: int) -> float:
    slowest = 0.0
    for _ in range(times):
        started = time.monotonic()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT number FROM counter")
            number = cursor.fetchone()[0]
            cursor.execute("UPDATE counter SET number = %s", [number + 1])
            cursor.execute("INSERT INTO written VALUES (%s)", [number + 1])
        slowest = max(slowest, time.monotonic() - started)
    return slowest


if __name__ == "__main__":
    connect(Path(sys.argv[1]))
    sys.stdout.write(f"{count_up(int(sys.argv[2])):.3f}\n")
