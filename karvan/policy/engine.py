"""`evaluate`: the answer the law gives to one person, with its reasons.

A run works out terms as they are asked for and remembers them; nothing is asked that no conclusion
rests on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from karvan.policy.edition import Edition
from karvan.policy.errors import AnswerError
from karvan.policy.law import Law
from karvan.policy.model import (
    Condition,
    Force,
    Status,
    Sure,
)
from karvan.policy.program import (
    FIRMEST,
    NO_CONDITION,
    CompiledStatus,
    Program,
    Worker,
    program_for,
)
from karvan.policy.tables import Verdict
from karvan.policy.values import (
    Gap,
    Kind,
    weakest,
)


class Held(NamedTuple):
    """A condition and what came of it: True, False or a Gap; with how sure that is."""

    condition: Condition
    value: Any
    sure: int
    reads: tuple[str, ...]


class StatusConclusion(NamedTuple):
    status: Status
    kind: Kind
    open: bool
    needs: frozenset[str]
    sure: Sure
    force: Force
    exists: bool
    guard: Any
    conditions: tuple[Held, ...]
    announced: tuple[Held, ...]

    @property
    def shut(self) -> bool:
        """Whether it surely cannot be held: closed, not applicable, or one of the two."""
        if self.kind is Kind.KNOWN:
            return not self.open
        if self.kind is Kind.NOT_APPLICABLE:
            return True
        return any(held.value is False for held in self.conditions)

    @property
    def outcome(self) -> str:
        """open | closed | unknown | unanswered | discretion | silent | not_applicable"""
        if self.kind is Kind.KNOWN:
            return "open" if self.open else "closed"
        return str(self.kind.value)


@dataclass
class Run:
    """One person's answers held against one epoch's law."""

    program: Program
    on: date
    answers: Mapping[str, Any]
    memo: dict[str, Any] = field(default_factory=dict)
    firmness: dict[str, int] = field(default_factory=dict)
    reads: dict[str, tuple[str, ...]] = field(default_factory=dict)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    statuses: dict[str, StatusConclusion] = field(default_factory=dict)
    _firm: int = FIRMEST
    _frame: list[str] = field(default_factory=list)

    def read(self, name: str) -> Any:
        memo = self.memo
        if name not in memo:
            outer, outer_frame = self._firm, self._frame
            self._firm, self._frame = FIRMEST, []
            value = self.program.workers[name](self)
            memo[name] = value
            self.firmness[name] = self._firm
            self.reads[name] = tuple(self._frame)
            self._firm, self._frame = outer, outer_frame
        own = self.firmness[name]
        if own < self._firm:
            self._firm = own
        self._frame.append(name)
        return memo[name]

    def rest_on(self, sure: int) -> None:
        if sure < self._firm:
            self._firm = sure

    def verdict(self, table: str) -> Verdict:
        compiled = self.program.tables[table]
        found = self.verdicts.get(table)
        if found is None:
            found = self.verdicts[table] = compiled.decide(self)
        else:
            for term in found.read:
                self.read(term)
        for at, row in enumerate(compiled.rows):
            if (found.sure | found.maybe) >> at & 1:
                self.rest_on(int(row.grounds.sure))
        return found

    def status(self, name: str) -> StatusConclusion:
        found = self.statuses.get(name)
        if found is None:
            found = self.statuses[name] = self._conclude(self.program.statuses[name])
        self.rest_on(int(found.sure))
        return found

    def _held(self, conditions: list[tuple[Condition, Worker]]) -> tuple[tuple[Held, ...], int]:
        """What came of each condition that arises, and how sure it is that no other does."""
        found = []
        without = FIRMEST
        for condition, work in conditions:
            outer, outer_frame = self._firm, self._frame
            self._firm, self._frame = FIRMEST, []
            value = work(self)
            if isinstance(value, Gap) and value.kind is Kind.NOT_APPLICABLE:
                value = False
            sure, reads = self._firm, tuple(dict.fromkeys(self._frame))
            self._firm, self._frame = outer, outer_frame
            if value is NO_CONDITION:
                without = min(without, sure)
            else:
                sure = min(sure, int(condition.grounds.sure))
                found.append(Held(condition, value, sure, reads))
        return tuple(found), without

    def _conclude(self, compiled: CompiledStatus) -> StatusConclusion:
        status = compiled.status

        def conclusion(
            kind: Kind,
            *,
            open: bool = False,
            needs: frozenset[str] = frozenset(),
            sure: int = FIRMEST,
            conditions: tuple[Held, ...] = (),
            announced: tuple[Held, ...] = (),
        ) -> StatusConclusion:
            return StatusConclusion(
                status,
                kind,
                open,
                needs,
                Sure(sure),
                status.force,
                compiled.exists,
                guard,
                conditions,
                announced,
            )

        guard: Any = True
        guard_sure = FIRMEST
        if not compiled.exists:
            return conclusion(Kind.NOT_APPLICABLE)
        if compiled.guard is not None:
            outer, self._firm = self._firm, FIRMEST
            guard = compiled.guard(self)
            guard_sure, self._firm = self._firm, outer
            if isinstance(guard, Gap) and guard.kind is Kind.NOT_APPLICABLE:
                guard = False
            if guard is False:
                return conclusion(Kind.NOT_APPLICABLE, sure=guard_sure)
        held, without = self._held(compiled.conditions)
        announced, _ = self._held(compiled.announced)
        failing = [entry for entry in held if entry.value is False]
        if failing:
            firmest = min(guard_sure, max(entry.sure for entry in failing))
            if isinstance(guard, Gap) and guard.kind is Kind.UNANSWERED:
                # closed or not applicable: that answer is still to come
                return conclusion(
                    guard.kind,
                    needs=guard.needs,
                    sure=firmest,
                    conditions=held,
                    announced=announced,
                )
            return conclusion(Kind.KNOWN, sure=firmest, conditions=held, announced=announced)
        gaps = [entry.value for entry in held if isinstance(entry.value, Gap)]
        if isinstance(guard, Gap):
            gaps.append(guard)
        sure = min(guard_sure, without, *(entry.sure for entry in held))
        if not held:  # open because no condition arises: then it hangs on all of them
            sure = min(sure, *(int(entry.grounds.sure) for entry, _ in compiled.conditions), sure)
        if gaps:
            gap = weakest(*gaps)
            return conclusion(
                gap.kind, needs=gap.needs, sure=sure, conditions=held, announced=announced
            )
        if not compiled.conditions:
            return conclusion(Kind.SILENT, sure=guard_sure, announced=announced)
        if status.force is not Force.IN_FORCE:
            return conclusion(Kind.UNKNOWN, sure=sure, conditions=held, announced=announced)
        return conclusion(Kind.KNOWN, open=True, sure=sure, conditions=held, announced=announced)


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the law says of one term. `value` is None unless the kind is known."""

    term: str
    kind: Kind
    value: Any
    needs: frozenset[str]
    sure: Sure


