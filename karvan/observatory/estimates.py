"""Flows among the observatory's States, estimated from the stocks by each method that can be.

An estimate is never a figure somebody counted: it is always shown with its method and inputs, and
with what the other methods give. The States are taken as an open system: people also come from and
go to the rest of the world. Births and deaths are not known by sex here, so the methods that need
them speak of women and men together; differencing speaks of each.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from karvan.analysis.flows import FlowError, estimate
from karvan.analysis.periods import parse_period
from karvan.analysis.tables import FEMALE, MALE, TOTAL
from karvan.observatory.content import vocabulary
from karvan.observatory.queries import Edition, Figure, current_editions, figures

# Azose and Raftery (2019), who fitted it to the counted flows of European countries.
MIXTURE = 0.87
_VITAL = ("population", "births_per_thousand", "net_migration")
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Method:
    """`options` are those of karvan.analysis.flows.estimate."""

    key: str
    options: Mapping[str, str | float]

    @property
    def accounts(self) -> bool:
        """Whether it needs the population, births and deaths of each State."""
        return self.options["method"] == "open"


METHODS = (
    Method("drop", {"method": "differencing", "negatives": "drop"}),
    Method("reverse", {"method": "differencing", "negatives": "reverse"}),
    Method("minimum", {"method": "open", "assumption": "minimum"}),
    Method("mixture", {"method": "open", "mixture": MIXTURE}),
    Method("independent", {"method": "open", "assumption": "independent"}),
)


@dataclass(frozen=True)
class Estimate:
    """Persons who moved from origin to destination between two moments of the stock; None where
    the method cannot say."""

    method: str
    sex: str
    since: str
    until: str
    origin: str
    destination: str
    flow: float | None


@dataclass(frozen=True)
class Inputs:
    """What the estimates of an edition rest on. `absent_pairs` of the States' `pairs` have no
    stock in the year named, and enter the accounting methods as none."""

    stock: Edition
    vital: tuple[Edition, ...]
    pairs: int
    absent_pairs: Mapping[str, int]


@dataclass(frozen=True)
class _System:
    """`stocks` by (sex, period) is birthplace × residence without natives; NaN is unknown."""

    areas: tuple[str, ...]
    periods: tuple[str, ...]
    stocks: Mapping[tuple[str, str], Matrix]
    foreign_born: Mapping[str, Matrix]
    population: Mapping[int, Matrix]
    births: Mapping[int, Matrix]
    net_migration: Mapping[int, Matrix]
    inputs: Inputs


def corridor_estimates(stock: Edition, origin: str, destination: str) -> list[Estimate]:
    """Every estimate of a corridor from an edition of the stock, by interval, method and sex;
    none where either end is not one of the observatory's States."""
    vital = _vital_editions()
    system = _system(stock, vital)
    if origin not in system.areas or destination not in system.areas:
        return []
    row, column = system.areas.index(origin), system.areas.index(destination)
    return [
        Estimate(method, sex, since, until, origin, destination, _number(flows[row, column]))
        for (since, until, sex, method), flows in _all(stock, vital).items()
    ]


def inputs_of(stock: Edition) -> Inputs:
    return _system(stock, _vital_editions()).inputs


def _vital_editions() -> tuple[Edition, ...]:
    newest = {each.series.concept: each for each in current_editions(concepts=_VITAL)}
    return tuple(newest[concept] for concept in _VITAL if concept in newest)


# An edition never changes, so what was worked out from these may be kept.
@lru_cache(maxsize=16)
def _all(stock: Edition, vital: tuple[Edition, ...]) -> dict[tuple[str, str, str, str], Matrix]:
    """(since, until, sex, method) → origin × destination, persons, NaN where unknown."""
    system = _system(stock, vital)
    found = {}
    for since, until in zip(system.periods, system.periods[1:], strict=False):
        for method in METHODS:
            for sex in (TOTAL,) if method.accounts else (TOTAL, FEMALE, MALE):
                flows = _estimated(system, method, sex, since, until)
                if flows is not None:
                    found[since, until, sex, method.key] = flows
    return found


