"""Fitting a table to margins or to net totals, as near to a seed as it can be.

Near means least information added, sum(x log(x / seed)), for `ipf2`, `ipf3` and `ipf_net` (Deming
and Stephan 1940; Willekens 1999), and least absolute change for `lp_net` (Plane 1981). Every fit
says how many iterations it took and how far the margins still are: a fit that did not converge is
returned and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.float64]

# Relative to each margin. Below the first a fit stops; below the second it has converged: real
# tables, with margins from ten to ten billion, cannot be summed more exactly than this.
EXACT = 1e-14
CONVERGED = 1e-9
SWEEPS_BEFORE_NEWTON = 10
NEWTON_STEPS = 120
SWEEPS_WITHOUT_NEWTON = 5_000
SWEEPS_TOGETHER = 200
# Factors beyond this belong to margins that cannot be reached.
RUNAWAY = 1e100


class FitError(ValueError):
    """A fit that cannot be asked for: shapes, signs or sums that do not go together."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The table, and how near it came. `largest_margin_error` is in the units of the table: the
    largest distance between a margin, or a net total, and what was asked."""

    table: Table
    converged: bool
    iterations: int
    largest_margin_error: float


@dataclass(frozen=True, slots=True)
class Scaling:
    """Factors by which the rows and columns of a seed are multiplied. Row margins hold exactly
    wherever the seed reaches them."""

    row: Table
    column: Table
    converged: bool
    iterations: int


def ipf2(seed: npt.ArrayLike, rows: npt.ArrayLike, columns: npt.ArrayLike) -> Fit:
    """The table nearest to `seed` (m × n, not negative) with row sums `rows` (m) and column sums
    `columns` (n). Cells that are zero in the seed stay zero.

    Raises FitError where the shapes differ, a number is negative or missing, or the two sets of
    sums do not add to the same total.
    """
    first = np.asarray(seed, float)
    by_row, by_column = np.asarray(rows, float), np.asarray(columns, float)
    if first.shape != (by_row.size, by_column.size):
        raise FitError(
            f"The seed is {_shape(first)}; {by_row.size} row sums and {by_column.size} column sums "
            "need as many rows and columns."
        )
    _refuse_negative(
        ("seed has", first), ("row sums have", by_row), ("column sums have", by_column)
    )
    _refuse_totals("The row sums", by_row.sum(), "the column sums", by_column.sum())
    scaling = scale(first, by_row, by_column)
    table = scaling.row[:, None] * first * scaling.column
    error = max(_largest(table.sum(1) - by_row), _largest(table.sum(0) - by_column))
    return Fit(table, scaling.converged, scaling.iterations, error)


def scale(seed: Table, rows: Table, columns: Table) -> Scaling:
    """What `ipf2` works out, without the table and without checks.

    A few alternating sweeps, then Newton's method on the column factors with the rows scaled
    exactly at each step. Tables of stocks, with nearly everybody on the diagonal, need thousands
    of sweeps and a handful of Newton steps. Where no scaling reaches the margins (a part of the
    table that is joined to nothing else, with sums that differ), the columns of that part are
    brought to the sum of its rows and the fit does not claim to have converged.
    """
    row, column = np.zeros(rows.size), np.zeros(columns.size)
    in_rows, in_columns = rows > 0, columns > 0
    in_rows &= (seed[:, in_columns] > 0).any(axis=1)
    in_columns &= (seed[in_rows] > 0).any(axis=0)
    part = seed[np.ix_(in_rows, in_columns)]
    wanted_rows, asked = rows[in_rows], columns[in_columns]
    if not part.size:
        return Scaling(row, column, not (rows.any() or columns.any()), 0)
    labels = _joined(part)
    sums = np.bincount(labels, np.concatenate([wanted_rows, np.zeros(asked.size)]))
    there = np.bincount(labels, np.concatenate([np.zeros(wanted_rows.size), asked]))
    of_column = labels[wanted_rows.size :]
    wanted = asked * sums[of_column] / there[of_column]

    factors, iterations = _sweep(part, wanted_rows, wanted, SWEEPS_BEFORE_NEWTON)
    if _distance(part, wanted_rows, wanted, factors) > EXACT:
        factors, steps = _newton(part, wanted_rows, wanted, factors)
        iterations += steps
        if _distance(part, wanted_rows, wanted, factors) > CONVERGED:
            factors, sweeps = _sweep(part, wanted_rows, wanted, SWEEPS_WITHOUT_NEWTON)
            iterations += sweeps
    column[in_columns] = factors
    row[in_rows] = wanted_rows / (part @ factors)
    reached = column * (seed.T @ row)
    everything = not (rows[~in_rows].any() or columns[~in_columns].any())
    converged = everything and _relative(reached[in_columns], asked) <= CONVERGED
    return Scaling(row, column, converged, iterations)


def scale_many(seed: Table, rows: Table, columns: Table) -> tuple[Table, Table, bool, int]:
    """`scale` for many pairs of margins over one seed: `rows` and `columns` are k × n.

    All sweep together, one matrix product at a time; those that are slow go on alone. Returns the
    factors of rows and columns (k × n each), whether all converged, and the iterations of the
    slowest.
    """
    row, column = np.zeros_like(rows), (columns > 0).astype(float)
    waiting = np.flatnonzero((rows > 0).any(1) | (columns > 0).any(1))
    alone: list[int] = []
    sweeps = 0
    while waiting.size and sweeps < SWEEPS_TOGETHER:
        sweeps += 1
        wanted_rows, wanted, v = rows[waiting], columns[waiting], column[waiting]
        reach = v @ seed.T
        u = _divided(wanted_rows, reach)
        there = u @ seed
        row[waiting] = u
        least = np.maximum(EXACT * wanted.sum(1, keepdims=True), np.finfo(float).tiny)
        distance = np.abs(v * there - wanted) / np.maximum(wanted, least)
        missed = ((wanted_rows > 0) & (reach <= 0)).any(1)
        open_ones = (distance.max(1) > 10 * EXACT) | missed
        column[waiting[open_ones]] = _divided(wanted, there)[open_ones]
        waiting = waiting[open_ones]
        runs_away = (column[waiting].max(1, initial=0) > RUNAWAY) | (row[waiting].max(1) > RUNAWAY)
        alone += waiting[runs_away].tolist()
        waiting = waiting[~runs_away]
    converged, slowest = True, sweeps
    for k in (*alone, *waiting):
        found = scale(seed, rows[k], columns[k])
        row[k], column[k] = found.row, found.column
        converged &= found.converged
        slowest = max(slowest, sweeps + found.iterations)
    return row, column, converged, slowest


def ipf3(
    seed: npt.ArrayLike,
    *,
    ij: npt.ArrayLike | None = None,
    ik: npt.ArrayLike | None = None,
    jk: npt.ArrayLike | None = None,
    tolerance: float = 1e-10,
    sweeps: int = 10_000,
) -> Fit:
    """The table nearest to `seed` (l × m × n, not negative) whose sums over one dimension are
    those given: `ij` (l × m, summed over the third), `ik` (l × n), `jk` (m × n). At least two.

    `tolerance` is relative to each margin. Raises FitError for shapes, signs or totals that do not
    go together.
    """
    table = np.array(seed, float)
    if table.ndim != 3:
        raise FitError(f"The seed has {table.ndim} dimensions, and must have three.")
    given = {axis: np.asarray(m, float) for axis, m in ((2, ij), (1, ik), (0, jk)) if m is not None}
    if len(given) < 2:
        raise FitError("Give at least two of the margins ij, ik and jk.")
    _refuse_negative(("seed has", table), *(("margins have", m) for m in given.values()))
    first = next(iter(given.values())).sum()
    for axis, margin in given.items():
        wanted = tuple(np.delete(table.shape, axis).tolist())
        if margin.shape != wanted:
            raise FitError(f"A margin is {_shape(margin)} where the seed asks {wanted}.")
        _refuse_totals("One margin", first, "another", margin.sum())
    done, near = 0, np.inf
    while near > tolerance and done < sweeps:
        done += 1
        for axis, margin in given.items():
            table *= np.expand_dims(_divided(margin, table.sum(axis)), axis)
        near = max(_relative(table.sum(axis), margin) for axis, margin in given.items())
    error = max(_largest(table.sum(axis) - margin) for axis, margin in given.items())
    return Fit(table, near <= tolerance, done, error)


def ipf_net(base: npt.ArrayLike, net: npt.ArrayLike) -> Fit:
    """The origin–destination table nearest to `base` (n × n, not negative) in which arrivals less
    departures are `net` (n, adding to zero): base[i, j] · a[j] / a[i].

    The diagonal stays as it is, since moves inside a country change no net total. Raises FitError.
    """
    start, wanted = _net_problem(base, net)
    moves = start.sum(0) + start.sum(1) - 2 * start.diagonal()
    level = np.zeros(wanted.size)
    table = start.copy()
    largest = max(_largest(wanted), _largest(moves), np.finfo(float).tiny)
    steps, near, before = 0, np.inf, np.inf
    while True:
        missing = wanted - (table.sum(0) - table.sum(1))
        near = _largest(missing) / largest
        if near <= EXACT or (near <= CONVERGED and near > before / 2) or steps == NEWTON_STEPS:
            break
        before, steps = near, steps + 1
        level += _laplacian_step(table + table.T, missing)
        if np.abs(level).max() > 100:  # it runs away: no flows of this base have these totals
            break
        table = start * np.exp(level[None, :] - level[:, None])
    return Fit(table, near <= CONVERGED, steps, near * largest)


def lp_net(base: npt.ArrayLike, net: npt.ArrayLike) -> Fit:
    """An origin–destination table in which arrivals less departures are `net` (n, adding to zero),
    with the least sum of absolute changes to `base` (n × n), by linear programming (HiGHS).

    Over a base of zeros it holds the fewest moves there can be. New flows may appear anywhere off
    the diagonal, which stays as it is. Several tables may be equally near; HiGHS always returns
    the same one. Raises FitError.
    """
    from scipy import sparse  # slow to load, and nothing else here needs them
    from scipy.optimize import linprog

    start, wanted = _net_problem(base, net)
    n = wanted.size
    origin, destination = np.nonzero(~np.eye(n, dtype=bool))
    cells = np.arange(origin.size)
    signs = np.repeat([1.0, -1.0], origin.size)
    into = sparse.csr_array(
        (signs, (np.concatenate([destination, origin]), np.tile(cells, 2))), (n, origin.size)
    )
    now = start[origin, destination]
    found = linprog(
        np.ones(2 * cells.size),
        A_eq=sparse.hstack([into, -into]),
        b_eq=wanted - into @ now,
        bounds=np.column_stack(
            [np.zeros(2 * cells.size), np.concatenate([np.full(cells.size, np.inf), now])]
        ),
        method="highs",
    )
    table = start.copy()
    if found.x is not None:
        table[origin, destination] = np.maximum(
            now + found.x[: cells.size] - found.x[cells.size :], 0.0
        )
    error = _largest(table.sum(0) - table.sum(1) - wanted)
    return Fit(table, bool(found.success), int(found.nit), error)


def _sweep(seed: Table, rows: Table, columns: Table, most: int) -> tuple[Table, int]:
    """Ends early where the factors no longer change, or run away because nothing fits."""
    factors = np.ones(columns.size)
    for done in range(1, most + 1):
        last = factors
        factors = columns / (seed.T @ (rows / (seed @ factors)))
        if not (factors.min() > 1 / RUNAWAY and factors.max() < RUNAWAY):
            return last, done
        if np.abs(factors / last - 1).max() <= EXACT:
            return factors, done
    return factors, most


def _newton(seed: Table, rows: Table, columns: Table, factors: Table) -> tuple[Table, int]:
    """Newton's method on sum(rows · log(seed · v)) − columns · log v, in log v. A step whose parts
    lie d apart is shortened by log(1 + d) / d, which makes it go down for a sum of log-sum-exp
    terms without a search along the line."""
    best, nearest, before = factors, np.inf, np.inf
    for step in range(NEWTON_STEPS):
        table = (rows / (seed @ factors))[:, None] * seed * factors
        reached = table.sum(0)
        near = _relative(reached, columns)
        if near < nearest:
            best, nearest = factors, near
        if near <= EXACT or (near <= CONVERGED and near > before / 2):
            return best, step
        before = near
        # einsum, not @: see _laplacian_step on threads.
        joint = np.einsum("ki,kj->ij", table, table / rows[:, None])
        change = _laplacian_step(joint, columns - reached)
        with np.errstate(over="ignore"):
            factors = factors * np.exp(change)
        if not (factors.min() > 1 / RUNAWAY and factors.max() < RUNAWAY):
            return best, step
    return best, NEWTON_STEPS


def _laplacian_step(weights: Table, missing: Table) -> Table:
    """The damped Newton step: x with sum over j of weights[i, j] · (x[i] − x[j]) = missing[i].

    One country after another is taken out and its weights passed on to the others (star–mesh). As
    nothing is subtracted, the few migrants are not lost among the many natives. The last country of
    each joined part stays at zero. Not a library's solver: at this size its threads wait more than
    they work, and the time they wait is charged.
    """
    rest, right = weights.copy(), missing.copy()
    change, totals = np.zeros_like(missing), np.zeros_like(missing)
    for k in range(len(rest)):
        to = rest[k, k + 1 :]
        totals[k] = to.sum()
        if totals[k] > 0:
            share = to / totals[k]
            rest[k + 1 :, k + 1 :] += share[:, None] * to
            right[k + 1 :] += share * right[k]
    for k in np.flatnonzero(totals)[::-1]:
        change[k] = (right[k] + rest[k, k + 1 :] @ change[k + 1 :]) / totals[k]
    far = float(np.ptp(change)) if change.size else 0.0
    return change * (np.log1p(far) / far) if far > 0 else change


def _joined(seed: Table) -> npt.NDArray[np.intp]:
    """Which part of the table each row, then each column, belongs to: the first row of the part."""
    there = seed > 0
    rows, last = np.arange(len(seed)), len(seed)
    while True:
        columns = np.where(there, rows[:, None], last).min(0)
        lower = np.where(there, columns, last).min(1)
        if (lower == rows).all():
            return np.concatenate([rows, columns])
        rows = lower


def _distance(seed: Table, rows: Table, columns: Table, factors: Table) -> float:
    return _relative(factors * (seed.T @ (rows / (seed @ factors))), columns)


def _relative(reached: Table, wanted: Table) -> float:
    least = max(EXACT * float(wanted.sum()), np.finfo(float).tiny)
    return float((np.abs(reached - wanted) / np.maximum(wanted, least)).max(initial=0))


def _divided(one: Table, other: Table) -> Table:
    """Zero where the divisor is zero: there is nothing to scale."""
    return np.divide(one, other, out=np.zeros_like(one), where=other > 0)


def _largest(differences: Table) -> float:
    return float(np.abs(differences).max(initial=0))


def _net_problem(given: npt.ArrayLike, totals: npt.ArrayLike) -> tuple[Table, Table]:
    base, net = np.asarray(given, float), np.asarray(totals, float)
    if base.shape != (net.size, net.size):
        raise FitError(f"The base is {_shape(base)} where {net.size} net totals ask a square.")
    _refuse_negative(("base has", base))
    if not np.isfinite(net).all():
        raise FitError("A net total is missing or infinite.")
    if abs(net.sum()) > CONVERGED * np.abs(net).sum():
        raise FitError(f"The net totals add to {net.sum():g}, and must add to zero.")
    return base, net


def _refuse_negative(*named: tuple[str, Table]) -> None:
    for name, values in named:
        if not np.isfinite(values).all():
            raise FitError(f"The {name} a missing or infinite number.")
        if (values < 0).any():
            raise FitError(f"The {name} a negative number.")


def _refuse_totals(one: str, first: float, other: str, second: float) -> None:
    if abs(first - second) > CONVERGED * max(first, second):
        raise FitError(f"{one} add to {first:g} and {other} to {second:g}; they must be equal.")


def _shape(values: Table) -> str:
    return " × ".join(map(str, np.shape(values)))


__all__: Sequence[str] = (
    "Fit",
    "FitError",
    "Scaling",
    "Table",
    "ipf2",
    "ipf3",
    "ipf_net",
    "lp_net",
    "scale",
    "scale_many",
)
