"""Load the bench's database from standard input, and say what that cost.

`python -m tests.bench.load LINES` says on standard error how far it is, and gives the costs as JSON
on standard output.
"""

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack

import django

django.setup()

from django.core.management.base import OutputWrapper  # noqa: E402

from portal.pages.bulk.loading import load_practices  # noqa: E402
from portal.pages.management.commands.load_practices import Progress  # noqa: E402
from tests.bench.database import connected  # noqa: E402
from tests.bench.processes import Meter, PostgresProcesses  # noqa: E402


def main(size: int) -> None:
    url = os.environ["DATABASE_URL"]
    with ExitStack() as stack:
        processes = [lambda: {os.getpid()}]
        if url.startswith("postgres"):
            session = stack.enter_context(connected(url, "postgres"))
            processes.append(PostgresProcesses(session, url.rpartition("/")[2]))
        progress = Progress(OutputWrapper(sys.stderr), size)
        costs = Costs(Meter(*processes), progress)
        started = time.perf_counter()
        created = load_practices(told(sys.stdin.buffer, progress), progress=costs.note)
        result = {"seconds": time.perf_counter() - started, **costs.of(created["practice"])}
    json.dump(result, sys.stdout)


class Costs:
    """Processor time of a load: until it is indexed, and then."""

    def __init__(self, meter: Meter, progress: Progress):
        self._meter = meter
        self._progress = progress
        self._start = self._index = meter.total()

    def note(self, stage: str, done: int) -> None:
        if stage == "index":
            self._index = self._meter.total()
        if stage != "read":
            self._progress.report(stage, done)

    def of(self, practices: int) -> dict[str, float]:
        """Milliseconds a practice."""
        end = self._meter.total()
        return {
            "practices": practices,
            "reading_and_writing_ms": 1000 * (self._index - self._start) / practices,
            "index_ms": 1000 * (end - self._index) / practices,
        }


def told(lines: Iterable[bytes], progress: Progress) -> Iterator[bytes]:
    """The lines; `progress` is told of each."""
    for number, line in enumerate(lines, 1):
        progress.report("read", number)
        yield line


if __name__ == "__main__":
    main(int(sys.argv[1]))
