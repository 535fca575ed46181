"""What is amiss in a table of figures, row by row.

A table that is checked has the columns of karvan.analysis.tables.SCHEMA, and `row` and `column`:
where in its file the figure stood. A report has one row a finding:

    row level   kind     column given message
    7   error   negative value  -12   A count cannot be negative.
    9   warning jump     value  4100  It was 35 in 2023 (row 8): …

An error makes a table unfit to be stored; a warning asks somebody to look.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from karvan.analysis.tables import FEMALE, KEY, MALE, TOTAL, Status

ERROR, WARNING = "error", "warning"
REPORT: dict[str, Any] = {
    "row": pl.Int64,
    "level": pl.String,
    "kind": pl.String,
    "column": pl.String,
    "given": pl.String,
    "message": pl.String,
}
# A figure moves by steps when more people are asked or a border opens: only a change that is both
# this large and out of line with the others of its own series is worth a look.
JUMP_FACTOR = 10.0
UNUSUAL_FACTOR = 3.0
UNUSUAL_DEVIATIONS = 8.0
FEWEST_CHANGES = 6
SMALLEST_JUMPING = 100.0
_FIRM = str(Status.OBSERVED)


def check_table(table: pl.DataFrame, *, additive: bool, signed: bool) -> pl.DataFrame:
    """The report on a table, in the order of rows.

    `additive`: the figures may be added up, as people and money may; prices and shares may not.
    `signed`: they may be negative, as a net total may.
    """
    found = [_twice(table), _bounds(table), _withheld(table), _jumps(table)]
    if not signed:
        found.append(_negative(table))
    if additive and not signed:
        found += [_sexes(table), _parts(table, "origin"), _parts(table, "destination")]
    return joined(found)


def joined(reports: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """One report of several, in the order of rows; what concerns no row comes first."""
    together = pl.concat([report.select(*REPORT) for report in reports])
    return together.sort("row", "level", "kind", nulls_last=False, maintain_order=True)


def findings(
    rows: pl.DataFrame,
    *,
    kind: str,
    message: pl.Expr | str,
    level: pl.Expr | str = ERROR,
    given: str = "value",
) -> pl.DataFrame:
    """A report of one kind: a finding for each of `rows`, which has the columns `row`, `column`
    and `given`."""
    return rows.select(
        pl.col("row").cast(pl.Int64),
        (pl.lit(level) if isinstance(level, str) else level).alias("level"),
        pl.lit(kind).alias("kind"),
        pl.col("column"),
        (_plain(given) if rows.schema[given].is_float() else pl.col(given)).alias("given"),
        (pl.lit(message) if isinstance(message, str) else message).alias("message"),
    ).cast({"given": pl.String})


def _plain(name: str) -> pl.Expr:
    whole = pl.col(name).round(0).eq(pl.col(name)) & (pl.col(name).abs() < 2**53)
    return (
        pl.when(whole)
        .then(pl.col(name).cast(pl.Int64, strict=False).cast(pl.String))
        .otherwise(pl.col(name).cast(pl.String))
    )


def _twice(table: pl.DataFrame) -> pl.DataFrame:
    first = pl.col("row").min().over(KEY)
    again = table.with_columns(first.alias("first")).filter(pl.col("row") > pl.col("first"))
    same_row = table.filter(pl.struct(*KEY, "row").is_duplicated())
    return pl.concat(
        [
            findings(
                again,
                kind="duplicate",
                message=pl.format("Row {} gives the same cell. Keep one of them.", "first"),
            ),
            findings(
                same_row,
                kind="duplicate",
                message="Two columns of this row give the same cell. Keep one of them.",
            ),
        ]
    )


def _negative(table: pl.DataFrame) -> pl.DataFrame:
    return findings(
        table.filter(pl.col("value") < 0),
        kind="negative",
        message="A count cannot be negative.",
    )


def _bounds(table: pl.DataFrame) -> pl.DataFrame:
    crossed = table.filter(pl.col("lower") > pl.col("upper"))
    outside = table.filter(
        (pl.col("value") < pl.col("lower")) | (pl.col("value") > pl.col("upper"))
    )
    return pl.concat(
        [
            findings(
                crossed,
                kind="bounds",
                given="lower",
                message=pl.format("The lower bound is above the upper bound, {}.", _plain("upper")),
            ),
            findings(outside, kind="bounds", message="The figure is outside its own bounds."),
        ]
    )


def _withheld(table: pl.DataFrame) -> pl.DataFrame:
    known = pl.col("value").is_not_null() | pl.col("lower").is_not_null()
    withheld = pl.col("status").is_in([str(Status.SUPPRESSED), str(Status.UNKNOWN)])
    return findings(
        table.filter(known == withheld),
        kind="status",
        given="status",
        message="A figure is either given, or suppressed (Q) or unknown (O).",
    )


def _sexes(table: pl.DataFrame) -> pl.DataFrame:
    """Women and men against both, where they are known: together they are the total, within what
    rounding explains, and neither is more than it."""
    of = [name for name in KEY if name != "sex"]
    known = table.filter(pl.col("value").is_not_null() & (pl.col("value") >= 0))
    parts = {
        name: known.filter(pl.col("sex") == code)
        .unique(of, keep="first", maintain_order=True)
        .select(*of, pl.col("value").alias(name), pl.col("status").alias(f"{name}_status"))
        for name, code in (("women", FEMALE), ("men", MALE))
    }
    both = known.filter(pl.col("sex") == TOTAL)
    for part in parts.values():
        both = both.join(part, on=of, how="left", maintain_order="left")
    step = pl.min_horizontal(*(_step(name) for name in ("value", "women", "men")))
    allowed = 1.5 * step
    added = pl.col("women") + pl.col("men")
    off = (added - pl.col("value")).abs()
    firm = pl.all_horizontal(
        pl.col(name).fill_null(_FIRM) == _FIRM for name in ("status", "women_status", "men_status")
    )
    # One more or less among whole people may be rounding too, and is worth a look all the same.
    slight = (step == 1) & (off == 1)
    unequal = both.filter((off > allowed) | slight)
    over = both.filter(added.is_null()).filter(
        pl.max_horizontal("women", "men") > pl.col("value") + allowed
    )
    return pl.concat(
        [
            findings(
                unequal,
                kind="sum",
                level=_level(firm & ~slight),
                message=pl.format(
                    "Women ({}) and men ({}) do not add up to this total.",
                    _plain("women"),
                    _plain("men"),
                ),
            ),
            findings(
                over.with_columns(pl.max_horizontal("women", "men").alias("part")),
                kind="sum",
                level=_level(firm),
                message=pl.format("One sex alone is more than this total: {}.", _plain("part")),
            ),
        ]
    )


def _parts(table: pl.DataFrame, dimension: str) -> pl.DataFrame:
    """The parts that are known are never more than the whole; less they may be."""
    of = [name for name in KEY if name != dimension]
    known = table.filter(pl.col("value").is_not_null() & (pl.col("value") >= 0))
    parts = (
        known.filter(pl.col(dimension) != TOTAL)
        .group_by(of)
        .agg(
            pl.col("value").sum().alias("parts"),
            pl.len().alias("size"),
            _step("value").min().alias("step"),
            (pl.col("status") == _FIRM).all().alias("firm"),
        )
    )
    whole = known.filter(pl.col(dimension) == TOTAL).join(
        parts, on=of, how="inner", maintain_order="left"
    )
    over = whole.filter(
        pl.col("parts") > pl.col("value") + pl.col("step") * (1 + pl.col("size")) / 2
    )
    firm = pl.col("firm") & (pl.col("status") == _FIRM)
    return findings(
        over,
        kind="sum",
        level=_level(firm),
        message=pl.format(
            f"The {{}} parts by {dimension} add up to {{}}, more than this total.",
            "size",
            _plain("parts"),
        ),
    )


def _level(impossible: pl.Expr) -> pl.Expr:
    return pl.when(impossible).then(pl.lit(ERROR)).otherwise(pl.lit(WARNING))


def _step(name: str) -> pl.Expr:
    """What a figure seems to be rounded to: 1000 for 12,000; a billionth of it where it is not
    whole, since binary fractions are not exact."""
    step = pl.col(name).abs() * 1e-9
    for size in (1.0, 10.0, 100.0, 1000.0):
        step = pl.when((pl.col(name) % size) == 0).then(size).otherwise(step)
    return step


def _jumps(table: pl.DataFrame) -> pl.DataFrame:
    """Changes from one period to the next of the same length that are out of line.

    A change is out of line where it multiplies or divides by more than 10; or by more than 3 and
    stands more than 8 robust deviations (the median absolute deviation × 1.4826) from the median
    change of its own series. Logarithms of the growth a year, so that five years may do more
    than one.
    """
    of = [name for name in KEY if name != "period"]
    lines = (
        table.filter(pl.col("value") > 0)
        .with_columns(
            pl.col("period").str.slice(0, 4).cast(pl.Int32, strict=False).alias("year"),
            pl.col("period").str.replace_all(r"\d", "9").alias("form"),
        )
        .sort(*of, "form", "period")
    )
    line = (*of, "form")
    before = {name: pl.col(name).shift(1).over(line) for name in ("value", "period", "row", "year")}
    changed = lines.with_columns(
        *(expr.alias(f"{name}_before") for name, expr in before.items())
    ).filter(pl.col("value_before").is_not_null())
    years = pl.max_horizontal(pl.col("year") - pl.col("year_before"), pl.lit(1))
    changed = changed.with_columns(
        (pl.col("value") / pl.col("value_before")).log().alias("change"), years.alias("years")
    ).with_columns((pl.col("change") / pl.col("years")).alias("growth"))
    typical = pl.col("growth").median().over(line)
    spread = (pl.col("growth") - typical).abs().median().over(line) * 1.4826
    changed = changed.with_columns(
        ((pl.col("growth") - typical).abs() / spread).alias("deviations"),
        pl.len().over(line).alias("changes"),
    )
    ratio = pl.col("value") / pl.col("value_before")
    size = pl.max_horizontal(ratio, 1 / ratio)
    unusual = (
        (pl.col("changes") >= FEWEST_CHANGES)
        & (pl.col("deviations") > UNUSUAL_DEVIATIONS)
        & (size > UNUSUAL_FACTOR)
    )
    out = changed.filter(
        (pl.max_horizontal("value", "value_before") >= SMALLEST_JUMPING)
        & ((size > JUMP_FACTOR) | unusual)
    )
    return findings(
        out,
        kind="jump",
        level=WARNING,
        message=pl.format(
            "It was {} in {} (row {}): {} times {}. Check both.",
            _plain("value_before"),
            "period_before",
            "row_before",
            size.round(1),
            pl.when(pl.col("change") > 0).then(pl.lit("more")).otherwise(pl.lit("less")),
        ),
    )
