"""Judging a charge: may anybody ask the worker to pay it?"""

from __future__ import annotations

from dataclasses import dataclass

from karvan.policy.engine import Evaluation
from karvan.policy.errors import AnswerError
from karvan.policy.model import Row, Sure
from karvan.policy.values import Money


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
    """Whether the worker may be asked to pay a charge: first by law, then by the standard."""
    law = run.law
    if charge.kind not in law.charges:
        raise AnswerError(
            f"'{charge.kind}' is no kind of charge.", input="charge", nearest=list(law.charges)
        )
    for term, by_law in ((law.charge_by_law, True), (law.charge_by_standard, False)):
        if not term:
            continue
        judged = Evaluation(run.edition, run.on, {**run.answers, "charge": charge.kind})
        if judged.value(term) is False:
            table, _ = law.outputs[term]
            verdict = judged.run.verdict(table.id)
            rows = judged.run.program.tables[table.id].rows
            applies = verdict.sure | verdict.maybe
            row = next(row for at, row in enumerate(rows) if applies >> at & 1)
            return Violation(charge, by_law, row, judged.conclusion(term).sure)
    return None