class Evaluation:
    """The law's answers to one person on one day, worked out as they are asked for."""

    def __init__(self, edition: Edition, on: date, answers: Mapping[str, Any]) -> None:
        self.edition = edition
        self.law = edition.law
        self.on = on
        self.answers = dict(answers)
        self.run = Run(program_for(edition, on), on, self.answers)
        self.traces: dict[str, Any] = {}

    def value(self, term: str) -> Any:
        """The plain value of a term, or a Gap."""
        return self.run.read(term)

    def conclusion(self, term: str) -> Conclusion:
        value = self.run.read(term)
        sure = Sure(self.run.firmness[term])
        if isinstance(value, Gap):
            return Conclusion(term, value.kind, None, value.needs, sure)
        return Conclusion(term, Kind.KNOWN, value, frozenset(), sure)

    def status(self, name: str) -> StatusConclusion:
        return self.run.status(name)

    @cached_property
    def statuses(self) -> dict[str, StatusConclusion]:
        return {name: self.run.status(name) for name in self.law.statuses}

    def statuses_for(self, goal: str) -> dict[str, StatusConclusion]:
        return {
            name: self.run.status(name)
            for name, status in self.law.statuses.items()
            if goal in status.goals
        }


def evaluate(
    edition: Edition, answers: Mapping[str, str] | Mapping[str, Any], *, on: date
) -> Evaluation:
    """What the law in force on a day says to somebody with these answers.

    Answers may be texts as a person gives them ('KG', '60000 TRY/month', 'yes') or values. An
    answer that is not given stays open: it never becomes a default. Raises AnswerError for an
    unknown input, a value that does not fit it, or a day that the content does not cover.
    """
    from karvan.policy.answers import read_answers

    check_day(edition.law, on)
    return Evaluation(edition, on, read_answers(edition.law, answers))


def check_day(law: Law, on: date) -> None:
    if on not in law.covers:
        first, last = law.covers.start, law.covers.end
        raise AnswerError(
            f"The law of {law.name.english} is encoded from {first} to {last}; {on} lies outside.",
            input="on",
            nearest=[str(first if first and on < first else last)],
        )
