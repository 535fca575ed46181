"""Which question to ask next, and what would make a closed way possible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from karvan.policy.engine import Evaluation, StatusConclusion
from karvan.policy.expression_working import compile_expression
from karvan.policy.expressions import Arithmetic, Compare, Expression, Logic, Name, Not
from karvan.policy.linking import closure
from karvan.policy.model import Input
from karvan.policy.people import candidates, open_ended, unit
from karvan.policy.values import Gap, Kind

SHUT = ("closed", "not_applicable")
SENSITIVITY = ("open", "personal", "sensitive")


def questions(
    run: Evaluation, statuses: Iterable[str], *, skipped: frozenset[str] = frozenset()
) -> list[Input]:
    """The questions whose answers can still open or close one of these statuses, in order.

    A status that is closed or does not concern the person, whichever of the two, asks nothing.
    Least sensitive first, then least effort, then the one that most statuses wait for. Those in
    `skipped` are not asked again.
    """
    names = tuple(statuses)
    waiting: dict[str, int] = {}
    for name in names:
        found = run.status(name)
        for need in frozenset() if found.shut else found.needs - skipped:
            waiting[need] = waiting.get(need, 0) + 1
    order = {name: at for at, name in enumerate(run.law.inputs)}
    return sorted(
        (run.law.inputs[name] for name in waiting),
        key=lambda entry: (
            SENSITIVITY.index(entry.sensitivity),
            entry.effort,
            -waiting[entry.id],
            order[entry.id],
        ),
    )


def next_question(
    run: Evaluation, statuses: Iterable[str], *, skipped: frozenset[str] = frozenset()
) -> Input | None:
    """The first question that, answered one way or another, leads to different conclusions."""
    names = tuple(statuses)
    asked = questions(run, names, skipped=skipped)
    together: Input | None = None
    for entry in asked:
        matters, leaves_open = _matters(run, entry, names)
        if matters:
            return entry
        if leaves_open and together is None:
            together = entry
    return together


def _matters(run: Evaluation, entry: Input, statuses: tuple[str, ...]) -> tuple[bool, bool]:
    """Whether two possible answers differ in what they conclude or in what they leave to ask; and
    whether what waits for this answer would still wait for others, with which it might matter."""
    if entry.id in open_ended(run.edition):
        return True, True
    seen = set()
    leaves_open = False
    waiting = [name for name in statuses if entry.id in run.status(name).needs]
    for value in candidates(run.edition)[entry.id]:
        other = Evaluation(run.edition, run.on, {**run.answers, entry.id: value})
        seen.add(tuple(_standpoint(other.status(name)) for name in statuses))
        if len(seen) > 1:
            return True, True
        leaves_open = leaves_open or any(other.status(name).needs for name in waiting)
    return False, leaves_open


def _standpoint(found: StatusConclusion) -> tuple[str, frozenset[str]]:
    return ("shut", frozenset()) if found.shut else (found.outcome, found.needs)


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that would have to be different."""

    input: str
    value: Any


def what_if(run: Evaluation, status: str, *, most: int = 3) -> list[tuple[Change, ...]]:
    """The smallest sets of changes after which a status is no longer closed, nearest first.

    Only facts that a person may change are varied: never citizenship, protection status and the
    like (`changeable: no`). A status may then be open, or wait for further answers or an officer.
    An empty list means that no set of at most `most` changes mends it.
    """
    if run.status(status).outcome != "closed":
        return []
    search = _Search(run, status)
    for size in range(1, most + 1):
        found = search.sets_of(size)
        if found:
            return found
    return []


