"""Who moves where, as arrows over the quiet land of the States.

An arrow's width is its size and its head its direction. Each bows to the right of its way, so
that there and back stay apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot

from django.utils.html import format_html
from django.utils.safestring import SafeString

from karvan.observatory.charts.borders import outlines, path_of
from karvan.observatory.charts.drawing import NOTHING, WIDTH, joined, num, sheet, words
from karvan.observatory.charts.lettering import LINE, width_of
from karvan.observatory.charts.palette import EDGE, GROUND, INK, INKS
from karvan.observatory.charts.projection import REGION, Projection, Window
from karvan.observatory.charts.ranking import (
    Drawn,
    Flow,
    inked_first,
    largest_first,
    number,
    written_out,
)
from karvan.observatory.charts.scale import Words, figure

_WIDEST, _FINEST = 11.0, 0.7
_CLEAR, _BOW, _NUMBERED = 6.0, 0.2, 0.4
_OPAQUE = 5


@dataclass(frozen=True)
class Place:
    """code: ISO 3166-1 alpha-2; longitude and latitude in degrees, where its arrows meet."""

    code: str
    name: str
    longitude: float
    latitude: float


def flow_map(
    places: Sequence[Place],
    flows: Sequence[Flow],
    *,
    label: str,
    named: int = 5,
    least_share: float = 0.004,
    format_value: Words = figure,
    window: Window = REGION,
) -> Drawn:
    """The `named` largest flows are coloured, numbered and written out below; those under
    least_share of the sum of all are not drawn. Say borders.CREDIT beside it."""
    sized = largest_first(flows)
    unknown = sum(flow.size is None for flow in flows)
    if not sized:
        return Drawn(NOTHING, 0, 0, unknown, 0)
    least = least_share * sum(size for _, size in sized)
    shown = [(flow, size) for flow, size in sized if size >= least]
    projection = Projection(window, WIDTH)
    at = {place.code: projection.at((place.longitude, place.latitude)) for place in places}
    called = {place.code: place.name for place in places}
    greatest = sized[0][1]
    arrows = {
        flow: _Arrow(at[flow.origin], at[flow.destination], max(size / greatest * _WIDEST, _FINEST))
        for flow, size in shown
    }
    chosen = inked_first(shown, named)
    badges = [arrows[flow].along(_NUMBERED) for flow, _, _ in chosen]
    land = outlines(tuple(place.code for place in places), projection)
    parts = [
        format_html(
            '<path class="c-w c-o" fill="{}" stroke="{}" stroke-width="2" '
            'transform="scale(.5)" d="{}"/>',
            GROUND.wash,
            GROUND.paper,
            path_of(land, 2),
        ),
        _pale([arrows[flow] for flow, _ in shown[len(chosen) :]]),
        *(_inked(arrows[flow], ink) for flow, _, ink in reversed(chosen)),
        *(number(rank, *place) for rank, place in enumerate(badges, 1)),
        _named(places, at, arrows.values(), badges, projection.height),
    ]
    key, height = written_out(
        [
            (f"{called[flow.origin]} → {called[flow.destination]}", format_value(size))
            for flow, size, _ in chosen
        ],
        projection.height + 14,
    )
    svg = sheet([*parts, key], height=height, label=label)
    return Drawn(svg, len(shown), len(sized) - len(shown), unknown, least)


@dataclass(frozen=True)
class _Arrow:
    start: tuple[float, float]
    end: tuple[float, float]
    width: float

    @property
    def bend(self) -> tuple[float, float]:
        (x0, y0), (x1, y1) = self.start, self.end
        return (
            (x0 + x1) / 2 - (y1 - y0) * _BOW,
            (y0 + y1) / 2 + (x1 - x0) * _BOW,
        )

    def along(self, share: float) -> tuple[float, float]:
        """A place on its way, from 0 at the start to 1 at the end."""
        before, beside, after = (1 - share) ** 2, 2 * share * (1 - share), share**2
        (x0, y0), (x1, y1), (bx, by) = self.start, self.end, self.bend
        return before * x0 + beside * bx + after * x1, before * y0 + beside * by + after * y1

    @property
    def head(self) -> float:
        """Its length: short on a fine arrow, never more than a third of the way."""
        reach = hypot(self.end[0] - self.start[0], self.end[1] - self.start[1])
        return min(4 + self.width * 1.1, reach / 3)

    @property
    def body(self) -> str:
        neck = _towards(self.end, self.bend, _CLEAR + self.head - 0.5)
        start = _towards(self.start, self.bend, _CLEAR)
        return f"M{_pair(start)}Q{_pair(self.bend)} {_pair(neck)}"

    @property
    def point(self) -> str:
        tip = _towards(self.end, self.bend, _CLEAR)
        neck = _towards(self.end, self.bend, _CLEAR + self.head)
        half = (2.2 + self.width * 0.9) / self.head
        dx, dy = (tip[0] - neck[0]) * half, (tip[1] - neck[1]) * half
        left, right = (neck[0] - dy, neck[1] + dx), (neck[0] + dy, neck[1] - dx)
        return f"M{_pair(tip)}L{_pair(left)}L{_pair(right)}z"


def _towards(
    here: tuple[float, float], there: tuple[float, float], by: float
) -> tuple[float, float]:
    reach = hypot(there[0] - here[0], there[1] - here[1])
    share = by / reach if reach else 0
    return here[0] + (there[0] - here[0]) * share, here[1] + (there[1] - here[1]) * share


def _pair(place: tuple[float, float]) -> str:
    return f"{num(place[0])} {num(place[1])}"


def _pale(arrows: Sequence[_Arrow]) -> SafeString:
    bodies = (
        format_html('<path stroke-width="{}" d="{}"/>', num(arrow.width), arrow.body)
        for arrow in arrows
    )
    return format_html(
        '<g class="c-x" stroke="{}" stroke-opacity=".6">{}</g>'
        '<path class="c-e" fill="{}" fill-opacity=".75" d="{}"/>',
        EDGE,
        joined(bodies),
        EDGE,
        "".join(arrow.point for arrow in arrows),
    )


def _inked(arrow: _Arrow, ink: str) -> SafeString:
    return format_html(
        '<path class="c-s c-{}" stroke="{}" stroke-width="{}" d="{}"/>'
        '<path class="c-f c-{}" fill="{}" d="{}"/>',
        ink,
        INKS[ink],
        num(arrow.width),
        arrow.body,
        ink,
        INKS[ink],
        arrow.point,
    )


def _named(
    places: Sequence[Place],
    at: dict[str, tuple[float, float]],
    arrows: Iterable[_Arrow],
    badges: Iterable[tuple[float, float]],
    height: float,
) -> SafeString:
    """A dot and a name for each State, the name on the side where it is freest."""
    taken = [(x - 4, y - 4, x + 4, y + 4) for x, y in at.values()]
    # A number hides what is under it, where an arrow can be read through.
    taken += [(x - 10, y - 10, x + 10, y + 10) for x, y in badges for _ in range(_OPAQUE)]
    for arrow in arrows:
        for x, y in (arrow.along(tenth / 10) for tenth in range(1, 10)):
            half = arrow.width / 2
            taken.append((x - half, y - half, x + half, y + half))
    parts = []
    for place in places:
        x, y = at[place.code]
        wide = width_of(place.name)
        sides = {
            "start": (x + 7, y, x + 7 + wide, y),
            "end": (x - 7 - wide, y, x - 7, y),
            "above": (x - wide / 2, y - 13, x + wide / 2, y - 13),
            "below": (x - wide / 2, y + 13, x + wide / 2, y + 13),
        }
        boxes = {
            side: (left, top - LINE / 2, right, bottom + LINE / 2)
            for side, (left, top, right, bottom) in sides.items()
        }
        side = min(boxes, key=lambda s: _crowding(boxes[s], taken, height))
        box = boxes[side]
        taken.append(box)
        anchor = side if side in ("start", "end") else "middle"
        where = {"start": box[0], "end": box[2], "middle": (box[0] + box[2]) / 2}[anchor]
        parts.append(words(where, (box[1] + box[3]) / 2, (place.name,), anchor=anchor))
    dots = "".join(f"M{num(x - 3)} {num(y)}a3 3 0 1 0 6 0a3 3 0 1 0-6 0z" for x, y in at.values())
    return format_html(
        '<path class="c-b c-o" fill="{}" stroke="{}" d="{}"/><g class="c-b c-o" fill="{}" '
        'stroke="{}" stroke-width="3" paint-order="stroke">{}</g>',
        INK,
        GROUND.paper,
        dots,
        INK,
        GROUND.paper,
        joined(parts),
    )


def _crowding(
    box: tuple[float, float, float, float],
    taken: Sequence[tuple[float, float, float, float]],
    height: float,
) -> float:
    """Area shared with what stands there already, and far worse, what falls off the sheet."""
    left, top, right, bottom = box
    off = max(-left, 0) + max(right - WIDTH, 0) + max(-top, 0) + max(bottom - height, 0)
    shared = sum(
        max(min(right, its_right) - max(left, its_left), 0)
        * max(min(bottom, its_bottom) - max(top, its_top), 0)
        for its_left, its_top, its_right, its_bottom in taken
    )
    return off * 100 + shared
