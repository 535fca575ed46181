"""What every entry of a policy is read with: texts, expressions, cells, and provenance."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from karvan.policy.cells import Cell, parse_cell
from karvan.policy.errors import ContentError, Place
from karvan.policy.expression_reading import check, parse_expression
from karvan.policy.expressions import Expression, texts_given
from karvan.policy.model import (
    Force,
    Grounds,
    Provision,
    Reading,
    Span,
    Sure,
    Text,
)
from karvan.policy.reader import Fields, Items, Mapping, Node, as_date, scalar
from karvan.policy.values import GAP_WORDS, Type, parse_value

NAME = re.compile(r"[a-z][a-z0-9_]*")
RESERVED = frozenset(("yes", "no", "on", "discretion", "silent", "unknown", "and", "or", "not"))
FORCES = {"in_force": Force.IN_FORCE, "announced": Force.ANNOUNCED, "draft": Force.DRAFT}
SURES = {
    "confirmed": Sure.CONFIRMED,
    "read": Sure.READ,
    "memory": Sure.MEMORY,
    "disputed": Sure.DISPUTED,
}

T = TypeVar("T")


@dataclass
class Known:
    """What entries may refer to, gathered before anything is read in full."""

    types: dict[str, Type] = field(default_factory=dict)
    instruments: set[str] = field(default_factory=set)
    readings: dict[str, Reading] = field(default_factory=dict)
    actors: set[str] = field(default_factory=set)
    papers: set[str] = field(default_factory=set)
    charges: set[str] = field(default_factory=set)
    occupations: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    errors: list[ContentError] = field(default_factory=list)

    def domain(self, type: Type) -> frozenset[str]:
        return {"country": self.countries, "occupation": self.occupations}.get(
            type.name, frozenset()
        )

    @contextmanager
    def collecting(self) -> Iterator[None]:
        try:
            yield
        except ContentError as error:
            self.errors.append(error)

    def refuse(self, place: Place, cause: str, remedy: str = "") -> None:
        self.errors.append(ContentError(place, cause, remedy))


class EntryReader:
    """Reads the parts that entries share. `folder` is where their translations lie."""

    def __init__(self, folder: str, known: Known) -> None:
        self.folder = folder
        self.known = known

    def _each(
        self, fields: Fields, section: str, read: Callable[[str, Place, Node, str], T]
    ) -> tuple[T, ...]:
        found = []
        for name, (place, node) in fields.mapping(section).items():
            if not self._declared(section, name, node):
                continue  # refused already, when the names were gathered
            with self.known.collecting():
                found.append(read(name, place, node, f"{section}.{name}"))
        return tuple(found)

    def _declared(self, section: str, name: str, node: Node) -> bool:
        if section == "procedures":
            return True
        if section != "tables":
            return name in self.known.types
        gives = node.fields.get("gives") if isinstance(node, Mapping) else None
        outputs = gives[1].fields if gives and isinstance(gives[1], Mapping) else ()
        return all(output in self.known.types for output in outputs)

    def text(self, fields: Fields, key: str, at: str, default: str = "") -> Text:
        return self._said(fields, key, at, fields.text(key) or default)

    def required_text(self, fields: Fields, key: str, at: str) -> Text:
        return self._said(fields, key, at, fields.required_text(key))

    def _said(self, fields: Fields, key: str, at: str, english: str) -> Text:
        other = fields.text(f"{key}_employer")
        path = f"{at}.{key}"
        employer = Text(self.folder, f"{path}_employer", other) if other else None
        return Text(self.folder, path, english, employer)

    def expression(self, node: Node, want: Type | None = None) -> Expression:
        source = scalar(node, "An expression")
        try:
            found = parse_expression(source)
            type = check(found, self.known.types)
        except (ValueError, TypeError) as error:
            raise ContentError(node.place, f"In '{source}': {error}") from None
        if want and type and not _fits(type, want):
            raise ContentError(node.place, f"'{source}' gives a {type}, not a {want}.")
        for text in texts_given(found):
            domain = self.known.domain(want) if want else frozenset()
            if want is None or (domain and text not in domain):
                raise ContentError(node.place, f"In '{source}': '{text}' is no known code.")
            try:
                parse_value(text, want)
            except ValueError as error:
                raise ContentError(node.place, f"In '{source}': {error}") from None
        return found

    def amount(self, node: Node) -> Expression:
        """An expression for money to be paid once, in whatever currency."""
        found = self.expression(node)
        type = check(found, self.known.types)
        if type and (type.name != "money" or "/" in (type.unit or "")):
            source = scalar(node, "An amount")
            raise ContentError(node.place, f"'{source}' gives a {type}, not an amount of money.")
        return found

    def grounds(self, fields: Fields, *, cited: bool = True) -> Grounds:
        cite = tuple(self._provision(node) for node in as_items(fields.node("cite")))
        facts = fields.texts("facts")
        for fact in facts:
            if fact not in self.known.readings:
                raise ContentError(
                    fields.place, f"No reading '{fact}' in sources.yaml.", "Add it to `readings`."
                )
        if cited and not cite:
            raise ContentError(fields.place, f"{fields.what} is uncited.", "Add 'cite:'.")
        sure = fields.choice("sure", ("-", *SURES), "-")
        return Grounds(
            place=fields.place,
            cite=cite,
            facts=facts,
            span=self.span(fields),
            force=FORCES[fields.choice("standing", tuple(FORCES), "in_force")],
            sure=SURES.get(sure, self._sure(facts)),
        )

    def _sure(self, facts: tuple[str, ...]) -> Sure:
        return min((self.known.readings[fact].sure for fact in facts), default=Sure.MEMORY)

    def span(self, fields: Fields) -> Span:
        start = fields.text("from")
        begin = None if start in (None, "unknown") else as_date(str(start), fields.place)
        end = fields.date("until")
        if begin and end and end < begin:
            raise ContentError(fields.place, f"{fields.what} ends before it begins.")
        return Span(begin, end)

    def _provision(self, node: Node) -> Provision:
        instrument, _, locator = scalar(node, "'cite'").strip().partition(" ")
        if instrument not in self.known.instruments:
            raise ContentError(
                node.place, f"No instrument '{instrument}'.", "Add it to sources.yaml."
            )
        return Provision(instrument, locator.strip())

    def cell(self, node: Node, type: Type) -> Cell | None:
        source = scalar(node, "A cell")
        try:
            return parse_cell(source, type, self.known.domain(type))
        except (ValueError, TypeError) as error:
            raise ContentError(node.place, f"In the cell '{source}': {error}") from None

    def outcome(self, node: Node, type: Type) -> Any:
        source = scalar(node, "An outcome")
        if source in GAP_WORDS:
            return GAP_WORDS[source]
        try:
            return parse_value(source, type)
        except ValueError as error:
            raise ContentError(node.place, str(error)) from None

    def _at(self, fields: Fields) -> str:
        at = fields.text("at") or "on"
        if at != "on" and self.known.types.get(at, Type("none")).name != "date":
            raise ContentError(fields.place, f"'at: {at}' names no date.", "Name a date term.")
        return at


def _fits(type: Type, want: Type) -> bool:
    if {type.name, want.name} == {"integer", "decimal"}:
        return want.name == "decimal"
    if type.name == "text":
        return want.name in ("choice", "country", "occupation")
    return type.name == want.name and (type.name != "money" or type.unit == want.unit)


def as_items(node: Node | None) -> tuple[Node, ...]:
    if node is None:
        return ()
    return node.items if isinstance(node, Items) else (node,)


def refuse_twice(ids: Iterator[str] | Any, place: Place, what: str) -> None:
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            raise ContentError(place, f"'{id}' stands twice among the {what}.")
        seen.add(id)
