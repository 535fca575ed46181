"""From two stock tables, births and deaths to tables that hold the same people.

Demographic accounting: people born in a country who are alive at the start and at the end are the
same people, only elsewhere. So births are taken out of the end, deaths out of the start, and what
still differs by birthplace is closed by scaling both tables, or left open to the outside world.
All tables are birthplace × residence, in persons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from karvan.analysis.fitting import CONVERGED, Table, scale


class FlowError(ValueError):
    """Stocks, births or deaths that no flows can lead from and to: one sentence for people."""


@dataclass(frozen=True, slots=True)
class Balance:
    """World totals, in persons: start + births − deaths + from_outside − to_outside = end, but for
    `natives_adjusted`, the growth that stocks show and births and deaths do not explain, or the
    reverse; a closed system takes it from the natives. `by_country` (n) says how far end − start −
    births + deaths − net moves is from zero in each country.
    """

    start: float
    births: float
    deaths: float
    from_outside: float
    to_outside: float
    end: float
    natives_adjusted: float
    by_country: Table


@dataclass(frozen=True, slots=True)
class Accounts:
    """`start` and `end` (n × n) hold the same people by birthplace. `rescaling_error`, in persons,
    is how far residents are from what they should be after scaling."""

    start: Table
    end: Table
    balance: Balance
    converged: bool
    iterations: int
    rescaling_error: float


def account(
    start: Table,
    end: Table,
    births: Table,
    deaths: Table,
    *,
    closed: bool,
    births_rule: str,
    deaths_rule: str,
    outside: str,
    names: Sequence[str],
) -> Accounts:
    """Raises FlowError where births or deaths do not fit the stocks."""
    gap = float(end.sum() - start.sum() - (births.sum() - deaths.sum()))
    first, last = _matched_natives(start, end, gap) if closed else (start, end)
    born = _births(last, births, births_rule, names)
    died, fitted = _deaths(first, last, births, deaths, deaths_rule, names)
    first, last = first - died, last - born
    natives_adjusted = gap if closed else 0.0
    coming = going = np.zeros_like(start)
    if closed:
        (first, last), iterations, error, converged = _same_birthplace_totals(first, last)
    else:
        going, coming = _outside(first, last, outside, names)
        first, last = first - going, last - coming
        iterations, error, converged = 0, 0.0, True
    net = last.sum(0) - first.sum(0) + coming.sum(0) - going.sum(0)
    balance = Balance(
        float(start.sum()),
        float(births.sum()),
        float(deaths.sum()),
        float(coming.sum()),
        float(going.sum()),
        float(end.sum()),
        natives_adjusted,
        end.sum(0) - start.sum(0) - births + deaths - net,
    )
    return Accounts(first, last, balance, converged and fitted, iterations, error)


def _matched_natives(start: Table, end: Table, gap: float) -> tuple[Table, Table]:
    """Half of the gap is added to the natives of the start and half taken from those of the end,
    in proportion, so that nobody need come from nowhere (Abel and Sander 2014)."""
    matched = []
    for stocks, change in ((start, gap / 2), (end, -gap / 2)):
        natives = stocks.diagonal().sum()
        if change and natives <= max(0.0, -change):
            raise FlowError(
                f"Births and deaths miss the growth of the stocks by {gap:,.0f} people, more than "
                "there are natives. Check births and deaths, or use the open method."
            )
        table = stocks.copy()
        if change:
            np.fill_diagonal(table, stocks.diagonal() * (1 + change / natives))
        matched.append(table)
    return matched[0], matched[1]


def _births(end: Table, births: Table, rule: str, names: Sequence[str]) -> Table:
    """The newborn by birthplace × residence. `native`: all are natives of where they live, except
    where fewer natives live than were born. There, and with `proportional`, in proportion to the
    people at the end."""
    _refuse_more(births, end.sum(0), names, "births", "people at the end")
    shared = _shared(births, end)
    if rule == "proportional":
        return shared
    native = births <= end.diagonal()
    return np.where(native[None, :], np.diag(births), shared)


def _deaths(
    start: Table, end: Table, births: Table, deaths: Table, rule: str, names: Sequence[str]
) -> tuple[Table, bool]:
    """The dead by birthplace × residence. `proportional`: the same share of everybody who lives
    in a country. `accounting`: fitted also to the deaths by birthplace that stocks and births
    imply. A birthplace that implies fewer than none gets none, and the others are scaled to the
    deaths there are. Where that would take more people than a cell has, it takes them all, and the
    rest is fitted again. Where nothing fits, the deaths by residence hold."""
    _refuse_more(deaths, start.sum(0), names, "deaths", "people at the start")
    if rule == "proportional":
        return _shared(deaths, start), True
    implied = np.maximum(start.sum(1) + births - end.sum(1), 0.0)
    if not implied.sum():
        return _shared(deaths, start), not deaths.any()
    by_birthplace = implied * (deaths.sum() / implied.sum())
    everybody = np.zeros_like(start)
    while True:
        living = start - everybody
        fit = scale(
            living,
            np.maximum(by_birthplace - everybody.sum(1), 0.0),
            np.maximum(deaths - everybody.sum(0), 0.0),
        )
        died = everybody + fit.row[:, None] * living * fit.column
        over = died > start * (1 + CONVERGED)
        if not (fit.converged and over.any()):
            return _completed(np.minimum(died, start), start, deaths), fit.converged
        everybody = np.where(over, start, everybody)


def _completed(died: Table, start: Table, deaths: Table) -> Table:
    """The dead of each country brought to its deaths, where a fit came only near."""
    short = np.maximum(deaths - died.sum(0), 0.0)
    died = died + _shared(short, start - died)
    return _shared(np.minimum(deaths, died.sum(0)), died)


def _same_birthplace_totals(
    first: Table, last: Table
) -> tuple[tuple[Table, Table], int, float, bool]:
    """Both tables scaled to the mean of their totals by birthplace, residents kept (Abel and Sander
    2014)."""
    mean = (first.sum(1) + last.sum(1)) / 2
    scaled, iterations, error, converged = [], 0, 0.0, True
    for table in (first, last):
        residents = table.sum(0)
        fit = scale(table, mean, residents)
        fitted = fit.row[:, None] * table * fit.column
        error = max(error, float(np.abs(fitted.sum(0) - residents).max(initial=0)))
        iterations += fit.iterations
        converged &= fit.converged
        scaled.append(fitted)
    return (scaled[0], scaled[1]), iterations, error, converged


def _outside(first: Table, last: Table, weights: str, names: Sequence[str]) -> tuple[Table, Table]:
    """Who left for the outside world and who came from it, birthplace × residence.

    `own`: those who leave are taken from where people of their birthplace lived at the start,
    those who come from where they live at the end (Abel 2013; Abel and Cohen 2019). `other`: each
    by the table of the other date.
    """
    surplus = first.sum(1) - last.sum(1)
    by_start, by_end = (first, last) if weights == "own" else (last, first)
    going = _shared(np.maximum(surplus, 0), by_start.T).T
    coming = _shared(np.maximum(-surplus, 0), by_end.T).T
    for table, taken in ((first, going), (last, coming)):
        over = taken > table * (1 + CONVERGED)
        if over.any():
            birthplace, residence = (int(found[0]) for found in np.nonzero(over))
            raise FlowError(
                f"More people born in {names[birthplace]} would go to or come from outside than "
                f"live in {names[residence]}. Weigh by the table's own stocks (--outside own)."
            )
    return np.minimum(going, first), np.minimum(coming, last)


def _shared(totals: Table, stocks: Table) -> Table:
    """Totals by column, shared out in proportion to the stocks of that column."""
    people = stocks.sum(0)
    rates: Table = np.divide(totals, people, out=np.zeros_like(people), where=people > 0)
    return stocks * rates


def _refuse_more(events: Table, people: Table, names: Sequence[str], what: str, whom: str) -> None:
    over = np.flatnonzero(events > people * (1 + CONVERGED))
    if over.size:
        country = int(over[0])
        raise FlowError(
            f"{names[country]} has {events[country]:,.0f} {what} and {people[country]:,.0f} "
            f"{whom}. Check both."
        )
