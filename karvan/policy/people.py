"""Generated people: answers that lie on the bounds of what the law distinguishes.

They serve the checker (a witness for a gap), the search for what would open a closed status, the
property tests and the benchmarks. Nobody real is described.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from karvan.policy.cells import Axis, Codes, Ranges
from karvan.policy.edition import Edition
from karvan.policy.engine import Evaluation
from karvan.policy.expressions import (
    Among,
    Arithmetic,
    Call,
    Choose,
    Compare,
    Const,
    Expression,
    Logic,
    Name,
    Not,
    names_in,
)
from karvan.policy.law import Law
from karvan.policy.model import Input, Span
from karvan.policy.values import Gap, Kind, Money


def candidates(edition: Edition) -> dict[str, list[Any]]:
    """For each input, one value on each side of everything the law compares it with."""
    found = edition.memo.get("candidates")
    if not isinstance(found, dict):
        found = edition.memo["candidates"] = _candidates(edition.law)
    return found


def _candidates(law: Law) -> dict[str, list[Any]]:
    constants: dict[str, set[Any]] = {name: set() for name in law.inputs}
    cells: dict[str, list[Any]] = {name: [] for name in law.inputs}
    for table in law.tables.values():
        for row in table.rows:
            for term, cell in row.cells:
                if term in cells and isinstance(cell, (Codes, Ranges)):
                    cells[term].append(cell)
        if table.at in constants:
            for row in table.rows:
                constants[table.at].update(_ends(row.grounds.span))
    for parameter in law.parameters.values():
        if parameter.at in constants:
            for held in parameter.values:
                constants[parameter.at].update(_ends(held.grounds.span))
    for expression in _expressions(law):
        _gather(expression, law, constants, cells)
    return {
        name: _values(law, entry, constants[name], cells[name])
        for name, entry in law.inputs.items()
    }


def _ends(span: Span) -> set[date]:
    """The first days of what begins here or next."""
    ends = {span.start, span.end + timedelta(days=1) if span.end else None}
    return {day for day in ends if day}


def open_ended(edition: Edition) -> frozenset[str]:
    """Inputs that the law compares with something worked out, or works with itself: their
    candidates need not lie on every side of what it distinguishes."""
    found = edition.memo.get("open_ended")
    if not isinstance(found, frozenset):
        law = edition.law
        used = frozenset(n for e in _expressions(law) for n in _worked_with(e, law))
        found = edition.memo["open_ended"] = used & frozenset(law.inputs)
    return found


def _worked_with(expression: Expression, law: Law) -> frozenset[str]:
    match expression:
        case Compare(_, left, right):
            plain = [
                isinstance(one, Name) and (isinstance(other, Const) or bool(_bounds(other, law)))
                for one, other in ((left, right), (right, left))
            ]
            if any(plain):
                return frozenset()
            return names_in(expression)
        case Among(Name()) | Call("isco", (Name(), *_)):
            return frozenset()
        case Arithmetic() | Call() | Among():
            return names_in(expression)
        case Not(inner):
            return _worked_with(inner, law)
        case Logic(_, parts):
            return frozenset().union(*(_worked_with(part, law) for part in parts))
        case Choose(condition, then, otherwise):
            chosen = [then, otherwise]
            names = frozenset(one.name for one in chosen if isinstance(one, Name))
            return names.union(*(_worked_with(part, law) for part in (condition, *chosen)))
        case Name(name):
            # a value or guard that is the input itself: ordered ones go on to be compared
            return frozenset((name,)) if law.types[name].ordered else frozenset()
    return frozenset()


def _expressions(law: Law) -> Iterator[Expression]:
    for entry in law.inputs.values():
        if entry.guard:
            yield entry.guard
    for value in law.values.values():
        yield value.expression
    for status in law.statuses.values():
        if status.guard:
            yield status.guard
        yield from (condition.needs for condition in status.conditions)
        yield from (condition.guard for condition in status.conditions if condition.guard)


def _gather(
    expression: Expression, law: Law, constants: dict[str, set[Any]], cells: dict[str, list[Any]]
) -> None:
    match expression:
        case Compare(_, left, right):
            for one, other in ((left, right), (right, left)):
                if isinstance(one, Name) and one.name in constants:
                    constants[one.name].update(_bounds(other, law))
                _gather(one, law, constants, cells)
        case Among(Name(name), values) if name in cells:
            cells[name].append(Codes(frozenset(values)))
        case Call("isco", (Name(name), *codes)) if name in cells:
            prefixes = tuple(code.value for code in codes if isinstance(code, Const))
            domain = law.domain(law.types[name])
            cells[name].append(Codes(frozenset(c for c in domain if c.startswith(prefixes))))
        case Not(inner) | Among(inner):
            _gather(inner, law, constants, cells)
        case Logic(_, parts) | Call(_, parts):
            for part in parts:
                _gather(part, law, constants, cells)
        case Arithmetic(_, left, right):
            _gather(left, law, constants, cells)
            _gather(right, law, constants, cells)
        case Choose(condition, then, otherwise):
            for part in (condition, then, otherwise):
                _gather(part, law, constants, cells)


def _bounds(expression: Expression, law: Law) -> set[Any]:
    """Constants that an input may be compared with, through a parameter if need be."""
    match expression:
        case Const(value) if not isinstance(value, Gap):
            return {value}
        case Name(name) if name in law.parameters:
            values = [value.value for value in law.parameters[name].values]
            return {value for value in values if not isinstance(value, Gap)}
    return set()


def _values(law: Law, entry: Input, constants: set[Any], cells: list[Any]) -> list[Any]:
    type = entry.type
    if type.name == "boolean":
        return [False, True]
    if type.options:
        return list(type.options)
    if not type.ordered:
        codes = [Codes(frozenset((value,))) for value in constants]
        axis = Axis(type, [*cells, *codes], domain=law.domain(type), may_lack=False)
        return list(axis.pieces)
    bounds = set(constants)
    for cell in cells:
        for piece in cell.ranges:
            bounds.update(bound for bound in (piece.low, piece.high) if bound is not None)
    if type.name == "date":
        bounds |= {law.covers.start, law.reviewed}
    elif not bounds:
        bounds.add(unit(entry))
    step = timedelta(days=1) if type.name == "date" else unit(entry)
    if type.name == "integer":
        bounds = {whole for bound in bounds for whole in (int(bound // 1), int(-(-bound // 1)))}
    spread = {value for bound in bounds for value in (bound - step, bound, bound + step)}
    if type.name in ("decimal", "money"):
        spread |= {low + (high - low) / 2 for low, high in pairwise(sorted(bounds))}
    spread |= {bound for bound in (entry.low, entry.high) if bound is not None}
    return sorted(
        value
        for value in spread
        if (entry.low is None or value >= entry.low) and (entry.high is None or value <= entry.high)
    )


def unit(entry: Input) -> Any:
    from decimal import Decimal

    if entry.type.name == "date":
        return timedelta(days=1)
    if entry.type.name == "money":
        currency, _, period = (entry.type.unit or "USD").partition("/")
        return Money(Decimal(1), currency, period or None)
    return 1


def boundary_people(
    edition: Edition, on: date, *, seed: int, fixed: Mapping[str, Any] | None = None
) -> Iterator[dict[str, Any]]:
    """An endless stream of people with every question answered that arises for them."""
    chance = random.Random(seed)  # noqa: S311  # generated people, no secrets
    choices = candidates(edition)
    while True:
        answers = {name: chance.choice(values) for name, values in choices.items() if values}
        for name, value in answers.items():
            if isinstance(value, date) and value > on:
                answers[name] = on - timedelta(days=chance.randrange(400))
        answers.update(fixed or {})
        yield answers


def settle(edition: Edition, answers: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The answers that arise for this person: those to questions that apply."""
    run = Evaluation(edition, on, answers)
    found = {}
    for name in answers:
        value = run.value(name)
        if not (isinstance(value, Gap) and value.kind is Kind.NOT_APPLICABLE):
            found[name] = answers[name]
    return found
