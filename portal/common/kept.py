"""What a process keeps because making it again costs time: bounded, and shared by its threads."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakSet

Value = TypeVar("Value")

_stores: "WeakSet[Kept]" = WeakSet()


class Kept(Generic[Value]):
    """The `size` values used last, by key.

    A key says everything that its value follows from (a version among it), so nothing kept is ever
    wrong and nothing needs to be taken out. Values are shared: nobody changes them.
    """

    def __init__(self, size: int):
        self._size = size
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()
        _stores.add(self)

    def get(self, key: Hashable) -> Value | None:
        """The value of `key`; None where it is not kept."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key]

    def put(self, key: Hashable, value: Value) -> Value:
        """Keep `value` and return it; the value that was not used for longest may go for it."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            if len(self._values) > self._size:
                self._values.popitem(last=False)
        return value

    def get_or_make(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of `key`, made where it is not kept.

        Threads do not wait for each other: two that miss at once both make it.
        """
        value = self.get(key)
        return self.put(key, make()) if value is None else value

    def clear(self) -> None:
        with self._lock:
            self._values.clear()


def forget_all() -> None:
    """Empty every store of this process: for tests that change records past the index."""
    for store in list(_stores):
        store.clear()
