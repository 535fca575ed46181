"""`diff`: what changed between two days of one law, or between two editions, by provision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from karvan.policy.cells import show_cell
from karvan.policy.edition import Edition
from karvan.policy.engine import check_day
from karvan.policy.law import Law
from karvan.policy.model import Force, Grounds, Policy, Provision, Row
from karvan.policy.values import format_value


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing the law says on a day, in comparable form."""

    policy: str
    kind: str
    name: str
    id: str
    says: str
    grounds: Grounds
    entry: Any
    form: Any = None  # what it comes to, where two rules may say it in the same words


@dataclass(frozen=True, slots=True)
class Difference:
    """`before` is None for what was added, `after` for what ended. `since` is the first day on
    which the change held, where it is known."""

    policy: str
    kind: str
    name: str
    before: Rule | None
    after: Rule | None

    @property
    def change(self) -> str:
        if self.before is None:
            return "added"
        return "ended" if self.after is None else "changed"

    @property
    def since(self) -> date | None:
        if self.after is not None:
            return self.after.grounds.span.start
        end = self.before.grounds.span.end if self.before else None
        return date.fromordinal(end.toordinal() + 1) if end else None

    @property
    def provisions(self) -> tuple[Provision, ...]:
        rule = self.after or self.before
        return rule.grounds.cite if rule else ()


def diff(
    before: Edition, first: date, after: Edition | None = None, second: date | None = None
) -> list[Difference]:
    """What the law said on the first day and no longer says on the second, and the reverse.

    With another edition, the same day (or another) of that edition is compared.
    """
    other, day = after or before, second or first
    check_day(before.law, first)
    check_day(other.law, day)
    old = {(rule.kind, rule.name, rule.id): rule for rule in rules_on(before.law, first)}
    new = {(rule.kind, rule.name, rule.id): rule for rule in rules_on(other.law, day)}
    gone = [rule for key, rule in old.items() if key not in new]
    come = [rule for key, rule in new.items() if key not in old]
    found = [
        Difference(new[key].policy, key[0], key[1], rule, new[key])
        for key, rule in old.items()
        if key in new and (new[key].says, new[key].form) != (rule.says, rule.form)
    ]
    for rule in come:
        pair = next((other for other in gone if _succeeds(rule, other)), None)
        if pair:
            gone.remove(pair)
        found.append(Difference(rule.policy, rule.kind, rule.name, pair, rule))
    found += [Difference(rule.policy, rule.kind, rule.name, rule, None) for rule in gone]
    return sorted(found, key=lambda item: (item.policy, item.name, item.since or date.min))


def _succeeds(new: Rule, old: Rule) -> bool:
    """Whether one rule takes the place of another: the same table, the same people."""
    if (new.kind, new.name) != (old.kind, old.name):
        return False
    if new.kind == "parameter":
        return True
    if isinstance(new.entry, Row) and isinstance(old.entry, Row):
        return new.entry.cells == old.entry.cells and new.entry.otherwise == old.entry.otherwise
    return False


def rules_on(law: Law, day: date) -> Iterator[Rule]:
    """All rules that hold on a day, whatever date they look at."""
    for policy in law.all_policies:
        yield from _rules(policy, day)


def _rules(policy: Policy, day: date) -> Iterator[Rule]:
    for parameter in policy.parameters:
        for value in parameter.values:
            if day in value.grounds.span:
                says = format_value(value.value)
                yield Rule(
                    policy.id,
                    "parameter",
                    parameter.id,
                    _standing(value.grounds, ""),
                    says,
                    value.grounds,
                    value,
                )
    for table in policy.tables:
        for row in table.rows:
            if day in row.grounds.span:
                says = f"{_cells(row)} → {', '.join(map(format_value, row.then))}"
                id = _standing(row.grounds, row.id)
                yield Rule(policy.id, "row", table.id, id, says, row.grounds, row)
    for status in policy.statuses:
        for condition in status.conditions:
            if day in condition.grounds.span:
                yield Rule(
                    policy.id,
                    "condition",
                    status.id,
                    _standing(condition.grounds, condition.id),
                    condition.yes.english,
                    condition.grounds,
                    condition,
                    (condition.needs, condition.guard),
                )
    for procedure in policy.procedures:
        for step in procedure.steps:
            if day not in step.grounds.span:
                continue
            deadline = step.deadline
            if deadline and day in deadline.grounds.span:
                within = deadline.within
                says = f"{within.least} {within.unit}" if within else ""
                yield Rule(
                    policy.id,
                    "deadline",
                    f"{procedure.id}.{step.id}",
                    "",
                    says,
                    deadline.grounds,
                    deadline,
                )


def _standing(grounds: Grounds, id: str) -> str:
    return id if grounds.force is Force.IN_FORCE else f"{id} ({grounds.force.name.lower()})"


def _cells(row: Row) -> str:
    if row.otherwise:
        return "otherwise"
    return "; ".join(f"{term} {show_cell(cell)}" for term, cell in row.cells)
