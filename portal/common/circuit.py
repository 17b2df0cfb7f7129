"""Servers that may be away: whether one is worth asking again after it failed."""

import threading
import time

# After a failure a server is left alone for this long, so that the next calls lose no time.
REST_SECONDS = 2.0


class Circuit:
    """Shared by all threads of a process; one trial call at a time finds out that a server is back.

    Ask `permits()` before a call, and say `failed()` or `succeeded()` after it.
    """

    def __init__(self):
        self._lock = threading.Lock()
        self._is_broken = False
        self._rests_until = 0.0

    def permits(self) -> bool:
        """Whether to call now; True for one caller only when a rest is over."""
        if not self._is_broken:
            return True
        with self._lock:
            now = time.monotonic()
            if now < self._rests_until:
                return False
            self._rests_until = now + REST_SECONDS
            return True

    def failed(self) -> None:
        with self._lock:
            self._is_broken = True
            self._rests_until = time.monotonic() + REST_SECONDS

    def succeeded(self) -> None:
        if self._is_broken:
            self._is_broken = False
