"""Many at once."""

import threading
from collections.abc import Callable

from django.db import connections


def in_threads(count: int, act: Callable[[int], object]) -> list:
    """What `act(number)` returned in each of `count` threads at once."""
    results = []

    def run(number: int) -> None:
        try:
            results.append(act(number))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
