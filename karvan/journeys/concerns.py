"""What concerns a person besides what they asked.

Some ways concern only people who have said something grave of themselves: that they stayed too
long, or were told to leave. Such ways turn on a sensitive question, and their content says which.
Whoever has answered it must not have to guess that another goal speaks of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from karvan.policy.engine import Evaluation
from karvan.policy.expressions import names_in
from karvan.policy.law import Law
from karvan.policy.linking import closure
from karvan.policy.model import Status, Table
from karvan.policy.tracing import announced_rows, rows_behind
from karvan.policy.values import Gap, Kind
from karvan.policy.wording import Reader

_BRACES = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Lead:
    """To another goal: `answers` are the questions it turns on, `ways` what is found there."""

    goal: str
    answers: tuple[str, ...]
    ways: tuple[Status, ...]


def turns_on(law: Law, status: Status) -> frozenset[str]:
    """The sensitive questions that decide whether a way concerns a person at all."""
    if status.guard is None:
        return frozenset()
    read = closure(law.uses, names_in(status.guard))
    return frozenset(
        name for name in read if name in law.inputs and law.inputs[name].sensitivity == "sensitive"
    )


def concerns(run: Evaluation, status: Status) -> bool:
    """Whether a sensitive answer makes the way this person's."""
    if turns_on(run.law, status).isdisjoint(run.answers):
        return False
    found = run.status(status.id)
    return found.guard is True and found.kind is not Kind.NOT_APPLICABLE


def may_concern(run: Evaluation, status: Status) -> bool:
    """Whether nothing but sensitive answers is missing to tell that the way is this person's."""
    turning = turns_on(run.law, status)
    guard = run.status(status.id).guard if turning else True
    return isinstance(guard, Gap) and guard.kind is Kind.UNANSWERED and guard.needs <= turning


def leads_from(run: Evaluation, goal: str) -> tuple[list[Lead], list[Lead]]:
    """Where else a person who asked for this goal is led: what concerns them, what may."""
    elsewhere = [status for status in run.law.statuses.values() if goal not in status.goals]
    elsewhere = [status for status in elsewhere if status.goals and turns_on(run.law, status)]
    sure = [status for status in elsewhere if concerns(run, status)]
    return _gathered(run.law, sure), _gathered(
        run.law, [status for status in elsewhere if may_concern(run, status)]
    )


def _gathered(law: Law, ways: list[Status]) -> list[Lead]:
    """By goal. A way with several goals is told under the one that most of them share, and among
    equals under the one with the fewest ways in all, where it is found soonest."""
    shared = Counter(goal for way in ways for goal in way.goals)
    in_all = Counter(goal for status in law.statuses.values() for goal in status.goals)
    by_goal: dict[str, list[Status]] = {}
    for way in ways:
        fittest = max(way.goals, key=lambda goal: (shared[goal], -in_all[goal]))
        by_goal.setdefault(fittest, []).append(way)
    return [
        Lead(
            goal, tuple(sorted(frozenset().union(*(turns_on(law, w) for w in found)))), tuple(found)
        )
        for goal, found in by_goal.items()
    ]


def told_first(run: Evaluation, reader: Reader, goal: str) -> list[dict[str, Any]]:
    """What follows from the sensitive answers of a person, for the ways to this goal that concern
    them: what each way brings, then what the tables of the same policy say to this person."""
    ways = [status for status in run.law.statuses.values() if goal in status.goals]
    ways = [status for status in ways if concerns(run, status)]
    said: dict[str, dict[str, Any]] = {}
    for way in ways:
        for item in (*_rights(run, reader, way), *_rows(run, reader, _tables_beside(run.law, way))):
            said.setdefault(item["text"], item)
    return list(said.values())


def _rights(run: Evaluation, reader: Reader, way: Status) -> Iterator[dict[str, Any]]:
    """Those whose every value is settled for this person."""
    for right in way.rights:
        values = map(run.value, _BRACES.findall(right.text.english))
        if run.on in right.grounds.span and not any(isinstance(value, Gap) for value in values):
            yield {"text": reader.say(right.text, run)} | reader.grounds(right.grounds, run.on)


def _tables_beside(law: Law, way: Status) -> tuple[Table, ...]:
    return next(policy.tables for policy in law.all_policies if way in policy.statuses)


def _rows(run: Evaluation, reader: Reader, tables: Iterable[Table]) -> Iterator[dict[str, Any]]:
    """The rows that apply, then the announced ones that would; never those for everybody else."""
    own = {table.id: [output.id for output in table.outputs] for table in tables}
    for found, announced in ((rows_behind, False), (announced_rows, True)):
        for terms in own.values():
            for term in terms:
                run.value(term)
            for table, row in found(run, terms):
                if table.id in own and row.text and not row.otherwise:
                    text = reader.say(row.text, run)
                    text = reader.word("reason.announced", text=text) if announced else text
                    yield {"text": text} | reader.grounds(row.grounds, run.on)
