"""Many who act at the same time, as many as a process of the portal serves at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

# A process has eight connections to PostgreSQL; the test itself holds one of them.
WORKERS = 7


def at_once(count: int, act: Callable[[int], object]) -> list:
    """What `act(number)` returned for each number below `count`; the first ones start together."""
    start = Barrier(min(count, WORKERS))

    def run(number: int):
        if number < start.parties:
            start.wait()
        try:
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as workers:
        return list(workers.map(run, range(count)))
