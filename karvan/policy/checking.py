"""`check`: what is amiss in a law that could be read.

Problems must be mended before an edition is published. Notices say what is missing but misleads
nobody: a translation, an example that would touch a rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, islice
from typing import Any

from karvan.policy.edition import Edition
from karvan.policy.engine import Evaluation
from karvan.policy.errors import AnswerError, Place
from karvan.policy.examples import all_examples, run_example, touched
from karvan.policy.expressions import names_in
from karvan.policy.law import Law
from karvan.policy.linking import closure
from karvan.policy.model import Policy, Row, Span, Table, Text
from karvan.policy.people import boundary_people
from karvan.policy.tables import CompiledTable, make_column, uncovered
from karvan.policy.values import Gap, Kind, format_value


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    place: Place
    message: str
    serious: bool = True

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def check(edition: Edition) -> list[Problem]:
    """All that is amiss, in the order of files and lines."""
    law = edition.law
    found: list[Problem] = []
    for policy in law.all_policies:
        for parameter in policy.parameters:
            found += _holes(
                law,
                parameter.place,
                parameter.id,
                [v.grounds.span for v in parameter.values if v.grounds.decides],
            )
        for table in policy.tables:
            found += _overlaps(law, table)
            found += _dead_rows(law, table)
            found += _gaps(edition, table)
    found += _idle_inputs(law)
    found += _examples(edition)
    return sorted(set(found))


def _holes(law: Law, place: Place, name: str, spans: list[Span]) -> Iterator[Problem]:
    """Days of the time covered on which a parameter has no value, or two."""
    for one, other in combinations(spans, 2):
        if one.overlaps(other):
            day = max(span.start or law.first_day for span in (one, other))
            yield Problem(place, f"'{name}' has two values on {day}.")
    day = law.first_day
    while day <= law.last_day:
        held = [span for span in spans if day in span]
        if not held:
            later = [span.start for span in spans if span.start and span.start > day]
            until = min(later) - timedelta(days=1) if later else law.last_day
            yield Problem(
                place,
                f"'{name}' has no value from {day} to {until}. "
                "Add one, or 'is: unknown' where no figure was found.",
            )
            day = until + timedelta(days=1)
        elif any(span.end is None for span in held):
            return
        else:
            day = max(span.end for span in held if span.end) + timedelta(days=1)


def _overlaps(law: Law, table: Table) -> Iterator[Problem]:
    rows = [row for row in table.rows if row.grounds.decides]
    columns = {term: make_column(law, term, table.rows) for term in table.columns}
    place = {row.id: at for at, row in enumerate(table.rows)}
    for one, other in combinations(rows, 2):
        if one.otherwise != other.otherwise or not one.grounds.span.overlaps(other.grounds.span):
            continue
        if other.id in _above(table, one.id) or one.id in _above(table, other.id):
            continue
        if one.reading and one.reading == other.reading:
            continue
        shared = {
            term: column.axis.masks[place[one.id]] & column.axis.masks[place[other.id]]
            for term, column in columns.items()
        }
        if all(shared.values()):
            person = ", ".join(
                f"{term} {_show(columns[term].axis.pieces[(mask & -mask).bit_length() - 1])}"
                for term, mask in shared.items()
            )
            yield Problem(
                one.grounds.place,
                f"In '{table.id}' the rows '{one.id}' and '{other.id}' both apply to: {person}. "
                "Narrow one, or name it 'exception_to' the other.",
            )


def _above(table: Table, row: str) -> set[str]:
    """The rows that take precedence over one, through any chain of exceptions."""
    found: set[str] = set()
    waiting = [row]
    while waiting:
        name = waiting.pop()
        for other in table.rows:
            if name in other.exception_to and other.id not in found:
                found.add(other.id)
                waiting.append(other.id)
    return found


def _dead_rows(law: Law, table: Table) -> Iterator[Problem]:
    columns = {term: make_column(law, term, table.rows) for term in table.columns}
    for at, row in enumerate(table.rows):
        if table.at == "on" and not row.grounds.span.overlaps(law.covers):
            yield Problem(
                row.grounds.place,
                f"The row '{table.id}.{row.id}' never applies: its time lies outside "
                f"{law.first_day} to {law.last_day}.",
            )
        empty = [term for term, column in columns.items() if not column.axis.masks[at]]
        for term in empty:
            yield Problem(
                row.grounds.place,
                f"The row '{table.id}.{row.id}' never applies: nothing matches its cell for "
                f"'{term}'.",
            )


def _gaps(edition: Edition, table: Table) -> Iterator[Problem]:
    law = edition.law
    if table.at == "on":
        days = [law.covers.start, *law.breaks]
        epochs: list[date | None] = [day for day in days if day and day in law.covers]
    else:
        epochs = [None]
    seen: set[tuple[str, ...]] = set()
    for day in epochs:
        rows = [
            r for r in table.rows if r.grounds.decides and (day is None or day in r.grounds.span)
        ]
        signature = tuple(row.id for row in rows)
        if signature in seen:
            continue
        seen.add(signature)
        if any(row.otherwise for row in rows):
            continue
        compiled = CompiledTable(law, table, rows, day)
        for pieces in uncovered(compiled, limit=40):
            terms = [column.term for column in compiled.columns]
            person = _witness(edition, table, dict(zip(terms, pieces, strict=True)), day)
            if person is not None:
                yield Problem(
                    table.place,
                    f"'{table.id}' says nothing on {person[0]} for a person with: {person[1]}. "
                    "Add a row, or an 'otherwise' row.",
                )
                break


def _witness(
    edition: Edition, table: Table, pieces: dict[str, Any], day: date | None
) -> tuple[date, str] | None:
    """A person of flesh and blood, so to speak, who falls into the gap; None if none is found."""
    law = edition.law
    on = day or law.reviewed
    fixed = {term: value for term, value in pieces.items() if term in law.inputs}
    fixed = {t: v for t, v in fixed.items() if not isinstance(v, Gap)}
    needed = closure(law.uses, frozenset(pieces))
    for answers in islice(boundary_people(edition, on, seed=1, fixed=fixed), 300):
        run = Evaluation(edition, on, answers)
        verdict = run.run.verdict(table.id)
        value = run.value(table.outputs[0].id)
        if isinstance(value, Gap) and value.kind is Kind.SILENT and not verdict.sure:
            if verdict.maybe:
                continue
            told = {n: v for n, v in answers.items() if n in needed and run.value(n) == v}
            return on, ", ".join(f"{name} {_show(value)}" for name, value in told.items())
    return None


def _idle_inputs(law: Law) -> Iterator[Problem]:
    used = frozenset().union(*law.uses.values())
    used |= {term for status in law.statuses.values() for _, term in status.window}
    for step in (step for p in law.procedures.values() for step in p.steps):
        used |= names_in(step.guard) if step.guard else frozenset()
        for fee in step.fees:
            used |= names_in(fee.amount)
        if step.deadline and step.deadline.on:
            used |= names_in(step.deadline.on)
    for policy in law.policies:
        if policy.id == "vocabulary":
            continue
        for entry in policy.inputs:
            if entry.id not in used:
                yield Problem(entry.place, f"Nothing depends on the input '{entry.id}'. Remove it.")


def _examples(edition: Edition) -> Iterator[Problem]:
    reached: set[tuple[str, str]] = set()
    names: Counter[str] = Counter()
    for policy, example in all_examples(edition):
        names[example.name] += 1
        if names[example.name] == 2:
            yield Problem(example.place, f"Two examples are named “{example.name}”.")
        failures = run_example(edition, policy, example)
        for failure in failures:
            yield Problem(failure.place, f"“{example.name}”: {failure.message}")
        with suppress(AnswerError):  # told above, as a failure
            reached |= touched(edition, example)
    for name, id, place in rules(edition.law):
        if (name, id) not in reached:
            yield Problem(place, f"No example touches '{name}.{id}'.")


def rules(law: Law) -> Iterator[tuple[str, str, Place]]:
    """Everything an example should touch: rows, conditions and the values of parameters."""
    for policy in law.all_policies:
        for table in policy.tables:
            for row in table.rows:
                yield table.id, row.id, row.grounds.place
        for status in policy.statuses:
            for condition in status.conditions:
                yield status.id, condition.id, condition.grounds.place
        for parameter in policy.parameters:
            for value in parameter.values:
                if value.grounds.span.overlaps(law.covers):
                    yield parameter.id, str(value.grounds.span.start), value.grounds.place


def missing_texts(law: Law, language: str) -> Iterator[tuple[Text, str]]:
    """Texts without a translation (`missing`) or whose original has changed (`stale`)."""
    translations = law.translations.get(language, {})
    for text in all_texts(law):
        found = translations.get((text.folder, text.key))
        if found is None:
            yield text, "missing"
        elif found.of != text.english:
            yield text, "stale"


def all_texts(law: Law) -> Iterator[Text]:
    """Every English text of a law once, in the order of the model."""
    seen: set[tuple[str, str]] = set()
    for text in _texts(law):
        if text and (text.folder, text.key) not in seen:
            seen.add((text.folder, text.key))
            yield text


def _texts(thing: Any) -> Iterator[Text]:
    if isinstance(thing, Text):
        yield thing
        if thing.employer:
            yield thing.employer
    elif isinstance(thing, Law):
        for part in (
            "name",
            "all_policies",
            "agreements",
            "instruments",
            "authorities",
            "services",
            "papers",
            "charges",
            "occupations",
            "words",
        ):
            yield from _texts(getattr(thing, part))
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from _texts(value)
    elif isinstance(thing, tuple):
        for value in thing:
            yield from _texts(value)
    elif hasattr(thing, "__dataclass_fields__") and not isinstance(thing, (Span, Place)):
        for name in thing.__dataclass_fields__:
            if name not in ("grounds", "expression", "needs", "guard") or name == "guard_text":
                yield from _texts(getattr(thing, name))


def _show(value: Any) -> str:
    return format_value(value)


__all__ = ["Policy", "Problem", "Row", "check", "missing_texts"]
