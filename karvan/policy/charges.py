"""Judging a charge: may anybody ask the worker to pay it?"""

from __future__ import annotations

from dataclasses import dataclass

from karvan.policy.engine import Evaluation
from karvan.policy.errors import AnswerError
from karvan.policy.model import Row, Sure
from karvan.policy.values import Gap, Kind, Money


@dataclass(frozen=True, slots=True)
class Charge:
    """Money that somebody asks of the worker: a kind of charge, and how much."""

    kind: str
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class Violation:
    """A charge on the worker that the law forbids, or that the fair-recruitment rule does."""

    charge: Charge
    by_law: bool
    row: Row
    sure: Sure


def judge_charge(run: Evaluation, charge: Charge) -> Violation | None:
    """Whether the worker may be asked to pay a charge: first by law, then by the standard.

    A ban with exceptions that only a missing answer could bring in is still reported as a ban.
    """
    law = run.law
    if charge.kind not in law.charges:
        raise AnswerError(
            f"'{charge.kind}' is no kind of charge.", input="charge", nearest=list(law.charges)
        )
    judged = Evaluation(run.edition, run.on, {**run.answers, "charge": charge.kind})
    for term, by_law in ((law.charge_by_law, True), (law.charge_by_standard, False)):
        if not term:
            continue
        value = judged.value(term)
        waits = isinstance(value, Gap) and value.kind is Kind.UNANSWERED
        ban = _ban(judged, term) if value is False or waits else None
        if ban:
            return Violation(charge, by_law, ban, judged.conclusion(term).sure)
    return None


def _ban(run: Evaluation, term: str) -> Row | None:
    """The first row that applies, or may apply, and says that the worker is not to pay."""
    table, output = run.law.outputs[term]
    verdict = run.run.verdict(table.id)
    applies = verdict.sure | verdict.maybe
    rows = enumerate(run.run.program.tables[table.id].rows)
    return next((row for at, row in rows if applies >> at & 1 and row.then[output] is False), None)
