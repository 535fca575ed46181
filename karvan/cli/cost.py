"""`karvan cost`: what workers paid to get a job abroad, from a survey (SDG indicator 10.7.1)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from karvan.cli.output import console, print_json
from karvan.policy.errors import AnswerError

if TYPE_CHECKING:
    import polars as pl

# Fewer respondents than these could be recognised by who knows them.
FEWEST = 10
QUARTILES = ("first_quartile", "median", "third_quartile")
NUMBERS = ("cost", "monthly_earnings", "weight")


@click.command()
@click.argument("file")
@click.option(
    "--period", metavar="PERIOD", help="When people were asked: 2026, 2026-Q1. For --out."
)
@click.option(
    "--out",
    metavar="FILE",
    help="Write the figures in the layout that 'karvan data import' takes; needs --period.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def cost(file: str, period: str | None, out: str | None, as_json: bool) -> None:
    """What workers paid to get a job abroad, in months of what it pays.

    FILE is a CSV of a survey, a line for each respondent: origin,destination,sex (F or M),cost,
    cost_currency,monthly_earnings,earnings_currency,weight. An empty cell is no answer. A cost of
    zero is an answer. Printed are the median and the quartiles by corridor and sex, weighted, with
    how many answers they rest on. Of fewer than 10 respondents nothing is printed, so that nobody
    can be recognised.

    \b
    Example:
      karvan cost survey.csv --period 2026 --out cost.csv
      karvan data import cost.csv --title "Recruitment cost" --unit months
    """
    from karvan.analysis.indicators import recruitment_cost
    from karvan.analysis.periods import PeriodError, parse_period

    if out and not period:
        raise AnswerError("--out needs --period: when were the people asked? Write 2026.")
    try:
        if period:
            parse_period(period)
    except PeriodError as error:
        raise AnswerError(str(error)) from None
    try:
        found = recruitment_cost(_read(file))
    except ValueError as error:
        raise AnswerError(f"{file}: {error}") from None
    rows = [_shown(row) for row in found.to_dicts()]
    if out:
        _write(rows, period or "", Path(out))
    if as_json:
        print_json({"indicator": "recruitment_cost", "unit": "months", "figures": rows})
    else:
        _print(rows)


def _read(path: str) -> pl.DataFrame:
    import polars as pl

    try:
        told = pl.read_csv(path, infer_schema=False, null_values=[""])
    except FileNotFoundError:
        raise AnswerError(f"There is no file {path}.") from None
    except (pl.exceptions.PolarsError, OSError) as error:
        raise AnswerError(f"{path} cannot be read as CSV: {str(error).splitlines()[0]}.") from None
    for name in NUMBERS:
        if name not in told.columns:
            continue
        numbers = told[name].str.strip_chars().cast(pl.Float64, strict=False)
        wrong = told.with_row_index("line", offset=2).filter(
            numbers.is_null() & pl.col(name).is_not_null()
        )
        for line, cell in wrong.select("line", name).head(1).rows():
            raise AnswerError(f"{path}, line {line}: '{cell}' in column {name} is not a number.")
        told = told.with_columns(numbers.alias(name))
    return told


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    withheld = row["respondents"] < FEWEST
    quartiles = {name: None if withheld else row[name] for name in QUARTILES}
    return {**row, **quartiles, "withheld": withheld}


def _write(rows: list[dict[str, Any]], period: str, path: Path) -> None:
    import csv

    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(
                ("origin", "destination", "sex", "category", "period", "value", "status")
            )
            for row in rows:
                for name in QUARTILES:
                    value = row[name]
                    status = "Q" if row["withheld"] else "O" if value is None else "A"
                    place = (row["origin"], row["destination"], row["sex"], name, period)
                    writer.writerow((*place, "" if value is None else repr(value), status))
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise AnswerError(f"{path} cannot be written: {error.strerror}.") from None


def _print(rows: list[dict[str, Any]]) -> None:
    from rich.box import SIMPLE
    from rich.table import Table

    table = Table("corridor", "sex", box=SIMPLE)
    for head in ("answers", "left out", "lower quartile", "median", "upper quartile"):
        table.add_column(head, justify="right")
    for row in rows:
        table.add_row(
            f"{row['origin']} → {row['destination']}",
            {"F": "women", "M": "men", "_T": "all"}.get(row["sex"], row["sex"]),
            str(row["respondents"]),
            str(row["left_out"]),
            *(_months(row, name) for name in QUARTILES),
        )
    with console() as out:
        out.print("Recruitment cost in months of earnings (SDG 10.7.1)")
        out.print(table)
        if any(row["withheld"] for row in rows):
            out.print(f"Withheld: fewer than {FEWEST} answered, and could be recognised.")
        if any(row["small_sample"] and not row["withheld"] for row in rows):
            out.print("* Few answers: the figure turns on one or two people.")


def _months(row: dict[str, Any], name: str) -> str:
    if row["withheld"]:
        return "withheld"
    if row[name] is None:
        return "unknown"
    return f"{row[name]:.2f}{'*' if row['small_sample'] else ''}"
