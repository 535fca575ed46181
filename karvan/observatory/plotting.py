"""The line chart of a panel: its periods, its gaps, and what is left out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from karvan.analysis.periods import Period
from karvan.analysis.tables import FEMALE, MALE, TOTAL
from karvan.observatory import wording
from karvan.observatory.charts.lines import Line, Point, line_chart
from karvan.observatory.charts.palette import ORDER
from karvan.observatory.grids import Lines, Said
from karvan.observatory.queries import Figure

_FEWEST_POINTS = 3
_SEX_LOOKS = {FEMALE: "women", MALE: "men", TOTAL: "observed"}


def chart_of(
    lines: Lines, periods: Sequence[Period], said: Said, split: Sequence[str], title: str
) -> SafeString:
    """Lines through periods of one kind: a year beside a quarter of it would look like a fall."""
    kind, count = Counter(period.kind for period in periods).most_common(1)[0]
    if count < _FEWEST_POINTS or kind == "range":
        return mark_safe("")
    periods = [period for period in periods if period.kind == kind]
    if split == ["sex"]:
        lines = _without_total(lines)
    edition = next(iter(lines.values()))[0].edition
    gaps = _gaps([time_of(period) for period in periods])
    drawn = []
    for number, (line, figures) in enumerate(lines.items()):
        look = _SEX_LOOKS[line[0]] if split == ["sex"] else ORDER[number % len(ORDER)]
        drawn.append(Line(said(line) if split else "", _points(figures, periods, gaps), look))
    unit = edition.series.unit
    return line_chart(
        drawn,
        label=_("Line chart: {title}. The table gives all its figures.").format(title=title),
        unit=wording.unit(unit),
        format_value=partial(_tick, unit=unit),
    )


def _without_total(lines: Lines) -> Lines:
    """Women and men alone where they are known whenever the total is: the total above them would
    press them flat."""
    known = {
        line[0]: {figure.period for figure in figures if figure.value is not None}
        for line, figures in lines.items()
    }
    if known.get(TOTAL, set()) <= known.get(FEMALE, set()) & known.get(MALE, set()):
        return {line: figures for line, figures in lines.items() if line != (TOTAL,)}
    return lines


def _points(
    figures: Sequence[Figure], periods: Sequence[Period], gaps: Sequence[float]
) -> tuple[Point, ...]:
    points = [Point(at, None) for at in gaps]
    for period in periods:
        here = [figure for figure in figures if figure.period == period.text]
        at = time_of(period)
        if not here:
            points.append(Point(at, None))
        points += [
            Point(at, figure.value, figure.firm)
            for figure in {(each.value, each.firm): each for each in here}.values()
        ]
    return tuple(points)


def _gaps(times: Sequence[float]) -> list[float]:
    """Where periods are missing: between two that are at least twice as far apart as the nearest
    two. Nobody published them, and no line may run across."""
    steps = [after - before for before, after in pairwise(times)]
    return [
        before + step / 2
        for before, step in zip(times, steps, strict=False)
        if step >= 2 * min(steps)
    ]


def _tick(value: float, *, unit: str) -> str:
    if unit in ("USD", "RUB"):
        value /= 1_000_000
    return wording.amount(value, "percent" if value != round(value) else "persons")


def time_of(period: Period) -> float:
    """A period's place on the axis of time, in years: a year stands at its own number."""
    if period.kind == "year":
        return float(period.first.year)
    start = period.first.year + (period.first.timetuple().tm_yday - 1) / 365.25
    return start if period.kind == "day" else start + (period.last - period.first).days / 730.5
