"""Indicators worked out from figures, each with the edition it was worked out from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from karvan.analysis.indicators import (
    female_share,
    female_share_change,
    sex_ratio,
    womens_contribution_to_growth,
)
from karvan.analysis.periods import parse_period
from karvan.analysis.tables import FEMALE, MALE, TOTAL
from karvan.observatory.queries import Edition, Figure


@dataclass(frozen=True)
class BySex:
    """One cell's figures by sex: of one edition, one corridor, one period. None is unknown."""

    edition: Edition
    origin: str
    destination: str
    age: str
    category: str
    period: str
    women: float | None
    men: float | None
    total: float | None

    @property
    def everyone(self) -> float | None:
        """Women and men together; what the source gives as the total where one is unknown."""
        if self.women is not None and self.men is not None:
            return self.women + self.men
        return self.total

    @property
    def female_share(self) -> float | None:
        """Per cent."""
        return _known(female_share(self.women, self.everyone))


@dataclass(frozen=True)
class Measure:
    """The value of an indicator (`indicator` is its key in karvan.analysis.indicators.DEFINITIONS)
    in a period, or from one period, `since`, to another."""

    indicator: str
    value: float
    cell: BySex
    since: str = ""

    @property
    def period(self) -> str:
        return self.cell.period


def by_sex(figures: Iterable[Figure]) -> list[BySex]:
    """Figures brought together by sex, in the order of corridors and time.

    A cell that two sources give differently is unknown here: nobody can say which to divide.
    """

    def cell(figure: Figure) -> tuple[object, ...]:
        first = parse_period(figure.period).first
        place = (figure.origin, figure.destination, figure.age, figure.category)
        return (figure.edition.key, figure.edition.id, *place, first, figure.period)

    found = []
    for _, group in groupby(sorted(figures, key=cell), key=cell):
        same = list(group)
        values = {sex: _one(same, sex) for sex in (FEMALE, MALE, TOTAL)}
        of = same[0]
        found.append(
            BySex(
                of.edition,
                of.origin,
                of.destination,
                of.age,
                of.category,
                of.period,
                women=values[FEMALE],
                men=values[MALE],
                total=values[TOTAL],
            )
        )
    return found


def feminisation(cells: Sequence[BySex]) -> list[Measure]:
    """What can be said of women's part in these cells, which are of one edition, corridor and
    category, in the order of time: shares and ratios of each period, and what changed from the
    first period with both sexes to each later one."""
    known = [cell for cell in cells if cell.women is not None and cell.everyone]
    found = []
    for cell in known:
        found += _measured("female_share", cell.female_share, cell)
        found += _measured("sex_ratio", _known(sex_ratio(cell.men, cell.women)), cell)
    for before, after in pairwise(known):
        change = female_share_change(before.female_share, after.female_share)
        found += _measured("female_share_change", _known(change), after, before.period)
        part = womens_contribution_to_growth(
            before.women, after.women, before.everyone, after.everyone
        )
        found += _measured("womens_contribution_to_growth", _known(part), after, before.period)
    return found


def _measured(indicator: str, value: float | None, cell: BySex, since: str = "") -> list[Measure]:
    return [] if value is None else [Measure(indicator, value, cell, since)]


def _one(figures: Sequence[Figure], sex: str) -> float | None:
    values = {figure.value for figure in figures if figure.sex == sex}
    return values.pop() if len(values) == 1 else None


def _known(value: object) -> float | None:
    number = float(value)  # type: ignore[arg-type]
    return None if math.isnan(number) else number
