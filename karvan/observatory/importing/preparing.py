"""A file as the editions that it holds, checked, before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
from django.utils.translation import gettext_noop

from karvan.analysis.checks import ERROR, REPORT, WARNING, check_table, findings, joined
from karvan.analysis.tables import TOTAL
from karvan.errors import Refused
from karvan.observatory.cards import SeriesCard
from karvan.observatory.exporting import AGENCY
from karvan.observatory.importing.areas import plain
from karvan.observatory.importing.describing import Said, part_as_said, part_of_layout
from karvan.observatory.importing.layouts import END, INDICATOR, Layout, layout_of
from karvan.observatory.importing.mapping import Column, fingerprint, meanings
from karvan.observatory.importing.parts import Part
from karvan.observatory.importing.reading import Grid, read_grids
from karvan.observatory.importing.tabulating import Reading, tabulate
from karvan.observatory.models import Layout as Remembered

_LONGEST_TITLE = 120
_UPDATED = "last updated date"


@dataclass(frozen=True)
class Prepared:
    """`report` has the columns of karvan.analysis.checks.REPORT. `layout` is the publisher's, if
    it is one of theirs; `remembered` says whether a file with these columns was loaded before.
    `missing` says what the file leaves open: without it there are no parts."""

    grid: Grid
    columns: tuple[Column, ...]
    said: Said
    report: pl.DataFrame
    parts: tuple[Part, ...] = ()
    layout: Layout | None = None
    remembered: bool = False
    missing: Refused | None = None

    @property
    def errors(self) -> int:
        return self.report.filter(pl.col("level") == ERROR).height

    @property
    def warnings(self) -> int:
        return self.report.filter(pl.col("level") == WARNING).height

    @property
    def size(self) -> int:
        return sum(part.figures.height for part in self.parts)


def open_grid(path: Path, sheet: str | None) -> Grid:
    """The table of a file: of its sheets the first that a publisher's layout fits, else the
    first with a table."""
    grids = read_grids(path, sheet)
    first = next(grids)
    if layout_of(first):
        return first
    return next((grid for grid in grids if layout_of(grid)), first)


def prepare(grid: Grid, said: Said, name: str) -> Prepared:
    """Understands, reads and checks a grid. `name` is what the file is called.

    Raises Refused where its columns cannot be understood; what is amiss in its rows is in the
    report instead.
    """
    layout = None if said.meanings else layout_of(grid)
    if layout:
        return _published(grid, layout, said, name)
    remembered = Remembered.objects.filter(fingerprint=fingerprint(grid)).first()
    last_time: Mapping[str, Any] = remembered.mapping if remembered else {}
    said = _with_flow(grid, said).over(last_time)
    columns = meanings(grid, said.meanings, said.constants)
    tabled = tabulate(grid, columns, said.constants, Reading(said.codes, said.decimal))
    prepared = Prepared(grid, columns, said, tabled.report, remembered=remembered is not None)
    _refuse_empty(prepared, tabled.table, name)
    if not tabled.table.height:
        return prepared
    card = SeriesCard.from_json(remembered.card) if remembered else None
    try:
        part = part_as_said(tabled.table, tabled.titles, said, _title(grid, name), card)
    except Refused as refused:
        return replace(prepared, missing=refused)
    return _checked(prepared, [part])


def _published(grid: Grid, layout: Layout, said: Said, name: str) -> Prepared:
    grid, report = _of_indicators(grid, layout)
    fixed = _whole_world(layout)
    columns = meanings(grid, layout.columns, {**fixed, **said.constants})
    reading = Reading(said.codes, said.decimal, layout.period, layout.estimated)
    tabled = tabulate(grid, columns, {**fixed, **said.constants}, reading)
    report = joined([report, tabled.report])
    prepared = Prepared(grid, columns, said, report, layout=layout)
    _refuse_empty(prepared, tabled.table, name)
    if not tabled.table.height:
        return prepared
    published = _published_on(grid)
    parts = []
    if layout.series:
        parts.append(part_of_layout(tabled.table, layout.series, layout, said, published))
    else:
        for (code,), figures in tabled.table.group_by(INDICATOR, maintain_order=True):
            indicator = layout.indicators[str(code)]
            if indicator.end == "origin":
                figures = figures.with_columns(
                    pl.col("destination").alias("origin"), pl.col("origin").alias("destination")
                )
            parts.append(part_of_layout(figures, indicator.series, layout, said, published))
    return _checked(prepared, parts)


def _whole_world(layout: Layout) -> dict[str, str]:
    """The end that a file about States one by one does not name."""
    ends = {"origin", "destination"} - set(layout.columns.values())
    return {} if END in layout.columns.values() else dict.fromkeys(ends, TOTAL)


def _of_indicators(grid: Grid, layout: Layout) -> tuple[Grid, pl.DataFrame]:
    """The rows of the series that are known here, and a report on the others."""
    place = next(
        (
            index
            for index, name in enumerate(grid.names)
            if layout.indicators and layout.columns.get(plain(name)) == INDICATOR
        ),
        None,
    )
    if place is None:
        return grid, pl.DataFrame(schema=REPORT)
    cell = pl.col(f"c{place}")
    known = cell.is_in(list(layout.indicators))
    others = (
        grid.frame.filter(~known.fill_null(False))
        .group_by(cell.alias("given"), maintain_order=True)
        .agg(pl.col("row").min(), pl.len().alias("rows"))
        .with_columns(pl.lit(grid.name(place)).alias("column"))
    )
    report = findings(
        others,
        kind="left_out",
        given="given",
        level=WARNING,
        message=pl.format("Left out with {} rows: no series here counts this.", "rows"),
    )
    kept = Grid(grid.labels, grid.frame.filter(known), grid.above, grid.flow, grid.told)
    return kept, report


def _with_flow(grid: Grid, said: Said) -> Said:
    """What our own SDMX says of itself: the series and edition it was taken from."""
    agency, _, rest = grid.flow.partition(":")
    if agency != AGENCY:
        return said
    series, _, edition = rest.partition("(")[0].rpartition("__")
    return replace(said, series=said.series or series, edition=said.edition or edition)


def _refuse_empty(prepared: Prepared, table: pl.DataFrame, name: str) -> None:
    if not table.height and not prepared.errors:
        raise Refused(
            "all_left_out",
            gettext_noop(
                "Nothing in '{name}' can be stored: its rows are of groups of countries, or of "
                "series that are not known here. Another --sheet may have them."
            ),
            name=name,
        )


def _checked(prepared: Prepared, parts: list[Part]) -> Prepared:
    checks = [
        check_table(part.figures, additive=part.additive, signed=part.signed) for part in parts
    ]
    return replace(prepared, parts=tuple(parts), report=joined([prepared.report, *checks]))


def _title(grid: Grid, name: str) -> str:
    """The longest text above the table, if it is of a title's length; else the file's name."""
    fitting = [text for text in grid.above if len(text) <= _LONGEST_TITLE]
    return max(fitting, key=len, default="") or Path(name).stem.replace("_", " ")


def _published_on(grid: Grid) -> str:
    for text, after in pairwise(grid.above):
        if text.casefold() == _UPDATED:
            return after
    return ""
