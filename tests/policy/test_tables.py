"""Decision tables against a reference evaluator that looks at one row after the other."""
# ruff: noqa: E501  (a row of law is read across, as in the content itself)

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from karvan.policy.answers import read_answers
from karvan.policy.edition import Edition
from karvan.policy.engine import Evaluation
from karvan.policy.model import Row
from karvan.policy.tracing import trace
from karvan.policy.values import NOT_APPLICABLE, SILENT, UNKNOWN, Gap, Kind
from tests.policy.worlds import DAY, answers, ask, state

COLUMNS = {
    "citizenship": ("KG", "KG, TJ", "not(KG)"),
    "has_offer": ("yes", "no"),
    "salary": ("n/a", ">= 100", "< 100", "50..100"),
    "age": (">= 18", "< 18", "17..40"),
    "suitable": ("yes", "no"),
}
DOMAIN = {
    "citizenship": ("KG", "TJ", "RU"),
    "has_offer": ("yes", "no"),
    "salary": ("50 TRY/month", "99 TRY/month", "100 TRY/month", "101 TRY/month"),
    "age": ("16", "17", "18", "40", "41"),
}
OUTCOMES = ("1", "1", "2", "unknown", "silent", "discretion", "n/a")


@st.composite
def tables(draw: DrawFn) -> str:
    """A table of one output. `suitable` is left to an officer."""
    rows = []
    for at in range(draw(st.integers(1, 5))):
        terms = draw(
            st.lists(st.sampled_from(sorted(COLUMNS)), min_size=1, max_size=3, unique=True)
        )
        when = ", ".join(f'{term}: "{draw(st.sampled_from(COLUMNS[term]))}"' for term in terms)
        above = draw(st.lists(st.integers(0, at - 1), unique=True, max_size=2)) if at else []
        exception = f"exception_to: [{', '.join(f'r{n}' for n in above)}], " if above else ""
        reading = "reading: one, " if draw(st.integers(0, 4)) == 0 else ""
        then = draw(st.sampled_from(OUTCOMES))
        rows.append(
            f"{{id: r{at}, when: {{{when}}}, {exception}{reading}then: {then}, from: unknown, cite: [act]}}"
        )
    if draw(st.booleans()):
        then = draw(st.sampled_from(OUTCOMES))
        rows.append(f"{{id: rest, otherwise: yes, then: {then}, from: unknown, cite: [act]}}")
    text = "values:\n  suitable: {type: boolean, is: discretion, cite: [act]}\ntables:\n"
    text += "  t:\n    name: T\n    gives: {given: {type: integer}}\n    rows:\n"
    return text + "".join(f"      - {row}\n" for row in rows)


def one_by_one(rows: tuple[Row, ...], person: dict[str, Any]) -> Any:
    """The outcome for somebody of whom everything is known."""
    matching = [row for row in rows if not row.otherwise and matches(row, person)]
    winning = [row for row in matching if not any(row.id in beaten_by(o, rows) for o in matching)]
    if not winning:
        winning = [row for row in rows if row.otherwise]
    outcomes = [row.then[0] for row in winning]
    if not outcomes:
        return SILENT
    return outcomes[0] if all(outcome == outcomes[0] for outcome in outcomes) else UNKNOWN


def matches(row: Row, person: dict[str, Any]) -> bool:
    for term, cell in row.cells:
        value = person[term]
        if isinstance(value, Gap):
            if type(cell).__name__ != "NotApplicable":
                return False
        elif not cell.holds(value):
            return False
    return True


def beaten_by(row: Row, rows: tuple[Row, ...]) -> set[str]:
    by_id = {one.id: one for one in rows}
    direct = set(row.exception_to)
    return direct.union(*(beaten_by(by_id[id], rows) for id in direct))


def completions(edition: Edition, answers_: dict[str, Any]) -> list[dict[str, Any]]:
    """Everybody whom these answers may describe, once the officer has decided too."""
    choices = [
        [answers_[name]] if name in answers_ else list(read_each(edition, name)) for name in DOMAIN
    ]
    found = []
    for values in product(*choices):
        person = dict(zip(DOMAIN, values, strict=True))
        if person["has_offer"] is False:
            person["salary"] = NOT_APPLICABLE
        found += [person | {"suitable": True}, person | {"suitable": False}]
    return found


def read_each(edition: Edition, name: str) -> list[Any]:
    return [read_answers(edition.law, {name: text})[name] for text in DOMAIN[name]]


PEOPLE = st.fixed_dictionaries({name: st.sampled_from(of) for name, of in DOMAIN.items()})
KNOWN = st.sets(st.sampled_from(sorted(DOMAIN)))


