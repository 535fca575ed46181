"""The closed expression language: a small subset of Python, read through `ast`.

`parse_expression` gives a tree of frozen nodes; `check` gives its type and refuses what does not
fit; `compile_expression` gives a function of a run. Logic is Kleene's: `no and unanswered` is
`no`. Where a term is not applicable, comparisons with it are not applicable, and `and`, `or` and
`if` read that as `no`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from karvan.policy import days
from karvan.policy.values import (
    BOOLEAN,
    COMPARE,
    DATE,
    DECIMAL,
    GAP_WORDS,
    INTEGER,
    NOT_APPLICABLE,
    UNKNOWN,
    Gap,
    Kind,
    Type,
    parse_value,
    weakest,
)


class Run(Protocol):
    def read(self, name: str) -> Any: ...


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

_COMPARE = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
_OPERATE: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / (Decimal(b) if isinstance(b, int) else b),
}

# A bare text in quotes: it becomes a code where one is wanted.
TEXT = Type("text")

# name: argument types, result; None stands for "any ordered type, all the same".
_FUNCTIONS: dict[str, tuple[tuple[Type | None, ...], Type | None, Callable[..., Any]]] = {
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


def parse_expression(text: str) -> Expression:
    """Read an expression. Raises ValueError with a sentence that says what is not understood."""
    text = text.strip()
    try:
        tree = ast.parse(text, mode="eval").body
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, float):
                # as it is written: a float would lose digits
                exact: Any = Decimal(ast.get_source_segment(text, node) or "")
                node.value = exact
    except ArithmeticError:
        raise ValueError(f"'{text}' holds a number that cannot be read.") from None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError(f"'{text}' is not an expression of the language.") from None
    return _read(tree)


def _read(node: ast.expr) -> Expression:
    number: Any = node.value if isinstance(node, ast.Constant) else None
    if isinstance(number, Decimal):
        return Const(number, DECIMAL)
    match node:
        case ast.Constant(value=bool() | None):
            raise ValueError("Write 'yes' and 'no' for truth.")
        case ast.Constant(value=int(whole)):
            return Const(whole, INTEGER)
        case ast.Constant(value=str(text)):
            return Const(text, None)
        case ast.Name(id="yes"):
            return Const(True, BOOLEAN)
        case ast.Name(id="no"):
            return Const(False, BOOLEAN)
        case ast.Name(id=word) if word in GAP_WORDS:
            return Const(GAP_WORDS[word], None)
        case ast.Name(id=name):
            return Name(name)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return Not(_read(inner))
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant() as operand):
            positive = _read(operand)
            if isinstance(positive, Const) and isinstance(positive.value, (int, Decimal)):
                return Const(-positive.value, positive.type)
        case ast.BinOp(left=ast.Name(id="n"), op=ast.Div(), right=ast.Name(id="a")):
            return Const(NOT_APPLICABLE, None)
        case ast.BoolOp(op=op, values=parts):
            return Logic(isinstance(op, ast.And), tuple(_read(part) for part in parts))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _comparison(left, op, right)
        case ast.Compare():
            raise ValueError("Compare two things at a time, joined by 'and'.")
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
            return Arithmetic(_ARITHMETIC[type(op)], _read(left), _read(right))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return Choose(_read(test), _read(body), _read(orelse))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
            return _call(name, [_read(argument) for argument in arguments])
    raise ValueError(f"'{ast.unparse(node)}' is not part of the language.")


def _comparison(left: ast.expr, op: ast.cmpop, right: ast.expr) -> Expression:
    if type(op) in _COMPARE:
        return Compare(_COMPARE[type(op)], _read(left), _read(right))
    if isinstance(op, (ast.In, ast.NotIn)) and isinstance(right, ast.Tuple):
        codes = [_read(item) for item in right.elts]
        if all(isinstance(code, Const) and isinstance(code.value, str) for code in codes):
            values = tuple(code.value for code in codes if isinstance(code, Const))
            return Among(_read(left), values, isinstance(op, ast.NotIn))
    raise ValueError("After 'in' stands a list of codes in quotes, such as ('KG', 'KZ').")


def _call(name: str, arguments: list[Expression]) -> Expression:
    if name in ("date", "money"):
        if len(arguments) == 1 and isinstance(arguments[0], Const):
            text = arguments[0].value
            if isinstance(text, str):
                value = parse_value(text, Type(name))
                return Const(value, Type(name, value.unit if name == "money" else None))
        raise ValueError(f"{name}(…) takes one text in quotes.")
    if name == "isco":
        if len(arguments) < 2 or not all(
            isinstance(code, Const) and isinstance(code.value, str) for code in arguments[1:]
        ):
            raise ValueError("isco(…) takes an occupation and codes in quotes.")
        return Call(name, tuple(arguments))
    if name not in _FUNCTIONS:
        raise ValueError(
            f"There is no function '{name}'. There are: date, isco, money, "
            f"{', '.join(sorted(_FUNCTIONS))}."
        )
    expected = _FUNCTIONS[name][0]
    if expected == (None,) and len(arguments) < 2:
        raise ValueError(f"{name}(…) takes two arguments or more.")
    if expected != (None,) and len(arguments) != len(expected):
        raise ValueError(f"{name}(…) takes {len(expected)} arguments.")
    return Call(name, tuple(arguments))


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


def check(expression: Expression, types: Mapping[str, Type]) -> Type | None:
    """The type of an expression; None where it is always a gap, or a bare text.

    Raises ValueError where terms are unknown or do not fit one another.
    """
    match expression:
        case Const(str()):
            return TEXT
        case Const(_, type):
            return type
        case Name(name):
            if name not in types:
                raise ValueError(f"Nothing is called '{name}'.")
            return types[name]
        case Not(inner):
            _want_boolean(inner, types)
            return BOOLEAN
        case Logic(_, parts):
            for part in parts:
                _want_boolean(part, types)
            return BOOLEAN
        case Compare(op, left, right):
            return _check_comparison(op, left, right, types)
        case Among(item, values):
            _check_codes(check(item, types), values)
            return BOOLEAN
        case Arithmetic(op, left, right):
            return _check_arithmetic(op, check(left, types), check(right, types))
        case Choose(condition, then, otherwise):
            _want_boolean(condition, types)
            return _same(check(then, types), check(otherwise, types))
        case Call(name, arguments):
            return _check_call(name, arguments, types)


def _want_boolean(expression: Expression, types: Mapping[str, Type]) -> None:
    found = check(expression, types)
    if found is not None and found.name != "boolean":
        raise ValueError(f"Here stands a {found}, where yes or no is wanted.")


def _check_comparison(
    op: str, left: Expression, right: Expression, types: Mapping[str, Type]
) -> Type:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Const) and isinstance(one.value, str):
            if op not in ("==", "!="):
                raise ValueError("Codes are only equal or not.")
            _check_codes(check(other, types), (one.value,))
            return BOOLEAN
    found = _same(check(left, types), check(right, types))
    if found is not None and op not in ("==", "!=") and not found.ordered:
        raise ValueError(f"A {found} has no order: only == and != can compare it.")
    return BOOLEAN


def _check_codes(type: Type | None, values: tuple[str, ...]) -> None:
    if type is None or type.name not in ("choice", "country", "occupation"):
        raise ValueError(f"Texts in quotes compare with a choice or a code, not with a {type}.")
    for value in values:
        parse_value(value, type)


def _same(left: Type | None, right: Type | None) -> Type | None:
    if left is None or right is None:
        return left or right
    pair = {left.name, right.name}
    if "text" in pair and pair <= {"text", "choice", "country", "occupation"}:
        return right if left.name == "text" else left
    if pair <= {"integer", "decimal"}:
        return DECIMAL if "decimal" in (left.name, right.name) else left
    if left.name != right.name or (left.name == "money" and left.unit != right.unit):
        raise ValueError(f"A {left} and a {right} do not go together.")
    return left


def _check_arithmetic(op: str, left: Type | None, right: Type | None) -> Type | None:
    if left is None or right is None:
        return left or right
    pair = (left.name, right.name)
    numbers = ("integer", "decimal")
    if pair[0] in numbers and pair[1] in numbers:
        whole = pair == ("integer", "integer") and op != "/"
        return left if whole else Type("decimal", left.unit)
    if pair == ("money", "money") and op in "+-/":
        return DECIMAL if op == "/" else _same(left, right)
    if pair[0] == "money" and pair[1] in numbers and op in "*/":
        return left
    if pair[1] == "money" and pair[0] in numbers and op == "*":
        return right
    raise ValueError(f"'{op}' does not join a {left} and a {right}.")


def _check_call(
    name: str, arguments: tuple[Expression, ...], types: Mapping[str, Type]
) -> Type | None:
    found = [check(argument, types) for argument in arguments]
    if name == "isco":
        if found[0] is None or found[0].name != "occupation":
            raise ValueError("isco(…) asks about an occupation.")
        return BOOLEAN
    expected, result, _ = _FUNCTIONS[name]
    if expected == (None,):
        common = found[0]
        for type in found[1:]:
            common = _same(common, type)
        if common is not None and not common.ordered:
            raise ValueError(f"{name}(…) wants numbers, money or dates, not a {common}.")
        return common
    for argument, want, got in zip(arguments, expected, found, strict=True):
        if want and want.name == "country" and isinstance(argument, Const) and got == TEXT:
            days.is_working_day(date(2024, 1, 1), parse_value(argument.value, want))
        elif want and got is not None and got.name != want.name:
            raise ValueError(f"{name}(…) wants a {want}, not a {got}.")
    return result


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
            return _compile_call(_FUNCTIONS[name][2], [compile_expression(a) for a in arguments])


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
