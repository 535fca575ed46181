"""Generated laws and people, for the property tests.

A law is drawn as YAML text, so that reading it is tested too. It has values, two tables, a
parameter and two statuses, over the questions of `worlds`. `PEOPLE` are answers to all of them.
"""

# ruff: noqa: E501  (a row of law is read across, as in the content itself)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from karvan.policy.engine import Evaluation
from karvan.policy.values import Gap, Kind

DAYS = (date(2023, 12, 31), date(2024, 1, 1), date(2025, 6, 2))

ANSWERS: dict[str, tuple[str, ...]] = {
    "citizenship": ("KG", "TJ", "UZ", "RU"),
    "where_now": ("outside", "inside"),
    "entry_date": ("2023-06-01", "2023-12-31", "2024-01-01", "2025-01-01"),
    "has_offer": ("yes", "no"),
    "salary": ("99 TRY/month", "100 TRY/month", "500 TRY/month"),
    "occupation": ("2221", "9112"),
    "age": ("17", "18", "40", "60"),
    "banned": ("yes", "no"),
    "married": ("yes", "no"),
}
PEOPLE = st.fixed_dictionaries({name: st.sampled_from(of) for name, of in ANSWERS.items()})
ORDERS = st.permutations(list(ANSWERS))

CELLS: dict[str, tuple[str, ...]] = {
    "citizenship": ("KG", "KG, TJ", "not(KG)", "not(UZ, TJ)"),
    "where_now": ("outside", "inside"),
    "has_offer": ("yes", "no"),
    "married": ("yes", "no"),
    "banned": ("yes", "no"),
    "age": (">= 18", "< 18", "18..60", "> 40", "17, 60"),
    "salary": ("n/a", ">= 100", "< 100 TRY/month", "100..500"),
    "entry_date": ("n/a", ">= 2024-01-01", "< 2024-01-01"),
    "occupation": ("22", "not(22)"),
}
LEAVES = (
    "has_offer",
    "married",
    "banned",
    "age >= 18",
    "age == 40",
    "citizenship == 'KG'",
    "citizenship in ('KG', 'TJ')",
    "where_now == 'inside'",
    "salary >= money('100 TRY/month')",
    "salary >= fee",
    "entry_date >= date('2024-01-01')",
    "days_between(entry_date, on) <= 90",
    "isco(occupation, '22')",
    "yes",
)
GAPS = ("discretion", "silent", "unknown", "n/a")


def expressions(names: tuple[str, ...], gaps: bool = True) -> SearchStrategy[str]:
    leaves = st.sampled_from((*LEAVES, *names, *(GAPS if gaps else ())))

    def grow(inner: SearchStrategy[str]) -> SearchStrategy[str]:
        two = st.tuples(inner, inner)
        return st.one_of(
            two.map(lambda pair: f"({pair[0]} and {pair[1]})"),
            two.map(lambda pair: f"({pair[0]} or {pair[1]})"),
            inner.map(lambda one: f"(not {one})"),
            st.tuples(inner, inner, inner).map(lambda p: f"({p[0]} if {p[1]} else {p[2]})"),
        )

    return st.recursive(leaves, grow, max_leaves=4)


def grounds(draw: DrawFn, dated: bool) -> str:
    when = draw(
        st.sampled_from(("from: unknown", "from: 2024-01-01", "from: unknown, until: 2023-12-31"))
    )
    return f"{when if dated else 'from: unknown'}, cite: [act], sure: confirmed"


