"""Synthetic people: a population that nobody is in and that fits what is known of a real one.

Known margins are fitted by iterative proportional fitting, which adds nothing to them: whatever
they do not say comes out independent. The fitted table is then made whole by choosing, for each of
its cells, the number below or above, so that margins stay whole-numbered too.

The same margins, size and seed give the same people. Chance comes from the raw bits of PCG64, whose
stream NumPy keeps fixed from version to version (NEP 19), and not from NumPy's distributions, which
it may change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

COUNT = "count"
MOST_ROUNDS = 2_000
# As parts of the whole: where fitting may stop, and how far margins may be from each other.
NEAR_ENOUGH = 1e-10
AGREEMENT = 1e-6
# Nearer than this to a whole number is one.
NEARLY = 1e-6

Numbers = NDArray[np.float64]


class Contradiction(ValueError):
    """No population has all these margins."""


def population(margins: Sequence[pl.DataFrame], size: int, seed: int) -> pl.DataFrame:
    """`size` people, a row each, whose columns are the dimensions of the margins.

    A margin has a column for each of its dimensions and `count`, in people or in any other unit:

        sex  count        sex  destination  count         sex  destination
        F       40        F    A               30    →    F    A
        M       60        F    B               10         F    A
                                                          …

    A count that is null, and a combination without a row, are unknown: they stay unconstrained, up
    to what the other margins leave. At least one margin must be complete, to tell the total.

    Each known count comes within one person of its share of `size`: always where there are two
    dimensions, and with more of them but for rare cases that miss by another person. Columns are
    `pl.Enum`, rows in the order of their codes.

    Raises Contradiction where margins disagree or no table fits all, ValueError for margins that
    cannot be read.
    """
    if size < 0:
        raise ValueError(f"A population of {size} people cannot be drawn.")
    if size < 0:
        raise ValueError(f"A population of {size} people cannot be drawn.")
    codes = _codes(margins)
    known = [_Margin.read(margin, number, codes) for number, margin in enumerate(margins, 1)]
    everyone = _everyone(known)
    for one, other in combinations(known, 2):
        _check_agreement(one, other, everyone, codes)
    limits = [each.limit(everyone) for each in known]
    fitted = _fitted(limits, tuple(len(each) for each in codes.values()))
    return _rows(_whole(fitted * (size / everyone), size, limits, seed), codes)


def _codes(margins: Sequence[pl.DataFrame]) -> dict[str, list[str]]:
    """The codes of each dimension, in the order in which the margins name them."""
    found: dict[str, list[str]] = {}
    for number, margin in enumerate(margins, 1):
        dimensions = [name for name in margin.columns if name != COUNT]
        if len(dimensions) == len(margin.columns) or not dimensions:
            raise ValueError(f"Margin {number} needs a column {COUNT} and at least one dimension.")
        for name in dimensions:
            if margin[name].null_count():
                raise ValueError(f"Margin {number}: the column {name} is empty in some row.")
            found.setdefault(name, []).extend(margin[name].cast(pl.String).to_list())
    if not found:
        raise ValueError("A population needs at least one margin.")
    return {name: list(dict.fromkeys(codes)) for name, codes in found.items()}


@dataclass(frozen=True)
class _Margin:
    """`counts` has an axis for each of `axes` of the whole table, in its order; NaN is unknown."""

    number: int
    names: tuple[str, ...]
    axes: tuple[int, ...]
    counts: Numbers

    @classmethod
    def read(cls, margin: pl.DataFrame, number: int, codes: dict[str, list[str]]) -> _Margin:
        names = tuple(name for name in codes if name in margin.columns)
        axes = tuple(axis for axis, name in enumerate(codes) if name in names)
        at = tuple(
            margin[name]
            .cast(pl.String)
            .replace_strict(codes[name], list(range(len(codes[name]))), return_dtype=pl.Int64)
            .to_numpy()
            for name in names
        )
        shape = tuple(len(codes[name]) for name in names)
        often = np.zeros(shape, dtype=np.int64)
        np.add.at(often, at, 1)
        counts = np.full(shape, np.nan)
        counts[at] = margin[COUNT].cast(pl.Float64).to_numpy()
        for wrong, says in ((often > 1, "occurs twice"), (counts < 0, "is below zero")):
            for place in np.argwhere(wrong)[:1]:
                cell = _named(names, tuple(place), codes)
                raise ValueError(f"Margin {number}: the count for {cell} {says}.")
        return cls(number, names, axes, counts)

    @property
    def complete(self) -> bool:
        return not np.isnan(self.counts).any()

    @property
    def title(self) -> str:
        return f"margin {self.number} ({' × '.join(self.names)})"

    def over(self, names: Sequence[str]) -> Numbers:
        """Summed until only these dimensions are left."""
        gone = tuple(at for at, name in enumerate(self.names) if name not in names)
        return np.asarray(self.counts.sum(axis=gone))

    def limit(self, everyone: float) -> _Limit:
        unknown = np.isnan(self.counts)
        groups = np.where(unknown, 0, np.arange(1, self.counts.size + 1).reshape(unknown.shape))
        rest = everyone - float(np.nansum(self.counts)) if unknown.any() else 0.0
        if rest < -AGREEMENT * everyone:
            raise Contradiction(
                f"The known counts of {self.title} add up to {everyone - rest:.12g}, "
                f"more than the {everyone:.12g} people of the complete margins."
            )
        wanted = np.concatenate([[max(rest, 0.0)], np.nan_to_num(self.counts).ravel()])
        return _Limit(self.title, self.axes, groups, wanted)


@dataclass(frozen=True)
class _Limit:
    """How many are `wanted` (groups,) in each group of cells of a margin.

    A known count is a group by itself; all unknown ones share the first group, for what is left.
    """

    title: str
    axes: tuple[int, ...]
    groups: NDArray[np.int64]
    wanted: Numbers

    def across(self, shape: tuple[int, ...]) -> NDArray[np.int64]:
        """The group of every cell of the whole table."""
        other = tuple(axis for axis in range(len(shape)) if axis not in self.axes)
        return np.broadcast_to(np.expand_dims(self.groups, other), shape)

    def found(self, table: Numbers) -> Numbers:
        other = tuple(axis for axis in range(table.ndim) if axis not in self.axes)
        margin = table.sum(axis=other)
        summed = np.bincount(self.groups.ravel(), margin.ravel(), minlength=len(self.wanted))
        return np.asarray(summed, dtype=np.float64)


def _named(names: Sequence[str], place: Sequence[int], codes: dict[str, list[str]]) -> str:
    return ", ".join(f"{name} = {codes[name][at]}" for name, at in zip(names, place, strict=True))


def _everyone(known: Sequence[_Margin]) -> float:
    totals = [float(each.counts.sum()) for each in known if each.complete]
    if not totals:
        raise ValueError(
            "Every margin has unknown counts, so how many people there are is not known. "
            "Give at least one margin without gaps."
        )
    if not totals[0] > 0:
        raise ValueError("The margins count nobody, so there is nobody to be like.")
    return totals[0]


def _check_agreement(
    one: _Margin, other: _Margin, everyone: float, codes: dict[str, list[str]]
) -> None:
    """Two margins count the same people, and so must agree in what both tell."""
    shared = [name for name in one.names if name in other.names]
    here, there = one.over(shared), other.over(shared)
    for place in np.argwhere(np.abs(here - there) > AGREEMENT * everyone)[:1]:
        where = tuple(place)
        of = f"people with {_named(shared, where, codes)}" if shared else "people"
        raise Contradiction(
            f"{one.title.capitalize()} and {other.title} contradict each other: "
            f"they count {here[where]:.12g} and {there[where]:.12g} {of}."
        )


def _fitted(limits: Sequence[_Limit], shape: tuple[int, ...]) -> Numbers:
    """The table that fits all limits and is otherwise as independent as they allow."""
    table = np.ones(shape)
    everyone = float(limits[0].wanted.sum())
    groups = [limit.across(shape) for limit in limits]
    furthest = np.inf
    for _ in range(MOST_ROUNDS):
        for limit, group in zip(limits, groups, strict=True):
            found = limit.found(table)
            if np.any((found == 0) & (limit.wanted > 0)):
                raise Contradiction(
                    f"The margins contradict each other: {limit.title} counts people where "
                    f"the others leave none."
                )
            factor = np.divide(limit.wanted, found, out=np.zeros_like(found), where=found > 0)
            table *= factor[group]
        furthest = max(float(np.abs(it.found(table) - it.wanted).max()) for it in limits) / everyone
        if furthest <= NEAR_ENOUGH:
            break
    if furthest > AGREEMENT:
        raise Contradiction(
            f"The margins contradict each other: no table fits all of them. The nearest found is "
            f"off by {furthest:.2g} of all people in one count."
        )
    return table


def _uniform(seed: int, size: int) -> Numbers:
    """Numbers between 0 and 1, neither of them included."""
    bits = np.random.PCG64(seed).random_raw(size) >> np.uint64(11)
    return (bits.astype(np.float64) + 0.5) * 2.0**-53


def _whole(expected: Numbers, size: int, limits: Sequence[_Limit], seed: int) -> NDArray[np.int64]:
    """Each cell rounded down or up, so that the sum is `size` and margins are rounded likewise.

    By itself each cell would be rounded up with the chance of its fraction: that is what comparing
    the log-odds of a random number with those of the fraction does. Minimising their sum within the
    margins keeps near to it (a perturbed maximum, as Papandreou and Yuille 2011 call it).
    """
    people = np.floor(expected + NEARLY)
    part = expected - people
    open_cells = part > NEARLY
    chance, draw = part[open_cells], _uniform(seed, expected.size)[open_cells.ravel()]
    price = np.log(draw / (1 - draw)) - np.log(chance / (1 - chance))
    rows = [csr_array(np.ones((1, len(price))))]
    low = high = np.array([size - people.sum()])
    for limit in limits:
        wanted, already = limit.found(expected), limit.found(people)
        group = limit.across(expected.shape)[open_cells]
        column = np.arange(len(price))
        shape = (len(wanted), len(price))
        rows.append(csr_array((np.ones(len(price)), (group, column)), shape=shape))
        low = np.concatenate([low, np.floor(wanted + NEARLY) - already])
        high = np.concatenate([high, np.ceil(wanted - NEARLY) - already])
    people[open_cells] += _chosen(price, vstack(rows, format="csr"), low, high)
    return people.astype(np.int64)


def _chosen(price: Numbers, sums: csr_array, low: Numbers, high: Numbers) -> Numbers:
    """Zeros and ones with the least price whose sums lie between low and high."""
    if not len(price):
        return price
    between = vstack([sums, -sums], format="csr")
    found = linprog(
        price, A_ub=between, b_ub=np.concatenate([high, -low]), bounds=(0, 1), method="highs"
    ).x
    chosen = np.asarray(np.round(found), dtype=np.float64)
    left = np.abs(found - chosen) > NEARLY
    if left.any():
        # Beyond two dimensions a few cells may stay between zero and one. Only these are searched
        # for whole numbers, and where there are none, what margins miss costs more than any choice.
        chosen[left] = 0.0
        rest = sums @ chosen
        lines, cells = sums.shape[0], int(left.sum())
        # The first sum is the size of the population, which is kept.
        slack = eye_array(lines, format="csr")[:, 1:]
        miss = 1e3 * (1 + np.abs(price).sum())
        chosen[left] = np.round(
            milp(
                np.concatenate([price[left], np.full(2 * (lines - 1), miss)]),
                integrality=np.ones(cells + 2 * (lines - 1)),
                bounds=Bounds(0, np.concatenate([np.ones(cells), np.full(2 * lines - 2, np.inf)])),
                constraints=LinearConstraint(
                    hstack([sums[:, left], slack, -slack], format="csr"), low - rest, high - rest
                ),
            ).x[:cells]
        )
    return chosen


def _rows(people: NDArray[np.int64], codes: dict[str, list[str]]) -> pl.DataFrame:
    cells = np.repeat(np.arange(people.size), people.ravel())
    places = np.unravel_index(cells, people.shape)
    return pl.DataFrame(
        [
            pl.Series(name, known, dtype=pl.Enum(known)).gather(at)
            for (name, known), at in zip(codes.items(), places, strict=True)
        ]
    )
