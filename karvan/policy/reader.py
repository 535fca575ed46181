"""YAML, read strictly: every scalar stays text, and every node knows its file and line.

Anchors, aliases, tags, duplicate keys and further documents are refused. What a scalar means is
decided by the schema that takes it (`Fields`), so that `NO` stays Norway and `2558.40` never
passes through a float.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

import yaml

from karvan.policy.errors import ContentError, Place
from karvan.policy.values import parse_date

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    place: Place
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    place: Place
    fields: dict[str, tuple[Place, Node]]


Node = Scalar | Items | Mapping


def read_yaml(text: str, file: str) -> Mapping:
    """Read one YAML document whose root is a mapping. Raises ContentError."""
    try:
        events = _events(text, file)
        root = _node(events, next(events), file)
        for _ in events:  # to the end: a second document is refused, not passed over
            pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ContentError(
            Place(file, line),
            f"This is not YAML: {error.problem or error.context}.",
            "Quote a text that contains ': ' or ' #', and indent with spaces.",
        ) from None
    except yaml.YAMLError:
        raise ContentError(
            Place(file, 1), "This is not YAML: the file holds a character that is not text."
        ) from None
    if not isinstance(root, Mapping):
        raise ContentError(Place(file, 1), "The file must be a mapping of keys to values.")
    return root


def _events(text: str, file: str) -> Iterator[yaml.Event]:
    documents = 0
    for event in yaml.parse(text, _LOADER):
        place = Place(file, event.start_mark.line + 1 if event.start_mark else 1)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise ContentError(place, "A file holds one document.", "Remove the second '---'.")
        elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ContentError(place, "Anchors and aliases are not used.", "Write the text out.")
        elif (tag := getattr(event, "tag", None)) not in (None, "!"):
            raise ContentError(place, f"The tag {tag} is not used.", "Remove it.")
        if isinstance(
            event, (yaml.ScalarEvent, yaml.CollectionStartEvent, yaml.CollectionEndEvent)
        ):
            yield event
    if not documents:
        raise ContentError(Place(file, 1), "The file is empty.")


def _node(events: Iterator[yaml.Event], event: yaml.Event, file: str) -> Node:
    place = Place(file, event.start_mark.line + 1 if event.start_mark else 1)
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(place, event.value)
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(item := next(events), yaml.SequenceEndEvent):
            items.append(_node(events, item, file))
        return Items(place, tuple(items))
    fields: dict[str, tuple[Place, Node]] = {}
    while not isinstance(item := next(events), yaml.MappingEndEvent):
        key = _node(events, item, file)
        if not isinstance(key, Scalar):
            raise ContentError(key.place, "A key must be a single word or text.")
        if key.text in fields:
            raise ContentError(
                key.place,
                f"The key '{key.text}' stands twice in one mapping (first in line "
                f"{fields[key.text][0].line}).",
                "Keep one of them.",
            )
        fields[key.text] = (key.place, _node(events, next(events), file))
    return Mapping(place, fields)


REQUIRED = object()


class Fields:
    """Takes the fields of a mapping one by one; `done` refuses whatever was not taken."""

    def __init__(self, node: Node, what: str) -> None:
        if not isinstance(node, Mapping):
            raise ContentError(node.place, f"{what} must be a mapping of keys to values.")
        self.place = node.place
        self.what = what
        self._fields = dict(node.fields)
        self._known: list[str] = []

    def node(self, key: str) -> Node | None:
        self._known.append(key)
        taken = self._fields.pop(key, None)
        return taken[1] if taken else None

    def required(self, key: str) -> Node:
        node = self.node(key)
        if node is None:
            raise ContentError(self.place, f"{self.what} lacks '{key}'.", f"Add '{key}:'.")
        return node

    def text(self, key: str, default: str | None = None) -> str | None:
        node = self.node(key)
        return default if node is None else scalar(node, f"'{key}'")

    def required_text(self, key: str) -> str:
        node = self.required(key)
        text = scalar(node, f"'{key}'")
        if not text.strip():
            raise ContentError(node.place, f"{self.what} has an empty '{key}'.", "Write it out.")
        return text

    def required_date(self, key: str) -> date:
        node = self.required(key)
        return as_date(scalar(node, f"'{key}'"), node.place)

    def date(self, key: str) -> date | None:
        node = self.node(key)
        return None if node is None else as_date(scalar(node, f"'{key}'"), node.place)

    def flag(self, key: str, default: bool = False) -> bool:
        node = self.node(key)
        return default if node is None else as_flag(scalar(node, f"'{key}'"), node.place)

    def choice(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        node = self.node(key)
        if node is None:
            if default is None:
                raise ContentError(self.place, f"{self.what} lacks '{key}'.", _one_of(allowed))
            return default
        word = scalar(node, f"'{key}'")
        if word not in allowed:
            raise ContentError(node.place, f"'{key}' cannot be '{word}'.", _one_of(allowed))
        return word

    def integer(self, key: str) -> int | None:
        node = self.node(key)
        return None if node is None else as_integer(scalar(node, f"'{key}'"), node.place)

    def texts(self, key: str) -> tuple[str, ...]:
        node = self.node(key)
        return () if node is None else texts(node, f"'{key}'")

    def mapping(self, key: str) -> dict[str, tuple[Place, Node]]:
        node = self.node(key)
        if node is None:
            return {}
        if not isinstance(node, Mapping):
            if isinstance(node, Scalar) and node.text == "":
                return {}
            raise ContentError(node.place, f"'{key}' must be a mapping.")
        return node.fields

    def items(self, key: str) -> tuple[Node, ...]:
        node = self.node(key)
        if node is None:
            return ()
        if not isinstance(node, Items):
            raise ContentError(node.place, f"'{key}' must be a list.")
        return node.items

    def done(self) -> None:
        for key, (place, _) in self._fields.items():
            raise ContentError(
                place,
                f"{self.what} has no key '{key}'.",
                f"Known here: {', '.join(sorted(set(self._known)))}.",
            )


def scalar(node: Node, what: str) -> str:
    if not isinstance(node, Scalar):
        raise ContentError(node.place, f"{what} must be a single value.")
    return node.text


def texts(node: Node, what: str) -> tuple[str, ...]:
    if isinstance(node, Scalar):
        return (node.text,)
    if not isinstance(node, Items):
        raise ContentError(node.place, f"{what} must be a list of single values.")
    return tuple(scalar(item, what) for item in node.items)


def as_date(text: str, place: Place) -> date:
    try:
        return parse_date(text)
    except ValueError:
        raise ContentError(place, f"'{text}' is not a date.", "Write 2024-10-01.") from None


def as_flag(text: str, place: Place) -> bool:
    if text in ("yes", "no"):
        return text == "yes"
    raise ContentError(place, f"'{text}' must be 'yes' or 'no'.")


def as_integer(text: str, place: Place) -> int:
    try:
        return int(text)
    except ValueError:
        raise ContentError(place, f"'{text}' is not a whole number.") from None


def as_decimal(text: str, place: Place) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ContentError(place, f"'{text}' is not a number.", "Write 2558.40.")
    return number


def _one_of(allowed: tuple[str, ...]) -> str:
    return f"It may be {', '.join(allowed)}."
