"""How series are told apart: each by its ink, its dash and its marker, never by ink alone.

The colours written here are those on white paper. In a page figures.css sets them again from the
class that goes with each, for the dark and for print; in a file of its own the picture keeps these.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class _Ground(NamedTuple):
    paper: str
    line: str
    wash: str


GROUND = _Ground(paper="#fff", line="#ccdadb", wash="#dcebe9")
INK, QUIET, EDGE = "#11282e", "#485c61", "#6b8286"

# What vl-convert carries with it and draws the same everywhere; others may have to do elsewhere.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"

# The class c-<ink> in figures.css has the same names.
INKS = {
    "women": "#a85a00",
    "men": "#0b6b75",
    "teal": "#0b6b75",
    "indigo": "#5b4a9c",
    "plum": "#963a69",
    "olive": "#50661b",
    "blue": "#2b5f9e",
    "umber": "#6a4b32",
    "ink": INK,
}


@dataclass(frozen=True)
class Look:
    """dash: as in stroke-dasharray, empty for a solid line. marker: a name in MARKERS."""

    ink: str
    dash: str
    marker: str

    @property
    def colour(self) -> str:
        return INKS[self.ink]


LOOKS = {
    "women": Look("women", "", "circle"),
    "men": Look("men", "6 3.5", "diamond"),
    # An earlier edition of the same series: the same ink, plainly another line.
    "women-earlier": Look("women", "1.5 3.5", "square"),
    "men-earlier": Look("men", "1.5 3.5", "triangle"),
    "first": Look("teal", "", "circle"),
    "first-earlier": Look("teal", "1.5 3.5", "square"),
    "second": Look("indigo", "6 3.5", "diamond"),
    "third": Look("umber", "2 3", "square"),
    "fourth": Look("plum", "9 3 2 3", "triangle"),
    "fifth": Look("olive", "11 4", "down"),
    "sixth": Look("blue", "4 2 1.5 2", "cross"),
    "observed": Look("ink", "", "diamond"),
}

ORDER = ("first", "second", "third", "fourth", "fifth", "sixth")


def _circle(x: float, y: float, r: float) -> str:
    return f"M{x - r:.1f} {y:.1f}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0-{2 * r} 0z"


def _diamond(x: float, y: float, r: float) -> str:
    w = f"{1.3 * r:.1f}"
    return f"M{x:.1f} {y - 1.3 * r:.1f}l{w} {w}-{w} {w}-{w}-{w}z"


def _square(x: float, y: float, r: float) -> str:
    side = 1.8 * r
    return f"M{x - side / 2:.1f} {y - side / 2:.1f}h{side:.1f}v{side:.1f}h-{side:.1f}z"


def _triangle(x: float, y: float, r: float) -> str:
    return f"M{x:.1f} {y - 1.2 * r:.1f}l{1.2 * r:.1f} {2.1 * r:.1f}h-{2.4 * r:.1f}z"


def _down(x: float, y: float, r: float) -> str:
    return f"M{x:.1f} {y + 1.2 * r:.1f}l{1.2 * r:.1f}-{2.1 * r:.1f}h-{2.4 * r:.1f}z"


def _cross(x: float, y: float, r: float) -> str:
    a, b = 0.45 * r, 0.85 * r
    turns = (
        f"h{2 * a:.1f}v{b:.1f}h{b:.1f}v{2 * a:.1f}h-{b:.1f}v{b:.1f}"
        f"h-{2 * a:.1f}v-{b:.1f}h-{b:.1f}v-{2 * a:.1f}h{b:.1f}z"
    )
    return f"M{x - a:.1f} {y - a - b:.1f}{turns}"


# Each draws its figure about (x, y), of about the area of a circle of radius r.
MARKERS: dict[str, Callable[[float, float, float], str]] = {
    "circle": _circle,
    "diamond": _diamond,
    "square": _square,
    "triangle": _triangle,
    "down": _down,
    "cross": _cross,
}
