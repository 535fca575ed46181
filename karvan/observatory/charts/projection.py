"""From longitude and latitude to the sheet: Albers' equal-area conic, cut to a frame."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, radians, sin, sqrt

Position = tuple[float, float]


@dataclass(frozen=True)
class Window:
    """The part of the Earth a map shows, in degrees."""

    west: float
    east: float
    south: float
    north: float


# From the Aegean to the Altai, and from the Gulf to the Volga.
REGION = Window(west=23.5, east=88, south=23.5, north=60)


@dataclass(frozen=True)
class Projection:
    """Maps (longitude, latitude) in degrees to (x, y) units; y grows downwards."""

    window: Window
    width: float

    def _conic(self, place: Position) -> Position:
        window = self.window
        reach = window.north - window.south
        lower, upper = (radians(window.south + reach * share) for share in (1 / 6, 5 / 6))
        n = (sin(lower) + sin(upper)) / 2
        c = cos(lower) ** 2 + 2 * n * sin(lower)
        turned = n * radians(place[0] - (window.west + window.east) / 2)
        distance = sqrt(max(c - 2 * n * sin(radians(place[1])), 0)) / n
        return distance * sin(turned), distance * cos(turned)

    @cached_property
    def _box(self) -> tuple[float, float, float, float]:
        """Left, right, top and bottom of the window before it is scaled.

        Meridians lean together northwards: at the sides the window is true at half its height.
        """
        w = self.window
        level, meridian = (w.south + w.north) / 2, (w.west + w.east) / 2
        return (
            self._conic((w.west, level))[0],
            self._conic((w.east, level))[0],
            self._conic((meridian, w.north))[1],
            self._conic((meridian, w.south))[1],
        )

    @property
    def height(self) -> float:
        left, right, top, bottom = self._box
        return (bottom - top) / (right - left) * self.width

    def at(self, place: Position) -> Position:
        left, right, top, _ = self._box
        scale = self.width / (right - left)
        x, y = self._conic(place)
        return (x - left) * scale, (y - top) * scale


def clipped(ring: Sequence[Position], width: float, height: float) -> list[Position]:
    """The part of a closed ring that lies on the sheet, cut at one edge after another."""
    found = list(ring)
    for axis, limit, keep in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):
        cut: list[Position] = []
        for before, here in zip([*found[-1:], *found[:-1]], found, strict=True):
            came, went = (keep * (p[axis] - limit) >= 0 for p in (before, here))
            if came != went:
                share = (limit - before[axis]) / (here[axis] - before[axis])
                cut.append(
                    (
                        before[0] + share * (here[0] - before[0]),
                        before[1] + share * (here[1] - before[1]),
                    )
                )
            if went:
                cut.append(here)
        found = cut
    return found


def simplified(line: Sequence[Position], tolerance: float) -> list[Position]:
    """The line with every corner left out that lies within tolerance of it (Douglas, Peucker 1973).

    A closed ring begins and ends at one corner, which stays.
    """
    if len(line) < 3:
        return list(line)
    (x0, y0), (x1, y1) = line[0], line[-1]
    length = sqrt((x1 - x0) ** 2 + (y1 - y0) ** 2)

    def away(place: Position) -> float:
        x, y = place
        if not length:
            return sqrt((x - x0) ** 2 + (y - y0) ** 2)
        return abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / length

    far = max(range(1, len(line) - 1), key=lambda i: away(line[i]))
    if away(line[far]) <= tolerance:
        return [line[0], line[-1]]
    return simplified(line[: far + 1], tolerance)[:-1] + simplified(line[far:], tolerance)
