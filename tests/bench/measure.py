"""Measure the pages of a served portal: processor time, waiting time, statements, weight."""

import gzip
import os
from statistics import quantiles

from tests.bench.pages import BARE, FIRST
from tests.bench.processes import Meter, descendants, memory
from tests.bench.serving import WORKERS, Visitor

WARM_UPS = 50
REQUESTS = 400
# The kinds take turns, so that a busy moment of the machine meets all of them.
ROUNDS = 8
BARE_REQUESTS = 3200
_SAMPLES = 20
# As nginx compresses in production.
_GZIP_LEVEL = 5


def measure(visitor: Visitor, addresses: dict[str, list[str]], postgres=None) -> dict[str, dict]:
    """What a request of each kind costs, and how many times the bare view that is.

    Each kind needs WARM_UPS + REQUESTS addresses. To warm up, the first are asked for; of pages
    that come again and again all are, of each worker.
    """
    for kind, pages in addresses.items():
        for address in pages[:WARM_UPS] if FIRST in kind else dict.fromkeys(pages):
            for _worker in range(1 if FIRST in kind else WORKERS):
                visitor.ask(address)
    meter = Meter(lambda: descendants(os.getpid()), *([postgres] if postgres else []))
    measured = {kind: pages[WARM_UPS:] for kind, pages in addresses.items()}
    measured[BARE] *= BARE_REQUESTS // REQUESTS
    costs = {kind: Cost() for kind in measured}
    for turn in range(ROUNDS):
        for kind, pages in measured.items():
            costs[kind].add(visitor, pages[turn::ROUNDS], meter)
    bare = costs[BARE].milliseconds
    return {
        kind: cost.figures(bare) | weigh(visitor, addresses[kind]) for kind, cost in costs.items()
    }


def memory_of_server() -> dict[str, int]:
    """Bytes of the server's processes, resident and with shared pages counted once."""
    resident, proportional = memory(descendants(os.getpid()))
    return {"resident_bytes": resident, "proportional_bytes": proportional}


class Cost:
    """What the requests of one kind have cost so far."""

    def __init__(self):
        self._processor = 0.0
        self._waits: list[float] = []

    def add(self, visitor: Visitor, pages: list[str], meter: Meter) -> None:
        before = meter.total()
        self._waits += [visitor.ask(address)[2] for address in pages]
        self._processor += meter.total() - before

    @property
    def milliseconds(self) -> float:
        """Processor time a request, of all processes together."""
        return 1000 * self._processor / len(self._waits)

    def figures(self, bare: float) -> dict[str, float]:
        percentiles = quantiles(self._waits, n=20)
        return {
            "requests": len(self._waits),
            "processor_ms": self.milliseconds,
            "times_bare": self.milliseconds / bare,
            "p50_ms": 1000 * percentiles[9],
            "p95_ms": 1000 * percentiles[18],
        }


def weigh(visitor: Visitor, pages: list[str]) -> dict[str, float]:
    """SQL statements (the most of any page) and bytes of a page (in the middle of all)."""
    statements, plain, compressed = [], [], []
    for address in pages[-_SAMPLES:]:
        answer, body, _seconds = visitor.ask(address, **{"X-Bench": "1"})
        if answer.headers["Content-Encoding"] == "gzip":
            body = gzip.decompress(body)
        statements.append(int(answer.headers["X-Statements"]))
        plain.append(len(body))
        compressed.append(len(gzip.compress(body, _GZIP_LEVEL)))
    return {
        "statements": max(statements),
        "bytes": sum(plain) / len(plain),
        "gzip_bytes": sum(compressed) / len(compressed),
    }