class _Search:
    def __init__(self, run: Evaluation, status: str) -> None:
        self.run = run
        self.status = status
        law = run.law
        reached = closure(law.uses, frozenset((status,)))
        self.values = {
            name: values for name, values in self._values(reached) if law.inputs[name].changeable
        }

    def _values(self, reached: frozenset[str]) -> Iterator[tuple[str, list[Any]]]:
        thresholds = _thresholds(self.run, reached)
        for name, values in candidates(self.run.edition).items():
            if name in reached:
                extra = [value for value in thresholds.get(name, ()) if value not in values]
                yield name, [*extra, *values]

    def sets_of(self, size: int) -> list[tuple[Change, ...]]:
        found: list[tuple[Change, ...]] = []
        names = self._blamed() if size > 1 else list(self.values)
        for chosen in combinations(names, size):
            best = self._best(chosen)
            if best:
                found.append(best)
        return sorted(found, key=self._distance)[:3]

    def _blamed(self) -> list[str]:
        """Inputs that some failing condition rests on: others cannot be part of a larger set."""
        failing = [held for held in self.run.status(self.status).conditions if held.value is False]
        terms = frozenset(name for held in failing for name in held.reads)
        reached = closure(self.run.law.uses, terms)
        return [name for name in self.values if name in reached]

    def _best(self, names: tuple[str, ...]) -> tuple[Change, ...] | None:
        best: tuple[Change, ...] | None = None
        for changes in self._assignments(names):
            answers = {**self.run.answers, **{c.input: c.value for c in changes}}
            run = Evaluation(self.run.edition, self.run.on, answers)
            mended = run.status(self.status).outcome not in SHUT and all(
                run.value(change.input) == change.value for change in changes
            )
            if mended and (best is None or self._distance(changes) < self._distance(best)):
                best = changes
        return best

    def _assignments(self, names: tuple[str, ...]) -> Iterator[tuple[Change, ...]]:
        def walk(at: int, path: tuple[Change, ...]) -> Iterator[tuple[Change, ...]]:
            if at == len(names):
                yield path
                return
            name = names[at]
            for value in self.values[name]:
                if self.run.answers.get(name) != value:
                    yield from walk(at + 1, (*path, Change(name, value)))

        return walk(0, ())

    def _distance(self, changes: tuple[Change, ...]) -> tuple[Any, ...]:
        law = self.run.law
        effort = sum(law.inputs[change.input].effort for change in changes)
        return (len(changes), effort, [self._step(change) for change in changes])

    def _step(self, change: Change) -> float:
        now = self.run.answers.get(change.input)
        if now is None or isinstance(change.value, (bool, str)):
            return 0.0
        if isinstance(change.value, date):
            return float(abs((change.value - now).days))
        one, other = getattr(change.value, "amount", change.value), getattr(now, "amount", now)
        return float(abs(one - other))


def _thresholds(run: Evaluation, reached: frozenset[str]) -> dict[str, list[Any]]:
    """For inputs compared with something worked out: what it comes to for this person."""
    found: dict[str, list[Any]] = {}
    law = run.law
    expressions = [value.expression for name, value in law.values.items() if name in reached]
    for name, status in law.statuses.items():
        if name in reached:
            expressions += [condition.needs for condition in status.conditions]
    for one, other in (pair for item in expressions for pair in _comparisons(item)):
        if isinstance(one, Name) and one.name in law.inputs:
            value = compile_expression(other)(run.run)
            if not isinstance(value, (Gap, str, bool)):
                entry = law.inputs[one.name]
                near = (value - unit(entry), value, value + unit(entry))
                fitted = (_fit(entry, threshold) for threshold in near)
                found.setdefault(one.name, []).extend(
                    threshold
                    for threshold in fitted
                    if (entry.low is None or threshold >= entry.low)
                    and (entry.high is None or threshold <= entry.high)
                )
    return found


def _fit(entry: Input, value: Any) -> Any:
    """A threshold as an answer to this question: whole numbers are rounded up."""
    if entry.type.name == "integer" and not isinstance(value, int):
        return int(-(-value // 1))
    return value


def _comparisons(expression: Expression) -> Iterator[tuple[Expression, Expression]]:
    match expression:
        case Compare(_, left, right):
            yield left, right
            yield right, left
        case Not(inner):
            yield from _comparisons(inner)
        case Logic(_, parts):
            for part in parts:
                yield from _comparisons(part)
        case Arithmetic(_, left, right):
            yield from _comparisons(left)
            yield from _comparisons(right)


def settled(conclusion: StatusConclusion) -> bool:
    """Whether no further answer can change it."""
    return conclusion.shut or conclusion.kind is not Kind.UNANSWERED
