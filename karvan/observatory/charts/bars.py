"""Horizontal bars: one or a pair of figures a row, or the parts of a whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from karvan.observatory.charts.drawing import NOTHING, WIDTH, joined, num, quiet, rule, sheet, words
from karvan.observatory.charts.lettering import LINE, widest, width_of, wrapped
from karvan.observatory.charts.palette import INK, LOOKS
from karvan.observatory.charts.scale import Scale, Words, figure

_THICK, _BETWEEN, _ROW_GAP = 14.0, 3.0, 10.0
_NAME_ROOM = 118
_DEPTHS = (1, 0.15, 0.45)
_BROKEN = mark_safe(' stroke-dasharray="3 2"')


@dataclass(frozen=True)
class Group:
    """One figure of every row, such as women. look: a name in palette.LOOKS."""

    name: str
    look: str


@dataclass(frozen=True)
class Row:
    """values: one for each group, in their order; None is not known. firm False: provisional."""

    name: str
    values: tuple[float | None, ...]
    firm: bool = True


@dataclass(frozen=True)
class _Place:
    row: Row
    name: tuple[str, ...]
    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def bar_chart(
    rows: Sequence[Row],
    groups: Sequence[Group],
    *,
    label: str,
    unknown: str,
    format_value: Words = figure,
) -> SafeString:
    """unknown: the words that stand where a figure is not known, such as "no figure"."""
    known = [value for row in rows for value in row.values if value is not None]
    if not known:
        return NOTHING
    tall = len(groups) * (_THICK + _BETWEEN) - _BETWEEN
    head, first = _head(groups)
    places, bottom = _placed(rows, first, tall)
    left = _names_width(places)
    low, high = min(0.0, *known), max(0.0, *known)
    before = max((width_of(format_value(v)) for v in known if v < 0), default=-6) + 6
    after = max((width_of(format_value(v)) for v in known if v >= 0), default=-6) + 6
    x = Scale(low, high, left + before, WIDTH - after)
    shapes = _Shapes(groups)
    figures, unknowns = [], []
    for place in places:
        start = place.middle - tall / 2
        for i, value in enumerate(place.row.values):
            top = start + i * (_THICK + _BETWEEN)
            if value is None:
                unknowns.append(words(x.at(0) + 6, top + _THICK / 2, (unknown,)))
                continue
            shapes.add(i, x.at(0), x.at(value), top, _THICK, firm=place.row.firm)
            beyond, anchor = (6, "start") if value >= 0 else (-6, "end")
            figures.append(
                words(x.at(value) + beyond, top + _THICK / 2, (format_value(value),), anchor=anchor)
            )
    parts = [
        head,
        _inked(words(0, place.middle, place.name) for place in places),
        joined(shapes.drawn()),
        _inked(figures),
        quiet(unknowns) if unknowns else NOTHING,
        rule(f"M{num(x.at(0))} {num(first - 2)}V{num(bottom)}", strong=True),
    ]
    return sheet(parts, height=bottom + 2, label=label)


def _inked(parts: Iterable[SafeString]) -> SafeString:
    return format_html('<g class="c-b" fill="{}">{}</g>', INK, joined(parts))


def _placed(rows: Sequence[Row], first: float, tall: float) -> tuple[list[_Place], float]:
    top, places = first, []
    for row in rows:
        name = wrapped(row.name, _NAME_ROOM)
        height = max(tall, len(name) * LINE)
        places.append(_Place(row, name, top, height))
        top += height + _ROW_GAP
    return places, top - _ROW_GAP + 2


def _names_width(places: Sequence[_Place]) -> float:
    return max(widest(place.name) for place in places) + 10


def _head(groups: Sequence[Group]) -> tuple[SafeString, float]:
    """The key, one small bar a group, on as many lines as it takes; and where the rows begin."""
    if not any(group.name for group in groups):
        return NOTHING, 4.0
    x, y, parts = 0.0, LINE / 2, []
    keys = _Shapes(groups)
    for i, group in enumerate(groups):
        wide = width_of(group.name) * 1.08 + 22
        if x and x + wide > WIDTH:
            x, y = 0.0, y + LINE + 4
        keys.add(i, x + 1, x + 15, y - 6, 12)
        parts.append(words(x + 21, y, (group.name,)))
        x += wide + 16
    return joined([*keys.drawn(), _inked(parts)]), y + LINE / 2 + 10


class _Shapes:
    """Bars gathered by group and firmness, so that each kind is one stroke of the pen.

    Groups differ by depth of tone as well as by ink; what is provisional is a broken outline.
    """

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._paths: dict[tuple[int, bool], str] = {}

    def add(
        self, i: int, start: float, end: float, top: float, tall: float, *, firm: bool = True
    ) -> None:
        self._paths[i, firm] = self._paths.get((i, firm), "") + _box(start, end, top, tall)

    def drawn(self) -> list[SafeString]:
        return [
            format_html(
                '<path class="c-s c-f c-{}" fill="{}" stroke="{}" fill-opacity="{}"{} d="{}"/>',
                (look := LOOKS[self._groups[i].look]).ink,
                look.colour,
                look.colour,
                _depth(i) if firm else 0,
                NOTHING if firm else _BROKEN,
                d,
            )
            for (i, firm), d in sorted(self._paths.items())
        ]


def _box(start: float, end: float, top: float, tall: float) -> str:
    low, high = min(start, end), max(start, end)
    return f"M{num(low)} {num(top)}H{num(high)}v{num(tall)}H{num(low)}z"


def _depth(i: int) -> float:
    return _DEPTHS[i % len(_DEPTHS)]
