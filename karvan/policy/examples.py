"""Worked situations: what the law must answer, and which rules they touch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from karvan.policy.answers import read_answers
from karvan.policy.edition import Edition
from karvan.policy.engine import Evaluation, check_day
from karvan.policy.errors import AnswerError, Place
from karvan.policy.model import Example, Policy
from karvan.policy.values import Gap, Kind, format_value, parse_value

GAP_NAMES = {kind.value: kind for kind in Kind if kind is not Kind.KNOWN} | {
    "n/a": Kind.NOT_APPLICABLE
}


@dataclass(frozen=True, slots=True)
class Failure:
    policy: str
    example: Example
    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: “{self.example.name}”: {self.message}"


def all_examples(edition: Edition) -> Iterator[tuple[Policy, Example]]:
    for policy in edition.law.all_policies:
        for example in policy.examples:
            yield policy, example


def run_example(edition: Edition, policy: Policy, example: Example) -> list[Failure]:
    """What the law does not answer as the example says. Empty when all is well."""
    return [
        Failure(policy.id, example, example.place, message)
        for message in _differences(edition, example)
    ]


def _differences(edition: Edition, example: Example) -> Iterator[str]:
    try:
        for day, run in evaluations(edition, example):
            for term, expected in example.expect:
                for when, text in expected:
                    if (when or example.on) == day:
                        yield from _difference(run, term, text, day)
            if example.needs is not None and day == example.on:
                needed = set().union(*(needs_of(run, term) for term, _ in example.expect))
                if needed != set(example.needs):
                    yield f"it needs {sorted(needed)}, not {sorted(example.needs)}."
    except AnswerError as error:
        yield str(error)


def evaluations(edition: Edition, example: Example) -> Iterator[tuple[date, Evaluation]]:
    answers = read_answers(edition.law, dict(example.given))
    for day in example.days:
        check_day(edition.law, day)
        yield day, Evaluation(edition, day, answers)


def needs_of(run: Evaluation, term: str) -> frozenset[str]:
    if term in run.law.statuses:
        return run.status(term).needs
    value = run.value(term)
    return value.needs if isinstance(value, Gap) else frozenset()


def _difference(run: Evaluation, term: str, expected: str, day: date) -> Iterator[str]:
    found = answer_of(run, term)
    if term in run.law.statuses:
        if expected not in ("open", "closed", *GAP_NAMES):
            yield f"'{expected}' is no outcome of a status."
        wanted = "not_applicable" if expected == "n/a" else expected
    elif expected in GAP_NAMES:
        wanted = GAP_NAMES[expected].value
    else:
        try:
            wanted = format_value(parse_value(expected, run.law.types[term]))
        except ValueError as error:
            yield f"the expected answer cannot be read: {error}"
            return
    if found != wanted:
        yield f"on {day} '{term}' is {found}, not {wanted}."


def answer_of(run: Evaluation, term: str) -> str:
    """The outcome of a status, or the value or kind of any other term, as text."""
    if term in run.law.statuses:
        return run.status(term).outcome
    value: Any = run.value(term)
    return value.kind.value if isinstance(value, Gap) else format_value(value)


def touched(edition: Edition, example: Example) -> set[tuple[str, str]]:
    """The rules an example's answers rest on: (table, row), (status, condition) and
    (parameter, first day of the value)."""
    found: set[tuple[str, str]] = set()
    for _, run in evaluations(edition, example):
        for term, _ in example.expect:
            answer_of(run, term)
        for table, verdict in run.run.verdicts.items():
            rows = run.run.program.tables[table].rows
            found |= {
                (table, row.id)
                for at, row in enumerate(rows)
                if (verdict.sure | verdict.maybe) >> at & 1
            }
            announced = run.run.program.announced[table]
            if announced:
                verdict = announced.decide(run.run)
                found |= {
                    (table, row.id)
                    for at, row in enumerate(announced.rows)
                    if verdict.sure >> at & 1
                }
        for name, status in run.run.statuses.items():
            held = (*status.conditions, *status.announced)
            found |= {(name, entry.condition.id) for entry in held}
        for name, parameter in run.law.parameters.items():
            if name in run.run.memo:
                when = run.value(parameter.at)
                found |= {
                    (name, str(value.grounds.span.start))
                    for value in parameter.values
                    if isinstance(when, date) and when in value.grounds.span
                }
    return found
