"""What can only be seen with the whole law at hand: that parts refer to parts that exist."""

from __future__ import annotations

from karvan.policy.errors import ContentError, Place
from karvan.policy.expressions import (
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
    names_in,
)
from karvan.policy.law import Law
from karvan.policy.values import NOT_APPLICABLE


def check_links(law: Law, errors: list[ContentError]) -> None:
    for status in law.statuses.values():
        if status.procedure and status.procedure not in law.procedures:
            errors.append(
                ContentError(
                    status.place, f"'{status.id}' names no procedure '{status.procedure}'."
                )
            )
    for procedure in law.procedures.values():
        if not any(step.goal for step in procedure.steps):
            errors.append(
                ContentError(
                    procedure.place,
                    f"The procedure '{procedure.id}' has no goal.",
                    "Mark the step that gives the status with 'goal: yes'.",
                )
            )
        steps = {step.id: step for step in procedure.steps if step.guard is None}
        after = {
            id: frozenset(other for group in step.after for other in group if other in steps)
            for id, step in steps.items()
        }
        for cycle in _cycles(after):
            errors.append(
                ContentError(
                    steps[cycle[0]].place,
                    f"These steps wait for one another: {' → '.join(cycle)}.",
                    "Take one out of 'after'.",
                )
            )
    for term in (law.charge_by_law, law.charge_by_standard):
        if term and law.types.get(term) and term not in law.outputs:
            place = Place(f"countries/{law.folder}/country.yaml", 1)
            errors.append(
                ContentError(place, f"'{term}' cannot judge a charge.", "Name a table's output.")
            )
    uses = dependencies(law)
    for cycle in _cycles(uses):
        place = (
            next(
                kind[cycle[0]].place
                for kind in (law.inputs, law.parameters, law.values, law.statuses, law.tables)
                if cycle[0] in kind
            )
            if cycle[0] not in law.outputs
            else law.outputs[cycle[0]][0].place
        )
        errors.append(
            ContentError(place, f"These terms depend on one another: {' → '.join(cycle)}.")
        )


def dependencies(law: Law) -> dict[str, frozenset[str]]:
    """Which terms each term is worked out from."""
    found: dict[str, frozenset[str]] = {"on": frozenset()}
    for entry in law.inputs.values():
        found[entry.id] = names_in(entry.guard) if entry.guard else frozenset()
    for parameter in law.parameters.values():
        found[parameter.id] = frozenset((parameter.at,))
    for value in law.values.values():
        found[value.id] = names_in(value.expression)
    for table in law.tables.values():
        for output in table.outputs:
            found[output.id] = frozenset((table.at, *table.columns))
    for status in law.statuses.values():
        names = names_in(status.guard) if status.guard else frozenset()
        found[status.id] = names.union(
            *(names_in(c.needs) for c in status.conditions),
            *(names_in(c.guard) for c in status.conditions if c.guard),
        )
    return found


def terms_that_may_lack(law: Law) -> frozenset[str]:
    """The terms that can turn out not applicable."""
    found: set[str] = {entry.id for entry in law.inputs.values() if entry.guard}
    for parameter in law.parameters.values():
        if any(value.value == NOT_APPLICABLE for value in parameter.values):
            found.add(parameter.id)
    for table in law.tables.values():
        for at, output in enumerate(table.outputs):
            if any(row.then[at] == NOT_APPLICABLE for row in table.rows):
                found.add(output.id)
    growing = True
    while growing:
        more = {value.id for value in law.values.values() if _may_lack(value.expression, found)} | {
            entry.id for entry in law.parameters.values() if entry.at in found
        }
        growing = not more <= found
        found |= more
    return frozenset(found)


def _may_lack(expression: Expression, lacking: set[str]) -> bool:
    match expression:
        case Const(value):
            return bool(value == NOT_APPLICABLE)
        case Name(name):
            return name in lacking
        case Logic():
            return False
        case Not(inner) | Among(inner):
            return _may_lack(inner, lacking)
        case Compare(_, left, right) | Arithmetic(_, left, right) | Choose(_, left, right):
            return _may_lack(left, lacking) or _may_lack(right, lacking)
        case Call(_, arguments):
            return any(_may_lack(argument, lacking) for argument in arguments)


def closure(uses: dict[str, frozenset[str]], terms: frozenset[str]) -> frozenset[str]:
    """The terms and all that they are worked out from."""
    found: set[str] = set()
    waiting = list(terms)
    while waiting:
        term = waiting.pop()
        if term not in found:
            found.add(term)
            waiting.extend(uses.get(term, ()))
    return frozenset(found)


def _cycles(uses: dict[str, frozenset[str]]) -> list[list[str]]:
    state: dict[str, int] = {}
    found: list[list[str]] = []

    def visit(term: str, path: list[str]) -> None:
        state[term] = 1
        for other in sorted(uses.get(term, ())):
            if state.get(other) == 1:
                found.append([*path[path.index(other) :], other] if other in path else [other])
            elif other not in state:
                visit(other, [*path, other])
        state[term] = 2

    for term in sorted(uses):
        if term not in state:
            visit(term, [term])
    return found
