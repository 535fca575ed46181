"""Small counts are hidden before a table leaves, and enough beside them that nobody works them out.

A count of 1 to 9 may point at a person, so it is hidden (primary suppression). Zero is published:
it describes nobody, and Eurostat's practice too hides counts that are positive and below the
threshold. As totals are published, other cells are hidden as well (secondary suppression), until
somebody who knows every published number, that parts add up to totals, that people are whole, that
zeros are never hidden and how this module works cannot narrow any hidden count down: the highest
it may be stays at least ten above the lowest.

Which cells are hidden beside the small ones is chosen by linear programming (Kelly, Golden and
Assad 1992; Fischetti and Salazar 2001), parts before totals; then the attack itself is played, and
what it breaks is mended until it breaks nothing. All hidden cells look alike afterwards.

What is not covered: other tables of the same people, published elsewhere or earlier.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, hstack, vstack

TOTAL = "_T"
COUNT = "count"
THRESHOLD = 10
# How much dearer a cell is to hide with each dimension that it is a total of.
DEARER_TOTAL = 100.0
# To lean on a cell that is hidden anyway costs next to nothing.
CHEAP = 0.01

ALL = slice(None)
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
# Solvers count in floats: nearer than this is the same number.
NEARLY = 1e-6
# Looking longer for a table of whole people is given up, and more is hidden instead.
LONG_SEARCH = 200


def suppress(table: pl.DataFrame, *, threshold: int = THRESHOLD) -> pl.DataFrame:
    """The table with small counts hidden, and a column `status`.

    Every column but `count` is a dimension; where one has the code `_T`, the other codes add up to
    it. Every combination of codes has one row; a count that is not known is null and stays so.

        origin  sex  count          origin  sex  count  status
        A       F        4          A       F     null  suppressed
        A       M       60    →     A       M     null  suppressed
        A       _T      64          A       _T      64  observed

    Raises ValueError, naming the cell, for a count that is negative or no whole number, for a cell
    that occurs twice or not at all, and for parts that do not add up to their total.
    """
    codes = _codes(table)
    counts = _counts(table, codes)
    _check_sums(counts, codes)
    hidden = np.zeros(counts.shape, dtype=bool)
    added = [known for known in codes.values() if TOTAL in known]
    for place in _separate_tables(codes):
        cells = _Cells(np.asarray(counts[place]), added, threshold)
        hidden[place] = cells.hide().reshape(hidden[place].shape)
    return _published(table, codes, hidden)


def _codes(table: pl.DataFrame) -> dict[str, list[str]]:
    if COUNT not in table.columns:
        raise ValueError(f"The table has no column {COUNT}.")
    dimensions = [name for name in table.columns if name != COUNT]
    for name in dimensions:
        if table[name].null_count():
            raise ValueError(f"The column {name} is empty in some row. Name a code in every row.")
    return {
        name: table[name].cast(pl.String).unique(maintain_order=True).to_list()
        for name in dimensions
    }


def _positions(table: pl.DataFrame, codes: dict[str, list[str]]) -> tuple[NDArray[np.int64], ...]:
    """For every row its place in the array of all combinations, one index a dimension."""
    return tuple(
        table[name]
        .cast(pl.String)
        .replace_strict(known, list(range(len(known))), return_dtype=pl.Int64)
        .to_numpy()
        for name, known in codes.items()
    )


def _named(codes: dict[str, list[str]], place: tuple[int, ...]) -> str:
    return ", ".join(
        f"{name} = {known[at]}" for (name, known), at in zip(codes.items(), place, strict=True)
    )


def _counts(table: pl.DataFrame, codes: dict[str, list[str]]) -> Numbers:
    shape = tuple(len(known) for known in codes.values())
    at = _positions(table, codes)
    rows = np.zeros(shape, dtype=np.int64)
    np.add.at(rows, at, 1)
    for place in np.argwhere(rows != 1)[:1]:
        often = rows[tuple(place)]
        remedy = "It may occur once." if often else "Write 0 for nobody and leave unknown empty."
        raise ValueError(f"The cell {_named(codes, tuple(place))} occurs {often} times. {remedy}")
    counts = np.full(shape, np.nan)
    counts[at] = table[COUNT].cast(pl.Float64).to_numpy()
    wrong = (counts < 0) | (counts != np.round(counts)) & ~np.isnan(counts)
    for place in np.argwhere(wrong)[:1]:
        raise ValueError(
            f"The cell {_named(codes, tuple(place))} is {counts[tuple(place)]:.12g}. "
            f"A count is a whole number of people."
        )
    return counts


def _separate_tables(codes: dict[str, list[str]]) -> Iterator[tuple[int | slice, ...]]:
    """Where a dimension has no total nothing adds up along it: each code is a table by itself."""
    yield from product(
        *([ALL] if TOTAL in known else range(len(known)) for known in codes.values())
    )


def _published(table: pl.DataFrame, codes: dict[str, list[str]], hidden: Flags) -> pl.DataFrame:
    gone = pl.Series("gone", hidden[_positions(table, codes)])
    return table.with_columns(
        pl.when(~gone).then(pl.col(COUNT)),
        pl.when(gone)
        .then(pl.lit("suppressed"))
        .when(pl.col(COUNT).is_null())
        .then(pl.lit("unknown"))
        .otherwise(pl.lit("observed"))
        .alias("status"),
    )


def _check_sums(counts: Numbers, codes: dict[str, list[str]]) -> None:
    for axis, known in enumerate(codes.values()):
        if TOTAL not in known:
            continue
        at = known.index(TOTAL)
        total = np.take(counts, [at], axis=axis)
        parts = np.delete(counts, at, axis=axis)
        added = np.nansum(parts, axis=axis, keepdims=True)
        unknown = np.isnan(parts).any(axis=axis, keepdims=True)
        for place in np.argwhere((added > total) | (added < total) & ~unknown)[:1]:
            where = tuple(place)
            cell = (*where[:axis], at, *where[axis + 1 :])
            raise ValueError(
                f"The total {_named(codes, cell)} is {total[where]:.12g}, "
                f"but its parts add up to {added[where]:.12g}."
            )


class _Cells:
    """The cells of one table in a row, and the equations between them.

    `values` (cells,) has NaN for unknown; `equations` (lines, cells) has 1 for a part and −1 for
    its total; `price` (cells,) says how dear it is to hide a cell. `tables` (found, cells) are
    whole-numbered tables that nobody outside can tell from the true one, which is the first.
    """

    def __init__(self, counts: Numbers, codes: list[list[str]], threshold: int) -> None:
        self.values = counts.ravel()
        self.threshold = threshold
        self.equations, depth = _equations(counts.shape, codes)
        self.price = DEARER_TOTAL**depth * (1 + np.log1p(np.nan_to_num(self.values)))
        self.unknown = np.isnan(self.values)
        self.small = (self.values > 0) & (self.values < threshold)
        self.hidden = self.small.copy()
        self.tables = self._completed()[None]

    def hide(self) -> Flags:
        """Which cells to hide. Unknown ones are not among them, yet are guarded like the rest."""
        while (cell := self._given_away()) is not None:
            self._protect(cell)
        dearest_first = np.argsort(-self.price, kind="stable")
        for cell in dearest_first[(self.hidden & ~self.small)[dearest_first]]:
            self._publish_if_safe(cell)
        return self.hidden

    def _completed(self) -> Numbers:
        table = np.where(self.unknown, 0.0, self.values)
        if self.unknown.any():
            missing = self._outside_view(self.unknown)
            found = missing.whole(np.zeros(missing.size))
            if found is None:
                raise ValueError(
                    "The known counts contradict each other: no whole number of people "
                    "in the unknown cells makes all parts add up to their totals."
                )
            table[self.unknown] = found
        return table

    def _outside_view(self, free: Flags) -> _Puzzle:
        """What is known about the free cells: their sums, and that no zero is hidden."""
        published = np.where(free, 0.0, self.values)
        lowest = np.where(self.unknown, 0.0, 1.0)[free]
        sums = -(self.equations @ published)
        return _Puzzle(self.equations[:, free], sums, lowest, np.full(len(lowest), np.inf))

    def _given_away(self) -> int | None:
        """A cell that the published ones give away: this plays the attack."""
        free = self.hidden | self.unknown
        lines = np.abs(self.equations)
        alone_in_a_line = lines.T @ np.where(lines @ np.where(free, 1, 0) == 1, 1, 0) > 0
        for cell in map(int, np.flatnonzero(alone_in_a_line & self.hidden)):
            return cell
        view = self._outside_view(free)
        for at, cell in enumerate(map(int, np.flatnonzero(free))):
            if self._may_be_higher(cell, free):
                continue
            alone = (np.arange(view.size) == at).astype(float)
            least = _surely(view.relaxed(alone))
            self._see(free, least)
            # That an unknown count is large gives nobody away.
            if self.unknown[cell] and least[at] >= self.threshold:
                continue
            # How much further it may go does not matter, and where nothing binds there is no end.
            enough = self.tables[:, cell].min() + self.threshold
            most = _surely(view.within(at, 0.0, enough).relaxed(-alone))
            self._see(free, most)
            # Nor does it that there can be nobody.
            if self.unknown[cell] and most[at] < NEARLY:
                continue
            if self._range(cell) < self.threshold and most[at] > enough - NEARLY:
                wholly = view.within(at, enough, np.inf)
                self._see(free, wholly.whole(np.zeros(view.size), LONG_SEARCH))
            if self._range(cell) < self.threshold:
                return cell
        return None

    def _may_be_higher(self, cell: int, free: Flags) -> bool:
        """The quick look: a table that differs in few cells stays good when others are shown."""
        if self._range(cell) < self.threshold:
            found = self._moves(cell, free).relaxed(np.ones(2 * len(free)))
            if found is not None:
                self._see_moved(found)
        return self._range(cell) >= self.threshold

    def _range(self, cell: int) -> float:
        return float(np.ptp(self.tables[:, cell]))

    def _see(self, free: Flags, found: Numbers | None) -> None:
        if found is not None and _is_whole(found):
            table = self.tables[0].copy()
            table[free] = np.round(found)
            self.tables = np.vstack([self.tables, table])

    def _see_moved(self, moves: Numbers) -> None:
        added, taken = np.split(moves, 2)
        self._see(np.ones(len(added), dtype=bool), self.tables[0] + added - taken)

    def _moves(self, cell: int, movable: Flags) -> _Puzzle:
        """People added to some cells (first half) and taken from others (second half).

        All sums hold, zeros stay, and this cell is as much higher as it must be.
        """
        true = self.tables[0]
        taken = np.where(movable, true - np.where(self.unknown, 0.0, 1.0), 0.0)
        taken[cell] = 0.0
        rise = self.tables[:, cell].min() + self.threshold - true[cell]
        return _Puzzle(
            hstack([self.equations, -self.equations], format="csr"),
            np.zeros(self.equations.shape[0]),
            np.zeros(2 * len(true)),
            np.concatenate([np.where(movable, np.inf, 0.0), taken]),
        ).within(cell, rise, np.inf)

    def _protect(self, cell: int) -> None:
        """Hide the cheapest cells that let this one be high enough."""
        already = self.hidden | self.unknown
        moves = self._moves(cell, already | (self.values > 0))
        goal = np.tile(np.where(already, CHEAP, self.price), 2)
        found = _surely(moves.relaxed(goal))
        if not (_is_whole(found) or self._newly_moved(found).any()):
            found = _surely(moves.whole(goal))
        self.hidden |= self._newly_moved(found)
        self._see_moved(found)

    def _newly_moved(self, moves: Numbers) -> Flags:
        added, taken = np.split(moves, 2)
        return (np.abs(added - taken) > NEARLY) & ~self.hidden & ~self.unknown

    def _publish_if_safe(self, cell: int) -> None:
        before = self.tables
        self.hidden[cell] = False
        self.tables = before[before[:, cell] == before[0, cell]]
        if self._given_away() is not None:
            self.hidden[cell], self.tables = True, before


def _equations(shape: tuple[int, ...], codes: list[list[str]]) -> tuple[csr_array, Numbers]:
    """The sums of a table, and for each cell of how many dimensions it is a total."""
    cells = int(np.prod(shape))
    places, depth = np.arange(cells).reshape(shape), np.zeros(shape)
    lines = [csr_array((0, cells))]
    for axis, known in enumerate(codes):
        sign = np.where(np.array(known) == TOTAL, -1.0, 1.0)
        across = np.moveaxis(places, axis, -1).reshape(-1, len(known))
        line = np.repeat(np.arange(len(across)), len(known))
        signs = np.tile(sign, len(across))
        lines.append(csr_array((signs, (line, across.ravel())), shape=(len(across), cells)))
        depth += np.expand_dims(sign < 0, tuple(it for it in range(len(shape)) if it != axis))
    return vstack(lines, format="csr"), depth.ravel()


@dataclass(frozen=True)
class _Puzzle:
    """Which numbers from `lowest` (cells,) to `highest` (cells,) fulfil equations @ x = sums?"""

    equations: csr_array
    sums: Numbers
    lowest: Numbers
    highest: Numbers

    @property
    def size(self) -> int:
        return len(self.lowest)

    def within(self, cell: int, lowest: float, highest: float) -> _Puzzle:
        """The same with one cell kept between two numbers as well."""
        low, high = self.lowest.copy(), self.highest.copy()
        low[cell], high[cell] = max(lowest, low[cell]), min(highest, high[cell])
        return replace(self, lowest=low, highest=high)

    def relaxed(self, goal: Numbers) -> Numbers | None:
        """The solution with the least goal · x, or None if there is none.

        In tables of one or two dimensions its numbers are whole.
        """
        found = linprog(
            goal,
            A_eq=self.equations,
            b_eq=self.sums,
            bounds=np.column_stack([self.lowest, self.highest]),
            method="highs",
        )
        return None if found.x is None else np.asarray(found.x, dtype=np.float64)

    def whole(self, goal: Numbers, most_nodes: int | None = None) -> Numbers | None:
        """The same in whole numbers, or None where there are none or the search grew too long."""
        found = milp(
            goal,
            integrality=np.ones(self.size),
            bounds=Bounds(self.lowest, self.highest),
            constraints=LinearConstraint(self.equations, self.sums, self.sums),
            options={} if most_nodes is None else {"node_limit": most_nodes},
        )
        return None if found.x is None else np.asarray(found.x, dtype=np.float64)


def _surely(found: Numbers | None) -> Numbers:
    """There is a solution, since the true table is one or can be added to itself to make one."""
    if found is None:
        raise RuntimeError("The solver found no table, though there is one.")
    return found


def _is_whole(numbers: Numbers) -> bool:
    return bool(np.abs(numbers - np.round(numbers)).max(initial=0.0) < NEARLY)
