"""The whole law of one State: its policies, agreements, sources and vocabulary, by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from karvan.policy.days import Calendar
from karvan.policy.model import (
    Agreement,
    Authority,
    Grounds,
    Input,
    Instrument,
    Named,
    Parameter,
    Policy,
    Procedure,
    Reading,
    Service,
    Span,
    Status,
    Table,
    Text,
    Value,
)
from karvan.policy.translations import Translations
from karvan.policy.values import Type


@dataclass(frozen=True)
class Law:
    """All that applies in one State, as one edition of the content states it."""

    code: str
    folder: str
    name: Text
    currency: str
    covers: Span
    citizens: tuple[str, ...]
    reviewed: date
    next_review: date
    reviewer: str
    charge_by_law: str
    charge_by_standard: str
    policies: tuple[Policy, ...]
    agreements: tuple[Agreement, ...]
    instruments: Mapping[str, Instrument]
    readings: Mapping[str, Reading]
    authorities: Mapping[str, Authority]
    services: tuple[Service, ...]
    papers: Mapping[str, Named]
    charges: Mapping[str, Named]
    occupations: Mapping[str, Text]
    words: Mapping[str, Text]
    countries: frozenset[str]
    calendar: Calendar | None
    translations: Translations = field(repr=False)

    @property
    def first_day(self) -> date:
        return self.covers.start or date.min

    @property
    def last_day(self) -> date:
        return self.covers.end or date.max

    @cached_property
    def all_policies(self) -> tuple[Policy, ...]:
        """The State's own policies, then those of the agreements it is party to."""
        shared = tuple(a.policy for a in self.agreements if a.policy)
        return self.policies + shared

    def policy(self, id: str) -> Policy | None:
        return next((policy for policy in self.all_policies if policy.id == id), None)

    @cached_property
    def inputs(self) -> dict[str, Input]:
        return {entry.id: entry for policy in self.all_policies for entry in policy.inputs}

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        return {entry.id: entry for policy in self.all_policies for entry in policy.parameters}

    @cached_property
    def values(self) -> dict[str, Value]:
        return {entry.id: entry for policy in self.all_policies for entry in policy.values}

    @cached_property
    def tables(self) -> dict[str, Table]:
        return {entry.id: entry for policy in self.all_policies for entry in policy.tables}

    @cached_property
    def outputs(self) -> dict[str, tuple[Table, int]]:
        return {
            output.id: (table, at)
            for table in self.tables.values()
            for at, output in enumerate(table.outputs)
        }

    @cached_property
    def statuses(self) -> dict[str, Status]:
        return {entry.id: entry for policy in self.all_policies for entry in policy.statuses}

    @cached_property
    def procedures(self) -> dict[str, Procedure]:
        return {entry.id: entry for policy in self.all_policies for entry in policy.procedures}

    @cached_property
    def types(self) -> dict[str, Type]:
        """The type of each term by its name."""
        found: dict[str, Type] = {"on": Type("date")}
        found.update({entry.id: entry.type for entry in self.inputs.values()})
        found.update({entry.id: entry.type for entry in self.parameters.values()})
        found.update({entry.id: entry.type for entry in self.values.values()})
        for table in self.tables.values():
            found.update({output.id: output.type for output in table.outputs})
        found.update(dict.fromkeys(self.statuses, Type("boolean")))
        return found

    @cached_property
    def may_lack(self) -> frozenset[str]:
        """The terms that can turn out not applicable."""
        from karvan.policy.linking import terms_that_may_lack  # linking reads a Law

        return terms_that_may_lack(self)

    @cached_property
    def uses(self) -> dict[str, frozenset[str]]:
        """Which terms each term is worked out from."""
        from karvan.policy.linking import dependencies  # linking reads a Law

        return dependencies(self)

    def domain(self, type: Type) -> frozenset[str]:
        if type.name == "country":
            return self.countries
        if type.name == "occupation":
            return frozenset(code for code in self.occupations if len(code) == 4)
        return frozenset()

    def term_name(self, id: str) -> Text | None:
        if id in self.outputs:
            table, at = self.outputs[id]
            return table.outputs[at].name or table.name
        for kind in (self.inputs, self.parameters, self.values, self.statuses):
            if id in kind:
                return kind[id].name
        return None

    def all_grounds(self) -> Iterator[tuple[str, Grounds]]:
        """Everything that states law, with a readable address."""
        for policy in self.all_policies:
            for parameter in policy.parameters:
                for value in parameter.values:
                    yield parameter.id, value.grounds
            for entry in policy.values:
                yield entry.id, entry.grounds
            for table in policy.tables:
                for row in table.rows:
                    yield f"{table.id}.{row.id}", row.grounds
            for status in policy.statuses:
                for condition in status.conditions:
                    yield f"{status.id}.{condition.id}", condition.grounds
                for right in status.rights:
                    yield f"{status.id}.{right.id}", right.grounds
            for procedure in policy.procedures:
                for step in procedure.steps:
                    yield f"{procedure.id}.{step.id}", step.grounds
                    for fee in step.fees:
                        yield f"{procedure.id}.{step.id}.{fee.id}", fee.grounds
                    if step.deadline:
                        yield f"{procedure.id}.{step.id}.deadline", step.deadline.grounds

    @cached_property
    def breaks(self) -> tuple[date, ...]:
        """The days on which something in this law begins, or ceases the day before."""
        days: set[date] = set()
        spans = [grounds.span for _, grounds in self.all_grounds()]
        spans += [status.span for status in self.statuses.values()]
        for span in spans:
            if span.start:
                days.add(span.start)
            if span.end:
                days.add(date.fromordinal(span.end.toordinal() + 1))
        return tuple(sorted(days))
