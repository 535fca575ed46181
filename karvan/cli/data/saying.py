"""What an import says: how the file was understood, what is amiss, and what is now here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click
import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from karvan.analysis.checks import ERROR
from karvan.analysis.tables import SCHEMA
from karvan.cli.output import console, print_json
from karvan.observatory.importing.parts import Part
from karvan.observatory.importing.preparing import Prepared
from karvan.observatory.models import Edition

FINDINGS_SHOWN = 20
ROWS_SHOWN = 5
_SIGNS = {"error": ("✗", "red"), "warning": ("!", "yellow")}


def say(prepared: Prepared, name: str, preview: bool, stored: Sequence[Edition | None]) -> None:
    """As text. What was refused goes to standard error, all of it once."""
    if prepared.errors and not preview:
        _findings(Console(stderr=True, highlight=False, markup=False), prepared)
        click.echo(
            f"karvan: '{name}' was not loaded: {_counted(prepared.errors, 'error')}. Nothing is "
            "stored.",
            err=True,
        )
        return
    with console() as to:
        to.print(Text(f"{name}: {prepared.grid.told}. {_understood(prepared)}"))
        if preview:
            _columns(to, prepared)
            for part in prepared.parts:
                _part(to, part)
        if prepared.report.height:
            to.print()
            _findings(to, prepared)
        to.print()
        if preview:
            if prepared.missing:
                to.print(Text(str(prepared.missing)))
            to.print("Nothing is stored: this is a preview.")
        for part, edition in zip(prepared.parts, stored, strict=False):
            to.print(_outcome(part, edition))


def say_json(
    prepared: Prepared, name: str, preview: bool, stored: Sequence[Edition | None]
) -> None:
    outcomes = dict(enumerate(stored))
    print_json(
        {
            "file": name,
            "read_as": prepared.grid.told,
            "layout": prepared.layout.name if prepared.layout else None,
            "remembered": prepared.remembered,
            "columns": [
                {"column": column.label, "meaning": column.meaning, "fixed": dict(column.fixed)}
                for column in prepared.columns
            ],
            "preview": preview,
            "editions": [
                {
                    "series": part.series.key,
                    "edition": part.edition.key,
                    "figures": part.figures.height,
                    "by_status": _by_status(part),
                    "outcome": _word(outcomes.get(index, "refused"), prepared, preview),
                }
                for index, part in enumerate(prepared.parts)
            ],
            "missing": str(prepared.missing) if prepared.missing else None,
            "errors": prepared.errors,
            "warnings": prepared.warnings,
            "findings": prepared.report.to_dicts(),
        }
    )


def _word(edition: Edition | str | None, prepared: Prepared, preview: bool) -> str:
    if prepared.errors:
        return "refused"
    if preview:
        return "preview"
    return "unchanged" if edition is None else "stored"


def _understood(prepared: Prepared) -> str:
    if prepared.layout:
        return f"Known as: {prepared.layout.name}."
    if prepared.remembered:
        return "Its columns are understood as the last time."
    return "Its columns are understood by their names and contents."


def _columns(to: Console, prepared: Prepared) -> None:
    table = _table("column", "means")
    for column in prepared.columns:
        table.add_row(Text(column.label), Text(str(column)))
    for name, code in prepared.said.constants.items():
        table.add_row(Text("(all rows)"), Text(f"{name}, {code}"))
    to.print()
    to.print(table)


def _part(to: Console, part: Part) -> None:
    to.print()
    to.print(
        Text(
            f"{part.series.key}, edition {part.edition.key}: {part.series.title}. "
            f"Counts {part.series.concept} in {part.series.unit}, by {part.series.reporter}."
        )
    )
    names = [name for name in SCHEMA if part.figures[name].n_unique() > 1 or name == "value"]
    table = _table(*names)
    for row in part.figures.select(names).head(ROWS_SHOWN).iter_rows():
        table.add_row(*(Text("" if cell is None else _cell(cell)) for cell in row))
    to.print(table)
    statuses = ", ".join(f"{number:,} {status}" for status, number in _by_status(part).items())
    to.print(Text(f"{_counted(part.figures.height, 'figure')}; by status: {statuses}."))


def _findings(to: Console, prepared: Prepared) -> None:
    """The errors first, then the warnings; the first twenty of them."""
    report = prepared.report.sort(pl.col("level") != ERROR, maintain_order=True)
    table = _table("", "row", "column", "given", "finding")
    for finding in report.head(FINDINGS_SHOWN).iter_rows(named=True):
        sign, style = _SIGNS[finding["level"]]
        table.add_row(
            Text(sign, style=style),
            "" if finding["row"] is None else str(finding["row"]),
            Text(finding["column"]),
            Text(finding["given"] or ""),
            Text(finding["message"]),
        )
    to.print(table)
    if (rest := report.height - FINDINGS_SHOWN) > 0:
        to.print(f"… and {rest:,} more; --report FILE.csv writes all.")
    to.print(f"{_counted(prepared.errors, 'error')}, {_counted(prepared.warnings, 'warning')}.")


def _outcome(part: Part, edition: Edition | None) -> Text:
    said = f"{part.series.key}, edition {part.edition.key}"
    if edition is None:
        return Text(f"{said} is here already with these figures: nothing changed.")
    return Text(f"{said}: {_counted(part.figures.height, 'figure')} stored.")


def _table(*columns: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _by_status(part: Part) -> dict[str, int]:
    counts = part.figures.group_by("status").len().sort("status")
    return dict(counts.iter_rows())


def _cell(cell: Any) -> str:
    return f"{cell:,.10g}" if isinstance(cell, float) else str(cell)


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
