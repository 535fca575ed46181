"""A law compiled for one epoch, a stretch of time in which none of its rules begins or ends.

Each term becomes a worker: a function of a run that gives a value or a Gap.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from karvan.policy.edition import Edition
from karvan.policy.expression_working import compile_expression
from karvan.policy.law import Law
from karvan.policy.model import (
    Condition,
    ParameterValue,
    Row,
    Status,
    Sure,
    Table,
    Value,
)
from karvan.policy.tables import CompiledTable, span_column
from karvan.policy.values import (
    NOT_APPLICABLE,
    SILENT,
    UNKNOWN,
    Gap,
    Kind,
    unanswered,
    weakest,
)

Worker = Callable[[Any], Any]
T = TypeVar("T")
FIRMEST = int(Sure.CONFIRMED)


@dataclass(slots=True)
class CompiledStatus:
    status: Status
    exists: bool
    guard: Worker | None
    conditions: list[tuple[Condition, Worker]]
    announced: list[tuple[Condition, Worker]]


class OnDemand(dict[str, T]):
    """A dictionary that makes an entry when it is first asked for."""

    def __init__(self, make: Callable[[str], T]) -> None:
        self._make = make

    def __missing__(self, name: str) -> T:
        found = self[name] = self._make(name)
        return found


class Program:
    """One law, compiled for the days of one epoch: each part when it is first needed.

    `announced` holds the rows of a table that do not decide, None where there are none.
    """

    def __init__(self, law: Law, day: date) -> None:
        self.law = law
        self.day = day
        self.tables = OnDemand(lambda name: self._table(law.tables[name], deciding=True))
        self.announced: OnDemand[CompiledTable | None] = OnDemand(self._announced)
        self.workers = OnDemand(self._worker)
        self.statuses = OnDemand(lambda name: self._status(law.statuses[name], day))

    def _worker(self, name: str) -> Worker:
        law = self.law
        if name in law.inputs:
            return self._input(name)
        if name in law.parameters:
            return self._parameter(name, self.day)
        if name in law.values:
            return self._value(law.values[name])
        if name in law.outputs:
            table, at = law.outputs[name]
            return self._output(table.id, at)
        if name in law.statuses:
            return self._status_value(name)
        if name == "on":
            return lambda run: run.on
        raise KeyError(name)

    def _table(self, table: Table, *, deciding: bool) -> CompiledTable:
        own_date = table.at != "on"
        rows = [
            row
            for row in table.rows
            if row.grounds.decides is deciding and (own_date or self.day in row.grounds.span)
        ]
        return CompiledTable(self.law, table, rows, None if own_date else self.day)

    def _announced(self, name: str) -> CompiledTable | None:
        table = self._table(self.law.tables[name], deciding=False)
        return table if table.rows else None

    def _value(self, value: Value) -> Worker:
        holds = value.grounds.decides and self.day in value.grounds.span
        work = compile_expression(value.expression) if holds else _nothing
        return _resting_on(work, int(value.grounds.sure))

    def _input(self, name: str) -> Worker:
        entry = self.law.inputs[name]
        guard = compile_expression(entry.guard) if entry.guard else None
        missing = unanswered(name)

        def work(run: Any) -> Any:
            if guard is not None:
                applies = guard(run)
                if applies is not True:
                    if isinstance(applies, Gap) and applies.kind is not Kind.NOT_APPLICABLE:
                        return applies
                    return NOT_APPLICABLE
            return run.answers.get(name, missing)

        return work

    def _parameter(self, name: str, day: date) -> Worker:
        parameter = self.law.parameters[name]
        values = [value for value in parameter.values if value.grounds.decides]
        if parameter.at == "on":
            answer, sure = _one([value for value in values if day in value.grounds.span])
            return _resting_on(lambda run: answer, sure)
        at = parameter.at
        column = span_column(self.law, at, [_as_row(value) for value in values])
        answers = [
            _one([value for place, value in enumerate(values) if mask >> place & 1])
            for mask in column.rows
        ]
        always = at not in self.law.may_lack and all(a[0] == answers[0][0] for a in answers)
        weakest_sure = min(sure for _, sure in answers)

        def work(run: Any) -> Any:
            when = run.read(at)
            if isinstance(when, Gap):
                if when.kind is Kind.NOT_APPLICABLE:
                    return NOT_APPLICABLE
                if not always:
                    return when
                run.rest_on(weakest_sure)
                return answers[0][0]
            piece = column.axis.piece(when)
            answer, sure = answers[piece] if piece is not None else (SILENT, FIRMEST)
            run.rest_on(sure)
            return answer

        return work

    def _output(self, table: str, at: int) -> Worker:
        def work(run: Any) -> Any:
            verdict = run.verdict(table)
            return verdict.outcomes[at]

        return work

    def _status(self, status: Status, day: date) -> CompiledStatus:
        valid = [entry for entry in status.conditions if day in entry.grounds.span]
        compiled = [(entry, _condition(entry)) for entry in valid]
        return CompiledStatus(
            status,
            exists=day in status.span,
            guard=compile_expression(status.guard) if status.guard else None,
            conditions=[pair for pair in compiled if pair[0].grounds.decides],
            announced=[pair for pair in compiled if not pair[0].grounds.decides],
        )

    def _status_value(self, name: str) -> Worker:
        def work(run: Any) -> Any:
            found = run.status(name)
            if found.kind is Kind.KNOWN:
                return found.open
            if found.shut:
                return False
            return Gap(found.kind, found.needs)

        return work


def _as_row(value: Any) -> Row:
    return Row("", (), (value.value,), False, (), "", value.note, value.grounds)


def _one(values: list[ParameterValue]) -> tuple[Any, int]:
    """The value of a parameter where these apply, and how sure; UNKNOWN where they disagree."""
    if not values:
        return SILENT, FIRMEST
    sure = min(int(value.grounds.sure) for value in values)
    agreed = all(value.value == values[0].value for value in values)
    return (values[0].value if agreed else UNKNOWN), sure


NO_CONDITION = object()


def _condition(condition: Condition) -> Worker:
    """A condition's worker: NO_CONDITION where its guard says that it does not arise."""
    needs = compile_expression(condition.needs)
    if condition.guard is None:
        return needs
    guard = compile_expression(condition.guard)

    def work(run: Any) -> Any:
        arises = guard(run)
        if arises is True:
            return needs(run)
        if arises is False or arises.kind is Kind.NOT_APPLICABLE:
            return NO_CONDITION
        value = needs(run)
        if value is True:
            return True
        return weakest(arises, value) if isinstance(value, Gap) else arises

    return work


def _nothing(run: Any) -> Any:
    return SILENT


def _resting_on(work: Worker, sure: int) -> Worker:
    def worker(run: Any) -> Any:
        run.rest_on(sure)
        return work(run)

    return worker


def epoch_of(edition: Edition, on: date) -> int:
    from bisect import bisect_right

    return bisect_right(edition.law.breaks, on)


def program_for(edition: Edition, on: date) -> Program:
    """The law compiled for a day's epoch; made once for each edition and epoch."""
    epoch = epoch_of(edition, on)
    found = edition.memo.get(epoch)
    if not isinstance(found, Program):
        found = edition.memo[epoch] = Program(edition.law, on)
    return found