@given(text=tables(), person=PEOPLE, known=KNOWN)
@settings(max_examples=150)
def test_a_table_concludes_what_its_rows_say_one_by_one(
    text: str, person: dict[str, str], known: set[str]
) -> None:
    edition = state(text)
    some = read_answers(edition.law, {name: person[name] for name in sorted(known)})
    found = Evaluation(edition, DAY, some).value("given")
    rows = edition.law.tables["t"].rows
    possible = [one_by_one(rows, one) for one in completions(edition, some)]
    if not isinstance(found, Gap):
        assert all(one == found for one in possible)
    elif found.kind is Kind.UNANSWERED:
        assert found.needs
        assert found.needs <= set(DOMAIN) - known
        assert not_agreed(possible) or beyond(text, possible), "it asks what can change nothing"
    else:
        agreed = all(one == found for one in possible)
        assert agreed or not_agreed(possible) or beyond(text, possible)


def beyond(text: str, possible: list[Any]) -> bool:
    """What a table alone need not see through: that there is no pay without an offer, and that
    what nobody knows and what overlaps come to the same."""
    return "salary" in text or UNKNOWN in possible


def not_agreed(possible: list[Any]) -> bool:
    return any(one != possible[0] for one in possible)


VISAS = """
tables:
  visas:
    name: Visas
    gives: {stay: {type: integer, unit: days}, free: {type: boolean}}
    rows:
      - {id: kg, when: {citizenship: KG, age: ">= 18"}, then: {stay: 90, free: yes}, from: unknown, cite: [act]}
      - {id: child, when: {citizenship: KG, age: "< 18"}, then: {stay: 60, free: yes}, from: unknown, cite: [act]}
      - {id: rest, otherwise: yes, then: unknown, from: unknown, cite: [act]}
"""


def test_one_word_gives_the_same_gap_to_all_outputs() -> None:
    assert answers(state(VISAS), {"citizenship": "RU"}, "stay", "free") == ["unknown", "unknown"]


def test_a_column_that_no_possible_row_tests_is_not_asked() -> None:
    run = ask(state(VISAS), {"citizenship": "RU"})
    assert run.conclusion("stay").needs == frozenset()
    assert "age" not in run.run.memo


def test_the_trace_names_the_rows_that_fired_and_what_excluded_the_others() -> None:
    found = trace(ask(state(VISAS), {"citizenship": "KG", "age": "20"}), "stay")
    assert [row.id for row in found.fired] == ["kg"]
    assert found.possible == ()
    assert [(one.row.id, one.term, one.value) for one in found.excluded] == [
        ("child", "age", 20),
        ("rest", "", "kg"),
    ]
    assert [part.term for part in found.parts] == ["citizenship", "age"]


def test_the_trace_names_the_rows_that_are_still_possible() -> None:
    found = trace(ask(state(VISAS), {"citizenship": "KG"}), "stay")
    assert found.fired == ()
    assert [row.id for row in found.possible] == ["kg", "child"]


def test_the_trace_of_a_status_holds_its_conditions_and_what_they_were_made_from() -> None:
    policy = (
        VISAS
        + """
statuses:
  permit:
    name: Permit
    goals: [work]
    conditions:
      - {id: long, needs: stay >= 90, yes: x, no: y, from: unknown, cite: [act art. 4], facts: [READ]}
"""
    )
    found = trace(ask(state(policy), {"citizenship": "KG", "age": "20"}), "permit")
    assert found.value is True
    assert [str(provision) for ground in found.grounds for provision in ground.cite] == [
        "act art. 4"
    ]
    assert [part.term for part in found.parts] == ["stay"]


@pytest.mark.parametrize("day", [date(2019, 1, 1), date(2026, 12, 31)])
def test_an_exception_that_is_not_in_force_takes_no_precedence(day: date) -> None:
    policy = """
    tables:
      quotas:
        name: Quota
        gives: {quota: {type: integer}}
        rows:
          - {id: all, when: {has_offer: yes}, then: 5, from: unknown, cite: [act]}
          - {id: wed, when: {married: yes}, exception_to: all, then: 3, from: 2020-01-01, cite: [act]}
          - {id: wed_soon, when: {married: yes}, exception_to: all, then: 0, from: unknown, standing: announced, cite: [act]}
    """
    expected = "5" if day.year == 2019 else "3"
    assert answers(state(policy), {"has_offer": "yes", "married": "yes"}, "quota", on=day) == [
        expected
    ]
