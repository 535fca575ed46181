"""Corridors beside each other, as one edition of one series counts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from karvan.analysis.indicators import female_share_change
from karvan.analysis.periods import Period, parse_period
from karvan.analysis.tables import FEMALE, MALE, TOTAL
from karvan.observatory import wording
from karvan.observatory.about import About, about
from karvan.observatory.charts.lines import Line, Point, line_chart
from karvan.observatory.charts.palette import ORDER
from karvan.observatory.charts.scale import tick_figure
from karvan.observatory.grids import Cell, Grid, Row, figure_text, key_of, marks_of
from karvan.observatory.measures import BySex, by_sex
from karvan.observatory.plotting import time_of
from karvan.observatory.queries import Edition, Figure, figures
from karvan.observatory.selection import Selection, selection
from karvan.ui import formatting

SHARE = "share"
# Units whose figures are read in millions.
_MILLIONS = ("USD", "RUB")


@dataclass(frozen=True)
class Comparison:
    """`absent` names the corridors without any figure of what is compared; `change` has women's
    share in the first and the last period and the points between them, where it is known.
    `wider` says that the selection's files hold further corridors between the same countries."""

    edition: Edition
    selection: Selection
    chart: SafeString
    grid: Grid | None
    key: tuple[tuple[str, str], ...]
    change: Grid | None
    about: About
    absent: tuple[str, ...]
    wider: bool


def compared(edition: Edition, corridors: Sequence[tuple[str, str]], what: str) -> Comparison:
    """`what` is a code of sex, or SHARE: women in per cent."""
    ends = {
        "origin": {origin for origin, _end in corridors},
        "destination": {destination for _end, destination in corridors},
    }
    chosen = selection(edition.series.key, edition.card.key, **ends)
    found = [
        figure
        for figure in figures([edition], **ends, category=TOTAL, age=TOTAL)
        if (figure.origin, figure.destination) in corridors
    ]
    cells = by_sex(found)
    lines = {
        corridor: [cell for cell in cells if (cell.origin, cell.destination) == corridor]
        for corridor in corridors
    }
    known = {
        corridor: line
        for corridor, line in lines.items()
        if any(_value(cell, what) is not None for cell in line)
    }
    soft = _soft(found, what)
    return Comparison(
        edition,
        chosen,
        _chart(edition, known, what, soft),
        _grid(edition, known, what, soft) if known else None,
        key_of(soft.values()),
        _change(known),
        about(edition, found),
        tuple(_name(corridor) for corridor in lines if corridor not in known),
        len(ends["origin"]) * len(ends["destination"]) > len(corridors),
    )


def unit_of(edition: Edition, what: str) -> str:
    return "percent" if what == SHARE else edition.series.unit


def what_is_compared(what: str) -> str:
    return _("Women, per cent of all") if what == SHARE else formatting.capital(wording.sex(what))


Lines = dict[tuple[str, str], list[BySex]]
# A figure that is less than firm, by corridor and period.
Soft = dict[tuple[tuple[str, str], str], Figure]


def _value(cell: BySex, what: str) -> float | None:
    return {
        FEMALE: cell.women,
        MALE: cell.men,
        TOTAL: cell.everyone,
        SHARE: cell.female_share,
    }[what]


def _soft(found: Sequence[Figure], what: str) -> Soft:
    return {
        ((figure.origin, figure.destination), figure.period): figure
        for figure in found
        if what in (figure.sex, TOTAL, SHARE) and marks_of(figure)
    }


def _chart(edition: Edition, lines: Lines, what: str, soft: Soft) -> SafeString:
    """Years alone: a part of one beside a whole one would look like a fall."""
    unit = unit_of(edition, what)
    years = [period for period in _periods(lines) if period.kind == "year"]
    drawn = [
        Line(
            _name(corridor),
            tuple(
                Point(
                    time_of(year),
                    _value(cell, what) if cell else None,
                    (corridor, year.text) not in soft,
                )
                for year in years
                for cell in [next((each for each in line if each.period == year.text), None)]
            ),
            look,
        )
        for (corridor, line), look in zip(lines.items(), ORDER, strict=False)
    ]
    return line_chart(
        drawn if len(years) > 1 else [],
        label=_("Line chart: {title}. The table gives all its figures.").format(
            title="; ".join(_name(corridor) for corridor in lines)
        ),
        unit=wording.unit(unit),
        format_value=partial(wording.amount, unit=unit) if unit in _MILLIONS else tick_figure,
    )


def _mark(figure: Figure | None) -> str:
    return figure_text(figure).mark if figure else ""


def _grid(edition: Edition, lines: Lines, what: str, soft: Soft) -> Grid:
    unit = unit_of(edition, what)
    periods = _periods(lines)
    values = {
        (corridor, cell.period): _value(cell, what)
        for corridor, line in lines.items()
        for cell in line
    }
    rows = [
        Row(
            wording.period(period.text),
            tuple(
                Cell(
                    wording.amount(values.get((corridor, period.text)), unit),
                    _mark(soft.get((corridor, period.text))),
                )
                for corridor in lines
            ),
            now=period is periods[-1],
        )
        for period in periods
    ]
    return Grid(_("Period"), tuple(_name(corridor) for corridor in lines), tuple(rows))


def _change(lines: Lines) -> Grid | None:
    rows = []
    for corridor, line in lines.items():
        shares = [cell for cell in line if cell.female_share is not None]
        if len(shares) < 2:
            continue
        first, last = shares[0], shares[-1]
        points = float(female_share_change(first.female_share, last.female_share))
        rows.append(
            Row(
                _name(corridor),
                (
                    Cell(f"{wording.period(first.period)}–{wording.period(last.period)}"),
                    Cell(wording.amount(first.female_share, "percent")),
                    Cell(wording.amount(last.female_share, "percent")),
                    Cell(wording.amount(points, "points")),
                ),
            )
        )
    columns = (_("Years"), _("First, %"), _("Last, %"), _("Change, points"))
    return Grid(_("Corridor"), columns, tuple(rows)) if rows else None


def _periods(lines: Lines) -> list[Period]:
    found = {parse_period(cell.period) for line in lines.values() for cell in line}
    return sorted(found, key=lambda period: (period.first, period.last))


def _name(corridor: tuple[str, str]) -> str:
    return f"{wording.area(corridor[0])} → {wording.area(corridor[1])}"
