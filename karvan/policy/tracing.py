"""Why a conclusion is what it is: the rows that fired, those that did not, and the values used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from karvan.policy.engine import Evaluation
from karvan.policy.model import Grounds, Row, Sure, Table
from karvan.policy.tables import CompiledTable, Verdict
from karvan.policy.values import Gap, Kind

_SURE = {int(sure): sure for sure in Sure}


class Excluded(NamedTuple):
    """A row that does not apply, with the term and value that exclude it. Where another row takes
    precedence, `term` is empty and `value` names that row."""

    row: Row
    term: str
    value: Any


class Trace(NamedTuple):
    """One term: its value, how sure, the grounds it rests on, and the terms it was made from."""

    term: str
    value: Any
    sure: Sure
    grounds: tuple[Grounds, ...]
    fired: tuple[Row, ...]
    possible: tuple[Row, ...]
    excluded: tuple[Excluded, ...]
    parts: tuple[Trace, ...]


def trace(run: Evaluation, term: str) -> Trace:
    """The whole tree behind a term, worked out if it was not yet. Shared parts are one object."""
    known: dict[str, Trace] = run.traces
    if term in known:
        return known[term]
    law, inner = run.law, run.run
    if term not in inner.memo:
        inner.read(term)
    value = inner.memo[term]
    fired: tuple[Row, ...] = ()
    possible: tuple[Row, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    grounds: tuple[Grounds, ...] = ()
    reads = inner.reads[term]
    if term in law.outputs:
        table, _ = law.outputs[term]
        verdict, compiled = inner.verdict(table.id), inner.program.tables[table.id]
        fired = _rows(compiled, verdict.sure)
        possible = _rows(compiled, verdict.maybe)
        excluded = tuple(excluded_rows(run, compiled, verdict))
        grounds = tuple(row.grounds for row in (*fired, *possible))
    elif term in law.parameters:
        held = law.parameters[term]
        day = run.value(held.at)
        grounds = tuple(
            entry.grounds
            for entry in held.values
            if not isinstance(day, Gap) and day in entry.grounds.span and entry.grounds.decides
        )
    elif term in law.values:
        grounds = (law.values[term].grounds,)
    elif term in law.statuses:
        conditions = run.status(term).conditions
        grounds = tuple(entry.condition.grounds for entry in conditions)
        reads = tuple(name for entry in conditions for name in entry.reads)
    parts = tuple(trace(run, name) for name in dict.fromkeys(reads) if name != "on")
    return Trace(term, value, Sure(inner.firmness[term]), grounds, fired, possible, excluded, parts)


def excluded_rows(run: Evaluation, compiled: CompiledTable, verdict: Verdict) -> Iterator[Excluded]:
    memo = run.run.memo
    for at, row in enumerate(compiled.rows):
        if (verdict.sure | verdict.maybe) >> at & 1:
            continue
        for column in compiled.columns:
            if not column.tested >> at & 1 or column.term not in memo:
                continue
            value = memo[column.term]
            if isinstance(value, Gap) and value.kind is not Kind.NOT_APPLICABLE:
                continue
            piece = column.axis.piece(value)
            mask = column.outside if piece is None else column.rows[piece]
            if not mask >> at & 1:
                yield Excluded(row, column.term, value)
                break
        else:
            winner = next(iter(_rows(compiled, verdict.sure)), None)
            yield Excluded(row, "", winner.id if winner else "")


def _rows(compiled: CompiledTable, mask: int) -> tuple[Row, ...]:
    if not mask:
        return ()
    return tuple(row for at, row in enumerate(compiled.rows) if mask >> at & 1)


def rows_behind(run: Evaluation, terms: Iterable[str]) -> Iterator[tuple[Table, Row]]:
    """The rows that fired, in all tables that these terms were worked out from."""
    for table in _tables_behind(run, terms):
        compiled = run.run.program.tables[table.id]
        verdict = run.run.verdicts[table.id]
        for row in _rows(compiled, verdict.sure):
            yield table, row


def announced_rows(run: Evaluation, terms: Iterable[str]) -> Iterator[tuple[Table, Row]]:
    """Rows that are announced or drafted and would apply."""
    for table in _tables_behind(run, terms):
        compiled = run.run.program.announced[table.id]
        if compiled:
            for row in _rows(compiled, compiled.decide(run.run).sure):
                yield table, row


def _tables_behind(run: Evaluation, terms: Iterable[str]) -> list[Table]:
    seen: set[str] = set()
    found: dict[str, Table] = {}
    waiting = list(terms)[::-1]
    while waiting:
        term = waiting.pop()
        if term in seen:
            continue
        seen.add(term)
        if term in run.law.outputs:
            table, _ = run.law.outputs[term]
            found.setdefault(table.id, table)
        if term not in run.law.statuses:
            waiting.extend(reversed(run.run.reads.get(term, ())))
    return list(found.values())
