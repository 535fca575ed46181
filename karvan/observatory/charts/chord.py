"""Who moves where among several States, as ribbons across a circle.

A ribbon leaves the ring where it begins and ends in a point short of the ring where it arrives,
so that its direction needs no colour (after Sander, Abel, Bauer and Schmidt 2014).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from django.utils.html import format_html
from django.utils.safestring import SafeString

from karvan.observatory.charts.drawing import NOTHING, WIDTH, joined, num, sheet, words
from karvan.observatory.charts.lettering import LINE, apart, widest, wrapped
from karvan.observatory.charts.palette import EDGE, GROUND, INK, INKS
from karvan.observatory.charts.ranking import (
    Drawn,
    Flow,
    inked_first,
    largest_first,
    number,
    written_out,
)
from karvan.observatory.charts.scale import Words, figure

_GAP = 2 * pi * 0.012
_RING, _INSET, _POINT = 7.0, 2.0, 14.0
_LARGEST, _SMALLEST = 132.0, 88.0
_NAME_ROOM = 104
_AWAY, _ABOVE, _BESIDE = 8.0, 14.0, 0.25


@dataclass(frozen=True)
class Node:
    code: str
    name: str


@dataclass(frozen=True)
class _Ribbon:
    """The angles between which it leaves and arrives."""

    start: tuple[float, float]
    end: tuple[float, float]


def chord_diagram(
    nodes: Sequence[Node],
    flows: Sequence[Flow],
    *,
    label: str,
    named: int = 5,
    least_share: float = 0.004,
    format_value: Words = figure,
) -> Drawn:
    """Nodes stand clockwise from the top in their order. The `named` largest flows are coloured,
    numbered and written out below; those under least_share of the sum of all are not drawn."""
    sized = largest_first(flows)
    unknown = sum(flow.size is None for flow in flows)
    if not sized:
        return Drawn(NOTHING, 0, 0, unknown, 0)
    least = least_share * sum(size for _, size in sized)
    shown = [(flow, size) for flow, size in sized if size >= least]
    arcs, ribbons = _laid_out([node.code for node in nodes], sized)
    names = [wrapped(node.name, _NAME_ROOM) for node in nodes]
    radius = _radius(arcs, names)
    labels, top, bottom = _names(arcs, names, radius)
    chosen = inked_first(shown, named)
    called = {node.code: node.name for node in nodes}
    ring = [
        _pale([ribbons[flow] for flow, _ in shown[len(chosen) :]], radius),
        *(_inked(ribbons[flow], ink, radius) for flow, _, ink in reversed(chosen)),
        _ring(arcs, radius),
        *(
            number(rank, *_at(sum(ribbons[flow].start) / 2, radius - 21))
            for rank, (flow, _, _) in enumerate(chosen, 1)
        ),
        labels,
    ]
    picture = format_html(
        '<g transform="translate({} {})">{}</g>', WIDTH // 2, num(-top), joined(ring)
    )
    key, height = written_out(
        [
            (f"{called[flow.origin]} → {called[flow.destination]}", format_value(size))
            for flow, size, _ in chosen
        ],
        bottom - top + 14,
    )
    svg = sheet([picture, key], height=height, label=label)
    return Drawn(svg, len(shown), len(sized) - len(shown), unknown, least)


def _laid_out(
    codes: Sequence[str], sized: Sequence[tuple[Flow, float]]
) -> tuple[list[tuple[float, float]], dict[Flow, _Ribbon]]:
    """The arc of each node, and of each flow its share of the arcs at both ends (radians).

    Round each node first come the flows with those farthest ahead clockwise, so that ribbons of
    neighbours lie side by side and cross as little as they can.
    """
    place = {code: i for i, code in enumerate(codes)}
    total = 2 * sum(size for _, size in sized)
    turn = 2 * pi - len(codes) * _GAP
    starts: dict[Flow, tuple[float, float]] = {}
    ends: dict[Flow, tuple[float, float]] = {}
    arcs, angle = [], -pi / 2 + _GAP / 2
    for i, code in enumerate(codes):
        begun = angle
        touching = [(flow, size) for flow, size in sized if code in (flow.origin, flow.destination)]

        def ahead(pair: tuple[Flow, float], i: int = i, code: str = code) -> tuple[int, bool]:
            leaves = pair[0].origin == code
            other = pair[0].destination if leaves else pair[0].origin
            return (-((place[other] - i) % len(codes)), not leaves)

        for flow, size in sorted(touching, key=ahead):
            (starts if flow.origin == code else ends)[flow] = (angle, angle + size / total * turn)
            angle += size / total * turn
        arcs.append((begun, angle))
        angle += _GAP
    return arcs, {flow: _Ribbon(starts[flow], ends[flow]) for flow, _ in sized}


def _at(angle: float, radius: float) -> tuple[float, float]:
    return radius * cos(angle), radius * sin(angle)


def _place(angle: float, radius: float) -> str:
    x, y = _at(angle, radius)
    return f"{num(x)} {num(y)}"


def _swept(start: float, end: float, radius: float) -> str:
    return f"A{num(radius)} {num(radius)} 0 {int(end - start > pi)} 1 {_place(end, radius)}"


def _ribbon(ribbon: _Ribbon, radius: float) -> str:
    """From flush with the ring at the origin to a point at the destination, in halves of a unit:
    whole numbers are half as long to send."""
    (a, b), (c, d) = ribbon.start, ribbon.end
    rim = 2 * round(radius - _RING - _INSET)
    neck = rim - 2 * _POINT

    def at(angle: float, away: float) -> str:
        x, y = (round(part) for part in _at(angle, away))
        return f"{x} {y}" if y >= 0 else f"{x}{y}"

    return (
        f"M{at(a, rim)}A{rim} {rim} 0 {int(b - a > pi)} 1 {at(b, rim)}"
        f"Q0 0 {at(c, neck)}L{at((c + d) / 2, rim)}L{at(d, neck)}Q0 0 {at(a, rim)}z"
    )


def _pale(ribbons: Sequence[_Ribbon], radius: float) -> SafeString:
    if not ribbons:
        return NOTHING
    return format_html(
        '<path class="c-e c-o" fill="{}" fill-opacity=".3" stroke="{}" stroke-width="1.2" '
        'transform="scale(.5)" d="{}"/>',
        EDGE,
        GROUND.paper,
        "".join(_ribbon(ribbon, radius) for ribbon in ribbons),
    )


def _inked(ribbon: _Ribbon, ink: str, radius: float) -> SafeString:
    return format_html(
        '<path class="c-f c-o c-{}" fill="{}" fill-opacity=".85" stroke="{}" stroke-width="2" '
        'transform="scale(.5)" d="{}"/>',
        ink,
        INKS[ink],
        GROUND.paper,
        _ribbon(ribbon, radius),
    )


def _ring(arcs: Sequence[tuple[float, float]], radius: float) -> SafeString:
    middle = radius - _RING / 2
    d = "".join(
        f"M{_place(start, middle)}{_swept(start, end, middle)}"
        for start, end in arcs
        if end > start
    )
    return format_html('<path class="c-r" stroke="{}" stroke-width="{}" d="{}"/>', INK, _RING, d)


def _radius(arcs: Sequence[tuple[float, float]], names: Sequence[tuple[str, ...]]) -> float:
    """As large as the names beside the ring allow."""
    most = _LARGEST
    for (start, end), lines in zip(arcs, names, strict=True):
        across = abs(cos((start + end) / 2))
        if across > _BESIDE:
            most = min(most, (WIDTH / 2 - widest(lines)) / across - _AWAY)
    return max(most, _SMALLEST)


def _names(
    arcs: Sequence[tuple[float, float]], names: Sequence[tuple[str, ...]], radius: float
) -> tuple[SafeString, float, float]:
    """The names round the ring, with the top and the bottom of all that is drawn."""
    middles = [(start + end) / 2 for start, end in arcs]
    parts, top, bottom = [], -radius, radius
    for side in (1, -1):
        here = [i for i, angle in enumerate(middles) if (cos(angle) >= 0) == (side > 0)]
        wanted = [_at(middles[i], radius + _AWAY)[1] for i in here]
        heights = [len(names[i]) * LINE for i in here]
        settled = apart(wanted, heights, -radius - _ABOVE, radius + _ABOVE)
        for i, want, y in zip(here, wanted, settled, strict=True):
            x = _at(middles[i], radius + _AWAY)[0]
            if abs(y - want) > 3:
                x = side * max(abs(x), (max((radius + _AWAY) ** 2 - y * y, 0)) ** 0.5)
                rim = _place(middles[i], radius + 1)
                parts.append(
                    format_html(
                        '<path class="c-x" stroke="{}" stroke-width=".8" d="M{}L{} {}"/>',
                        EDGE,
                        rim,
                        num(x - side * 2),
                        num(y),
                    )
                )
            parts.append(words(x, y, names[i], anchor="start" if side > 0 else "end"))
            half = len(names[i]) * LINE / 2
            top, bottom = min(top, y - half), max(bottom, y + half)
    return format_html('<g class="c-b" fill="{}">{}</g>', INK, joined(parts)), top, bottom
