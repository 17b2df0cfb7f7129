"""What is wrong with a content file, and where."""

from collections.abc import Iterable
from typing import Any

_NAMES = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "an object",
    type(None): "null",
}


class BrokenContentError(Exception):
    """The content cannot be loaded; `faults` are lines that name file, place and reason."""

    def __init__(self, faults: Iterable[str]):
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


class Place:
    """A place in a content file, for example `practices.json: practices[3].started.year`.

    What is refused there is added to `faults`, which all places of one reading share.
    """

    def __init__(self, file: str, faults: list[str], path: str = ""):
        self.file = file
        self.faults = faults
        self.path = path

    def __str__(self) -> str:
        return f"{self.file}: {self.path}" if self.path else self.file

    def at(self, step: str | int) -> "Place":
        """The place of a key of an object, or of a position in a list, that stands here."""
        if isinstance(step, int):
            path = f"{self.path}[{step}]"
        else:
            path = f"{self.path}.{step}" if self.path else step
        return Place(self.file, self.faults, path)

    def refuse(self, reason: str) -> None:
        """Note that what stands here cannot be loaded."""
        self.faults.append(f"{self}: {reason}")

    def refuse_value(self, value: Any, expected: str) -> None:
        """Note that something else was expected here, and what was found."""
        scalar = isinstance(value, str | int | float)
        self.refuse(
            f"expected {expected}, found {repr(value)[:60] if scalar else _NAMES[type(value)]}"
        )

    def takes(self, kind: type, value: Any, expected: str = "") -> bool:
        """Whether `value` is of this JSON type; refuses it where not."""
        fits = type(value) is kind or (kind is float and type(value) is int)
        if not fits:
            self.refuse_value(value, expected or _NAMES[kind])
        return fits

    def takes_keys(self, keys: Iterable[str], value: Any) -> bool:
        """Whether `value` is an object with exactly these keys; refuses what is not."""
        if not self.takes(dict, value):
            return False
        for key in sorted(value.keys() - set(keys)):
            self.at(key).refuse("unknown key")
        missing = [key for key in keys if key not in value]
        for key in missing:
            self.at(key).refuse("missing")
        return not missing and value.keys() == set(keys)

    def takes_line(self, value: Any) -> bool:
        """Whether `value` is a text of one line that is not empty; refuses it where not."""
        if not self.takes(str, value):
            return False
        if not value.strip() or "\n" in value:
            self.refuse_value(value, "a text of one line")
            return False
        return True

    def takes_lines(self, value: Any) -> bool:
        """Whether `value` is a list of texts of one line; refuses what is not."""
        return self.takes(list, value) and all(
            self.at(i).takes_line(line) for i, line in enumerate(value)
        )