def _table(draw: DrawFn, name: str, terms: dict[str, tuple[str, ...]], tidy: bool) -> str:
    """A table of a boolean and an integer. A tidy one has no overlap, reading or gap."""
    at = "on" if tidy else draw(st.sampled_from(("on", "on", "entry_date", "looked_at")))
    rows = []
    number = draw(st.integers(1, 4))
    outcomes = st.sampled_from(("yes", "no") if tidy else ("yes", "no", "yes", "no", *GAPS))
    counts = st.sampled_from(("1", "2") if tidy else ("1", "2", "1", *GAPS))
    parts = ("KG", "TJ", "UZ", "not(KG, TJ, UZ)")
    for at_row in range(number):
        chosen = draw(st.lists(st.sampled_from(sorted(terms)), min_size=1, max_size=3, unique=True))
        cells = {term: draw(st.sampled_from(terms[term])) for term in chosen}
        if tidy:
            cells["citizenship"] = parts[at_row]
        when = ", ".join(f'{term}: "{cell}"' for term, cell in cells.items())
        more = ""
        if not tidy and at_row:
            kind = draw(st.sampled_from(("", "", "exception", "reading")))
            if kind == "exception":
                more = f"exception_to: r{draw(st.integers(0, at_row - 1))}, "
            elif kind == "reading":
                more = "reading: one, "
        then = f"{{{name}_fine: {draw(outcomes)}, {name}_count: {draw(counts)}}}"
        rows.append(
            f"{{id: r{at_row}, when: {{{when}}}, {more}then: {then}, {grounds(draw, not tidy)}}}"
        )
    if draw(st.booleans()):
        then = f"{{{name}_fine: {draw(outcomes)}, {name}_count: {draw(counts)}}}"
        rows.append(f"{{id: rest, otherwise: yes, then: {then}, {grounds(draw, False)}}}")
    head = f"  {name}:\n    name: T\n    at: {at}\n    gives: {{{name}_fine: {{type: boolean}}, {name}_count: {{type: integer}}}}\n    rows:\n"
    return head + "".join(f"      - {row}\n" for row in rows)


@st.composite
def policies(draw: DrawFn, tidy: bool = False) -> str:
    def expression(*names: str) -> str:
        return draw(expressions(names, gaps=not tidy))

    always = "from: unknown, cite: [act], sure: confirmed"
    fee_at = draw(st.sampled_from(("on", "entry_date", "looked_at")))
    fee_values = draw(
        st.sampled_from((("10", "20"), ("10", "10"), ("10", "100" if tidy else "unknown")))
    )
    text = f"""
parameters:
  fee:
    name: Fee
    type: money
    unit: TRY/month
    at: {fee_at}
    values:
      - {{from: unknown, until: 2023-12-31, is: {fee_values[0]}, cite: [act], sure: confirmed}}
      - {{from: 2024-01-01, is: {fee_values[1]}, cite: [act], sure: confirmed}}
values:
  looked_at: {{type: date, is: entry_date if where_now == 'inside' else on, {always}}}
  first: {{type: boolean, is: "{expression()}", {always}}}
  second: {{type: boolean, is: "{expression("first", "first_table_fine")}", {always}}}
  points: {{type: integer, is: "first_table_count * 2 if {expression("first")} else age", {always}}}
tables:
"""
    terms = CELLS | {"first": ("yes", "no")}
    text += _table(draw, "first_table", terms, tidy)
    later = {
        "second": ("yes", "no"),
        "first_table_fine": ("yes", "no", "n/a"),
        "first_table_count": ("1", ">= 2"),
        "points": (">= 18", "< 18"),
        "citizenship": CELLS["citizenship"],
        "age": CELLS["age"],
    }
    text += _table(draw, "second_table", later, tidy)
    text += "statuses:\n"
    for name, known in (
        ("permit", ("second", "second_table_fine")),
        ("family", ("permit", "first")),
    ):
        guard = f'    if: "{expression(*known)}"\n' if draw(st.booleans()) else ""
        text += f"  {name}:\n    name: S\n    goals: [work]\n{guard}    conditions:\n"
        for at in range(draw(st.integers(1, 3))):
            arises = f'if: "{expression(*known)}", ' if draw(st.booleans()) else ""
            rule = f'needs: "{expression(*known)}", yes: x, no: y, {grounds(draw, not tidy)}'
            text += f"      - {{id: c{at}, {arises}{rule}}}\n"
    return text


@dataclass(frozen=True)
class Said:
    """What a run concludes of one term: a value or a gap, or the outcome of a status."""

    what: Any
    settled: bool


def conclusions(run: Evaluation) -> dict[str, Said]:
    return dict(_conclusions(run))


def _conclusions(run: Evaluation) -> Iterator[tuple[str, Said]]:
    law = run.law
    for term in (*law.parameters, *law.values, *law.outputs, *law.inputs):
        value = run.value(term)
        settled = not (isinstance(value, Gap) and value.kind is Kind.UNANSWERED)
        yield term, Said(value, settled)
    for name in law.statuses:
        found = run.status(name)
        yield f"{name} (outcome)", Said(found.outcome, found.kind is not Kind.UNANSWERED)
        value = run.value(name)
        settled = not (isinstance(value, Gap) and value.kind is Kind.UNANSWERED)
        yield name, Said(value, settled)
