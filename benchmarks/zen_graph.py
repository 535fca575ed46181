"""One policy of a law as a decision graph for zen-engine, the peer of the evaluation benchmark.

Tables become decision tables (first hit, exceptions above what they except), values and statuses
become expressions. Money is a number, a date its ordinal, not applicable is null, and the other
gaps are words. Terms that need calendar months, which ordinals cannot say, are given ready-made.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

from karvan.policy.cells import Cell, Codes, NotApplicable, Range
from karvan.policy.edition import Edition
from karvan.policy.engine import Evaluation
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
    names_in,
)
from karvan.policy.linking import closure
from karvan.policy.model import Row
from karvan.policy.program import Program, program_for
from karvan.policy.tables import CompiledTable
from karvan.policy.values import Gap, Kind, Money

MONTHS = ("add_months", "add_years", "months_between", "add_working_days")


def plain(value: Any) -> Any:
    """A value as zen-engine takes it."""
    if isinstance(value, Gap):
        return None if value.kind is Kind.NOT_APPLICABLE else value.kind.value
    if isinstance(value, Money):
        return float(value.amount)
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, (bool, str)):
        return value
    return float(value)


class Graph:
    """The graph of the statuses of one policy on one day."""

    def __init__(self, edition: Edition, policy_id: str, on: date) -> None:
        self.edition, self.on = edition, on
        self.law = edition.law
        self.program: Program = program_for(edition, on)
        policy = next(p for p in self.law.policies if p.id == policy_id)
        self.statuses = [status.id for status in policy.statuses]
        self.terms = closure(self.law.uses, frozenset(self.statuses)) - {"on"}
        self.ready = {
            name
            for name, value in self.law.values.items()
            if name in self.terms and _uses_months(value.expression)
        }
        self.rows = 0

    def context(self, answers: dict[str, Any]) -> dict[str, Any]:
        run = Evaluation(self.edition, self.on, answers)
        found = {f"in_{name}": plain(answers[name]) for name in self.inputs if name in answers}
        for name in self.inputs:
            found.setdefault(f"in_{name}", None)
        found |= {name: plain(run.value(name)) for name in self.ready}
        found["on"] = self.on.toordinal()
        return found

    @property
    def inputs(self) -> list[str]:
        return [name for name in self.law.inputs if name in self.terms]

    def document(self) -> dict[str, Any]:
        nodes: list[dict[str, Any]] = [
            {"id": "start", "name": "start", "type": "inputNode", "content": {"schema": ""}}
        ]
        for number, entry in enumerate(self._ordered()):
            nodes.append({"id": f"n{number}", "name": entry[0], **entry[1]})
        nodes.append({"id": "end", "name": "end", "type": "outputNode", "content": {"schema": ""}})
        edges = [
            {"id": f"e{at}", "sourceId": one["id"], "targetId": other["id"], "type": "edge"}
            for at, (one, other) in enumerate(pairwise(nodes))
        ]
        return {"nodes": nodes, "edges": edges}

    def _ordered(self) -> list[tuple[str, dict[str, Any]]]:
        """Tables as nodes of their own; runs of expressions between them share one node."""
        done: set[str] = set(self.ready) | {"on"}
        found: list[tuple[str, dict[str, Any]]] = []
        waiting = sorted(self.terms - done)
        expressions: list[dict[str, str]] = []

        def flush() -> None:
            if expressions:
                content = {"expressions": list(expressions), "passThrough": True}
                found.append(("expressions", {"type": "expressionNode", "content": content}))
                expressions.clear()

        while waiting:
            ready = [term for term in waiting if self.law.uses[term] & self.terms <= done]
            simple = [term for term in ready if term not in self.law.outputs]
            chosen = simple or ready[:1]
            for term in chosen:
                if term in self.law.outputs:
                    flush()
                    table, _ = self.law.outputs[term]
                    found.append((table.id, self._table(self.program.tables[table.id])))
                    done |= {output.id for output in table.outputs}
                else:
                    for key, text in self._expression(term):
                        expressions.append({"id": key, "key": key, "value": text})
                    done.add(term)
            if simple:
                flush()
            waiting = [term for term in waiting if term not in done]
        flush()
        return found

    def _expression(self, term: str) -> list[tuple[str, str]]:
        law = self.law
        if term in law.inputs:
            guard = law.inputs[term].guard
            raw = f"in_{term}"
            return [(term, f"({self.say(guard)}) == true ? {raw} : null" if guard else raw)]
        if term in law.parameters:
            held = [
                value.value
                for value in law.parameters[term].values
                if self.on in value.grounds.span and value.grounds.decides
            ]
            return [(term, _literal(plain(held[0])) if held else "'silent'")]
        if term in law.values:
            return [(term, self.say(law.values[term].expression))]
        return self._status(term)

    def _status(self, term: str) -> list[tuple[str, str]]:
        compiled = self.program.statuses[term]
        if not compiled.exists:
            return [(term, "'not_applicable'")]
        found = []
        keys = []
        for condition, _ in compiled.conditions:
            self.rows += 1
            key = f"{term}__{condition.id}"
            said = self.say(condition.needs)
            if condition.guard is not None:
                said = f"({self.say(condition.guard)}) == true ? {said} : true"
            found.append((key, said))
            keys.append(f"$.{key}")
        listed = f"[{', '.join(keys)}]"
        verdict = (
            f"some({listed}, # == false or # == null) ? 'closed' : "
            f"(all({listed}, # == true) ? 'open' : 'gap')"
        )
        guard = compiled.status.guard
        if guard is not None:
            verdict = f"({self.say(guard)}) == true ? ({verdict}) : 'not_applicable'"
        return [*found, (term, verdict)]

    def _table(self, table: CompiledTable) -> dict[str, Any]:
        columns = [column.term for column in table.columns]
        rules = []
        for row in self._by_precedence(table):
            self.rows += 1
            cells = dict(row.cells)
            rule: dict[str, Any] = {"_id": row.id}
            for at, term in enumerate(columns):
                rule[f"i{at}"] = self._cell(cells.get(term))
            if "on" not in columns and table.table.at != "on" and columns[:1] == [table.table.at]:
                span = row.grounds.span
                rule["i0"] = self._range(Range(span.start, span.end))
            for at, value in enumerate(row.then):
                rule[f"o{at}"] = _literal(plain(value))
            rules.append(rule)
        return {
            "type": "decisionTableNode",
            "content": {
                "hitPolicy": "first",
                "passThrough": True,
                "inputs": [
                    {"id": f"i{at}", "name": term, "field": term} for at, term in enumerate(columns)
                ],
                "outputs": [
                    {"id": f"o{at}", "name": output.id, "field": output.id}
                    for at, output in enumerate(table.table.outputs)
                ],
                "rules": rules,
            },
        }

    def _by_precedence(self, table: CompiledTable) -> list[Row]:
        rows = {row.id: row for row in table.rows}
        found: list[Row] = []

        def put(row: Row) -> None:
            for other in table.rows:
                if row.id in other.exception_to and other not in found:
                    put(other)
            if row not in found:
                found.append(row)

        for row in sorted(rows.values(), key=lambda row: row.otherwise):
            put(row)
        return found

    def _cell(self, cell: Cell | None) -> str:
        match cell:
            case None:
                return ""
            case NotApplicable():
                return "null"
            case Codes():
                codes = ", ".join(_literal(plain(code)) for code in sorted(cell.codes, key=str))
                return f"not in [{codes}]" if cell.negated else codes
        return " or ".join(self._range(piece) for piece in cell.ranges)

    def _range(self, piece: Range) -> str:
        low = None if piece.low is None else _literal(plain(piece.low))
        high = None if piece.high is None else _literal(plain(piece.high))
        if low and high:
            return f"$ >= {low} and $ <= {high}"
        if low:
            return f"{'>' if piece.low_open else '>='} {low}"
        return f"{'<' if piece.high_open else '<='} {high}" if high else ""

    def say(self, expression: Expression) -> str:
        match expression:
            case Const(value):
                return _literal(plain(value))
            case Name(name) if name in self.law.statuses:
                return f"({name} == 'open')"
            case Name(name):
                return name
            case Not(inner):
                return f"({self.say(inner)}) == false"
            case Logic(every, parts):
                word = " and " if every else " or "
                if not all(self._plain_truth(part) for part in parts):
                    return "'gap'" if not every else f"({self.say(parts[0])})"
                return "(" + word.join(f"({self.say(part)}) == true" for part in parts) + ")"
            case Compare(op, left, right):
                said = f"({self.say(left)} {op} {self.say(right)})"
                return said if op in ("==", "!=") else self._unless_null(said, left, right)
            case Among(item, values, negated):
                codes = ", ".join(f"'{value}'" for value in values)
                return f"({self.say(item)} {'not in' if negated else 'in'} [{codes}])"
            case Arithmetic(op, left, right):
                said = f"({self.say(left)} {op} {self.say(right)})"
                return self._unless_null(said, left, right)
            case Choose(condition, then, otherwise):
                return (
                    f"(({self.say(condition)}) == true ? {self.say(then)} : {self.say(otherwise)})"
                )
            case Call("isco", (item, *codes)):
                name = self.say(item)
                tests = " or ".join(
                    f"startsWith({name}, '{code.value}')"
                    for code in codes
                    if isinstance(code, Const)
                )
                return f"({name} != null and ({tests}))"
            case Call("days_between", (first, second)):
                said = f"({self.say(second)} - {self.say(first)})"
                return self._unless_null(said, first, second)
            case Call("add_days", (day, days)):
                said = f"({self.say(day)} + {self.say(days)})"
                return self._unless_null(said, day, days)
            case Call(name, arguments) if name in ("min", "max"):
                said = f"{name}([{', '.join(self.say(part) for part in arguments)}])"
                return self._unless_null(said, *arguments)
        raise NotImplementedError(f"{expression} has no counterpart in the graph")

    def _unless_null(self, said: str, *parts: Expression) -> str:
        """zen-engine stops at an order of null, so terms that may lack are tested first."""
        lacking = sorted(set().union(*map(names_in, parts)) & (self.law.may_lack | self.gaps))
        if not lacking:
            return said
        test = " or ".join(f"type({name}) != 'number'" for name in lacking)
        return f"({test} ? null : {said})"

    @cached_property
    def gaps(self) -> frozenset[str]:
        """Numbers that some rule leaves to discretion, silence or the unknown."""
        found = {
            name
            for name, parameter in self.law.parameters.items()
            if any(isinstance(value.value, Gap) for value in parameter.values)
        }
        for table in self.law.tables.values():
            for at, output in enumerate(table.outputs):
                if any(isinstance(row.then[at], Gap) for row in table.rows):
                    found.add(output.id)
        growing = True
        while growing:
            more = {
                name
                for name, value in self.law.values.items()
                if names_in(value.expression) & found
            }
            growing = not more <= found
            found |= more
        return frozenset(found)

    def _plain_truth(self, expression: Expression) -> bool:
        return not (isinstance(expression, Const) and isinstance(expression.value, Gap))


def _uses_months(expression: Expression) -> bool:
    match expression:
        case Call(name, arguments):
            return name in MONTHS or any(_uses_months(part) for part in arguments)
        case Not(inner) | Among(inner):
            return _uses_months(inner)
        case Logic(_, parts):
            return any(_uses_months(part) for part in parts)
        case Compare(_, left, right) | Arithmetic(_, left, right):
            return _uses_months(left) or _uses_months(right)
        case Choose(condition, then, otherwise):
            return any(_uses_months(part) for part in (condition, then, otherwise))
    return False


def _literal(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}'"
    return repr(value)
