"""Mutation of the law: do the examples notice when a rule is lost or a bound is moved?

Each mutant deletes one row, condition or value, moves one bound of a cell, moves one date by a
day, or turns one outcome. It is *killed* when some example fails. The share killed is the score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from karvan.policy.cells import Codes, Range, Ranges
from karvan.policy.edition import Edition
from karvan.policy.errors import Place
from karvan.policy.examples import all_examples, run_example
from karvan.policy.law import Law
from karvan.policy.linking import closure
from karvan.policy.model import Example, Grounds, Parameter, Policy, Row, Status, Table
from karvan.policy.values import Money

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mutant:
    place: Place
    what: str
    policy: str
    terms: frozenset[str]
    make: Callable[[Policy], Policy]


@dataclass(frozen=True, slots=True)
class Score:
    killed: int
    survivors: tuple[Mutant, ...]

    @property
    def total(self) -> int:
        return self.killed + len(self.survivors)

    @property
    def share(self) -> float:
        return self.killed / self.total if self.total else 1.0


def mutate(
    edition: Edition, progress: Callable[[], None] = lambda: None, *, policy: str | None = None
) -> Score:
    """Try every mutant, or those of one policy, against the examples that could notice it."""
    law = edition.law
    examples = list(all_examples(edition))
    reach = {
        id(example): closure(law.uses, frozenset(term for term, _ in example.expect))
        for _, example in examples
    }
    killed, survivors = 0, []
    for mutant in mutants(law):
        if policy not in (None, mutant.policy):
            continue
        progress()
        near = [pair for pair in examples if reach[id(pair[1])] & mutant.terms]
        if _killed(edition, mutant, near):
            killed += 1
        else:
            survivors.append(mutant)
    return Score(killed, tuple(survivors))


def _killed(edition: Edition, mutant: Mutant, examples: list[tuple[Policy, Example]]) -> bool:
    if not examples:
        return False
    changed = _changed(edition, mutant)
    return any(run_example(changed, policy, example) for policy, example in examples)


def _changed(edition: Edition, mutant: Mutant) -> Edition:
    law = edition.law
    policies = tuple(mutant.make(p) if p.id == mutant.policy else p for p in law.policies)
    agreements = tuple(
        replace(a, policy=mutant.make(a.policy)) if a.policy and a.policy.id == mutant.policy else a
        for a in law.agreements
    )
    return Edition(replace(law, policies=policies, agreements=agreements), "mutant", {})


def mutants(law: Law) -> Iterator[Mutant]:
    for policy in law.all_policies:
        for table in policy.tables:
            yield from _of_table(law, policy, table)
        for status in policy.statuses:
            yield from _of_status(law, policy, status)
        for parameter in policy.parameters:
            yield from _of_parameter(law, policy, parameter)


def _of_table(law: Law, policy: Policy, table: Table) -> Iterator[Mutant]:
    terms = frozenset(output.id for output in table.outputs)
    for at, row in enumerate(table.rows):
        if not row.grounds.decides:
            continue

        def with_row(new: Row | None, at: int = at) -> Callable[[Policy], Policy]:
            rows = list(table.rows)
            rows[at : at + 1] = [new] if new else []
            changed = replace(table, rows=tuple(rows))
            return lambda policy: replace(
                policy, tables=tuple(changed if t.id == table.id else t for t in policy.tables)
            )

        name = f"{table.id}.{row.id}"
        yield Mutant(row.grounds.place, f"{name} deleted", policy.id, terms, with_row(None))
        for what, grounds in _moved(row.grounds, law):
            changed = with_row(replace(row, grounds=grounds))
            yield Mutant(row.grounds.place, f"{name}: {what}", policy.id, terms, changed)
        for what, cells in _moved_cells(row):
            changed = with_row(replace(row, cells=cells))
            yield Mutant(row.grounds.place, f"{name}: {what}", policy.id, terms, changed)
        for index, outcome in enumerate(row.then):
            if isinstance(outcome, bool):
                then = tuple(not o if i == index else o for i, o in enumerate(row.then))
                changed = with_row(replace(row, then=then))
                what = f"{name}: {table.outputs[index].id} turned"
                yield Mutant(row.grounds.place, what, policy.id, terms, changed)


def _of_status(law: Law, policy: Policy, status: Status) -> Iterator[Mutant]:
    terms = frozenset((status.id,))
    for at, condition in enumerate(status.conditions):
        if not condition.grounds.decides:
            continue

        def changed(conditions: tuple[Any, ...]) -> Callable[[Policy], Policy]:
            new = replace(status, conditions=conditions)
            return lambda policy: replace(
                policy, statuses=tuple(new if s.id == status.id else s for s in policy.statuses)
            )

        name, place = f"{status.id}.{condition.id}", condition.grounds.place
        others = status.conditions[:at] + status.conditions[at + 1 :]
        yield Mutant(place, f"{name} deleted", policy.id, terms, changed(others))
        for what, grounds in _moved(condition.grounds, law):
            moved = replace(condition, grounds=grounds)
            conditions = (*status.conditions[:at], moved, *status.conditions[at + 1 :])
            yield Mutant(place, f"{name}: {what}", policy.id, terms, changed(conditions))


def _of_parameter(law: Law, policy: Policy, parameter: Parameter) -> Iterator[Mutant]:
    terms = frozenset((parameter.id,))
    for at, value in enumerate(parameter.values):
        if not value.grounds.decides or not value.grounds.span.overlaps(law.covers):
            continue

        def changed(values: tuple[Any, ...]) -> Callable[[Policy], Policy]:
            new = replace(parameter, values=values)
            return lambda policy: replace(
                policy,
                parameters=tuple(new if p.id == parameter.id else p for p in policy.parameters),
            )

        name, place = f"{parameter.id} from {value.grounds.span.start}", value.grounds.place
        before, rest = parameter.values[:at], parameter.values[at + 1 :]
        yield Mutant(place, f"{name} deleted", policy.id, terms, changed((*before, *rest)))
        for what, grounds in _moved(value.grounds, law):
            moved = (*before, replace(value, grounds=grounds), *rest)
            yield Mutant(place, f"{name}: {what}", policy.id, terms, changed(moved))
        if isinstance(value.value, (int, Decimal, Money)) and not isinstance(value.value, bool):
            other = replace(value, value=_next(value.value))
            yield Mutant(
                place, f"{name}: one more", policy.id, terms, changed((*before, other, *rest))
            )


def _moved(grounds: Grounds, law: Law) -> Iterator[tuple[str, Grounds]]:
    """The first day a day later and the last a day earlier, where that falls in our time."""
    span = grounds.span
    if span.start and span.start in law.covers and span.start != law.covers.start:
        yield "starts a day later", replace(grounds, span=replace(span, start=span.start + DAY))
    if span.end and span.end in law.covers and span.end != law.covers.end:
        yield "ends a day earlier", replace(grounds, span=replace(span, end=span.end - DAY))


def _moved_cells(row: Row) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for at, (term, cell) in enumerate(row.cells):
        if not isinstance(cell, Ranges):
            if isinstance(cell, Codes) and 1 < len(cell.codes) < 12:
                for code in sorted(map(str, cell.codes))[:4]:
                    fewer = Codes(frozenset(c for c in cell.codes if str(c) != code), cell.negated)
                    yield f"{term} without {code}", _with(row, at, fewer)
            continue
        for index, piece in enumerate(cell.ranges):
            for side in ("low", "high"):
                bound = getattr(piece, side)
                if bound is not None:
                    moved: Range = replace(piece, **{side: _next(bound)})
                    ranges = (*cell.ranges[:index], moved, *cell.ranges[index + 1 :])
                    yield f"{term} {side} bound moved", _with(row, at, Ranges(ranges))


def _with(row: Row, at: int, cell: Any) -> tuple[Any, ...]:
    return (*row.cells[:at], (row.cells[at][0], cell), *row.cells[at + 1 :])


def _next(value: Any) -> Any:
    if isinstance(value, date):
        return value + DAY
    if isinstance(value, Money):
        return Money(value.amount + 1, value.currency, value.period)
    return value + 1
