"""The law itself as plain data in one language: what the law pages and `law show` print."""

from __future__ import annotations

from datetime import date
from typing import Any

from karvan.policy.cells import Cell, Codes, NotApplicable, Range
from karvan.policy.comparing import Difference, Rule, diff
from karvan.policy.edition import Edition
from karvan.policy.engine import check_day
from karvan.policy.errors import AnswerError
from karvan.policy.expressions import (
    Among,
    Arithmetic,
    Call,
    Choose,
    Compare,
    Const,
    Expression,
    Logic,
    Name,
    Not,
)
from karvan.policy.law import Law
from karvan.policy.model import (
    Condition,
    Grounds,
    Parameter,
    ParameterValue,
    Policy,
    Procedure,
    Row,
    Span,
    Status,
    Step,
    Table,
    Value,
)
from karvan.policy.values import Type, format_value
from karvan.policy.wording import Reader

_SIGNS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥"}


def policies(edition: Edition, language: str = "en") -> list[dict[str, Any]]:
    """The policies of a State that say something, and the agreements it is party to."""
    reader = Reader(edition.law, language)
    return [
        {"id": policy.id, "title": reader.say(policy.title), "summary": reader.say(policy.summary)}
        for policy in edition.law.all_policies
        if policy.tables or policy.statuses or policy.parameters or policy.values
    ]


def policy_document(
    edition: Edition, policy_id: str, *, on: date, language: str = "en"
) -> dict[str, Any]:
    """One policy on one day. Raises AnswerError for a policy or a day that is not there."""
    check_day(edition.law, on)
    policy = edition.law.policy(policy_id)
    if policy is None:
        known = [entry["id"] for entry in policies(edition)]
        raise AnswerError(f"There is no policy '{policy_id}'.", input="policy", nearest=known)
    return _Shower(Reader(edition.law, language), on).policy(edition, policy)


def changes_document(
    edition: Edition, start: date, end: date, language: str = "en"
) -> dict[str, Any]:
    """What the law of the second day says differently from that of the first, by provision."""
    shower = _Shower(Reader(edition.law, language), end)
    groups: dict[str, list[dict[str, Any]]] = {}
    for change in diff(edition, start, second=end):
        shown = shower.change(change)
        heading = "; ".join(item["text"] for item in shown["provisions"])
        groups.setdefault(heading, []).append(shown)
    return {
        "edition": edition.id,
        "from": start.isoformat(),
        "to": end.isoformat(),
        "groups": [
            {"provision": heading, "changes": changes} for heading, changes in groups.items()
        ],
    }


