"""Lines over time. A gap in what is known is a gap in the line."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString

from karvan.observatory.charts.drawing import NOTHING, path_through, sheet
from karvan.observatory.charts.frame import EndLabel, Frame, end_labels, framed, label_lines
from karvan.observatory.charts.palette import GROUND, LOOKS, MARKERS, Look
from karvan.observatory.charts.scale import Scale, Words, axis, chosen_periods, tick_figure, year

_R = 3.2
_CROWDED = 7.5
_INSET = 7


@dataclass(frozen=True)
class Point:
    """value None: not known. firm False: estimated or provisional, drawn hollow."""

    period: float
    value: float | None
    firm: bool = True


@dataclass(frozen=True)
class Line:
    """One series of one edition. look: a name in palette.LOOKS.

    Two points of one period are two published figures that disagree: both are shown, and no line
    goes through either. A period between two others that nobody published is a Point of None.
    """

    name: str
    points: tuple[Point, ...]
    look: str = "first"

    def known(self) -> list[tuple[float, float, bool]]:
        return [(p.period, p.value, p.firm) for p in self.points if p.value is not None]

    def runs(self) -> list[list[tuple[float, float]]]:
        """Unbroken stretches of (period, value)."""
        runs: list[list[tuple[float, float]]] = [[]]
        ordered = sorted(self.points, key=lambda point: point.period)
        for period, group in groupby(ordered, key=lambda point: point.period):
            values = [point.value for point in group]
            value = values[0]
            if len(values) == 1 and value is not None:
                runs[-1].append((period, value))
            elif runs[-1]:
                runs.append([])
        return [run for run in runs if run]


def line_chart(
    lines: Sequence[Line],
    *,
    label: str,
    unit: str = "",
    format_value: Words = tick_figure,
    format_period: Words = year,
    height: float = 230,
    from_zero: bool = True,
) -> SafeString:
    """label: the text alternative, a whole sentence with what the picture shows.

    unit: said above the axis. The empty string comes back when no point has a value.
    """
    drawn = [line for line in lines if line.known()]
    if not drawn:
        return NOTHING
    values = [value for line in drawn for _, value, _ in line.known()]
    blocks = [label_lines(line.name) for line in drawn] if any(line.name for line in drawn) else []
    frame = framed(
        axis(values, from_zero=from_zero), format_value, height=height, unit=unit, labels=blocks
    )
    periods = sorted({point.period for line in drawn for point in line.points})
    x = Scale(periods[0], periods[-1], frame.left + _INSET, frame.right - _INSET)
    shown = chosen_periods(periods, x, format_period)
    parts = [
        *frame.grid(),
        frame.below([(x.at(period), (format_period(period),)) for period in shown]),
        *(_stroke(line, frame, x) for line in drawn),
    ]
    if blocks:
        parts.append(end_labels(_labels(drawn, blocks, frame, x), frame))
    return sheet(parts, height=frame.height, label=label)


def _stroke(line: Line, frame: Frame, x: Scale) -> SafeString:
    look = LOOKS[line.look]
    runs = [[(x.at(period), frame.y.at(value)) for period, value in run] for run in line.runs()]
    long = "".join(path_through(run) for run in runs if len(run) > 1)
    ends = {point for run in runs for point in (run[0], run[-1])}
    inside = sorted({place[0] for run in runs for place in run})
    crowded = any(b - a < _CROWDED for a, b in pairwise(inside))
    firm: list[str] = []
    hollow: list[str] = []
    in_a_run = {place for run in runs for place in run}
    for period, value, is_firm in line.known():
        place = (x.at(period), frame.y.at(value))
        if crowded and is_firm and place in in_a_run and place not in ends:
            continue
        (firm if is_firm else hollow).append(MARKERS[look.marker](*place, _R))
    return format_html(
        '<g class="c-s c-{}" stroke="{}" stroke-width="2.2">{}{}{}</g>',
        look.ink,
        look.colour,
        _long(look, long),
        _filled("c-f", look.colour, firm),
        _filled("c-h", GROUND.paper, hollow),
    )


def _long(look: Look, d: str) -> SafeString:
    if not d:
        return NOTHING
    if look.dash:
        return format_html('<path stroke-dasharray="{}" d="{}"/>', look.dash, d)
    return format_html('<path d="{}"/>', d)


def _filled(kind: str, colour: str, figures: Sequence[str]) -> SafeString:
    if not figures:
        return NOTHING
    return format_html(
        '<path class="{}" fill="{}" stroke-width="1.6" d="{}"/>', kind, colour, "".join(figures)
    )


def _labels(
    lines: Sequence[Line], blocks: Sequence[tuple[str, ...]], frame: Frame, x: Scale
) -> list[EndLabel]:
    labels = []
    for line, block in zip(lines, blocks, strict=True):
        period, value, _ = max(line.known(), key=lambda known: known[0])
        look = LOOKS[line.look]
        labels.append(EndLabel(block, x.at(period), frame.y.at(value), look.ink, look.colour))
    return labels
