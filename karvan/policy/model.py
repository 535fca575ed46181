"""The law of one State as frozen data: what the YAML says, checked and typed.

Everything here can be pickled and never changes. Texts are English, with the key under which a
translation is found.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

from karvan.policy.cells import Cell
from karvan.policy.errors import Place
from karvan.policy.expressions import Expression
from karvan.policy.values import Type

# What a person may want of a State's law.
GOALS = ("work", "stay", "residence", "protection", "return", "recruitment")


class Force(IntEnum):
    """Whether a text is law. Only what is in force decides anything."""

    DRAFT = 0
    ANNOUNCED = 1
    IN_FORCE = 2


class Sure(IntEnum):
    """How sure we are that the law says so, from weak to firm."""

    DISPUTED = 0
    MEMORY = 1
    READ = 2
    CONFIRMED = 3


@dataclass(frozen=True, slots=True)
class Text:
    """An English text; `folder` and `key` find its translations.

    `employer` is the same said to an employer, where that needs other words.
    """

    folder: str
    key: str
    english: str
    employer: Text | None = None

    def __bool__(self) -> bool:
        return bool(self.english)


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, both included. None: no end; or a start that is not known."""

    start: date | None = None
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def overlaps(self, other: Span) -> bool:
        return (self.start is None or other.end is None or self.start <= other.end) and (
            other.start is None or self.end is None or other.start <= self.end
        )


@dataclass(frozen=True, slots=True)
class Provision:
    """A place in an instrument: `law-6735`, `art. 9(1)(ç)`."""

    instrument: str
    locator: str = ""

    def __str__(self) -> str:
        return f"{self.instrument} {self.locator}".strip()


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why something is said: provisions, what was read, when it holds, how firm it is."""

    place: Place
    cite: tuple[Provision, ...] = ()
    facts: tuple[str, ...] = ()
    span: Span = Span()
    force: Force = Force.IN_FORCE
    sure: Sure = Sure.MEMORY

    @property
    def decides(self) -> bool:
        return self.force is Force.IN_FORCE


@dataclass(frozen=True, slots=True)
class Instrument:
    id: str
    title: Text
    short: Text
    kind: str
    title_local: str = ""
    number: str = ""
    adopted: date | None = None
    gazette: str = ""
    in_force: date | None = None
    until: date | None = None
    url: str = ""

    def holds_on(self, day: date) -> bool:
        return day in Span(self.in_force, self.until)


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that was read (or, with `basis` memory, is only remembered)."""

    id: str
    basis: str
    confidence: str
    title: str = ""
    url: str = ""
    published: str = ""

    @property
    def sure(self) -> Sure:
        firm = self.basis == "source" and self.confidence != "low"
        return Sure.READ if firm else Sure.MEMORY


@dataclass(frozen=True, slots=True)
class Input:
    id: str
    place: Place
    type: Type
    name: Text
    ask: Text
    why: Text
    help: Text
    options: tuple[tuple[str, Text], ...]
    guard: Expression | None
    low: Any
    high: Any
    sensitivity: str
    effort: int
    changeable: bool

    @property
    def term(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True)
class ParameterValue:
    value: Any
    grounds: Grounds
    note: Text


@dataclass(frozen=True, slots=True)
class Parameter:
    id: str
    place: Place
    name: Text
    type: Type
    at: str
    values: tuple[ParameterValue, ...]


@dataclass(frozen=True, slots=True)
class Value:
    id: str
    place: Place
    name: Text
    type: Type
    expression: Expression
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class Output:
    id: str
    name: Text
    type: Type


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    cells: tuple[tuple[str, Cell], ...]
    then: tuple[Any, ...]
    otherwise: bool
    exception_to: tuple[str, ...]
    reading: str
    text: Text
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class Table:
    id: str
    place: Place
    name: Text
    at: str
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(term for row in self.rows for term, _ in row.cells))


@dataclass(frozen=True, slots=True)
class Condition:
    """`guard` says when the condition arises at all."""

    id: str
    guard: Expression | None
    needs: Expression
    yes: Text
    no: Text
    open: Text
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class Right:
    id: str
    text: Text
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class Status:
    id: str
    place: Place
    name: Text
    summary: Text
    goals: tuple[str, ...]
    guard: Expression | None
    guard_text: Text
    span: Span
    force: Force
    conditions: tuple[Condition, ...]
    rights: tuple[Right, ...]
    procedure: str
    window: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Duration:
    """Days, working days or months; `most` where a range is given."""

    unit: str
    least: int
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    id: str
    charge: str
    amount: Expression
    payer: str
    text: Text
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class Deadline:
    """Counted from a step (`of`) or, where `on` is given, the day that a date term names."""

    within: Duration | None
    of: str
    on: Expression | None
    before: bool
    missed: Text
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class Step:
    id: str
    place: Place
    title: Text
    text: Text
    actors: tuple[str, ...]
    where: str
    office: str
    guard: Expression | None
    after: tuple[tuple[str, ...], ...]
    needs_papers: tuple[str, ...]
    gives_papers: tuple[str, ...]
    time: Duration | None
    time_unknown: bool
    usual: Duration | None
    fees: tuple[Fee, ...]
    deadline: Deadline | None
    goal: bool
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class Procedure:
    id: str
    place: Place
    name: Text
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Example:
    name: str
    place: Place
    on: date | None
    given: tuple[tuple[str, str], ...]
    expect: tuple[tuple[str, tuple[tuple[date | None, str], ...]], ...]
    needs: tuple[str, ...] | None

    @property
    def days(self) -> tuple[date, ...]:
        found = {day or self.on for _, expected in self.expect for day, _ in expected}
        return tuple(sorted(day for day in found if day))


@dataclass(frozen=True, slots=True)
class Policy:
    id: str
    folder: str
    place: Place
    title: Text
    summary: Text
    inputs: tuple[Input, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    values: tuple[Value, ...] = ()
    tables: tuple[Table, ...] = ()
    statuses: tuple[Status, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    instrument: Instrument
    parties: tuple[str, ...]
    policy: Policy | None


@dataclass(frozen=True, slots=True)
class Authority:
    id: str
    name: Text
    name_local: str
    role: Text
    website: str
    facts: tuple[str, ...]
    sure: Sure


@dataclass(frozen=True, slots=True)
class Service:
    """A public desk or hotline."""

    id: str
    name: Text
    text: Text
    hours: Text
    number: str
    number_abroad: str
    languages: tuple[str, ...]
    free: bool | None
    topics: tuple[str, ...]
    website: str
    facts: tuple[str, ...]
    sure: Sure


@dataclass(frozen=True, slots=True)
class Named:
    """An entry of a vocabulary: a paper, a kind of charge."""

    id: str
    name: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Translation:
    of: str
    text: str
    place: Place


Term = Input | Parameter | Value | Output | Status
