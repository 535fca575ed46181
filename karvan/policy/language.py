"""From YAML to the model: one policy at a time, with all names of the State known.

Each `read_…` function takes the fields it knows and refuses the rest. What is amiss is collected
entry by entry, so that one reading of the content shows everything there is to mend.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from datetime import date
from typing import Any

from karvan.policy.cells import Ranges
from karvan.policy.entries import (
    FORCES,
    NAME,
    RESERVED,
    Known,
    refuse_twice,
)
from karvan.policy.errors import ContentError, Place
from karvan.policy.model import (
    GOALS,
    Condition,
    Example,
    Grounds,
    Input,
    Output,
    Parameter,
    ParameterValue,
    Policy,
    Right,
    Row,
    Span,
    Status,
    Table,
    Text,
    Value,
)
from karvan.policy.procedures import ProcedureReader
from karvan.policy.reader import Fields, Items, Mapping, Node, Scalar, as_date, scalar, texts
from karvan.policy.values import GAP_WORDS, TYPES, Type


def declare(root: Mapping, known: Known) -> None:
    """Note the names and types of a policy's terms. Names are unique within a State."""
    for kind in ("inputs", "parameters", "values", "tables", "statuses"):
        section = root.fields.get(kind)
        if section is None or not isinstance(section[1], Mapping):
            continue
        for name, (place, node) in section[1].fields.items():
            with known.collecting():
                if kind == "tables":
                    gives = _child(node, "gives")
                    if isinstance(gives, Mapping):
                        for output, (at, form) in gives.fields.items():
                            with known.collecting():
                                _declare(output, _type(form), at, known)
                else:
                    type = Type("boolean") if kind == "statuses" else _type(node)
                    _declare(name, type, place, known)


def _declare(name: str, type: Type, place: Place, known: Known) -> None:
    if not NAME.fullmatch(name) or name in RESERVED:
        raise ContentError(place, f"'{name}' cannot be a name.", "Use lower_snake_case.")
    if name in known.types:
        raise ContentError(place, f"The name '{name}' is taken in this State.", "Choose another.")
    known.types[name] = type


def _child(node: Node, key: str) -> Node | None:
    found = node.fields.get(key) if isinstance(node, Mapping) else None
    return found[1] if found else None


def _type(node: Node) -> Type:
    kind, unit, options = (_child(node, key) for key in ("type", "unit", "options"))
    if kind is None:
        raise ContentError(node.place, "A type is missing.", f"Add type: {', '.join(TYPES)}.")
    name = scalar(kind, "'type'")
    if name not in TYPES:
        raise ContentError(kind.place, f"'{name}' is no type.", f"There are: {', '.join(TYPES)}.")
    words: tuple[str, ...] = ()
    if isinstance(options, Mapping):
        words = tuple(options.fields)
    elif isinstance(options, Items):
        words = texts(options, "'options'")
    if (name == "choice") != bool(words):
        raise ContentError(node.place, "A choice has options, and nothing else has.")
    if name == "money" and unit is None:
        raise ContentError(node.place, "Money needs its unit.", "Add 'unit: TRY' or TRY/month.")
    return Type(name, scalar(unit, "'unit'") if unit else None, words)


