"""Which names stand on a map, and where, so that none lies on another."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from exchanges.projection import Frame

# By the room that a map has (on a page, in a column, on a phone), as in components.css and in units
# of the drawing: size of type, and how far names are pushed away from dots that are larger there.
ROOMS = {"wide": (14, 0), "middle": (20, 2), "narrow": (31, 5)}
# Mean width of a letter in the weight used, in ems.
LETTER_WIDTH = 0.56
# Half the width of the space that a dot keeps free, in ems.
DOT = 0.22
MOST_LABELS = 18


@dataclass(frozen=True)
class Place:
    """A point with its name. The names of main places may cover the dots of others."""

    x: float
    y: float
    name: str
    is_main: bool


@dataclass(frozen=True)
class Label:
    """A name beside its point; `room` is the least room in which it is shown (see ROOMS)."""

    text: str
    x: float
    y: float
    anchor: str
    room: str = "wide"


@dataclass(frozen=True)
class Box:
    """A rectangle of the map, in units of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class Sheet:
    """The map in one room, with the dots and names that are on it already."""

    def __init__(self, frame: Frame, size: int, push: int, places: tuple[Place, ...]):
        self.frame = frame
        self.size = size
        self.push = push
        self.taken = [self._dot(place) for place in places if place.is_main]
        self.minor_dots = [self._dot(place) for place in places if not place.is_main]

    def _dot(self, place: Place) -> Box:
        half = self.size * DOT
        return Box(place.x - half, place.y - half, place.x + half, place.y + half)

    def box(self, label: Label) -> Box:
        width = len(label.text) * LETTER_WIDTH * self.size
        shift = {"start": self.push, "middle": -width / 2, "end": -width - self.push}
        left = label.x + shift[label.anchor]
        return Box(left, label.y - self.size * 0.8, left + width, label.y + self.size * 0.25)

    def has_room_for(self, label: Label, *, is_main: bool) -> bool:
        box = self.box(label)
        return (
            self.frame.holds(box.left, box.top)
            and self.frame.holds(box.right, box.bottom)
            and not any(box.meets(other) for other in self.taken)
            and (is_main or not any(box.meets(other) for other in self.minor_dots))
        )

    def add(self, label: Label) -> None:
        self.taken.append(self.box(label))


@lru_cache(maxsize=256)
def place_labels(places: tuple[Place, ...], frame: Frame) -> tuple[Label | None, ...]:
    """A label for each place, the first ones first; None where there is no room.

    A label lies neither on another nor on the dot of a main place nor across an edge of the frame.
    At most MOST_LABELS are placed. The same places are asked for again and again, hence the cache.
    """
    sheets = {room: Sheet(frame, *sizes, places) for room, sizes in ROOMS.items()}
    labels: list[Label | None] = []
    left = MOST_LABELS
    for place in places:
        label = _most_visible(place, sheets) if left else None
        if label:
            left -= 1
        labels.append(label)
    return tuple(labels)


def _most_visible(place: Place, sheets: dict[str, Sheet]) -> Label | None:
    """The label in the spot that has room on the smallest map; the sheets remember it."""
    best: list[str] = []
    chosen = None
    for label in _candidates(place):
        rooms = []
        for room, sheet in sheets.items():
            if not sheet.has_room_for(label, is_main=place.is_main):
                break
            rooms.append(room)
        if len(rooms) > len(best):
            best, chosen = rooms, replace(label, room=rooms[-1])
        if len(best) == len(sheets):
            break
    for room in best:
        sheets[room].add(chosen)
    return chosen


def _candidates(place: Place) -> Iterator[Label]:
    """To the right of the point, to the left, at the corners, below and above."""
    for dx, dy, anchor in (
        (10, 5, "start"),
        (-10, 5, "end"),
        (8, 16, "start"),
        (8, -5, "start"),
        (-8, 16, "end"),
        (-8, -5, "end"),
        (0, 22, "middle"),
        (0, -11, "middle"),
    ):
        yield Label(place.name, round(place.x + dx, 1), round(place.y + dy, 1), anchor)
