"""Reading procedures: steps, fees and deadlines."""

from __future__ import annotations

import re

from karvan.policy.entries import EntryReader, as_items
from karvan.policy.errors import ContentError, Place
from karvan.policy.model import (
    Deadline,
    Duration,
    Fee,
    Procedure,
    Step,
)
from karvan.policy.reader import Fields, Mapping, Node, Scalar, scalar, texts
from karvan.policy.values import DATE, Type

PAYERS = ("worker", "employer", "agency", "silent")
PLACES = ("origin", "destination", "online", "border")


class ProcedureReader(EntryReader):
    def procedure(self, name: str, place: Place, node: Node, at: str) -> Procedure:
        fields = Fields(node, f"The procedure '{name}'")
        label = self.required_text(fields, "name", at)
        section = fields.mapping("steps")
        steps: list[Step] = []
        for id, (where, item) in section.items():
            with self.known.collecting():
                steps.append(self._step(id, where, item, f"{at}.steps.{id}", set(section)))
        fields.done()
        return Procedure(name, place, label, tuple(steps))

    def _step(self, id: str, place: Place, node: Node, at: str, ids: set[str]) -> Step:
        fields = Fields(node, f"The step '{id}'")
        guard = fields.node("if")
        papers = fields.node("papers")
        needs: tuple[str, ...] = ()
        gives: tuple[str, ...] = ()
        if papers:
            inner = Fields(papers, "'papers'")
            needs, gives = inner.texts("needs"), inner.texts("gives")
            inner.done()
            for paper in (*needs, *gives):
                if paper not in self.known.papers:
                    raise ContentError(papers.place, f"No paper '{paper}' in the vocabulary.")
        actors = texts(fields.required("actor"), "'actor'")
        office = fields.text("office") or ""
        for actor in (*actors, *([office] if office else [])):
            if actor not in self.known.actors:
                raise ContentError(place, f"Nobody is called '{actor}'.", "See `authorities`.")
        time = fields.node("time")
        unknown = isinstance(time, Scalar) and time.text == "unknown"
        usual, deadline = fields.node("usual"), fields.node("deadline")
        found = Step(
            id=id,
            place=place,
            title=self.required_text(fields, "title", at),
            text=self.text(fields, "text", at),
            actors=actors,
            where=fields.choice("place", PLACES),
            office=office,
            guard=self.expression(guard, Type("boolean")) if guard else None,
            after=tuple(_alternatives(item, ids) for item in as_items(fields.node("after"))),
            needs_papers=needs,
            gives_papers=gives,
            time=_duration(time) if time and not unknown else None,
            time_unknown=unknown,
            usual=_duration(usual) if usual else None,
            fees=tuple(self._fee(item, at) for item in fields.items("fees")),
            deadline=self._deadline(deadline, at, ids) if deadline else None,
            goal=fields.flag("goal"),
            grounds=self.grounds(fields, cited=False),
        )
        fields.done()
        return found

    def _fee(self, node: Node, at: str) -> Fee:
        fields = Fields(node, "A fee")
        id, charge = fields.required_text("id"), fields.required_text("charge")
        if charge not in self.known.charges:
            raise ContentError(fields.place, f"No kind of charge '{charge}' in the vocabulary.")
        found = Fee(
            id=id,
            charge=charge,
            amount=self.amount(fields.required("amount")),
            payer=fields.choice("payer", PAYERS),
            text=self.text(fields, "text", f"{at}.fees.{id}"),
            grounds=self.grounds(fields),
        )
        fields.done()
        return found

    def _deadline(self, node: Node, at: str, ids: set[str]) -> Deadline:
        fields = Fields(node, "A deadline")
        day, anchor, within = fields.node("on"), fields.text("of") or "", fields.node("within")
        if (day is None) == (within is None):
            raise ContentError(fields.place, "A deadline needs 'within:' and 'of:', or 'on:'.")
        if within and anchor not in ids:
            raise ContentError(fields.place, f"The deadline counts from no step '{anchor}'.")
        found = Deadline(
            within=_duration(within) if within else None,
            of=anchor,
            on=self.expression(day, DATE) if day else None,
            before=fields.flag("before"),
            missed=self.text(fields, "missed", f"{at}.deadline"),
            grounds=self.grounds(fields),
        )
        fields.done()
        return found


def _alternatives(node: Node, ids: set[str]) -> tuple[str, ...]:
    if isinstance(node, Scalar):
        found: tuple[str, ...] = (node.text,)
    else:
        fields = Fields(node, "'after'")
        found = texts(fields.required("any"), "'any'")
        fields.done()
    for id in found:
        if id not in ids:
            raise ContentError(node.place, f"There is no step '{id}' in this procedure.")
    return found


def _duration(node: Node) -> Duration:
    if not isinstance(node, Mapping) or len(node.fields) != 1:
        raise ContentError(node.place, "A time is written {days: 30}, {working_days: 5} …")
    unit, (place, value) = next(iter(node.fields.items()))
    if unit not in ("days", "working_days", "months"):
        raise ContentError(place, f"Time is not counted in '{unit}'.", "Use days, months …")
    least, _, most = scalar(value, "A time").partition("..")
    if not re.fullmatch(r"\d{1,5}(\.\.\d{1,5})?", scalar(value, "A time"), re.ASCII) or (
        most and int(most) < int(least)
    ):
        raise ContentError(place, "A time is a whole number, or two: 30..90.")
    return Duration(unit, int(least), int(most) if most else None)
