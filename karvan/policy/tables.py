"""Decision tables, compiled: which rows apply, from one bit mask for each column.

Rows are bits. A column's axis says which rows the value of its term leaves possible, so a table
costs one look-up a column however many rows it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from karvan.policy.cells import Axis, Range, Ranges
from karvan.policy.law import Law
from karvan.policy.model import Row, Table
from karvan.policy.values import SILENT, UNKNOWN, Gap, Kind, Type, weakest


class Reader(Protocol):
    def read(self, name: str) -> Any: ...


@dataclass(frozen=True, slots=True)
class Column:
    """`rows[piece]` are the rows that the piece leaves possible; `tested` those with a cell."""

    term: str
    axis: Axis
    rows: tuple[int, ...]
    tested: int
    outside: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a table: rows that surely apply and rows that may; the values held against
    the columns, in the order in which they were read."""

    sure: int
    maybe: int
    seen: tuple[tuple[int, Any], ...]
    outcomes: tuple[Any, ...]


class CompiledTable:
    """The rows of one table that can apply on the days of one epoch.

    With `on` None the table looks at a date of its own, and the rows' spans become a column.
    """

    def __init__(self, law: Law, table: Table, rows: Sequence[Row], on: date | None) -> None:
        self.table = table
        self.rows = tuple(rows)
        self.all = (1 << len(self.rows)) - 1
        self.columns = [
            make_column(law, term, self.rows)
            for term in table.columns
            if any(term == name for row in self.rows for name, _ in row.cells)
        ]
        if on is None:
            self.columns.insert(0, span_column(table.at, self.rows))
        self._exceptions = self._order_exceptions()
        self._readings = sum(1 << at for at, row in enumerate(self.rows) if row.reading)
        self._law = law
        self._complete: bool | None = None

    def _order_exceptions(self) -> list[tuple[int, int]]:
        """(row, the rows that take precedence over it), exceptions before what they except."""
        at = {row.id: place for place, row in enumerate(self.rows)}
        over: dict[int, int] = {}
        for place, row in enumerate(self.rows):
            for other in row.exception_to:
                if other in at:
                    over[at[other]] = over.get(at[other], 0) | 1 << place
        ordered: list[tuple[int, int]] = []
        waiting = dict(over)
        while waiting:
            ready = [p for p, above in waiting.items() if not any(above >> q & 1 for q in waiting)]
            for place in ready or list(waiting):
                ordered.append((1 << place, waiting.pop(place)))
        default = sum(1 << place for place, row in enumerate(self.rows) if row.otherwise)
        for place, row in enumerate(self.rows):
            if row.otherwise:
                above = self.all & ~default | over.get(place, 0)
                ordered = [pair for pair in ordered if pair[0] != 1 << place]
                ordered.append((1 << place, above))
        return ordered

    def decide(self, run: Reader) -> Verdict:
        possible, unsure = self.all, 0
        gaps: list[tuple[int, Gap]] = []
        seen: list[tuple[int, Any]] = []
        for column in self.columns:
            if not possible & column.tested:
                continue
            value = run.read(column.term)
            seen.append((column.tested, value))
            if isinstance(value, Gap) and value.kind is not Kind.NOT_APPLICABLE:
                unsure |= column.tested
                gaps.append((column.tested, value))
                continue
            piece = column.axis.piece(value)
            possible &= column.outside if piece is None else column.rows[piece]
        sure, maybe = possible & ~unsure, possible & unsure
        for row, above in self._exceptions:
            if (sure | maybe) & row:
                if sure & above:
                    sure, maybe = sure & ~row, maybe & ~row
                elif maybe & above and sure & row:
                    sure, maybe = sure & ~row, maybe | row
        return Verdict(sure, maybe, tuple(seen), self._outcomes(sure, maybe, gaps))

    def _outcomes(self, sure: int, maybe: int, gaps: list[tuple[int, Gap]]) -> tuple[Any, ...]:
        width = range(len(self.table.outputs))
        if sure and not (maybe and (sure | maybe) & self._readings):
            chosen = self._among(sure)
            if len(chosen) == 1:
                return chosen[0].then
            return tuple(_agreed([row.then[at] for row in chosen], UNKNOWN) for at in width)
        if not maybe:
            return (SILENT,) * len(self.table.outputs)
        chosen = self._among(sure | maybe)
        causes = [gap for tested, gap in gaps if tested & maybe] or [gap for _, gap in gaps]
        doubt = weakest(*causes)
        settled = bool(sure) or self.complete
        return tuple(_agreed([row.then[at] for row in chosen], doubt, settled) for at in width)

    def _among(self, mask: int) -> list[Row]:
        return [row for at, row in enumerate(self.rows) if mask >> at & 1]

    @property
    def complete(self) -> bool:
        """Whether some row applies to everybody, so that rows which agree settle the outcome."""
        if self._complete is None:
            self._complete = any(row.otherwise for row in self.rows) or not uncovered(self)
        return self._complete


def _agreed(outcomes: list[Any], doubt: Gap, settled: bool = True) -> Any:
    first = outcomes[0]
    if settled and all(outcome == first for outcome in outcomes[1:]):
        return first
    if doubt.kind is Kind.UNANSWERED:
        return doubt
    return weakest(doubt, *(outcome for outcome in outcomes if isinstance(outcome, Gap)))


def make_column(law: Law, term: str, rows: Sequence[Row]) -> Column:
    cells = [dict(row.cells).get(term) for row in rows]
    type = law.types[term]
    entry = law.inputs.get(term)
    span = Range(entry.low, entry.high) if entry else Range()
    axis = Axis(type, cells, domain=law.domain(type), span=span, may_lack=term in law.may_lack)
    return _column(term, axis, cells)


def span_column(term: str, rows: Sequence[Row]) -> Column:
    cells = [
        Ranges((Range(row.grounds.span.start, row.grounds.span.end),))
        if row.grounds.span.start or row.grounds.span.end
        else None
        for row in rows
    ]
    return _column(term, Axis(Type("date"), cells), cells)


def _column(term: str, axis: Axis, cells: Sequence[Any]) -> Column:
    tested = sum(1 << at for at, cell in enumerate(cells) if cell is not None)
    rows = tuple(
        sum(1 << at for at, mask in enumerate(axis.masks) if mask >> piece & 1)
        for piece in range(len(axis.pieces))
    )
    free = sum(1 << at for at, cell in enumerate(cells) if cell is None)
    negated = sum(1 << at for at, cell in enumerate(cells) if getattr(cell, "negated", False))
    return Column(term, axis, rows, tested, free | negated)


def uncovered(table: CompiledTable, limit: int = 1) -> list[list[Any]]:
    """Combinations of sample values, one a column, for which no row applies (at most `limit`)."""
    found: list[list[Any]] = []

    def search(at: int, possible: int, path: list[Any]) -> None:
        if len(found) >= limit:
            return
        if not possible:
            rest = [column.axis.pieces[0] for column in table.columns[at:]]
            found.append(path + rest)
            return
        if at == len(table.columns):
            return
        column = table.columns[at]
        if any(
            possible >> row & 1 and not _tests(table, row, at) for row in range(len(table.rows))
        ):
            return
        for piece, sample in enumerate(column.axis.pieces):
            search(at + 1, possible & column.rows[piece], [*path, sample])

    search(0, table.all, [])
    return found


def _tests(table: CompiledTable, row: int, first: int) -> bool:
    """Whether a row still has a cell in the columns from `first` on."""
    return any(column.tested >> row & 1 for column in table.columns[first:])
