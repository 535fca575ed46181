"""Outlines of States, as the `countryinfo` package carries them, at about 1:110 million.

They are installed with Karvan and are no part of it.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from countryinfo import CountryInfo, CountryNotFoundError
from django.utils.translation import gettext_lazy as _

from karvan.observatory.charts.projection import Position, Projection, clipped, simplified

CREDIT = _(
    "Borders are coarse, come from the package countryinfo and say nothing about their legal "
    "status."
)

_TOLERANCE, _LEAST_AREA = 0.8, 6.0


class Outline(NamedTuple):
    """code: ISO 3166-1 alpha-2. rings: closed, without their last corner, in units of the sheet."""

    code: str
    rings: tuple[tuple[Position, ...], ...]


@cache
def outlines(codes: tuple[str, ...], projection: Projection) -> tuple[Outline, ...]:
    """What lies on the sheet of each State's land; a State without any is left out."""
    found = (Outline(code, _rings(code, projection)) for code in codes)
    return tuple(outline for outline in found if outline.rings)


def _rings(code: str, projection: Projection) -> tuple[tuple[Position, ...], ...]:
    rings = []
    for ring in _land(code):
        places = [projection.at(place) for place in ring]
        on_sheet = clipped(places[:-1], projection.width, projection.height)
        if _area(on_sheet) < _LEAST_AREA:
            continue
        rings.append(tuple(simplified([*on_sheet, on_sheet[0]], _TOLERANCE)[:-1]))
    return tuple(rings)


def _land(code: str) -> list[list[Position]]:
    """Outer rings in degrees; lakes are land."""
    try:
        shape = CountryInfo(code).geo_json()
    except CountryNotFoundError:
        return []
    rings = []
    for feature in shape.get("features", ()):
        geometry = feature.get("geometry") or {"type": "", "coordinates": ()}
        parts = geometry["coordinates"]
        for polygon in [parts] if geometry["type"] == "Polygon" else parts:
            rings.append([(float(lon), float(lat)) for lon, lat, *_ in polygon[0]])
    return rings


def _area(ring: Sequence[Position]) -> float:
    return abs(
        sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True))
        / 2
    )


def path_of(outlined: Sequence[Outline], fineness: int) -> str:
    """One path through all their rings, whole numbers of 1/fineness of a unit from step to step."""
    d = ""
    for outline in outlined:
        for ring in outline.rings:
            (x, y), *rest = ((round(px * fineness), round(py * fineness)) for px, py in ring)
            d += f"M{x} {y}l"
            for px, py in rest:
                step = f"{px - x}" if px < x or d[-1] == "l" else f" {px - x}"
                d += step + (f"{py - y}" if py < y else f" {py - y}")
                x, y = px, py
            d += "z"
    return d
