"""Decision tables, compiled: which rows apply, from one bit mask for each column.

Rows are bits. A column's axis says which rows the value of its term leaves possible, so a table
costs one look-up a column however many rows it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

from karvan.policy.cells import Axis, Range, Ranges
from karvan.policy.law import Law
from karvan.policy.model import Row, Table
from karvan.policy.values import SILENT, UNKNOWN, Gap, Kind, Type, weakest


class Reader(Protocol):
    def read(self, name: str) -> Any: ...


@dataclass(frozen=True, slots=True)
class Column:
    """`rows[piece]` are the rows that the piece leaves possible; `tested` those with a cell,
    `outside` those that a value beyond all pieces leaves, `arising` those that some answer does.
    `itself` is what a gap needs where the term is a question that arises and was not answered."""

    term: str
    axis: Axis
    rows: tuple[int, ...]
    tested: int
    outside: int
    arising: int
    itself: frozenset[str]


class Verdict(NamedTuple):
    """What became of a table: rows that surely apply and rows that may; the terms that were held
    against columns, in that order."""

    sure: int
    maybe: int
    read: tuple[str, ...]
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
            self.columns.insert(0, span_column(law, table.at, self.rows))
        self._default = sum(1 << at for at, row in enumerate(self.rows) if row.otherwise)
        self._precedence = self._all_precedence()
        self._covered: dict[tuple[int, tuple[int, ...]], bool] = {}

    def _all_precedence(self) -> list[tuple[int, int]]:
        """(row, all the rows that take precedence over it), through any chain of exceptions.

        An `otherwise` row gives way to every other row.
        """
        place_of = {row.id: place for place, row in enumerate(self.rows)}
        above = [0] * len(self.rows)
        for place, row in enumerate(self.rows):
            for excepted in row.exception_to:
                if excepted in place_of:
                    above[place_of[excepted]] |= 1 << place
        growing = True
        while growing:
            growing = False
            for place, mask in enumerate(above):
                more = mask
                for other, its in enumerate(above):
                    if mask >> other & 1:
                        more |= its
                growing = growing or more != mask
                above[place] = more
        for place, row in enumerate(self.rows):
            if row.otherwise:
                above[place] |= self.all & ~self._default
        return [(1 << place, mask & ~(1 << place)) for place, mask in enumerate(above) if mask]

    def decide(self, run: Reader) -> Verdict:
        possible, unsure = self.all, 0
        gaps: list[tuple[int, int, Gap]] = []
        read: list[str] = []
        for at, column in enumerate(self.columns):
            if not possible & column.tested:
                continue
            value = run.read(column.term)
            read.append(column.term)
            if isinstance(value, Gap) and value.kind is not Kind.NOT_APPLICABLE:
                unsure |= column.tested
                if value.needs == column.itself:
                    possible &= column.arising
                gaps.append((at, column.tested, value))
                continue
            piece = column.axis.piece(value)
            possible &= column.outside if piece is None else column.rows[piece]
        certain, open_rows = possible & ~unsure, possible & unsure
        sure, maybe = certain, open_rows
        for row, above in self._precedence:
            if possible & row:
                over = open_rows & above
                if certain & above or (over and self._must_apply(over, gaps)):
                    # one of those applies, or one that takes precedence over it and over this
                    sure, maybe = sure & ~row, maybe & ~row
                elif over:
                    sure, maybe = sure & ~row, maybe | row
        outcomes = self._outcomes(sure, maybe, bool(certain), gaps)
        return Verdict(sure, maybe, tuple(read), outcomes)

    def _outcomes(
        self, sure: int, maybe: int, certain: bool, gaps: list[tuple[int, int, Gap]]
    ) -> tuple[Any, ...]:
        """Known only where every row that is still possible agrees, and some row must apply."""
        width = range(len(self.table.outputs))
        if not sure | maybe:
            return (SILENT,) * len(width)
        chosen = self._among(sure | maybe)
        if not maybe:
            if len(chosen) == 1:
                return chosen[0].then
            return tuple(_agreed([row.then[at] for row in chosen], UNKNOWN) for at in width)
        doubt = weakest(*(gap for _, tested, gap in gaps if tested & maybe))
        settled = certain or self._must_apply(maybe, gaps)
        return tuple(_agreed([row.then[at] for row in chosen], doubt, settled) for at in width)

    def _must_apply(self, rows: int, gaps: list[tuple[int, int, Gap]]) -> bool:
        """Whether one of these rows applies whatever the terms that are not known come to."""
        known_to_arise = tuple(at for at, _, gap in gaps if gap.needs == self.columns[at].itself)
        key = (rows, (*(at for at, _, _ in gaps), -1, *known_to_arise))
        if key not in self._covered:
            pieces = [
                [
                    self.columns[at].rows[piece]
                    for piece in range(len(self.columns[at].axis.pieces))
                    if piece != self.columns[at].axis.lacking or at not in known_to_arise
                ]
                for at, _, _ in gaps
            ]
            tested = [self.columns[at].tested for at, _, _ in gaps]
            self._covered[key] = _covers(rows, pieces, tested)
        return self._covered[key]

    def _among(self, mask: int) -> list[Row]:
        return [row for at, row in enumerate(self.rows) if mask >> at & 1]


def _covers(rows: int, pieces: list[list[int]], tested: list[int]) -> bool:
    """Whether every combination of pieces, one a column, leaves one of the rows."""
    if not rows:
        return False
    later = 0
    for mask in tested:
        later |= mask
    if rows & ~later:
        return True
    left = {rows & piece for piece in pieces[0]}
    return all(_covers(mask, pieces[1:], tested[1:]) for mask in left)


def _agreed(outcomes: list[Any], doubt: Gap, settled: bool = True) -> Any:
    first = outcomes[0]
    if (settled or first == SILENT) and all(outcome == first for outcome in outcomes[1:]):
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


def span_column(law: Law, term: str, rows: Sequence[Row]) -> Column:
    cells = [
        Ranges((Range(row.grounds.span.start, row.grounds.span.end),))
        if row.grounds.span.start or row.grounds.span.end
        else None
        for row in rows
    ]
    axis = Axis(Type("date"), cells, may_lack=term in law.may_lack)
    return _column(term, axis, cells)


def _column(term: str, axis: Axis, cells: Sequence[Any]) -> Column:
    tested = sum(1 << at for at, cell in enumerate(cells) if cell is not None)
    rows = tuple(
        sum(1 << at for at, mask in enumerate(axis.masks) if mask >> piece & 1)
        for piece in range(len(axis.pieces))
    )
    free = sum(1 << at for at, cell in enumerate(cells) if cell is None)
    negated = sum(1 << at for at, cell in enumerate(cells) if getattr(cell, "negated", False))
    arising = 0
    for piece, mask in enumerate(rows):
        if piece != axis.lacking:
            arising |= mask
    return Column(term, axis, rows, tested, free | negated, arising, frozenset((term,)))


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