def _estimated(system: _System, method: Method, sex: str, since: str, until: str) -> Matrix | None:
    start, end = system.stocks[sex, since], system.stocks[sex, until]
    # A pair is known to differencing where it is known at both moments; reversed, the other way
    # round as well.
    known = np.isfinite(start) & np.isfinite(end)
    births = deaths = None
    if method.accounts:
        vital = _vital(system, since, until)
        if vital is None:
            return None
        births, deaths, natives_before, natives_after = vital
        start, end = start.copy(), end.copy()
        np.fill_diagonal(start, natives_before)
        np.fill_diagonal(end, natives_after)
    try:
        flows = estimate(
            np.nan_to_num(start),
            np.nan_to_num(end),
            births,
            deaths,
            names=system.areas,
            **method.options,  # type: ignore[arg-type]
        ).od
    except FlowError:
        return None
    if not method.accounts:
        flows = np.where(known & (known.T if method.key == "reverse" else True), flows, np.nan)
    np.fill_diagonal(flows, np.nan)
    return flows


def _vital(system: _System, since: str, until: str) -> tuple[Matrix, Matrix, Matrix, Matrix] | None:
    """Births and deaths of the interval, and natives at both ends, by State; None where a year is
    missing. Deaths are what the World Bank's own balance leaves: births and net migration less the
    growth of the population."""
    first, last = (parse_period(text).first.year for text in (since, until))
    years = range(first, last)
    needed = (system.population, system.births, system.net_migration)
    if any(year not in table for table in needed for year in years) or (
        last not in system.population
    ):
        return None
    births = sum(
        system.births[year] / 1000 * (system.population[year] + system.population[year + 1]) / 2
        for year in years
    )
    net = sum(system.net_migration[year] for year in years)
    growth = system.population[last] - system.population[first]
    natives_before = system.population[first] - system.foreign_born[since]
    natives_after = system.population[last] - system.foreign_born[until]
    found = (births, births + net - growth, natives_before, natives_after)
    if any(not np.isfinite(part).all() or (part < 0).any() for part in found):
        return None
    return found


@lru_cache(maxsize=16)
def _system(stock: Edition, vital: tuple[Edition, ...]) -> _System:
    areas = vocabulary().states
    found = figures([stock], origin=[TOTAL, *areas], destination=areas, category=TOTAL, age=TOTAL)
    periods = sorted({figure.period for figure in found}, key=lambda text: parse_period(text).first)
    stocks = {
        (sex, period): _pairs(found, sex, period, areas)
        for sex in (FEMALE, MALE)
        for period in periods
    }
    for period in periods:
        stocks[TOTAL, period] = stocks[FEMALE, period] + stocks[MALE, period]
    off_diagonal = ~np.eye(len(areas), dtype=bool)
    by_concept = {edition.series.concept: [edition] for edition in vital}
    population, births, net_migration = (
        _by_year(by_concept.get(concept, []), areas) for concept in _VITAL
    )
    return _System(
        areas=areas,
        periods=tuple(periods),
        stocks=stocks,
        foreign_born={period: _everyone_from_abroad(found, period, areas) for period in periods},
        population=population,
        births=births,
        net_migration=net_migration,
        inputs=Inputs(
            stock,
            vital,
            int(off_diagonal.sum()),
            {
                period: int((np.isnan(stocks[TOTAL, period]) & off_diagonal).sum())
                for period in periods
            },
        ),
    )


def _pairs(found: list[Figure], sex: str, period: str, areas: tuple[str, ...]) -> Matrix:
    place = {area: index for index, area in enumerate(areas)}
    matrix = np.full((len(areas), len(areas)), np.nan)
    for figure in found:
        here = (figure.sex, figure.period) == (sex, period) and figure.origin in place
        if here and figure.value is not None:
            matrix[place[figure.origin], place[figure.destination]] = figure.value
    return matrix


def _everyone_from_abroad(found: list[Figure], period: str, areas: tuple[str, ...]) -> Matrix:
    """All who were born abroad, by State of residence: the given total, or women and men."""
    by_area: dict[tuple[str, str], float] = {
        (figure.destination, figure.sex): figure.value
        for figure in found
        if figure.origin == TOTAL and figure.period == period and figure.value is not None
    }

    def of(area: str) -> float:
        parts = [by_area.get((area, sex), math.nan) for sex in (FEMALE, MALE)]
        return by_area.get((area, TOTAL), sum(parts))

    return np.array([of(area) for area in areas])


def _by_year(editions: list[Edition], areas: tuple[str, ...]) -> dict[int, Matrix]:
    years: dict[int, Matrix] = {}
    place = {area: index for index, area in enumerate(areas)}
    for figure in figures(editions, destination=areas, origin=TOTAL, sex=TOTAL):
        period = parse_period(figure.period)
        if period.kind == "year" and figure.value is not None:
            row = years.setdefault(period.first.year, np.full(len(areas), np.nan))
            row[place[figure.destination]] = figure.value
    return years


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
