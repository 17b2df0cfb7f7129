"""Where a place on earth lies on the map of the North Atlantic (static/img/north-atlantic.svg).

Azimuthal equal-area, centred at 42° W 50° N: cities on both shores appear in their true sizes of
area, and neither shore is the edge of the other's map.
"""

import math
from dataclasses import dataclass

CENTRE_LATITUDE = math.radians(50)
CENTRE_LONGITUDE = math.radians(-42)
# Units of the drawing for one earth radius, and where the centre lies in it.
SCALE = 527.27
CENTRE_X = 527.763
CENTRE_Y = 315.429


@dataclass(frozen=True)
class Frame:
    """The part of the drawing that a map shows."""

    left: int
    top: int
    width: int
    height: int

    def holds(self, x: float, y: float, margin: float = 0) -> bool:
        """Whether a point lies inside, at least `margin` from every edge."""
        return (
            self.left + margin <= x <= self.left + self.width - margin
            and self.top + margin <= y <= self.top + self.height - margin
        )

    def __str__(self) -> str:
        """The value of the attribute viewBox."""
        return f"{self.left} {self.top} {self.width} {self.height}"


# The drawing is 960 by 470; its edges without cities are cut away.
FRAME = Frame(16, 44, 920, 372)


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """The point of the drawing for a place in degrees; y grows downwards.

    Raises ValueError for the antipode of the centre, which has no single point.
    """
    phi, lam = math.radians(latitude), math.radians(longitude) - CENTRE_LONGITUDE
    sin_phi, cos_phi = math.sin(phi), math.cos(phi)
    sin_centre, cos_centre = math.sin(CENTRE_LATITUDE), math.cos(CENTRE_LATITUDE)
    towards_centre = sin_centre * sin_phi + cos_centre * cos_phi * math.cos(lam)
    if towards_centre <= -1 + 1e-9:
        raise ValueError("the antipode of the centre has no point on this map")
    stretch = SCALE * math.sqrt(2 / (1 + towards_centre))
    return (
        CENTRE_X + stretch * cos_phi * math.sin(lam),
        CENTRE_Y - stretch * (cos_centre * sin_phi - sin_centre * cos_phi * math.cos(lam)),
    )
