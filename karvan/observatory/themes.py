"""A theme: what several series say of one question, across the region or towards one State."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from karvan.analysis.indicators import DEFINITIONS, Definition, representation_ratio
from karvan.analysis.periods import parse_period
from karvan.analysis.tables import FEMALE, MALE, TOTAL
from karvan.observatory import wording
from karvan.observatory.about import source_of
from karvan.observatory.charts.lines import Line, Point, line_chart
from karvan.observatory.charts.palette import ORDER
from karvan.observatory.content import Theme, vocabulary
from karvan.observatory.grids import Cell, Grid, Row
from karvan.observatory.measures import BySex, by_sex
from karvan.observatory.places import STOCK, Section, newest_stock, sections_of
from karvan.observatory.plotting import time_of
from karvan.observatory.queries import Edition, Figure, current_editions, figures
from karvan.ui import formatting

_LINES = 6


@dataclass(frozen=True)
class Shares:
    """Women's share of a stock, by country at the other end: how it changed over the years."""

    title: str
    chart: SafeString
    grid: Grid
    edition: Edition
    source: str


@dataclass(frozen=True)
class ThemeShown:
    key: str
    title: str
    text: str
    sections: tuple[Section, ...]
    shares: Shares | None
    represented: Grid | None
    definitions: tuple[Definition, ...]
    absent: tuple[str, ...]


def theme_of(theme: Theme, destination: str | None) -> ThemeShown:
    """What can be said on a theme; of one destination's own figures where it is named, else of
    the totals of all States."""
    known = vocabulary()
    language = get_language() or "en"
    counted = [concept for concept in theme.concepts if concept != STOCK]
    found = _figures(counted, destination)
    sections = sections_of(found)
    shown = {section.concept.key for section in sections}
    return ThemeShown(
        key=theme.key,
        title=known.said(f"themes.{theme.key}.title", theme.title, language),
        text=known.said(f"themes.{theme.key}.text", theme.text, language),
        sections=sections,
        shares=_shares(destination) if STOCK in theme.concepts else None,
        represented=_represented(found) if "representation_ratio" in theme.indicators else None,
        definitions=tuple(DEFINITIONS[key] for key in theme.indicators if key in DEFINITIONS),
        absent=tuple(
            known.said(f"concepts.{key}.title", known.concepts[key].title, language)
            for key in counted
            if key not in shown
        ),
    )


def _figures(concepts: list[str], state: str | None) -> list[Figure]:
    """All figures of the concepts that have the State at either end; without one, the totals."""
    editions = current_editions(concepts=concepts)
    if state is None:
        found = figures(editions, origin=TOTAL)
        return found + [
            figure for figure in figures(editions, destination=TOTAL) if figure.origin != TOTAL
        ]
    found = figures(editions, destination=state)
    return found + [
        figure for figure in figures(editions, origin=state) if figure.destination != state
    ]


def _shares(destination: str | None) -> Shares | None:
    """Towards one State: by country of birth among the observatory's States. Without one: of all
    migrants in each State."""
    edition = newest_stock()
    if edition is None:
        return None
    states = vocabulary().states
    ends = (
        {"origin": TOTAL, "destination": states}
        if destination is None
        else {"origin": states, "destination": destination}
    )
    cells = by_sex(figures([edition], sex=(FEMALE, MALE), **ends))
    end = "destination" if destination is None else "origin"
    lines = {
        code: [cell for cell in group if cell.female_share is not None]
        for code, group in groupby(cells, key=lambda cell: getattr(cell, end))
    }
    lines = {code: line for code, line in lines.items() if line}
    if not lines:
        return None
    title = (
        _("Women’s share of all migrants, by State of residence")
        if destination is None
        else _("Women’s share of people living in {state}, by country of birth").format(
            state=wording.area(destination)
        )
    )
    most_changed = sorted(lines, key=lambda code: -_change(lines[code]))[:_LINES]
    chart = line_chart(
        [
            Line(wording.area(code), tuple(_share_point(cell) for cell in lines[code]), look)
            for code, look in zip(most_changed, ORDER, strict=False)
        ],
        label=_("Line chart: {title}. The table gives all its figures.").format(title=title),
        unit=_("per cent"),
        from_zero=False,
    )
    return Shares(title, chart, _share_grid(lines), edition, source_of(edition))


def _change(line: list[BySex]) -> float:
    """Percentage points from the first share to the last, up or down."""
    return abs((line[-1].female_share or 0) - (line[0].female_share or 0))


def _share_point(cell: BySex) -> Point:
    return Point(time_of(parse_period(cell.period)), cell.female_share)


def _share_grid(lines: dict[str, list[BySex]]) -> Grid:
    periods = sorted({cell.period for line in lines.values() for cell in line})
    first, last = periods[0], periods[-1]
    chosen = list(dict.fromkeys((first, *periods[-5:])))
    rows = []
    for code, line in lines.items():
        share = {cell.period: cell.female_share for cell in line}
        people = {cell.period: cell.everyone for cell in line}
        change = (
            (share[last] or 0) - (share[first] or 0) if first in share and last in share else None
        )
        cells = [Cell(wording.amount(share.get(period), "percent")) for period in chosen]
        rows.append(
            (
                -(people.get(last) or 0),
                Row(
                    wording.area(code),
                    (
                        *cells,
                        Cell(wording.amount(change, "points")),
                        Cell(wording.amount(people.get(last), "persons")),
                    ),
                ),
            )
        )
    columns = (
        *(wording.period(period) for period in chosen),
        _("Change since {period}, points").format(period=wording.period(first)),
        _("People in {period}").format(period=wording.period(last)),
    )
    return Grid("", columns, tuple(row for _size, row in sorted(rows, key=lambda row: row[0])))


def _represented(found: list[Figure]) -> Grid | None:
    """Women's share of permits over their share of the stock of the same destination, in the year
    of the stock nearest to the permits' within three years."""
    edition = newest_stock()
    if edition is None:
        return None
    permits = [
        cell
        for cell in by_sex(figure for figure in found if figure.edition.series.unit == "permits")
        if cell.female_share is not None and cell.category == TOTAL
    ]
    stocks = by_sex(
        figures(
            [edition],
            sex=(FEMALE, MALE),
            origin=sorted({cell.origin for cell in permits}),
            destination=sorted({cell.destination for cell in permits}),
        )
    )
    rows = []
    for cell in permits:
        near = _nearest(cell, stocks)
        if near is None:
            continue
        ratio = float(representation_ratio(cell.female_share, near.female_share))
        of = f"{wording.area(cell.origin)} → {wording.area(cell.destination)}"
        rows.append(
            Row(
                formatting.capital(f"{of}, {wording.period(cell.period)}"),
                (
                    Cell(wording.amount(cell.female_share, "percent")),
                    Cell(wording.amount(near.female_share, "percent")),
                    Cell(wording.period(near.period)),
                    Cell(wording.amount(ratio, "ratio")),
                ),
            )
        )
    if not rows:
        return None
    columns = (_("Women among permits, %"), _("Women in the stock, %"), _("Stock of"), _("Ratio"))
    return Grid(_("Permits"), columns, tuple(rows))


def _nearest(cell: BySex, stocks: list[BySex]) -> BySex | None:
    year = parse_period(cell.period).first.year
    same = [
        stock
        for stock in stocks
        if (stock.origin, stock.destination) == (cell.origin, cell.destination)
        and stock.female_share is not None
        and abs(parse_period(stock.period).first.year - year) <= 3
    ]
    return min(
        same, key=lambda stock: abs(parse_period(stock.period).first.year - year), default=None
    )
