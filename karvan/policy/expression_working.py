"""Working expressions out: a function of a run for each tree.

Logic is Kleene's: `no and unanswered` is `no`. Where a term is not applicable, comparisons with
it are not applicable, and `and`, `or` and `if` read that as `no`.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Protocol

from karvan.policy.expressions import (
    FUNCTIONS,
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
from karvan.policy.values import (
    COMPARE,
    NOT_APPLICABLE,
    UNKNOWN,
    Gap,
    Kind,
    weakest,
)


class Run(Protocol):
    def read(self, name: str) -> Any: ...


_OPERATE: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / (Decimal(b) if isinstance(b, int) else b),
}


def compile_expression(expression: Expression) -> Callable[[Run], Any]:
    """A function that works the expression out in a run: a value or a Gap."""
    match expression:
        case Const(value):
            return lambda run: value
        case Name(name):
            return lambda run: run.read(name)
        case Not(inner):
            return _compile_not(compile_expression(inner))
        case Logic(every, parts):
            return _compile_logic(every, [compile_expression(part) for part in parts])
        case Compare(op, left, right):
            return _compile_two(COMPARE[op], compile_expression(left), compile_expression(right))
        case Arithmetic(op, left, right):
            return _compile_two(_OPERATE[op], compile_expression(left), compile_expression(right))
        case Among(item, values, negated):
            return _compile_among(compile_expression(item), frozenset(values), negated)
        case Choose(condition, then, otherwise):
            return _compile_choice(*map(compile_expression, (condition, then, otherwise)))
        case Call("isco", (occupation, *codes)):
            prefixes = tuple(code.value for code in codes if isinstance(code, Const))
            work = compile_expression(occupation)
            return _compile_call(lambda code: code.startswith(prefixes), [work])
        case Call(name, arguments):
            return _compile_call(FUNCTIONS[name][2], [compile_expression(a) for a in arguments])


Worker = Callable[[Run], Any]


def _compile_not(inner: Worker) -> Worker:
    def work(run: Run) -> Any:
        value = inner(run)
        return value if isinstance(value, Gap) else not value

    return work


def _compile_logic(every: bool, parts: list[Worker]) -> Worker:
    def work(run: Run) -> Any:
        gap: Gap | None = None
        for part in parts:
            value = part(run)
            if isinstance(value, Gap):
                if value.kind is not Kind.NOT_APPLICABLE:
                    gap = value if gap is None else weakest(gap, value)
                    continue
                value = False
            if value is not every:
                return value
        return every if gap is None else gap

    return work


def _compile_two(operate: Callable[[Any, Any], Any], left: Worker, right: Worker) -> Worker:
    def work(run: Run) -> Any:
        a, b = left(run), right(run)
        if isinstance(a, Gap) or isinstance(b, Gap):
            return _gap(a, b)
        try:
            return operate(a, b)
        except ArithmeticError:  # divided by nothing: the law does not say what then
            return UNKNOWN

    return work


def _gap(*values: Any) -> Gap:
    gaps = [value for value in values if isinstance(value, Gap)]
    if any(gap.kind is Kind.NOT_APPLICABLE for gap in gaps):
        return NOT_APPLICABLE
    return weakest(*gaps)


def _compile_among(item: Worker, values: frozenset[str], negated: bool) -> Worker:
    def work(run: Run) -> Any:
        value = item(run)
        return value if isinstance(value, Gap) else (value in values) is not negated

    return work


def _compile_choice(condition: Worker, then: Worker, otherwise: Worker) -> Worker:
    def work(run: Run) -> Any:
        chosen = condition(run)
        if not isinstance(chosen, Gap):
            return then(run) if chosen else otherwise(run)
        if chosen.kind is Kind.NOT_APPLICABLE:
            return otherwise(run)
        one, other = then(run), otherwise(run)
        if one == other:
            return one
        gaps = [value for value in (one, other) if isinstance(value, Gap)]
        return weakest(chosen, *[gap for gap in gaps if gap.kind is not Kind.NOT_APPLICABLE])

    return work


def _compile_call(function: Callable[..., Any], arguments: list[Worker]) -> Worker:
    def work(run: Run) -> Any:
        values = [argument(run) for argument in arguments]
        if any(isinstance(value, Gap) for value in values):
            return _gap(*values)
        try:
            return function(*values)
        except (ArithmeticError, ValueError):  # no such day, or no calendar for this country
            return UNKNOWN

    return work
