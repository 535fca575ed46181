"""A plan as plain data, said in one language."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from karvan.policy.charges import Charge, Violation, judge_charge
from karvan.policy.engine import Evaluation
from karvan.policy.model import Authority, Service, Step
from karvan.policy.planning import Cost, Plan, Planned
from karvan.policy.values import Money, plain
from karvan.policy.wording import Reader


class PlanWriter:
    def __init__(self, run: Evaluation, reader: Reader) -> None:
        self.run = run
        self.law = run.law
        self.reader = reader

    def document(self, plan: Plan) -> dict[str, Any]:
        steps = [self._step(planned) for planned in plan.steps]
        return {
            "procedure": plan.procedure.id,
            "name": self.reader.say(plan.procedure.name, self.run),
            "start": plan.start.isoformat(),
            "goal_date": plan.goal_date.isoformat(),
            "total_days": plan.total_days,
            "unknown_times": plan.unknown_times,
            "steps": steps,
            "critical_path": [step["id"] for step in steps if step["critical"]],
            "deadlines": sorted(
                (self._due(planned) for planned in plan.steps if planned.deadline),
                key=lambda due: due["date"],
            ),
            "papers": [
                {
                    "id": paper.id,
                    "name": self._paper(paper.id),
                    "text": self.reader.say(self.law.papers[paper.id].text),
                    "from_steps": list(paper.from_steps),
                    "have": not paper.from_steps,
                    "needed_at": list(paper.needed_at),
                }
                for paper in plan.papers
            ],
            "totals": [
                {
                    "payer": total.payer,
                    "payer_name": self._pays(total.payer),
                    "currency": total.currency,
                    "amount": plain(total.amount),
                    "shown": self.reader.money(Money(total.amount, total.currency)),
                    "unknown_items": total.unknown_items,
                }
                for total in plan.totals
            ],
            "violations": [self.violation(found) for found in plan.violations],
            "never_pay": self._never_pay(),
        }

    def _step(self, planned: Planned) -> dict[str, Any]:
        step = planned.step
        fees = [self._fee(cost) for cost in planned.costs]
        return {
            "n": planned.number,
            "id": step.id,
            "title": self.reader.say(step.title, self.run),
            "text": self.reader.say(step.text, self.run),
            "actor": step.actors[0],
            "actors": [self._actor(actor) for actor in step.actors],
            "place": step.where,
            "place_name": self.reader.word(f"place.{step.where}"),
            "office": self._office(step),
            "perhaps": planned.maybe,
            "papers": {
                "needs": [{"id": id, "name": self._paper(id)} for id in step.needs_papers],
                "gives": [{"id": id, "name": self._paper(id)} for id in step.gives_papers],
            },
            "fees": fees,
            "fee": _sum(fees),
            "time": self._time(step),
            "usual": self.reader.duration(step.usual) if step.usual else None,
            "earliest": planned.done.isoformat(),
            "starts": planned.starts.isoformat(),
            "latest": planned.latest.isoformat() if planned.latest else None,
            "slack_days": planned.slack_days,
            "needs": list(planned.after),
            "critical": planned.critical,
            "after_goal": planned.after_goal,
            "goal": step.goal,
            "deadline": self._deadline(planned),
        } | self.reader.grounds(step.grounds, self.run.on)

    def _actor(self, actor: str) -> dict[str, Any]:
        desk = self._desk(actor)
        name = (
            self.reader.say(desk.name)
            if desk
            else self.reader.word(f"{self.reader.reader}.{actor}")
        )
        return {"id": actor, "name": name, "me": actor == self.reader.reader}

    def _office(self, step: Step) -> dict[str, str] | None:
        desk = self._desk(step.office)
        if desk is None:
            return None
        return {
            "id": desk.id,
            "name": self.reader.say(desk.name),
            "name_local": desk.name_local if isinstance(desk, Authority) else "",
            "website": desk.website,
        }

    def _desk(self, id: str) -> Authority | Service | None:
        service = next((service for service in self.law.services if service.id == id), None)
        return self.law.authorities.get(id, service)

    def _paper(self, id: str) -> str:
        return self.reader.say(self.law.papers[id].name)

    def _pays(self, payer: str) -> str:
        return self.reader.word(f"{self.reader.reader}.pays.{payer}")

    def _fee(self, cost: Cost) -> dict[str, Any]:
        fee = cost.fee
        known = isinstance(cost.amount, Money)
        return {
            "id": fee.id,
            "charge": fee.charge,
            "name": self.reader.say(self.law.charges[fee.charge].name),
            "amount": plain(cost.amount.amount) if known else None,
            "currency": cost.amount.currency if known else None,
            "shown": self.reader.money(cost.amount)
            if known
            else self.reader.word("amount.unknown"),
            "payer": fee.payer,
            "payer_name": self._pays(fee.payer),
            "text": self.reader.say(fee.text, self.run),
        } | self.reader.grounds(fee.grounds, self.run.on)

    def _time(self, step: Step) -> dict[str, Any] | None:
        if step.time_unknown:
            return {"known": False, "text": self.reader.word("time.unknown")}
        if step.time is None:
            return None
        return {
            "known": True,
            "text": self.reader.duration(step.time),
            step.time.unit: step.time.least,
        }

    def _deadline(self, planned: Planned) -> dict[str, Any] | None:
        deadline = planned.step.deadline
        if deadline is None or planned.deadline is None:
            return None
        return {
            "date": planned.deadline.isoformat(),
            "of": deadline.of,
            "before": deadline.before,
            "text": self.reader.duration(deadline.within) if deadline.within else "",
            "missed": self.reader.say(deadline.missed, self.run),
        } | self.reader.grounds(deadline.grounds, self.run.on)

    def _due(self, planned: Planned) -> dict[str, Any]:
        deadline = self._deadline(planned) or {}
        return {
            "date": deadline["date"],
            "step": planned.step.id,
            "n": planned.number,
            "actor": planned.step.actors[0],
            "actor_name": self._actor(planned.step.actors[0])["name"],
            "title": self.reader.say(planned.step.title, self.run),
            "missed": deadline["missed"],
        }

    def violation(self, found: Violation) -> dict[str, Any]:
        charge = self.law.charges[found.charge.kind]
        grounds = self.reader.grounds(found.row.grounds, self.run.on)
        amount = found.charge.amount
        return {
            "charge": charge.id,
            "name": self.reader.say(charge.name),
            "amount": plain(amount.amount) if amount else None,
            "currency": amount.currency if amount else None,
            "law": "forbidden" if found.by_law else "against_fair_rule",
            "text": self.reader.say(found.row.text, self.run),
        } | grounds

    def _never_pay(self) -> list[dict[str, Any]]:
        """What nobody may ask this worker for: every kind of charge that the law forbids."""
        found = []
        for kind in self.law.charges:
            violation = judge_charge(self.run, Charge(kind))
            if violation and violation.by_law:
                found.append(self.violation(violation))
        return found


def _sum(fees: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The fees of a step as one, where one payer pays them in one currency."""
    if not fees:
        return None
    payers = {fee["payer"] for fee in fees}
    currencies = {fee["currency"] for fee in fees}
    same = len(currencies) == 1 and None not in currencies
    total = sum(Decimal(fee["amount"]) for fee in fees) if same else None
    return {
        "amount": plain(Decimal(total)) if total is not None else None,
        "currency": currencies.pop() if same else None,
        "payer": payers.pop() if len(payers) == 1 else None,
    }
