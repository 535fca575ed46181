"""`plan`: the ordered work that leads to a status, with dates, papers and costs.

A forward pass gives the earliest dates, a backward pass the latest that delay nothing; what has no
slack is the critical path. Time that nobody knows is left out and counted as unknown, so a total
is always "at least".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from karvan.policy.charges import Charge, Violation, judge_charge
from karvan.policy.days import add_days, add_months, add_working_days
from karvan.policy.engine import Evaluation
from karvan.policy.errors import AnswerError
from karvan.policy.expression_working import compile_expression
from karvan.policy.model import Deadline, Duration, Fee, Procedure, Step
from karvan.policy.values import Gap, Kind, Money

PEOPLE = ("worker", "employer", "agency")


@dataclass(frozen=True, slots=True)
class Cost:
    """A fee of a step: a Money, or a Gap where the amount is not known."""

    fee: Fee
    amount: Any


@dataclass(frozen=True, slots=True)
class Planned:
    """A step with its dates. Dates are the days on which it starts and is done."""

    step: Step
    number: int
    after: tuple[str, ...]
    maybe: bool
    starts: date
    done: date
    latest: date | None
    slack_days: int
    critical: bool
    after_goal: bool
    time_known: bool
    deadline: date | None
    costs: tuple[Cost, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    id: str
    from_steps: tuple[int, ...]
    needed_at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Total:
    payer: str
    currency: str
    amount: Decimal
    unknown_items: int


@dataclass(frozen=True, slots=True)
class Plan:
    procedure: Procedure
    start: date
    goal_date: date
    total_days: int
    unknown_times: int
    steps: tuple[Planned, ...]
    papers: tuple[Paper, ...]
    totals: tuple[Total, ...]
    violations: tuple[Violation, ...]


def plan(
    run: Evaluation,
    procedure: Procedure,
    *,
    start: date | None = None,
    charges: Iterable[Charge] = (),
    choose: frozenset[str] = frozenset(),
) -> Plan:
    """The plan of a procedure for one person.

    Where one of several steps is enough, the one named in `choose` is taken, otherwise the one
    done first, then the one that costs the worker least. `start` is the first day (the day of the
    evaluation if left out). Raises AnswerError if the steps cannot be put in order.
    """
    return _Planner(run, procedure, start or run.on, choose).plan(tuple(charges))


class _Planner:
    def __init__(
        self, run: Evaluation, procedure: Procedure, start: date, choose: frozenset[str]
    ) -> None:
        self.run = run
        self.procedure = procedure
        self.start = start
        self.choose = choose
        self.maybe: set[str] = set()
        self.needed = {step.id: step for step in procedure.steps if self._applies(step)}
        self.groups = {id: self._groups(step) for id, step in self.needed.items()}
        self.starts: dict[str, date] = {}
        self.done: dict[str, date] = {}
        self.before: dict[str, tuple[str, ...]] = {}
        self.kept: set[str] = set()

    def _applies(self, step: Step) -> bool:
        """Steps whose condition cannot be told yet stay in the plan, marked as perhaps."""
        if not step.grounds.decides or self.run.on not in step.grounds.span:
            return False
        if step.guard is None:
            return True
        value = compile_expression(step.guard)(self.run.run)
        if isinstance(value, Gap):
            if value.kind is Kind.NOT_APPLICABLE:
                return False
            self.maybe.add(step.id)
            return True
        return bool(value)

    def _groups(self, step: Step) -> list[tuple[str, ...]]:
        """What must be done before: from each group one step."""
        groups = [tuple(id for id in group if id in self.needed) for group in step.after]
        for paper in step.needs_papers:
            givers = tuple(
                other.id
                for other in self.needed.values()
                if paper in other.gives_papers
                and other.id != step.id
                and not self._comes_after(other.id, step.id, set())
            )
            groups.append(givers)
        return [group for group in groups if group]

    def _comes_after(self, step: str, target: str, seen: set[str]) -> bool:
        if step in seen or step not in self.needed:
            return False
        seen.add(step)
        return any(
            id == target or self._comes_after(id, target, seen)
            for group in self.needed[step].after
            for id in group
        )

    def plan(self, charges: tuple[Charge, ...]) -> Plan:
        order = self._forward()
        self.kept = self._kept()
        order = [id for id in order if id in self.kept]
        goals = [id for id in order if self.needed[id].goal]
        if not goals:
            raise AnswerError(f"No step of '{self.procedure.id}' leads to the goal on this day.")
        goal = max(goals, key=self.done.__getitem__)
        before_goal = self._ancestors(goal) | {goal}
        finish = self.done[goal]
        late = self._backward(order, before_goal, finish)
        order.sort(key=lambda id: (id not in before_goal, self.starts[id], self._place(id)))
        order = self._in_order(order)
        numbers = {id: number for number, id in enumerate(order, 1)}
        steps = tuple(self._planned(id, numbers, before_goal, late) for id in order)
        return Plan(
            self.procedure,
            self.start,
            finish,
            (finish - self.start).days,
            sum(not step.time_known for step in steps if step.latest is not None),
            steps,
            self._papers(steps),
            self._totals(steps),
            self._violations(steps, charges),
        )

    def _forward(self) -> list[str]:
        """Earliest dates, in an order in which everything needed comes before."""
        waiting = dict.fromkeys(self.needed)
        order: list[str] = []
        while waiting:
            ready = [id for id in waiting if self._ready(id)]
            if not ready:
                raise AnswerError(f"The steps of '{self.procedure.id}' wait for one another.")
            for id in ready:
                chosen = tuple(dict.fromkeys(self._pick(group) for group in self.groups[id]))
                begin = max((self.done[other] for other in chosen), default=self.start)
                self.before[id] = chosen
                self.starts[id] = begin
                self.done[id] = self._finish(begin, self.needed[id].time)
                order.append(id)
                del waiting[id]
        return order

    def _ready(self, id: str) -> bool:
        return all(all(other in self.done for other in group) for group in self.groups[id])

    def _pick(self, group: tuple[str, ...]) -> str:
        return min(
            group,
            key=lambda id: (id not in self.choose, self.done[id], self._worker_cost(id)),
        )

    def _worker_cost(self, id: str) -> Decimal:
        costs = [self._amount(f) for f in self.needed[id].fees if f.payer in ("worker", "silent")]
        return sum((c.amount for c in costs if isinstance(c, Money)), Decimal(0))

    def _finish(self, begin: date, time: Duration | None, sign: int = 1) -> date:
        if time is None:
            return begin
        match time.unit:
            case "days":
                return add_days(begin, sign * time.least)
            case "months":
                return add_months(begin, sign * time.least)
        return add_working_days(begin, sign * time.least, self.run.law.code)

    def _kept(self) -> set[str]:
        """Without alternatives that were not chosen, what only they needed, and what follows them.

        A step that somebody must take by a deadline is not left out because a paper it gives can
        be had elsewhere.
        """
        kept = set(self.needed)
        while True:
            core = {id for id in kept if self.needed[id].goal}
            core |= {other for id in core for other in self._ancestors(id)}
            won: set[str] = set()
            lost: set[str] = set()
            for id in kept:
                for group in self.groups[id]:
                    if len(group) > 1:
                        won.add(self._pick(group))
                        lost.update(other for other in group if self._may_be_left(other, group, id))
            dropped = lost - won - core
            for id in kept:
                users = [other for other, before in self.before.items() if id in before]
                served_only = users and not kept.intersection(users)
                if not kept.issuperset(self.before[id]) or (served_only and id not in core):
                    dropped.add(id)
            if not kept & dropped:
                return kept
            kept -= dropped

    def _may_be_left(self, id: str, group: tuple[str, ...], by: str) -> bool:
        explicit = any(set(group) <= set(named) for named in self.needed[by].after)
        return explicit or self.needed[id].deadline is None

    def _ancestors(self, id: str) -> set[str]:
        found: set[str] = set()
        waiting = list(self.before[id])
        while waiting:
            other = waiting.pop()
            if other not in found:
                found.add(other)
                waiting.extend(self.before[other])
        return found

    def _backward(self, order: list[str], counted: set[str], finish: date) -> dict[str, date]:
        """The latest day on which each step may be done without moving the goal."""
        late = dict.fromkeys(counted, finish)
        for id in sorted(counted, key=order.index, reverse=True):
            step = self.needed[id]
            # A weekend before a critical step is no slack: its path would fall to pieces.
            critical = self.done[id] == late[id]
            begin = self.starts[id] if critical else self._last_start(late[id], step.time)
            for other in self.before[id]:
                late[other] = min(late[other], begin)
        return late

    def _last_start(self, done: date, time: Duration | None) -> date:
        """The last day (or one somewhat before it) on which to start and be done by a day.

        Going back from a Sunday or from the end of a month is not the reverse of going there.
        """
        begin = self._finish(done, time, -1)
        while self._finish(begin, time) > done:
            begin = add_days(begin, -1)
        return begin

    def _place(self, id: str) -> int:
        return [step.id for step in self.procedure.steps].index(id)

    def _in_order(self, order: list[str]) -> list[str]:
        """The wished order, with everything needed put before what needs it."""
        found: list[str] = []

        def put(id: str) -> None:
            for other in self.before[id]:
                if other in order and other not in found:
                    put(other)
            if id not in found:
                found.append(id)

        for id in order:
            put(id)
        return found

    def _planned(
        self, id: str, numbers: dict[str, int], counted: set[str], late: dict[str, date]
    ) -> Planned:
        step = self.needed[id]
        latest = late.get(id)
        slack = (latest - self.done[id]).days if latest else 0
        return Planned(
            step=step,
            number=numbers[id],
            after=tuple(other for other in self.before[id] if other in numbers),
            maybe=id in self.maybe,
            starts=self.starts[id],
            done=self.done[id],
            latest=latest,
            slack_days=slack,
            critical=id in counted and slack <= 0,
            after_goal=id not in counted and self._after_goal(id),
            time_known=not step.time_unknown,
            deadline=self._deadline(step.deadline),
            costs=tuple(Cost(fee, self._amount(fee)) for fee in self._fees(step)),
        )

    def _after_goal(self, id: str) -> bool:
        return any(self.needed[other].goal for other in self._ancestors(id))

    def _fees(self, step: Step) -> list[Fee]:
        return [fee for fee in step.fees if fee.grounds.decides and self.run.on in fee.grounds.span]

    def _amount(self, fee: Fee) -> Any:
        return compile_expression(fee.amount)(self.run.run)

    def _deadline(self, deadline: Deadline | None) -> date | None:
        if deadline is None or self.run.on not in deadline.grounds.span:
            return None
        if not deadline.grounds.decides:
            return None
        if deadline.on is not None:
            day = compile_expression(deadline.on)(self.run.run)
            return None if isinstance(day, Gap) else day
        if deadline.within is None or deadline.of not in self.kept:
            return None
        if deadline.before:
            return self._finish(self.starts[deadline.of], deadline.within, -1)
        return self._finish(self.done[deadline.of], deadline.within)

    def _papers(self, steps: tuple[Planned, ...]) -> tuple[Paper, ...]:
        ids = dict.fromkeys(
            paper
            for planned in steps
            for paper in (*planned.step.needs_papers, *planned.step.gives_papers)
        )
        return tuple(
            Paper(
                id,
                tuple(p.number for p in steps if id in p.step.gives_papers),
                tuple(p.number for p in steps if id in p.step.needs_papers),
            )
            for id in ids
        )

    def _totals(self, steps: tuple[Planned, ...]) -> tuple[Total, ...]:
        sums: dict[tuple[str, str], tuple[Decimal, int]] = {}
        for planned in steps:
            for cost in planned.costs:
                known = isinstance(cost.amount, Money)
                currency = cost.amount.currency if known else self.run.law.currency
                amount, unknown = sums.get((cost.fee.payer, currency), (Decimal(0), 0))
                if known:
                    amount += cost.amount.amount
                elif cost.amount.kind is Kind.NOT_APPLICABLE:
                    continue
                else:
                    unknown += 1
                sums[cost.fee.payer, currency] = (amount, unknown)
        return tuple(Total(*key, *found) for key, found in sorted(sums.items()))

    def _violations(
        self, steps: tuple[Planned, ...], charges: tuple[Charge, ...]
    ) -> tuple[Violation, ...]:
        asked = list(charges)
        for planned in steps:
            for cost in planned.costs:
                if cost.fee.payer == "worker":
                    amount = cost.amount if isinstance(cost.amount, Money) else None
                    asked.append(Charge(cost.fee.charge, amount))
        found = (judge_charge(self.run, charge) for charge in asked)
        return tuple(violation for violation in found if violation)
