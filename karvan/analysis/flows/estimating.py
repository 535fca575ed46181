"""The estimates: demographic accounting, stock differencing and rates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from karvan.analysis.fitting import Table, scale_many
from karvan.analysis.flows.moves import Direct, Factored, Mixed
from karvan.analysis.flows.stocks import Balance, FlowError, account

CHOICES = {
    "method": ("closed", "open", "differencing", "rates"),
    "assumption": ("minimum", "independent"),
    "births_rule": ("native", "proportional"),
    "deaths_rule": ("proportional", "accounting"),
    "negatives": ("drop", "reverse"),
    "outside": ("own", "other"),
}
ACCOUNTING = ("closed", "open")
ROUNDING = 1e-14


@dataclass(frozen=True, slots=True)
class Report:
    """How the estimate came about. Errors are in persons.

    `largest_margin_error`: between the flows, summed by birthplace and country, and the stocks they
    must add to. `largest_rescaling_error`: between residents before and after scaling. Both, and
    `balance`, are None where the method has no margins to keep.
    """

    converged: bool
    iterations: int
    moves: float
    stayers: float
    largest_margin_error: float | None
    largest_rescaling_error: float | None
    balance: Balance | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """`od` (n × n): persons by origin and destination, stayers on the diagonal. `start` and `end`
    (n × n, birthplace × residence) are the stocks between which people moved: after births, deaths
    and matching."""

    od: Table
    start: Table
    end: Table
    report: Report
    moves: Factored | Mixed | Direct

    def by_birthplace(self) -> Iterator[Table]:
        """One origin × destination table (n × n, persons) for each birthplace, in order."""
        return (self.moves.of(birthplace) for birthplace in range(len(self.od)))


def estimate(
    start: npt.ArrayLike,
    end: npt.ArrayLike,
    births: npt.ArrayLike | None = None,
    deaths: npt.ArrayLike | None = None,
    *,
    method: str = "closed",
    assumption: str = "minimum",
    mixture: float | None = None,
    births_rule: str = "native",
    deaths_rule: str = "proportional",
    negatives: str = "drop",
    outside: str = "own",
    seed: npt.ArrayLike | None = None,
    total: float | None = None,
    names: Sequence[str] | None = None,
) -> Estimate:
    """Flows between two dates from the stocks at both.

    `start`, `end`: n × n persons, birthplace × residence, natives on the diagonal. `births`,
    `deaths`: n persons by residence, over the whole period; `closed` and `open` need them, `rates`
    takes them out of the growth of each country if they are given. `seed`: n × n weights, origin ×
    destination, such as past flows or one over distance; only ratios matter. `mixture`: the weight,
    0 to 1, of `minimum` against `independent`, in place of `assumption`. `total`: persons for
    `rates` to share out; the sum of absolute net migration if None. `names`: of the countries, for
    messages.

        >>> estimate([[100, 10], [20, 200]], [[90, 20], [20, 200]], [0, 0], [0, 0]).od
        array([[110.,  10.],
               [  0., 210.]])

    Raises FlowError where the arrays do not fit, hold a negative or a missing number, or where no
    flows can lead from one stock to the other.
    """
    given = {
        "method": method,
        "assumption": assumption,
        "births_rule": births_rule,
        "deaths_rule": deaths_rule,
        "negatives": negatives,
        "outside": outside,
    }
    for name, value in given.items():
        if value not in CHOICES[name]:
            raise FlowError(f"{name} is '{value}'; it can be {' or '.join(CHOICES[name])}.")
    if mixture is not None and not 0 <= mixture <= 1:
        raise FlowError(f"The mixture is {mixture:g}; it is a weight from 0 to 1.")
    if total is not None and not 0 <= total < np.inf:
        raise FlowError(f"The total is {total:g}; it is a number of people.")
    first = np.asarray(start, float)
    if first.ndim != 2 or first.shape[0] != first.shape[1]:
        raise FlowError(f"The stocks at the start are {first.shape}; they must be a square.")
    n = len(first)
    labels = tuple(names) if names is not None else tuple(f"country {k}" for k in range(n))
    first = _checked(first, "stocks at the start", (n, n), labels)
    last = _checked(end, "stocks at the end", (n, n), labels)
    born = None if births is None else _checked(births, "births", (n,), labels)
    died = None if deaths is None else _checked(deaths, "deaths", (n,), labels)
    weights = None if seed is None else _checked(seed, "seed", (n, n), labels)

    if method == "differencing":
        if weights is not None:
            raise FlowError("Differencing shares nothing out, so a seed changes nothing.")
        return _differencing(first, last, negatives)
    if method == "rates":
        if total is None:
            net = last.sum(0) - first.sum(0)
            if born is not None and died is not None:
                net = net - born + died
            total = float(np.abs(net).sum())
        return _rates(first, last, total, weights)
    if born is None or died is None:
        raise FlowError(f"The {method} method needs births and deaths.")
    if mixture is None:
        mixture = 1.0 if assumption == "minimum" else 0.0
    accounts = account(
        first,
        last,
        born,
        died,
        closed=method == "closed",
        births_rule=births_rule,
        deaths_rule=deaths_rule,
        outside=outside,
        names=labels,
    )
    before, after = accounts.start, accounts.end
    moves, fitted, iterations = _allocated(before, after, mixture, weights)
    from_there, to_there = moves.margins()
    error = max(_largest(from_there - before), _largest(to_there - after))
    od = moves.summed()
    stayers = float(od.trace())
    report = Report(
        accounts.converged and fitted,
        accounts.iterations + iterations,
        float(od.sum()) - stayers,
        stayers,
        error,
        accounts.rescaling_error,
        accounts.balance,
    )
    return Estimate(od, before, after, report, moves)


def estimate_all(
    start: npt.ArrayLike,
    end: npt.ArrayLike,
    births: npt.ArrayLike | None = None,
    deaths: npt.ArrayLike | None = None,
    **options: object,
) -> list[Estimate]:
    """`estimate` for each pair of tables: `start` and `end` are … × n × n (years × sexes × n × n,
    say), `births` and `deaths` … × n. The estimates come in the order of the arrays. `options` are
    those of `estimate`, the same for all. Raises FlowError."""
    first, last = np.asarray(start, float), np.asarray(end, float)
    if first.ndim < 3 or first.shape != last.shape:
        raise FlowError(
            f"The stocks are {first.shape} and {last.shape}; they need the same shape, with "
            "birthplaces and residences last."
        )
    n = first.shape[-1]
    many = first.shape[:-2]

    def each(events: npt.ArrayLike | None, what: str) -> list[Table | None]:
        if events is None:
            return [None] * int(np.prod(many))
        values = np.asarray(events, float)
        if values.shape != (*many, n):
            raise FlowError(f"The {what} are {values.shape}; they must be {(*many, n)}.")
        return list(values.reshape(-1, n))

    pairs = zip(
        first.reshape(-1, *first.shape[-2:]),
        last.reshape(-1, *last.shape[-2:]),
        each(births, "births"),
        each(deaths, "deaths"),
        strict=True,
    )
    return [estimate(*pair, **options) for pair in pairs]  # type: ignore[arg-type]


def _allocated(
    before: Table, after: Table, mixture: float, seed: Table | None
) -> tuple[Factored | Mixed, bool, int]:
    """Who went where, given that `before` and `after` hold the same people by birthplace."""
    if mixture == 1:
        return _minimum(before, after, seed)
    if mixture == 0:
        return _independent(before, after, seed)
    fewest, one_fitted, one = _minimum(before, after, seed)
    most, other_fitted, other = _independent(before, after, seed)
    return Mixed(mixture, fewest, most), one_fitted and other_fitted, one + other


def _minimum(before: Table, after: Table, seed: Table | None) -> tuple[Factored, bool, int]:
    """As many stay as can (Abel 2013). No country then has both leavers and arrivals of one
    birthplace, so without a seed the fit is leavers · arrivals / total, exactly."""
    stayers = np.minimum(before, after)
    leavers, arrivals = before - stayers, after - stayers
    if seed is not None:
        seed = seed.copy()
        np.fill_diagonal(seed, 0.0)
    return _fitted(stayers, leavers, arrivals, seed)


def _independent(before: Table, after: Table, seed: Table | None) -> tuple[Factored, bool, int]:
    """Where people are at the end does not depend on where they were (Azose and Raftery 2019)."""
    return _fitted(np.zeros_like(before), before, after, seed)


def _fitted(
    stayers: Table, leavers: Table, arrivals: Table, seed: Table | None
) -> tuple[Factored, bool, int]:
    if seed is None:
        people = arrivals.sum(1, keepdims=True)
        share = np.divide(leavers, people, out=np.zeros_like(leavers), where=people > 0)
        return Factored(stayers, share, arrivals, None), True, 0
    # Large stocks differ by a rounding. It must not look like people who have nowhere to go.
    left, came = leavers.sum(1, keepdims=True), arrivals.sum(1, keepdims=True)
    some = np.minimum(left, came) > ROUNDING * (stayers + leavers).sum(1, keepdims=True)
    share = np.divide(left, came, out=np.zeros_like(left), where=some)
    row, column, fitted, iterations = scale_many(seed, leavers * some, arrivals * share)
    return Factored(stayers, row, column, seed), fitted, iterations


def _differencing(first: Table, last: Table, negatives: str) -> Estimate:
    """A growing stock is a flow from the birthplace. A shrinking one is nothing, or a return."""
    change = last - first
    np.fill_diagonal(change, 0.0)
    out = np.maximum(change, 0.0)
    back = np.maximum(-change, 0.0) if negatives == "reverse" else np.zeros_like(change)
    return _direct(first, last, Direct(out, back))


def _rates(first: Table, last: Table, total: float, seed: Table | None) -> Estimate:
    """A number of moves, shared out as the stocks at the start are (Dennett 2016)."""
    weights = first if seed is None else first * seed
    weights = weights - np.diag(weights.diagonal())
    if not weights.sum():
        raise FlowError("No migrant lives anywhere at the start, so there is nothing to go by.")
    out = weights * (total / weights.sum())
    return _direct(first, last, Direct(out, np.zeros_like(out)))


def _direct(first: Table, last: Table, moves: Direct) -> Estimate:
    od = moves.summed()
    report = Report(True, 0, float(od.sum()), 0.0, None, None, None)
    return Estimate(od, first, last, report, moves)


def _checked(
    values: npt.ArrayLike, what: str, shape: tuple[int, ...], names: Sequence[str]
) -> Table:
    found = np.asarray(values, float)
    if found.shape != shape:
        raise FlowError(f"The {what} are {found.shape}; they must be {shape}.")
    for wrong, said in ((~np.isfinite(found), "missing or infinite"), (found < 0, "negative")):
        if wrong.any():
            where = " × ".join(names[k] for k in np.argwhere(wrong)[0])
            raise FlowError(f"The {what} have a {said} number: {where}.")
    return found


def _largest(differences: Table) -> float:
    return float(np.abs(differences).max(initial=0))
