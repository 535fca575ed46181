"""Cells of decision tables, and the axis that all cells of one column make together.

A cell is a set of values. An `Axis` cuts a term's domain into the fewest pieces that no cell of
the column divides; a row then is a set of pieces in each column. The same pieces serve the engine
(which piece is this value in?) and the checker (do two rows overlap, is anything left out?).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from karvan.policy.values import NOT_APPLICABLE, Gap, Money, Type, format_value, parse_value


@dataclass(frozen=True, slots=True)
class Codes:
    """One of these values or, negated, any other value that is known."""

    codes: frozenset[Any]
    negated: bool = False

    def holds(self, value: Any) -> bool:
        return (value in self.codes) is not self.negated


@dataclass(frozen=True, slots=True)
class Range:
    low: Any = None
    high: Any = None
    low_open: bool = False
    high_open: bool = False

    def holds(self, value: Any) -> bool:
        if self.low is not None and (value < self.low or (self.low_open and value == self.low)):
            return False
        return self.high is None or not (
            value > self.high or (self.high_open and value == self.high)
        )


@dataclass(frozen=True, slots=True)
class Ranges:
    ranges: tuple[Range, ...]

    def holds(self, value: Any) -> bool:
        return any(piece.holds(value) for piece in self.ranges)


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The cell `n/a`: the term does not arise."""

    def holds(self, value: Any) -> bool:
        return False


Cell = Codes | Ranges | NotApplicable


def parse_cell(text: str, type: Type, domain: frozenset[str] = frozenset()) -> Cell | None:
    """Read a cell; None means that anything matches. Raises ValueError.

    `domain` holds the codes of an open vocabulary (countries, ISCO-08 unit groups).
    """
    text = text.strip()
    if text == "-":
        return None
    if text == "n/a":
        return NotApplicable()
    if type.ordered:
        return Ranges(tuple(_range(part.strip(), type) for part in text.split(",")))
    negated = re.fullmatch(r"not\((.*)\)", text, re.DOTALL)
    parts = [part.strip() for part in (negated[1] if negated else text).split(",")]
    codes: set[Any] = set()
    for part in parts:
        codes.update(_codes(part, type, domain))
    return Codes(frozenset(codes), negated is not None)


def _codes(text: str, type: Type, domain: frozenset[str]) -> Iterable[Any]:
    if type.name == "occupation":
        found = {code for code in domain if code.startswith(text)} if text else set()
        if not found:
            raise ValueError(f"'{text}' is no ISCO-08 group.")
        return found
    value = parse_value(text, type)
    if domain and value not in domain:
        raise ValueError(f"'{text}' is no known code.")
    return (value,)


def _range(text: str, type: Type) -> Range:
    compared = re.match(r"(>=|<=|>|<)\s*(.*)", text)
    if compared:
        bound = parse_value(compared[2], type)
        match compared[1]:
            case ">=":
                return Range(low=bound)
            case ">":
                return Range(low=bound, low_open=True)
            case "<=":
                return Range(high=bound)
            case _:
                return Range(high=bound, high_open=True)
    if ".." in text:
        low, high = (part.strip() for part in text.split("..", 1))
        if not low and not high:
            raise ValueError("'..' has no bound. For anything at all write '-'.")
        found = Range(
            low=parse_value(low, type) if low else None,
            high=parse_value(high, type) if high else None,
        )
        if found.low is not None and found.high is not None and found.high < found.low:
            raise ValueError(f"'{text}' holds nothing: its end lies before its start.")
        return found
    value = parse_value(text, type)
    return Range(low=value, high=value)


