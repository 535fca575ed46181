"""Tables of figures: what was counted, where from and to, of whom, when, and how firm each is.

Four rows of a table:

    origin destination sex age category period  value    status source
    KG     TR          F   _T  _T       2020    21649.0  A      un
    KG     TR          M   _T  _T       2020    9293.0   A      un
    KG     TR          F   _T  _T       2024    29765.0  A      un
    TM     TR          _T  _T  _T       2024    null     O      un

A cell that is not there, or is null, is unknown; it is never zero. Figures of two series, or of
two editions of one series, are never put into one table: they count differently, and their
difference would look like movement of people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

# The codes that SDMX gives to "all of them", "the others" and "not stated".
TOTAL, OTHERS, UNSTATED = "_T", "_O", "_U"
FEMALE, MALE = "F", "M"
SEXES = (TOTAL, FEMALE, MALE)
DIMENSIONS = ("origin", "destination", "sex", "age", "category", "period")
SCHEMA: dict[str, Any] = {
    **dict.fromkeys(DIMENSIONS, pl.String),
    "value": pl.Float64,
    "lower": pl.Float64,
    "upper": pl.Float64,
    "status": pl.String,
    "source": pl.String,
}
# One figure has one place in a table; two sources that disagree have one each.
KEY = (*DIMENSIONS, "source")


class Status(StrEnum):
    """How firm a figure is, by the codes of SDMX (CL_OBS_STATUS)."""

    OBSERVED = "A"
    ESTIMATED = "E"
    PROVISIONAL = "P"
    SUPPRESSED = "Q"
    UNKNOWN = "O"


class NeverJoined(ValueError):
    """Raised where figures that count differently would be put into one line."""


class TwiceCounted(ValueError):
    """Raised where one cell of a table has two figures of the same source."""


@dataclass(frozen=True)
class Table:
    """Figures of one edition of one series, in one unit. `frame` has the columns of SCHEMA."""

    series: str
    edition: str
    unit: str
    frame: pl.DataFrame

    def __post_init__(self) -> None:
        object.__setattr__(self, "frame", with_schema(self.frame))
        twice = self.frame.filter(pl.struct(KEY).is_duplicated())
        if twice.height:
            cell = ", ".join(f"{name} {twice[name][0]}" for name in KEY)
            raise TwiceCounted(f"One cell has {twice.height} figures: {cell}. Keep one of them.")

    @property
    def name(self) -> str:
        return f"{self.series}, edition {self.edition}"

    def __len__(self) -> int:
        return self.frame.height

    def where(self, **codes: str | Sequence[str]) -> Table:
        """The part of the table with these codes: `where(sex="F", period=("2020", "2024"))`."""
        wanted = [
            pl.col(name).is_in([codes_of] if isinstance(codes_of, str) else list(codes_of))
            for name, codes_of in codes.items()
        ]
        return Table(self.series, self.edition, self.unit, self.frame.filter(*wanted))

    def joined(self, other: Table) -> Table:
        """Both parts of one table.

        Raises NeverJoined where they are of two series, editions or units, and TwiceCounted where
        a cell is in both.
        """
        for part, mine, theirs in (
            ("series", self.series, other.series),
            ("edition", self.edition, other.edition),
            ("unit", self.unit, other.unit),
        ):
            if mine != theirs:
                raise NeverJoined(
                    f"'{self.name}' and '{other.name}' are not of one {part} ({mine}, {theirs}): "
                    "they count differently, and what differs between them is not movement. "
                    "Show them side by side, each under its own name."
                )
        return Table(self.series, self.edition, self.unit, pl.concat([self.frame, other.frame]))

    def matrix(self, areas: Sequence[str]) -> NDArray[np.float64]:
        """Origin × destination in the order of `areas`, in the table's unit; NaN is unknown.

        The table must have at most one figure for each pair: choose sex, age, category and period
        first. Raises TwiceCounted otherwise. Areas that are not listed are left out.
        """
        place = {area: index for index, area in enumerate(areas)}
        found = np.full((len(areas), len(areas)), np.nan)
        seen = set()
        for origin, destination, value in self.frame.select(
            "origin", "destination", "value"
        ).iter_rows():
            if origin not in place or destination not in place:
                continue
            if (origin, destination) in seen:
                raise TwiceCounted(
                    f"{origin} to {destination} has more than one figure in '{self.name}': choose "
                    "one sex, age, category, period and source."
                )
            seen.add((origin, destination))
            if value is not None:
                found[place[origin], place[destination]] = value
        return found

    def rows(self) -> Iterator[dict[str, Any]]:
        return self.frame.iter_rows(named=True)


def with_schema(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every column of SCHEMA, in its order: a dimension that is absent is the
    total, an absent status follows from whether there is a figure."""
    frame = frame.with_columns(
        pl.col(name).cast(pl.Float64).fill_nan(None)
        for name in ("value", "lower", "upper")
        if name in frame.columns
    )
    absent = [name for name in SCHEMA if name not in frame.columns]
    defaults: dict[str, pl.Expr] = {
        **{name: pl.lit(TOTAL) for name in DIMENSIONS},
        "lower": pl.lit(None),
        "upper": pl.lit(None),
        "source": pl.lit(""),
        "status": pl.when(pl.col("value").is_null())
        .then(pl.lit(str(Status.UNKNOWN)))
        .otherwise(pl.lit(str(Status.OBSERVED))),
    }
    return frame.with_columns(defaults[name].alias(name) for name in absent).select(
        pl.col(name).cast(kind) for name, kind in SCHEMA.items()
    )
