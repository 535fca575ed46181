"""Reading expressions: from a small subset of Python, through `ast`, to a tree whose types fit."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from karvan.policy import days
from karvan.policy.expressions import (
    FUNCTIONS,
    TEXT,
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
    BOOLEAN,
    DECIMAL,
    GAP_WORDS,
    INTEGER,
    NOT_APPLICABLE,
    Type,
    parse_value,
)

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
    if name not in FUNCTIONS:
        raise ValueError(
            f"There is no function '{name}'. There are: date, isco, money, "
            f"{', '.join(sorted(FUNCTIONS))}."
        )
    expected = FUNCTIONS[name][0]
    if expected == (None,) and len(arguments) < 2:
        raise ValueError(f"{name}(…) takes two arguments or more.")
    if expected != (None,) and len(arguments) != len(expected):
        raise ValueError(f"{name}(…) takes {len(expected)} arguments.")
    return Call(name, tuple(arguments))


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
    expected, result, _ = FUNCTIONS[name]
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
