"""A grid whose columns are understood, as a table of figures with a report on its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from karvan.analysis.checks import WARNING, findings, joined
from karvan.analysis.tables import DIMENSIONS, SCHEMA, TOTAL, Status
from karvan.observatory.importing.areas import NO_CODE, REGION, area_code, nearest_names, plain
from karvan.observatory.importing.cells import (
    age_of,
    code_of,
    decimal_mark,
    imputed,
    numbers,
    period_of,
    sex_of,
    status_of,
)
from karvan.observatory.importing.mapping import VALUE, Column
from karvan.observatory.importing.reading import Grid

_LEFT_OUT = (REGION, NO_CODE)
_BOUNDS = ("lower", "upper")
_WITHHELD = (str(Status.SUPPRESSED), str(Status.UNKNOWN))
_MAY_BE_BLANK = ("status", "source", "imputed")
_WRITTEN = {
    "sex": "Write female, male or total.",
    "age": "Write 15-24, 65+ or total.",
    "period": "Write 2024, 2024-Q3, 2024-07 or 2019-01-01/P10M.",
    "status": "Write A, E, P, Q or O.",
}


@dataclass(frozen=True)
class Tabled:
    """`table` has the columns of SCHEMA, `row` and `column`, and `indicator` where the file holds
    several series. `titles` gives, for category and source, the words behind each code."""

    table: pl.DataFrame
    report: pl.DataFrame
    titles: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Reading:
    """How texts are read. `codes` are the codes of areas that the file names in words of its own;
    `period` is the form of a publisher's periods, such as "{}-07-01/P5Y"; with `estimated` all
    figures are estimates."""

    codes: Mapping[str, str]
    decimal: str = ""
    period: str = "{}"
    estimated: bool = False


def tabulate(
    grid: Grid, columns: Sequence[Column], constants: Mapping[str, str], reading: Reading
) -> Tabled:
    """The figures of a grid. A row with an error is in the report and not in the table."""
    figures = [index for index, column in enumerate(columns) if column.meaning == VALUE]
    frame = grid.frame.filter(
        pl.any_horizontal(
            pl.col(f"c{index}").is_not_null()
            for index, column in enumerate(columns)
            if column.meaning in (VALUE, "status", *_BOUNDS)
        )
    )
    places = {
        column.meaning: index for index, column in enumerate(columns) if column.meaning != VALUE
    }
    reports: list[pl.DataFrame] = []
    titles: dict[str, dict[str, str]] = {}
    if named := {
        column.fixed["category"]: column.label for column in columns if "category" in column.fixed
    }:
        titles["category"] = named
    for name, read in _readers(reading).items():
        if name not in places:
            continue
        cells = pl.col(f"c{places[name]}")
        told = frame.select("row", given=cells, column=pl.lit(columns[places[name]].label))
        codes = _codes(told["given"], read)
        if name in ("category", "source"):
            titles[name] = {code: text for text, code in codes.items() if code != TOTAL}
        frame = frame.with_columns(
            cells.replace_strict(codes, default=None, return_dtype=pl.String).alias(name)
        )
        found = told.with_columns(frame[name].alias("code"))
        reports.append(_unread(found, name))
        if name in ("origin", "destination"):
            reports.append(_left_out(found))
            frame = frame.filter(~pl.col(name).is_in(_LEFT_OUT).fill_null(False))
    wanted = [name for name in _readers(reading) if name in frame.columns]
    mark, doubtful = decimal_mark(
        pl.concat([grid.texts(index) for index in figures]), reading.decimal
    )
    if doubtful:
        reports.append(_doubt(doubtful, mark))
    parts = []
    for index in figures:
        part, amiss = _part(
            frame.select("row", *wanted, text=f"c{index}"),
            {**constants, **columns[index].fixed},
            columns[index].label,
            mark,
            {bound: frame[f"c{places[bound]}"] for bound in _BOUNDS if bound in places},
        )
        parts.append(part)
        reports.append(amiss)
    table = pl.concat(parts)
    table = table.drop_nulls(
        [name for name in wanted if name not in _MAY_BE_BLANK and name in table.columns]
    )
    if reading.estimated:
        table = table.with_columns(_estimated(pl.lit(True)))
    return Tabled(table, joined(reports), titles)


def _readers(reading: Reading) -> dict[str, Callable[[str], str | None]]:
    def area(text: str) -> str | None:
        return reading.codes.get(plain(text)) or area_code(text)

    def category(text: str) -> str | None:
        return text if re.fullmatch(r"_[TOU]", text) else (_total(text) or code_of(text) or None)

    def period(text: str) -> str | None:
        found = period_of(text)
        return reading.period.format(found) if found else None

    return {
        "origin": area,
        "destination": area,
        "sex": sex_of,
        "age": age_of,
        "category": category,
        "period": period,
        "status": status_of,
        "source": lambda text: code_of(text) or None,
        "imputed": imputed,
        "indicator": str,
        "end": str,
    }


def _total(text: str) -> str | None:
    return TOTAL if area_code(text) == TOTAL else None


def _codes(texts: pl.Series, read: Callable[[str], str | None]) -> dict[str, str]:
    codes = {text: read(text) for text in texts.drop_nulls().unique(maintain_order=True)}
    return {text: code for text, code in codes.items() if code is not None}


def _unread(found: pl.DataFrame, name: str) -> pl.DataFrame:
    """Cells that say nothing we know, each with what may have been meant."""
    amiss = found.filter(pl.col("code").is_null())
    if name in _MAY_BE_BLANK:
        amiss = amiss.drop_nulls("given")
    hints = {}
    for text in amiss["given"].drop_nulls().unique():
        if name in ("origin", "destination"):
            near = nearest_names(text)
            hint = f"Nearest: {', '.join(near)}." if near else "Give --code 'NAME=CODE'."
            hints[text] = f"This is no country that is known. {hint}"
        else:
            hints[text] = f"This is no {name}. {_WRITTEN.get(name, '')}".strip()
    message = (
        pl.when(pl.col("given").is_null())
        .then(pl.lit(f"The {name} is missing. Repeat it in each row."))
        .otherwise(pl.col("given").replace_strict(hints, default="", return_dtype=pl.String))
    )
    return findings(
        amiss, kind="period" if name == "period" else "code", given="given", message=message
    )


def _left_out(found: pl.DataFrame) -> pl.DataFrame:
    """One finding for each area that cannot be stored, on its first row."""
    areas = (
        found.filter(pl.col("code").is_in(_LEFT_OUT))
        .group_by("given", "code", "column", maintain_order=True)
        .agg(pl.col("row").min(), pl.len().alias("rows"))
    )
    why = (
        pl.when(pl.col("code") == REGION)
        .then(pl.lit("a group of countries"))
        .otherwise(pl.lit("an area without a code of ISO 3166-1"))
    )
    return findings(
        areas,
        kind="left_out",
        given="given",
        level=WARNING,
        message=pl.format("Left out with {} rows: {}.", "rows", why),
    )


def _doubt(example: str, mark: str) -> pl.DataFrame:
    one = pl.DataFrame({"row": [None], "column": [""], "given": [example]})
    read = "a decimal" if mark in example else "thousands"
    other = "," if mark == "." else "."
    return findings(
        one,
        kind="number",
        level=WARNING,
        given="given",
        message=f"The mark was read as {read}. If it is not, give --decimal '{other}'.",
    )


def _part(
    rows: pl.DataFrame,
    fixed: Mapping[str, str],
    label: str,
    mark: str,
    bounds: Mapping[str, pl.Series],
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The figures of one column, and the report on them."""
    texts = {"value": "text", **{name: f"{name}_text" for name in bounds}}
    rows = rows.with_columns(
        pl.lit(label).alias("column"),
        *(series.alias(f"{name}_text") for name, series in bounds.items()),
    )
    given = pl.any_horizontal(pl.col(text).is_not_null() for text in texts.values())
    if "status" in rows.columns:
        given = given | pl.col("status").is_in(_WITHHELD).fill_null(False)
    rows = rows.filter(given)
    read = {name: numbers(text, mark) for name, text in texts.items()}
    rows = rows.with_columns(
        *(value.alias(name) for name, (value, _) in read.items()),
        *(said.alias(f"{name}_said") for name, (_, said) in read.items()),
    )
    unread = {
        name: pl.col(text).is_not_null() & pl.col(f"{name}_said").is_null()
        for name, text in texts.items()
    }
    amiss = pl.concat(
        findings(
            rows.filter(odd).with_columns(column=pl.lit(label if name == "value" else name)),
            kind="number",
            given=texts[name],
            message="This is no number. Write .. where a figure is not known.",
        )
        for name, odd in unread.items()
    )
    rows = rows.filter(~pl.any_horizontal(unread.values()))
    known = pl.col("value").is_not_null()
    if "lower" in bounds:
        known = known | pl.col("lower").is_not_null()
    own = pl.col("status") if "status" in rows.columns else pl.lit(None, pl.String)
    withheld = pl.col("value_said").fill_null(str(Status.UNKNOWN))
    status = (
        pl.when(known)
        .then(own.fill_null(str(Status.OBSERVED)))
        .otherwise(pl.when(own.is_in(_WITHHELD)).then(own).otherwise(withheld))
    )
    rows = rows.with_columns(status.alias("status"))
    if "imputed" in rows.columns:
        rows = rows.with_columns(_estimated(pl.col("imputed") == str(Status.ESTIMATED)))
    rows = rows.with_columns(pl.lit(code).alias(name) for name, code in fixed.items())
    if "end" in rows.columns:
        rows = _by_end(rows)
    absent = [name for name in SCHEMA if name not in rows.columns]
    rows = rows.with_columns(
        pl.lit(TOTAL if name in DIMENSIONS else None).alias(name) for name in absent
    )
    extra = ["indicator"] if "indicator" in rows.columns else []
    table = rows.select(
        *(pl.col(name).cast(kind) for name, kind in SCHEMA.items()), "row", "column", *extra
    )
    return table, amiss


def _estimated(where: pl.Expr) -> pl.Expr:
    observed = pl.col("status") == str(Status.OBSERVED)
    return (
        pl.when(where & observed)
        .then(pl.lit(str(Status.ESTIMATED)))
        .otherwise(pl.col("status"))
        .alias("status")
    )


def _by_end(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows that say of which end of the corridor their area is; all others of the world."""
    area = pl.col("destination")
    return rows.with_columns(
        pl.when(pl.col("end") == "as_origin").then(area).otherwise(pl.lit(TOTAL)).alias("origin"),
        pl.when(pl.col("end") == "as_destination")
        .then(area)
        .otherwise(pl.lit(TOTAL))
        .alias("destination"),
    )