class PolicyReader(ProcedureReader):
    """Reads one policy.yaml (or the rules of an agreement) into the model."""

    def read(self, root: Mapping, id: str, examples: Mapping | None) -> Policy:
        fields = Fields(root, "A policy")
        title = Text(self.folder, "title", fields.text("title") or id)
        return self.rules(fields, root, id, title, examples)

    def rules(
        self, fields: Fields, root: Mapping, id: str, title: Text, examples: Mapping | None
    ) -> Policy:
        summary = Text(self.folder, "summary", fields.text("summary") or "")
        policy = Policy(
            id=id,
            folder=self.folder,
            place=root.place,
            title=title,
            summary=summary,
            inputs=self._each(fields, "inputs", self._input),
            parameters=self._each(fields, "parameters", self._parameter),
            values=self._each(fields, "values", self._value),
            tables=self._each(fields, "tables", self._table),
            statuses=self._each(fields, "statuses", self._status),
            procedures=self._each(fields, "procedures", self.procedure),
            examples=self._examples(examples) if examples else (),
        )
        with self.known.collecting():
            fields.done()
        return policy

    def _input(self, name: str, place: Place, node: Node, at: str) -> Input:
        fields = Fields(node, f"The input '{name}'")
        type = self.known.types[name]
        for key in ("type", "unit"):
            fields.node(key)
        options = tuple(
            (option, Text(self.folder, f"{at}.options.{option}", scalar(label, "An option")))
            for option, (_, label) in fields.mapping("options").items()
        )
        guard, limits = fields.node("if"), fields.node("range")
        low, high = self._limits(limits, type)
        found = Input(
            id=name,
            place=place,
            type=type,
            name=self.required_text(fields, "name", at),
            ask=self.required_text(fields, "ask", at),
            why=self.required_text(fields, "why", at),
            help=self.text(fields, "help", at),
            options=options,
            guard=self.expression(guard, Type("boolean")) if guard else None,
            low=low,
            high=high,
            sensitivity=fields.choice("sensitivity", ("open", "personal", "sensitive")),
            effort=int(fields.choice("effort", ("1", "2", "3"))),
            changeable=fields.flag("changeable"),
        )
        fields.done()
        return found

    def _limits(self, node: Node | None, type: Type) -> tuple[Any, Any]:
        if node is None:
            return None, None
        cell = self.cell(node, type)
        if not isinstance(cell, Ranges) or len(cell.ranges) != 1:
            raise ContentError(node.place, "A range is written 0.. or 0..100.")
        return cell.ranges[0].low, cell.ranges[0].high

    def _parameter(self, name: str, place: Place, node: Node, at: str) -> Parameter:
        fields = Fields(node, f"The parameter '{name}'")
        type = self.known.types[name]
        for key in ("type", "unit", "options"):
            fields.node(key)
        label = self.required_text(fields, "name", at)
        when = self._at(fields)
        found: list[ParameterValue] = []
        for index, item in enumerate(fields.items("values")):
            with self.known.collecting():
                found.append(self._parameter_value(item, type, name, f"{at}.values.{index}"))
        fields.done()
        if not found:
            raise ContentError(place, f"The parameter '{name}' has no value.")
        found.sort(key=lambda value: value.grounds.span.start or date.min)
        return Parameter(name, place, label, type, when, tuple(_until_the_next(found)))

    def _parameter_value(self, node: Node, type: Type, name: str, at: str) -> ParameterValue:
        fields = Fields(node, f"A value of '{name}'")
        if fields.text("from") is None:
            raise ContentError(fields.place, f"A value of '{name}' is undated.", "Add 'from:'.")
        fields = Fields(node, f"A value of '{name}'")
        value = self.outcome(fields.required("is"), type)
        found = ParameterValue(value, self.grounds(fields), self.text(fields, "note", at))
        fields.done()
        return found

    def _value(self, name: str, place: Place, node: Node, at: str) -> Value:
        fields = Fields(node, f"The value '{name}'")
        type = self.known.types[name]
        for key in ("type", "unit", "options"):
            fields.node(key)
        found = Value(
            id=name,
            place=place,
            name=self.text(fields, "name", at),
            type=type,
            expression=self.expression(fields.required("is"), type),
            grounds=self.grounds(fields),
        )
        fields.done()
        return found

    def _table(self, name: str, place: Place, node: Node, at: str) -> Table:
        fields = Fields(node, f"The table '{name}'")
        outputs = []
        for output, (_, form) in fields.mapping("gives").items():
            inner = Fields(form, f"The output '{output}'")
            for key in ("type", "unit", "options"):
                inner.node(key)
            label = self.text(inner, "name", f"{at}.gives.{output}")
            inner.done()
            outputs.append(Output(output, label, self.known.types[output]))
        if not outputs:
            raise ContentError(place, f"The table '{name}' gives nothing.", "Add 'gives:'.")
        label = self.text(fields, "name", at)
        when = self._at(fields)
        rows: list[Row] = []
        for item in fields.items("rows"):
            with self.known.collecting():
                rows.append(self._row(item, tuple(outputs), name, at))
        fields.done()
        refuse_twice((row.id for row in rows), place, f"rows of '{name}'")
        known = {row.id for row in rows}
        for row in rows:
            for other in row.exception_to:
                if other not in known:
                    raise ContentError(row.grounds.place, f"No row '{other}' in '{name}'.")
            if row.id in _excepted(row, rows):
                raise ContentError(
                    row.grounds.place,
                    f"The row '{name}.{row.id}' takes precedence over itself.",
                    "Leave one 'exception_to' out.",
                )
        return Table(name, place, label, when, tuple(outputs), tuple(rows))

    def _row(self, node: Node, outputs: tuple[Output, ...], table: str, at: str) -> Row:
        fields = Fields(node, f"A row of '{table}'")
        id = fields.required_text("id")
        fields.what = f"The row '{table}.{id}'"
        if fields.text("from") is None:
            raise ContentError(fields.place, f"{fields.what} is undated.", "Add 'from:'.")
        fields = Fields(node, fields.what)
        fields.node("id")
        cells = []
        for term, (place, cell) in fields.mapping("when").items():
            if term not in self.known.types:
                raise ContentError(place, f"Nothing is called '{term}'.")
            read = self.cell(cell, self.known.types[term])
            if read is not None:
                cells.append((term, read))
        otherwise = fields.flag("otherwise")
        if otherwise == bool(cells):
            raise ContentError(
                fields.place, f"{fields.what} needs either 'when:' or 'otherwise: yes'."
            )
        found = Row(
            id=id,
            cells=tuple(cells),
            then=self._outcomes(fields.required("then"), outputs),
            otherwise=otherwise,
            exception_to=fields.texts("exception_to"),
            reading=fields.text("reading") or "",
            text=self.text(fields, "text", f"{at}.rows.{id}"),
            grounds=self.grounds(fields),
        )
        fields.done()
        return found

    def _outcomes(self, node: Node, outputs: tuple[Output, ...]) -> tuple[Any, ...]:
        if isinstance(node, Scalar) and (len(outputs) == 1 or node.text in GAP_WORDS):
            return tuple(self.outcome(node, output.type) for output in outputs)
        fields = Fields(node, "'then'")
        found = tuple(self.outcome(fields.required(o.id), o.type) for o in outputs)
        fields.done()
        return found

    def _status(self, name: str, place: Place, node: Node, at: str) -> Status:
        fields = Fields(node, f"The status '{name}'")
        guard = fields.node("if")
        conditions: list[Condition] = []
        for item in fields.items("conditions"):
            with self.known.collecting():
                conditions.append(self._condition(item, name, at))
        rights: list[Right] = []
        for item in fields.items("rights"):
            with self.known.collecting():
                rights.append(self._right(item, name, at))
        refuse_twice((entry.id for entry in conditions), place, f"conditions of '{name}'")
        refuse_twice((entry.id for entry in rights), place, f"rights of '{name}'")
        window = fields.mapping("window")
        for key, (where, term) in window.items():
            if key not in ("days", "in_days", "per_entry", "per_year"):
                raise ContentError(where, f"A window has no '{key}'.")
            if scalar(term, "A window's term") not in self.known.types:
                raise ContentError(where, f"Nothing is called '{scalar(term, key)}'.")
        for goal in (goals := fields.texts("goals")):
            if goal not in GOALS:
                raise ContentError(place, f"'{goal}' is no goal.", f"There are: {GOALS}.")
        if not conditions:
            raise ContentError(place, f"The status '{name}' has no conditions.")
        found = Status(
            id=name,
            place=place,
            name=self.required_text(fields, "name", at),
            summary=self.text(fields, "summary", at),
            goals=goals,
            guard=self.expression(guard, Type("boolean")) if guard else None,
            guard_text=self.text(fields, "if_not", at),
            span=self.span(fields),
            force=FORCES[fields.choice("standing", tuple(FORCES), "in_force")],
            conditions=tuple(conditions),
            rights=tuple(rights),
            procedure=fields.text("procedure") or "",
            window=tuple((key, scalar(term, key)) for key, (_, term) in window.items()),
        )
        fields.done()
        return found

    def _condition(self, node: Node, status: str, at: str) -> Condition:
        fields = Fields(node, f"A condition of '{status}'")
        id = fields.required_text("id")
        fields.what = f"The condition '{status}.{id}'"
        here, guard = f"{at}.conditions.{id}", fields.node("if")
        found = Condition(
            id=id,
            guard=self.expression(guard, Type("boolean")) if guard else None,
            needs=self.expression(fields.required("needs"), Type("boolean")),
            yes=self.required_text(fields, "yes", here),
            no=self.required_text(fields, "no", here),
            open=self.text(fields, "open", here),
            grounds=self.grounds(fields),
        )
        fields.done()
        return found

    def _right(self, node: Node, status: str, at: str) -> Right:
        fields = Fields(node, f"A right of '{status}'")
        id = fields.required_text("id")
        text = self.required_text(fields, "text", f"{at}.rights.{id}")
        found = Right(id, text, self.grounds(fields))
        fields.done()
        return found

    def _examples(self, root: Mapping) -> tuple[Example, ...]:
        fields = Fields(root, "The examples")
        found: list[Example] = []
        for item in fields.items("examples"):
            with self.known.collecting():
                found.append(_example(item, self.known.types))
        with self.known.collecting():
            fields.done()
        return tuple(found)


