"""The values that law speaks of: types, money, and the several ways of not knowing.

A known value is a plain Python value (bool, int, Decimal, str, date, Money). Anything else is a
`Gap`, which says what kind of not-knowing it is and which answers could end it.
"""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any


class Kind(Enum):
    """What a conclusion can be. The order of the gaps is from firm to weak."""

    KNOWN = "known"
    NOT_APPLICABLE = "not_applicable"
    DISCRETION = "discretion"
    SILENT = "silent"
    UNKNOWN = "unknown"
    UNANSWERED = "unanswered"


_WEAKNESS = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Gap:
    """A conclusion that is no value. `needs` holds the inputs whose answers could change it."""

    kind: Kind
    needs: frozenset[str] = frozenset()


NOT_APPLICABLE = Gap(Kind.NOT_APPLICABLE)
DISCRETION = Gap(Kind.DISCRETION)
SILENT = Gap(Kind.SILENT)
UNKNOWN = Gap(Kind.UNKNOWN)

GAP_WORDS = {"n/a": NOT_APPLICABLE, "discretion": DISCRETION, "silent": SILENT, "unknown": UNKNOWN}


def unanswered(*inputs: str) -> Gap:
    return Gap(Kind.UNANSWERED, frozenset(inputs))


def weakest(first: Gap, *others: Gap) -> Gap:
    """The weakest of several gaps; several unanswered ones need all that each needs."""
    found = first
    for gap in others:
        if gap.kind is found.kind:
            if gap.needs - found.needs:
                found = Gap(found.kind, found.needs | gap.needs)
        elif _WEAKNESS[gap.kind] > _WEAKNESS[found.kind]:
            found = gap
    return found


_MONEY = re.compile(r"(-?[\d  _]*\d(?:\.\d+)?)\s*([A-Z]{3})(?:/(hour|day|week|month|year))?")


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in one currency, with a period where it is paid again and again."""

    amount: Decimal
    currency: str
    period: str | None = None

    @property
    def unit(self) -> str:
        return f"{self.currency}/{self.period}" if self.period else self.currency

    def __str__(self) -> str:
        return f"{plain(self.amount)} {self.unit}"

    def _same(self, other: object) -> Decimal:
        if not isinstance(other, Money) or other.unit != self.unit:
            raise TypeError(f"{self} and {other} cannot be compared or added: their units differ.")
        return other.amount

    def __add__(self, other: Money) -> Money:
        return replace(self, amount=self.amount + self._same(other))

    def __sub__(self, other: Money) -> Money:
        return replace(self, amount=self.amount - self._same(other))

    def __mul__(self, factor: Decimal | int) -> Money:
        return replace(self, amount=self.amount * factor)

    __rmul__ = __mul__

    def __truediv__(self, divisor: Any) -> Any:
        if isinstance(divisor, Money):
            return self.amount / self._same(divisor)
        return replace(self, amount=self.amount / divisor)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.amount >= self._same(other)


def plain(number: Decimal | int) -> str:
    """A number without exponent and without needless zeros: 2558.4 for 2558.40."""
    text = format(number, "f") if isinstance(number, Decimal) else str(number)
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Type:
    """A type of the language, with its unit and, for a choice, its options in order."""

    name: str
    unit: str | None = None
    options: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})" if self.unit else self.name

    @property
    def ordered(self) -> bool:
        return self.name in ("integer", "decimal", "money", "date")


TYPES = ("boolean", "integer", "decimal", "money", "date", "choice", "country", "occupation")
BOOLEAN = Type("boolean")
INTEGER = Type("integer")
DECIMAL = Type("decimal")
DATE = Type("date")


def parse_value(text: str, type: Type) -> Any:
    """Read one value as the type demands. Raises ValueError with a sentence that says why not."""
    text = text.strip()
    match type.name:
        case "boolean":
            if text in ("yes", "no"):
                return text == "yes"
            raise ValueError(f"'{text}' is neither 'yes' nor 'no'.")
        case "integer":
            if re.fullmatch(r"-?\d+", text, re.ASCII) and len(text) < 16:
                return int(text)
            raise ValueError(f"'{text}' is not a whole number.")
        case "decimal":
            return _decimal(text)
        case "date":
            return parse_date(text)
        case "money":
            return _money(text, type.unit)
        case "choice":
            if text in type.options:
                return text
            raise ValueError(f"'{text}' is none of {', '.join(type.options)}.")
        case "country":
            if re.fullmatch("[A-Z]{2}", text):
                return text
            raise ValueError(f"'{text}' is not a country code of two letters, such as KG.")
        case "occupation":
            if re.fullmatch(r"\d{4}", text, re.ASCII):
                return text
            raise ValueError(f"'{text}' is not an ISCO-08 unit group of four digits, such as 2221.")
    raise AssertionError(type.name)


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        raise ValueError(f"'{text}' is not a number, such as 1.5.")
    return number


def parse_date(text: str) -> date:
    """A date written 2024-10-01 and in no other of ISO 8601's forms. Raises ValueError."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass  # such as 31 February
    raise ValueError(f"'{text}' is not a date of the calendar, such as 2024-10-01.")


def _money(text: str, unit: str | None) -> Money:
    example = f"such as 33030 {unit or 'TRY'}"
    if re.fullmatch(r"-?\d+(\.\d+)?", text, re.ASCII) and unit:
        text = f"{text} {unit}"
    found = _MONEY.fullmatch(text)
    if not found:
        raise ValueError(f"'{text}' is not an amount with its currency, {example}.")
    digits = re.sub(r"[  _]", "", found[1])
    money = Money(_decimal(digits), found[2], found[3])
    if unit and money.unit != unit:
        raise ValueError(f"'{text}' is not in {unit}, {example}.")
    return money


def format_value(value: Any) -> str:
    """The canonical text of a value, which `parse_value` reads back."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Decimal() | int():
            return plain(value)
        case date():
            return value.isoformat()
        case Gap():
            return "n/a" if value.kind is Kind.NOT_APPLICABLE else value.kind.value
    return str(value)


COMPARE = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
