"""The closed expression language: a tree of frozen nodes, and the functions it may call.

`expression_reading` makes the tree from a small subset of Python and checks its types;
`expression_working` makes a function of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from karvan.policy import days
from karvan.policy.values import (
    DATE,
    INTEGER,
    Type,
)


@dataclass(frozen=True, slots=True)
class Const:
    value: Any
    type: Type | None


@dataclass(frozen=True, slots=True)
class Name:
    name: str


@dataclass(frozen=True, slots=True)
class Not:
    inner: Expression


@dataclass(frozen=True, slots=True)
class Logic:
    all: bool
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    op: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Among:
    item: Expression
    values: tuple[str, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Arithmetic:
    op: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Choose:
    condition: Expression
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple[Expression, ...]


Expression = Const | Name | Not | Logic | Compare | Among | Arithmetic | Choose | Call

# A bare text in quotes: it becomes a code where one is wanted.
TEXT = Type("text")

# name: argument types, result; None stands for "any ordered type, all the same".
FUNCTIONS: dict[str, tuple[tuple[Type | None, ...], Type | None, Callable[..., Any]]] = {
    "days_between": ((DATE, DATE), Type("integer", "days"), days.days_between),
    "months_between": ((DATE, DATE), Type("integer", "months"), days.months_between),
    "add_days": ((DATE, INTEGER), DATE, days.add_days),
    "add_months": ((DATE, INTEGER), DATE, days.add_months),
    "add_years": ((DATE, INTEGER), DATE, days.add_years),
    "add_working_days": ((DATE, INTEGER, Type("country")), DATE, days.add_working_days),
    "year": ((DATE,), INTEGER, lambda day: day.year),
    "min": ((None,), None, min),
    "max": ((None,), None, max),
}


def names_in(expression: Expression) -> frozenset[str]:
    match expression:
        case Name(name):
            return frozenset((name,))
        case Const():
            return frozenset()
        case Not(inner) | Among(inner):
            return names_in(inner)
        case Logic(_, parts) | Call(_, parts):
            return frozenset().union(*map(names_in, parts))
        case Compare(_, left, right) | Arithmetic(_, left, right):
            return names_in(left) | names_in(right)
        case Choose(condition, then, otherwise):
            return names_in(condition) | names_in(then) | names_in(otherwise)


def texts_given(expression: Expression) -> frozenset[str]:
    """The bare texts that an expression may give as its value."""
    match expression:
        case Const(str(text)):
            return frozenset((text,))
        case Choose(_, then, otherwise):
            return texts_given(then) | texts_given(otherwise)
    return frozenset()