def _example(node: Node, types: Map[str, Type]) -> Example:
    fields = Fields(node, "An example")
    name, on = fields.required_text("name"), fields.date("on")
    given = fields.mapping("given")
    expect: list[tuple[str, tuple[tuple[date | None, str], ...]]] = []
    for term, (place, answer) in fields.mapping("expect").items():
        if term not in types:
            raise ContentError(place, f"Nothing is called '{term}'.")
        if isinstance(answer, Mapping):
            days = tuple(
                (as_date(day, at), scalar(value, "An answer"))
                for day, (at, value) in answer.fields.items()
            )
            expect.append((term, days))
        else:
            if on is None:
                raise ContentError(place, "On which day?", "Add 'on:' or dates to the answers.")
            expect.append((term, ((None, scalar(answer, "An answer")),)))
    needs = fields.node("needs")
    found = Example(
        name=name,
        place=fields.place,
        on=on,
        given=tuple((term, scalar(value, "An answer")) for term, (_, value) in given.items()),
        expect=tuple(expect),
        needs=texts(needs, "'needs'") if needs else None,
    )
    fields.done()
    if not expect:
        raise ContentError(fields.place, "An example expects something.", "Add 'expect:'.")
    return found


def _until_the_next(values: list[ParameterValue]) -> Iterator[ParameterValue]:
    """A value without an end lasts until the day before the next one that decides."""
    for at, value in enumerate(values):
        span = value.grounds.span
        starts = (v.grounds.span.start for v in values[at + 1 :] if v.grounds.decides)
        later = [day for day in starts if day and (span.start is None or day > span.start)]
        if span.end is None and value.grounds.decides and later:
            end = date.fromordinal(later[0].toordinal() - 1)
            grounds = Grounds(
                value.grounds.place,
                value.grounds.cite,
                value.grounds.facts,
                Span(span.start, end),
                value.grounds.force,
                value.grounds.sure,
            )
            value = ParameterValue(value.value, grounds, value.note)
        yield value


def _excepted(row: Row, rows: list[Row]) -> set[str]:
    """The rows that a row takes precedence over, through any chain of exceptions."""
    by_id = {other.id: other for other in rows}
    found: set[str] = set()
    waiting = list(row.exception_to)
    while waiting:
        id = waiting.pop()
        if id not in found and id in by_id:
            found.add(id)
            waiting.extend(by_id[id].exception_to)
    return found
