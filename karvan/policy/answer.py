"""The journey document: the whole answer to one person, as plain data in one language.

The command line prints it, the pages and the PDF are made from it, and `journey.schema.json`
describes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from karvan.policy.answers import read_answers
from karvan.policy.asking import Change, next_question, questions, what_if
from karvan.policy.charges import Charge, judge_charge
from karvan.policy.edition import Edition
from karvan.policy.engine import Evaluation, Held, StatusConclusion, check_day
from karvan.policy.errors import AnswerError
from karvan.policy.model import GOALS, Force, Input, Service, Status, Sure
from karvan.policy.plan_document import PlanWriter
from karvan.policy.planning import plan as make_plan
from karvan.policy.tracing import announced_rows, rows_behind
from karvan.policy.values import Gap, Kind, format_value, plain
from karvan.policy.wording import Reader

ORDER = ("open", "discretion", "unknown", "silent", "closed", "not_applicable")


def journey_document(
    edition: Edition,
    answers: Mapping[str, Any],
    *,
    on: date,
    goal: str = "work",
    language: str = "en",
    reader: str = "worker",
    skipped: frozenset[str] = frozenset(),
    chosen: str | None = None,
    charges: Iterable[Charge] = (),
) -> dict[str, Any]:
    """What the law lets this person do, why, and the plan for the status they chose.

    `skipped` names questions the person will not or cannot answer. Raises AnswerError for answers,
    goals, statuses or days that cannot be used.
    """
    check_day(edition.law, on)
    if goal not in GOALS:
        raise AnswerError(f"There is no goal '{goal}'.", input="goal", nearest=GOALS)
    run = Evaluation(edition, on, read_answers(edition.law, answers))
    return _Writer(run, Reader(edition.law, language, reader), goal, skipped).document(
        chosen, tuple(charges)
    )


class _Writer:
    def __init__(self, run: Evaluation, reader: Reader, goal: str, skipped: frozenset[str]) -> None:
        self.run = run
        self.law = run.law
        self.reader = reader
        self.goal = goal
        self.skipped = skipped

    def document(self, chosen: str | None, charges: tuple[Charge, ...]) -> dict[str, Any]:
        run, law = self.run, self.law
        found = run.statuses_for(self.goal)
        statuses = [self._status(name, status) for name, status in found.items()]
        statuses.sort(key=lambda status: ORDER.index(status["outcome"]))
        return {
            "schema": "journey/1",
            "edition": run.edition.id,
            "state": law.code,
            "state_name": self.reader.territories.get(law.code, self.reader.say(law.name)),
            "reviewed": law.reviewed.isoformat(),
            "next_review": law.next_review.isoformat(),
            "date": run.on.isoformat(),
            "language": self.reader.language,
            "reader": self.reader.reader,
            "goal": self.goal,
            "answers": {name: format_value(value) for name, value in run.answers.items()},
            "answers_shown": [self._answer(name) for name in run.answers],
            "needed": self._needed(tuple(found)),
            "statuses": statuses,
            "plan": self._plan(chosen, charges) if chosen else None,
            "charges": [self._charge(charge) for charge in charges],
            "services": [self._service(service) for service in law.services],
        }

    def _answer(self, name: str) -> dict[str, Any]:
        entry, value = self.law.inputs[name], self.run.answers[name]
        return {
            "input": name,
            "name": self.reader.say(entry.name),
            "value": format_value(value),
            "shown": self.reader.value(value, entry.type, name),
            "used": self.run.value(name) == value,
        }

    def _needed(self, statuses: tuple[str, ...]) -> list[dict[str, Any]]:
        asked = questions(self.run, statuses, skipped=self.skipped)
        first = next_question(self.run, statuses, skipped=self.skipped)
        if first and asked[0] is not first:
            asked = [first, *(entry for entry in asked if entry is not first)]
        return [self.question(entry) for entry in asked]

    def question(self, entry: Input) -> dict[str, Any]:
        return {
            "input": entry.id,
            "name": self.reader.say(entry.name),
            "question": self.reader.say(entry.ask),
            "why": self.reader.say(entry.why),
            "help": self.reader.say(entry.help),
            "type": entry.type.name,
            "unit": entry.type.unit,
            "options": [
                {"value": value, "label": self.reader.say(label)} for value, label in entry.options
            ],
            "sensitivity": entry.sensitivity,
            "effort": entry.effort,
        }

    def _status(self, name: str, found: StatusConclusion) -> dict[str, Any]:
        status, say = found.status, self.reader.say
        return {
            "id": name,
            "name": say(status.name, self.run),
            "summary": say(status.summary, self.run),
            "outcome": self._outcome(found),
            "standing": self._standing(found),
            "needs": [] if found.shut else sorted(found.needs),
            "reasons": self._reasons(name, found),
            "rights": [
                {"id": right.id, "text": say(right.text, self.run)}
                | self.reader.grounds(right.grounds, self.run.on)
                for right in status.rights
                if self.run.on in right.grounds.span
            ],
            "mend": [self._mend(changes) for changes in what_if(self.run, name)],
            "procedure": status.procedure or None,
            "window": self._window(found),
        }

    def _outcome(self, found: StatusConclusion) -> str:
        """What waits for an answer cannot be told; but what surely is not open is closed."""
        if found.kind is Kind.UNANSWERED:
            return "closed" if found.shut else "unknown"
        return found.outcome

    def _standing(self, found: StatusConclusion) -> dict[str, str] | None:
        """How firm the outcome is. What does not concern the person rests on no rule."""
        if found.kind is Kind.NOT_APPLICABLE:
            return None
        return self.reader.standing(found.force, found.sure)

    def _window(self, found: StatusConclusion) -> dict[str, Any] | None:
        if not found.status.window:
            return None
        window = {}
        for key, term in found.status.window:
            value = self.run.value(term)
            window[key] = None if isinstance(value, Gap) else value
        return window

    def _reasons(self, name: str, found: StatusConclusion) -> list[dict[str, Any]]:
        if not found.exists:
            text = self.reader.word("ended.status", on=self.reader.date(self.run.on))
            return [self._bare(name, "applicability", "fails", text)]
        if found.kind is Kind.NOT_APPLICABLE:
            text = self.reader.say(found.status.guard_text, self.run)
            text = text or self.reader.word("not_applicable")
            return [self._bare(name, "applicability", "fails", text)]
        reasons = []
        rows_said: set[str] = set()
        for held in found.conditions:
            reasons.append(self._condition(found.status, held))
            for table, row in rows_behind(self.run, held.reads):
                key = f"{table.id}.{row.id}"
                if row.text and key not in rows_said:
                    rows_said.add(key)
                    reasons.append(
                        {
                            "id": key,
                            "kind": "row",
                            "outcome": "applies",
                            "for": held.condition.id,
                            "text": self.reader.say(row.text, self.run),
                        }
                        | self.reader.grounds(row.grounds, self.run.on)
                    )
        reasons += self._announced(found)
        return reasons

    def _bare(self, id: str, kind: str, outcome: str, text: str) -> dict[str, Any]:
        nothing: dict[str, Any] = {"provisions": [], "standing": None, "sources": [], "facts": []}
        return {"id": id, "kind": kind, "outcome": outcome, "text": text} | nothing

    def _condition(self, status: Status, held: Held) -> dict[str, Any]:
        condition, value = held.condition, held.value
        if isinstance(value, Gap):
            outcome = value.kind.value
            text = self.reader.say(condition.open, self.run)
            if not text and value.kind is Kind.UNANSWERED:
                asked = (self.reader.say(self.law.inputs[n].name) for n in sorted(value.needs))
                text = self.reader.word("reason.unanswered", questions="; ".join(asked))
            text = text or self.reader.word(f"reason.{value.kind.value}")
        else:
            outcome = "holds" if value else "fails"
            text = self.reader.say(condition.yes if value else condition.no, self.run)
        grounds = self.reader.grounds(condition.grounds, self.run.on)
        # What is in force of a way that was only announced is announced with it.
        own = condition.grounds.force
        force = status.force if own is Force.IN_FORCE else own
        grounds["standing"] = self.reader.standing(force, Sure(held.sure))
        return {
            "id": f"{status.id}.{condition.id}",
            "kind": "condition",
            "outcome": outcome,
            "text": text,
        } | grounds

    def _announced(self, found: StatusConclusion) -> list[dict[str, Any]]:
        said = []
        for held in found.announced:
            text = held.condition.no if held.value is False else held.condition.yes
            said.append((held.condition.id, text, held.condition.grounds))
        reads = tuple(name for held in found.conditions for name in held.reads)
        for table, row in announced_rows(self.run, reads):
            said.append((f"{table.id}.{row.id}", row.text, row.grounds))
        return [
            {
                "id": id,
                "kind": "announced",
                "outcome": "announced",
                "text": self.reader.word("reason.announced", text=self.reader.say(text, self.run)),
            }
            | self.reader.grounds(grounds, self.run.on)
            for id, text, grounds in said
            if text
        ]

    def _mend(self, changes: tuple[Change, ...]) -> dict[str, Any]:
        shown = []
        for change in changes:
            entry = self.law.inputs[change.input]
            now = self.run.answers.get(change.input)
            shown.append(
                {
                    "input": change.input,
                    "name": self.reader.say(entry.name),
                    "from": None if now is None else format_value(now),
                    "to": format_value(change.value),
                    "shown": self.reader.value(change.value, entry.type, change.input),
                }
            )
        text = f" {self.reader.word('mend.and')} ".join(
            self.reader.word("mend.change", name=item["name"], value=item["shown"])
            for item in shown
        )
        return {"changes": shown, "text": text}

    def _plan(self, chosen: str, charges: tuple[Charge, ...]) -> dict[str, Any]:
        status = self.law.statuses.get(chosen)
        if status is None or not status.procedure:
            planned = [n for n, entry in self.law.statuses.items() if entry.procedure]
            raise AnswerError(f"There is no plan for '{chosen}'.", input="status", nearest=planned)
        procedure = self.law.procedures[status.procedure]
        made = make_plan(self.run, procedure, charges=charges)
        return {"status": chosen} | PlanWriter(self.run, self.reader).document(made)

    def _charge(self, charge: Charge) -> dict[str, Any]:
        """What the law and the fair rule say of money that somebody asks of the worker."""
        found = judge_charge(self.run, charge)
        if found:
            said = PlanWriter(self.run, self.reader).violation(found)
            return {("judged" if key == "law" else key): value for key, value in said.items()}
        term = self.law.charge_by_law
        judged = Evaluation(
            self.run.edition, self.run.on, {**self.run.answers, "charge": charge.kind}
        )
        allowed = term and judged.value(term) is True
        rows = [row for _, row in rows_behind(judged, (term,))] if term else []
        text = next((self.reader.say(row.text, judged) for row in rows), "")
        nothing: dict[str, Any] = {"provisions": [], "standing": None, "sources": [], "facts": []}
        return {
            "charge": charge.kind,
            "name": self.reader.say(self.law.charges[charge.kind].name),
            "amount": plain(charge.amount.amount) if charge.amount else None,
            "currency": charge.amount.currency if charge.amount else None,
            "judged": "allowed" if allowed else "not_settled",
            "text": text,
        } | (self.reader.grounds(rows[0].grounds, self.run.on) if rows else nothing)

    def _service(self, service: Service) -> dict[str, Any]:
        say = self.reader.say
        return {
            "id": service.id,
            "name": say(service.name),
            "number": service.number,
            "number_abroad": service.number_abroad,
            "hours": say(service.hours),
            "text": say(service.text),
            "languages": list(service.languages),
            "free": service.free,
            "for": list(service.topics),
            "website": service.website,
            "standing": self.reader.standing(Force.IN_FORCE, service.sure),
            "sources": self.reader.sources(service.facts),
        }