class Axis:
    """The pieces that the cells of one column cut a term's domain into.

    `pieces` are sample values, one for each piece; the last may be `NOT_APPLICABLE`. Open
    vocabularies have a piece for every value that no cell names.
    """

    def __init__(
        self,
        type: Type,
        cells: Sequence[Cell | None],
        *,
        domain: frozenset[str] = frozenset(),
        span: Range = Range(),
        may_lack: bool = True,
    ) -> None:
        self.type = type
        if type.ordered:
            self._cut_line(cells, span)
        else:
            self._cut_codes(cells, domain)
        self.lacking = len(self.pieces)
        if may_lack:
            self.pieces.append(NOT_APPLICABLE)
        self.masks = [self._mask(cell) for cell in cells]

    def _cut_line(self, cells: Sequence[Cell | None], span: Range) -> None:
        points = {
            bound
            for cell in cells
            if isinstance(cell, Ranges)
            for piece in cell.ranges
            for bound in (piece.low, piece.high)
            if bound is not None
        }
        points |= {bound for bound in (span.low, span.high) if bound is not None}
        self.points = sorted(points)
        self.pieces: list[Any] = []
        self._index: list[int | None] = []
        for place in range(2 * len(self.points) + 1):
            sample = self._sample(place)
            if sample is not None and span.holds(sample):
                self._index.append(len(self.pieces))
                self.pieces.append(sample)
            else:
                self._index.append(None)

    def _sample(self, place: int) -> Any:
        at, exact = divmod(place, 2)
        if exact:
            return self.points[at]
        low = self.points[at - 1] if at else None
        high = self.points[at] if at < len(self.points) else None
        if low is None and high is None:
            return parse_value(
                {"date": "2024-01-01", "money": f"1 {self.type.unit or 'USD'}"}.get(
                    self.type.name, "1"
                ),
                self.type,
            )
        step: Any = _step(self.type)
        if low is None:
            return high - step
        if high is None:
            return low + step
        if self.type.name in ("integer", "date"):
            return low + step if low + step < high else None
        return low + (high - low) / 2

    def _cut_codes(self, cells: Sequence[Cell | None], domain: frozenset[str]) -> None:
        named = {code for cell in cells if isinstance(cell, Codes) for code in cell.codes}
        if self.type.name == "boolean":
            values: list[Any] = [False, True]
        elif self.type.options:
            values = list(self.type.options)
        else:
            values = sorted(named | domain)
        groups: dict[tuple[bool, ...], int] = {}
        self.pieces = []
        self._where: dict[Any, int] = {}
        for value in values:
            signature = tuple(cell is None or cell.holds(value) for cell in cells)
            if signature not in groups:
                groups[signature] = len(self.pieces)
                self.pieces.append(value)
            self._where[value] = groups[signature]

    def _mask(self, cell: Cell | None) -> int:
        if cell is None:
            return (1 << len(self.pieces)) - 1
        if isinstance(cell, NotApplicable):
            return 1 << self.lacking if self.lacking < len(self.pieces) else 0
        return sum(
            1 << at
            for at, piece in enumerate(self.pieces)
            if at != self.lacking and cell.holds(piece)
        )

    def piece(self, value: Any) -> int | None:
        """The piece that a known value lies in; None where the domain does not reach it."""
        if isinstance(value, Gap):
            return self.lacking
        if not self.type.ordered:
            return self._where.get(value)
        at = bisect_left(self.points, value)
        exact = at < len(self.points) and self.points[at] == value
        return self._index[2 * at + exact]


def _step(type: Type) -> Any:
    if type.name == "date":
        return timedelta(days=1)
    if type.name == "money":
        currency, _, period = (type.unit or "USD").partition("/")
        return Money(Decimal(1), currency, period or None)
    return 1


def show_cell(cell: Cell | None) -> str:
    """The canonical text of a cell, in terms of codes and bounds."""
    match cell:
        case None:
            return "-"
        case NotApplicable():
            return "n/a"
        case Codes():
            text = ", ".join(sorted(format_value(code) for code in cell.codes))
            return f"not({text})" if cell.negated else text
    return ", ".join(_show_range(piece) for piece in cell.ranges)


def _show_range(piece: Range) -> str:
    if piece.low is not None and piece.low == piece.high:
        return format_value(piece.low)
    if piece.high is None:
        return f"{'>' if piece.low_open else '>='} {format_value(piece.low)}"
    if piece.low is None:
        return f"{'<' if piece.high_open else '<='} {format_value(piece.high)}"
    return f"{format_value(piece.low)}..{format_value(piece.high)}"


def day_before(day: date) -> date:
    return day - timedelta(days=1)
