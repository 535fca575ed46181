"""The few largest flows of a picture: numbered where they run, and written out below it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from karvan.observatory.charts.drawing import WIDTH, joined, num, words
from karvan.observatory.charts.lettering import LINE, width_of, wrapped
from karvan.observatory.charts.palette import GROUND, INK, LOOKS, ORDER


@dataclass(frozen=True)
class Flow:
    """size None: not known; it is not drawn and is counted apart."""

    origin: str
    destination: str
    size: float | None


@dataclass(frozen=True)
class Drawn:
    """svg: empty when no flow is known. least: flows smaller than this are not drawn.

    left_out and unknown count those, for the page to say so.
    """

    svg: SafeString
    drawn: int
    left_out: int
    unknown: int
    least: float


def largest_first(flows: Sequence[Flow]) -> list[tuple[Flow, float]]:
    """Flows between two different States with people in them."""
    sized = [
        (flow, flow.size)
        for flow in flows
        if flow.size is not None and flow.size > 0 and flow.origin != flow.destination
    ]
    return sorted(sized, key=lambda pair: (-pair[1], pair[0].origin, pair[0].destination))


def inked_first(sized: Sequence[tuple[Flow, float]], named: int) -> list[tuple[Flow, float, str]]:
    """The first `named` of them, each with an ink of its own; there are six inks."""
    inks = [LOOKS[look].ink for look in ORDER[:named]]
    return [(flow, size, ink) for (flow, size), ink in zip(sized, inks, strict=False)]


def number(rank: int, x: float, y: float) -> SafeString:
    return format_html(
        '<circle class="c-h" fill="{}" cx="{}" cy="{}" r="8"/>'
        '<g class="c-b" fill="{}" font-weight="700">{}</g>',
        GROUND.paper,
        num(x),
        num(y),
        INK,
        words(x, y, (str(rank),), anchor="middle"),
    )


def written_out(flows: Sequence[tuple[str, str]], top: float) -> tuple[SafeString, float]:
    """Lines of (route, size) from `top` down, numbered from 1; and where the last ends."""
    parts = []
    for rank, (route, size) in enumerate(flows, 1):
        lines = wrapped(route, WIDTH - 34 - width_of(size))
        half = len(lines) * LINE / 2
        parts.append(number(rank, 9, top + half))
        parts.append(words(26, top + half, lines))
        parts.append(words(WIDTH, top + half, (size,), anchor="end"))
        top += 2 * half + 4
    return format_html('<g class="c-b" fill="{}">{}</g>', INK, joined(parts)), top