class _Shower:
    def __init__(self, reader: Reader, on: date) -> None:
        self.reader = reader
        self.law: Law = reader.law
        self.on = on

    def policy(self, edition: Edition, policy: Policy) -> dict[str, Any]:
        say = self.reader.say
        return {
            "edition": edition.id,
            "state": self.law.code,
            "date": self.on.isoformat(),
            "id": policy.id,
            "title": say(policy.title),
            "summary": say(policy.summary),
            "epochs": self._epochs(policy),
            "parameters": [self._parameter(entry) for entry in policy.parameters],
            "values": [self._value(entry) for entry in policy.values],
            "tables": [self._table(entry) for entry in policy.tables],
            "statuses": [self._status(entry) for entry in policy.statuses],
            "procedures": [self._procedure(entry) for entry in policy.procedures],
            "sources": self._sources(policy),
        }

    def _dated(self, grounds: Grounds) -> dict[str, Any]:
        return self._span(grounds.span) | self.reader.grounds(grounds, self.on)

    def _span(self, span: Span) -> dict[str, Any]:
        return {
            "from": span.start.isoformat() if span.start else None,
            "until": span.end.isoformat() if span.end else None,
            "now": self.on in span,
        }

    def _epochs(self, policy: Policy) -> list[dict[str, Any]]:
        """The stretches of time between changes of this policy, within the time covered."""
        covers = self.law.covers
        begun: dict[date, list[str]] = {self.law.first_day: []}
        for grounds in grounds_of(policy):
            start, end = grounds.span.start, grounds.span.end
            if start and start in covers:
                names = begun.setdefault(start, [])
                names += [p["text"] for p in self.reader.provisions(grounds.cite[:1])]
            if end and end in covers and end != covers.end:
                begun.setdefault(date.fromordinal(end.toordinal() + 1), [])
        starts = sorted(begun)
        ends = [date.fromordinal(day.toordinal() - 1) for day in starts[1:]] + [self.law.last_day]
        return [
            {
                "from": first.isoformat(),
                "until": last.isoformat(),
                "label": ", ".join(dict.fromkeys(begun[first])),
                "now": first <= self.on <= last,
            }
            for first, last in zip(starts, ends, strict=True)
        ]

    def _parameter(self, parameter: Parameter) -> dict[str, Any]:
        return {
            "id": parameter.id,
            "name": self.reader.say(parameter.name),
            "unit": parameter.type.unit,
            "at": parameter.at,
            "values": [
                {
                    "value": format_value(entry.value),
                    "value_shown": self.reader.value(entry.value, parameter.type, parameter.id),
                    "note": self.reader.say(entry.note),
                }
                | self._dated(entry.grounds)
                for entry in reversed(parameter.values)
            ],
        }

    def _value(self, value: Value) -> dict[str, Any]:
        return {
            "id": value.id,
            "name": self.reader.say(value.name),
            "expression": self.expression(value.expression),
        } | self._dated(value.grounds)

    def _table(self, table: Table) -> dict[str, Any]:
        columns = table.columns
        return {
            "id": table.id,
            "name": self.reader.say(table.name),
            "at": table.at,
            "columns": [{"term": term, "name": self._term(term)} for term in columns],
            "outputs": [
                {"term": output.id, "name": self._term(output.id)} for output in table.outputs
            ],
            "rows": [
                {
                    "id": row.id,
                    "cells": [self._cell(row, term) for term in columns],
                    "gives": [
                        self.reader.value(value, output.type, output.id)
                        for value, output in zip(row.then, table.outputs, strict=True)
                    ],
                    "otherwise": row.otherwise,
                    "exception_to": list(row.exception_to),
                    "reading": row.reading,
                    "text": self.reader.say(row.text),
                }
                | self._dated(row.grounds)
                for row in table.rows
            ],
        }

    def _cell(self, row: Row, term: str) -> str:
        cell = dict(row.cells).get(term)
        return self.cell(cell, self.law.types[term], term) if cell else ""

    def cell(self, cell: Cell, type: Type, term: str) -> str:
        """A cell in words: names of countries and occupations, values in the language's form."""
        match cell:
            case NotApplicable():
                return self.reader.word("kind.not_applicable")
            case Codes():
                shown = ", ".join(self._codes(cell, type, term))
                return f"≠ {shown}" if cell.negated else shown
        return ", ".join(self._range(piece, type, term) for piece in cell.ranges)

    def _codes(self, cell: Codes, type: Type, term: str) -> list[str]:
        if type.name != "occupation":
            return [self.reader.value(code, type, term) for code in sorted(cell.codes, key=str)]
        return [self.reader.occupation(code) for code in self._groups(cell.codes)]

    def _groups(self, codes: frozenset[Any]) -> list[str]:
        """The largest ISCO-08 groups that together hold exactly these unit groups."""
        units = self.law.domain(Type("occupation"))
        found: list[str] = []
        for code in sorted(self.law.occupations, key=lambda code: (len(code), code)):
            inside = {unit for unit in units if unit.startswith(code)}
            if inside and inside <= codes and not any(code.startswith(group) for group in found):
                found.append(code)
        return sorted(found)

    def _range(self, piece: Range, type: Type, term: str) -> str:
        low = None if piece.low is None else self.reader.value(piece.low, type, term)
        high = None if piece.high is None else self.reader.value(piece.high, type, term)
        if low is not None and low == high:
            return low
        if high is None:
            return f"{'>' if piece.low_open else '≥'} {low}"
        if low is None:
            return f"{'<' if piece.high_open else '≤'} {high}"
        return f"{low} – {high}"

    def _status(self, status: Status) -> dict[str, Any]:
        return {
            "id": status.id,
            "name": self.reader.say(status.name),
            "summary": self.reader.say(status.summary),
            "goals": list(status.goals),
            "guard": self.expression(status.guard) if status.guard else "",
            "force": status.force.name.lower(),
            "conditions": [self._condition(entry) for entry in status.conditions],
            "rights": [
                {"id": right.id, "text": self.reader.say(right.text)} | self._dated(right.grounds)
                for right in status.rights
            ],
            "procedure": status.procedure or None,
        } | self._span(status.span)

    def _condition(self, condition: Condition) -> dict[str, Any]:
        return {
            "id": condition.id,
            "text": self.reader.say(condition.yes),
            "guard": self.expression(condition.guard) if condition.guard else "",
            "expression": self.expression(condition.needs),
        } | self._dated(condition.grounds)

    def _procedure(self, procedure: Procedure) -> dict[str, Any]:
        return {
            "id": procedure.id,
            "name": self.reader.say(procedure.name),
            "steps": [
                {
                    "id": step.id,
                    "title": self.reader.say(step.title),
                    "time": self.reader.duration(step.time) if step.time else None,
                    "deadline": self._within(step),
                    "missed": self.reader.say(step.deadline.missed) if step.deadline else None,
                }
                | self._dated(step.grounds)
                for step in procedure.steps
            ],
        }

    def _within(self, step: Step) -> str | None:
        within = step.deadline.within if step.deadline else None
        return self.reader.duration(within) if within else None

    def _sources(self, policy: Policy) -> list[dict[str, Any]]:
        ids = dict.fromkeys(
            provision.instrument for grounds in grounds_of(policy) for provision in grounds.cite
        )
        instruments = [self.law.instruments[id] for id in ids]
        return [
            {
                "id": entry.id,
                "title": self.reader.say(entry.title),
                "title_local": entry.title_local,
                "kind": entry.kind,
                "adopted": entry.adopted.isoformat() if entry.adopted else None,
                "gazette": entry.gazette,
                "in_force": entry.in_force.isoformat() if entry.in_force else None,
                "url": entry.url,
            }
            for entry in instruments
        ]

    def _term(self, term: str) -> str:
        if term == "on":
            return self.reader.word("expr.on")
        name = self.law.term_name(term)
        return self.reader.say(name) if name else term

    def expression(self, expression: Expression) -> str:
        """An expression with the names of its terms instead of their ids."""
        match expression:
            case Const(value):
                return self._const(value)
            case Name(name):
                return f"“{self._term(name)}”"
            case Not(inner):
                return self.reader.word("expr.not", inner=self.expression(inner))
            case Logic(every, parts):
                word = self.reader.word("expr.and" if every else "expr.or")
                return f" {word} ".join(
                    f"({self.expression(part)})"
                    if isinstance(part, Logic)
                    else self.expression(part)
                    for part in parts
                )
            case Compare(op, left, right):
                return f"{self._side(left, right)} {_SIGNS.get(op, op)} {self._side(right, left)}"
            case Among(item, values, negated):
                shown = ", ".join(self._code(value, item) for value in values)
                return f"{self.expression(item)} {'≠' if negated else '='} {shown}"
            case Arithmetic(op, left, right):
                sign = {"*": "×", "/": "÷", "-": "−"}.get(op, op)
                return f"{self.expression(left)} {sign} {self.expression(right)}"
            case Choose(condition, then, otherwise):
                return self.reader.word(
                    "expr.choose",
                    condition=self.expression(condition),
                    then=self.expression(then),
                    otherwise=self.expression(otherwise),
                )
            case Call(name, arguments):
                return f"{name}({', '.join(self.expression(part) for part in arguments)})"

    def _side(self, one: Expression, other: Expression) -> str:
        if isinstance(one, Const) and isinstance(one.value, str):
            return self._code(one.value, other)
        return self.expression(one)

    def _code(self, value: str, item: Expression) -> str:
        if isinstance(item, Name) and item.name in self.law.types:
            return self.reader.value(value, self.law.types[item.name], item.name)
        return value

    def _const(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        return self.reader.value(value, Type("decimal"))

    def change(self, change: Difference) -> dict[str, Any]:
        return {
            "policy": change.policy,
            "kind": change.change,
            "what": change.kind,
            "term": change.name,
            "name": self._name(change),
            "before": self._says(change.before),
            "after": self._says(change.after),
            "from": change.since.isoformat() if change.since else None,
            "provisions": self.reader.provisions(change.provisions),
        }

    def _name(self, change: Difference) -> str:
        if change.name in self.law.tables:
            return self.reader.say(self.law.tables[change.name].name)
        procedure, _, step = change.name.partition(".")
        if step and procedure in self.law.procedures:
            found = next(s for s in self.law.procedures[procedure].steps if s.id == step)
            return self.reader.say(found.title)
        return self._term(change.name)

    def _says(self, rule: Rule | None) -> str | None:
        if rule is None:
            return None
        entry = rule.entry
        if isinstance(entry, ParameterValue):
            return self.reader.value(entry.value, self.law.types[rule.name], rule.name)
        if isinstance(entry, Row) and entry.text:
            return self.reader.say(entry.text)
        if isinstance(entry, Condition):
            return self.reader.say(entry.yes)
        if rule.kind == "deadline":
            return self.reader.duration(entry.within) if entry.within else rule.says
        return rule.says


def grounds_of(policy: Policy) -> list[Grounds]:
    """The grounds of every rule that a policy states."""
    found = [value.grounds for entry in policy.parameters for value in entry.values]
    found += [entry.grounds for entry in policy.values]
    found += [row.grounds for table in policy.tables for row in table.rows]
    for status in policy.statuses:
        found += [entry.grounds for entry in status.conditions]
        found += [entry.grounds for entry in status.rights]
    for procedure in policy.procedures:
        for step in procedure.steps:
            found += [step.grounds, *(fee.grounds for fee in step.fees)]
            if step.deadline:
                found.append(step.deadline.grounds)
    return found
