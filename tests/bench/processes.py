"""Processor time and memory of processes, as Linux tells them under /proc."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg

_PROC = Path("/proc")
_OTHERS = """SELECT pid FROM pg_stat_activity
             WHERE datname IS NOT NULL AND datname <> %s OR pid = pg_backend_pid()"""
_NANOSECONDS = 1e9


class Meter:
    """Processor seconds of sets of processes that may change; `processes` give their ids now."""

    def __init__(self, *processes: Callable[[], Iterable[int]]):
        self._processes = processes
        self._spent: dict[int, float] = {}

    def total(self) -> float:
        """All that they have ever used; of one that has ended, what it had at the last call."""
        for processes in self._processes:
            for pid in processes():
                self._spent[pid] = max(processor_seconds(pid), self._spent.get(pid, 0.0))
        return sum(self._spent.values())


def descendants(pid: int) -> set[int]:
    """Ids of the processes that `pid` started, and of those that they started."""
    parents = dict(_parents())
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def processor_seconds(pid: int) -> float:
    """What the threads of a process have used; 0 for a process that has ended."""
    total = 0
    with suppress(FileNotFoundError, ProcessLookupError):
        for thread in (_PROC / str(pid) / "task").iterdir():
            with suppress(FileNotFoundError, ProcessLookupError):
                total += int((thread / "schedstat").read_text().split()[0])
    return total / _NANOSECONDS


def memory(pids: Iterable[int]) -> tuple[int, int]:
    """Resident and proportional (shared pages counted once) bytes of these processes together."""
    resident = proportional = 0
    for pid in pids:
        with suppress(FileNotFoundError, ProcessLookupError):
            lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
            sizes = {words[0]: int(words[1]) * 1024 for words in map(str.split, lines[1:])}
            resident += sizes["Rss:"]
            proportional += sizes["Pss:"]
    return resident, proportional


class PostgresProcesses:
    """The processes of a PostgreSQL server of this machine that work for the database `name`.

    Those that serve no database in particular (writers, checkpoints) are among them; sessions of
    other databases, and `session`, which asks, are not.
    """

    def __init__(self, session: psycopg.Connection, name: str):
        self._session = session
        self._name = name
        self._server = dict(_parents()).get(session.info.backend_pid)

    @property
    def are_here(self) -> bool:
        """Whether the server runs on this machine, where its processes can be seen."""
        return self._server is not None and _name_of(self._server).startswith("postgres")

    def __call__(self) -> set[int]:
        others = {pid for (pid,) in self._session.execute(_OTHERS, [self._name])}
        return {self._server, *descendants(self._server)} - others


def _parents() -> Iterator[tuple[int, int]]:
    """Every process with the one that started it."""
    for entry in _PROC.iterdir():
        if entry.name.isdecimal():
            with suppress(FileNotFoundError, ProcessLookupError):
                # The name may hold spaces and brackets; what follows the last bracket does not.
                after_name = (entry / "stat").read_text().rpartition(")")[2]
                yield int(entry.name), int(after_name.split()[1])


def _name_of(pid: int) -> str:
    return (_PROC / str(pid) / "comm").read_text()
