"""What the checker finds in a law that could be read, each with its place and witness."""

# ruff: noqa: E501  (a row of law is read across, as in the content itself)

from __future__ import annotations

from datetime import date

import pytest

from karvan.policy.checking import check, missing_texts
from karvan.policy.edition import Edition
from tests.policy.worlds import answer, ask, state

CLEAN = """
parameters:
  wage:
    name: Wage
    type: money
    unit: TRY/month
    values:
      - {from: unknown, until: 2024-12-31, is: 100, cite: [act]}
      - {from: 2025-01-01, is: 200, cite: [act]}
tables:
  visas:
    name: Visas
    gives: {free: {type: boolean}}
    rows:
      - {id: kg, when: {citizenship: KG}, then: yes, from: unknown, cite: [act]}
      - {id: rest, otherwise: yes, then: no, from: unknown, cite: [act]}
statuses:
  permit:
    name: Permit
    goals: [work]
    conditions:
      - {id: pay, needs: salary >= wage, yes: x, no: y, from: unknown, cite: [act]}
"""
CLEAN_EXAMPLES = """
examples:
  - name: Pay at the floor is enough
    given: {has_offer: yes, salary: 100 TRY/month}
    expect: {permit: {2024-12-31: open, 2025-01-01: closed}}
  - name: Kyrgyz citizens need no visa
    on: 2025-06-02
    given: {citizenship: KG}
    expect: {free: yes}
  - name: Others do
    on: 2025-06-02
    given: {citizenship: TJ}
    expect: {free: no}
"""


def problems(edition: Edition) -> list[str]:
    return [problem.message for problem in check(edition)]


def found(policy: str, examples: str = "") -> list[str]:
    """What is amiss, without examples that are missing."""
    edition = state(policy, examples=examples) if examples else state(policy)
    return [text for text in problems(edition) if not text.startswith("No example touches")]


def table(*rows: str, more: str = "") -> str:
    text = f"tables:\n  visas:\n    name: Visas\n{more}    gives: {{stay: {{type: integer}}}}\n    rows:\n"
    return text + "".join(f"      - {{{row}, from: unknown, cite: [act]}}\n" for row in rows)


def test_nothing_is_found_in_a_clean_law() -> None:
    assert problems(state(CLEAN, examples=CLEAN_EXAMPLES)) == []


def test_problems_name_file_and_line() -> None:
    (problem,) = check(state(CLEAN, examples=CLEAN_EXAMPLES.replace("free: no", "free: yes")))
    assert str(problem) == (
        "countries/toyland/policies/work/examples.yaml:9: “Others do”: on 2025-06-02 'free' is no, not yes."
    )


def test_an_overlap_is_found_with_a_person_for_whom_both_rows_are() -> None:
    text = table(
        "id: kg, when: {citizenship: KG}, then: 90",
        "id: young, when: {age: < 25}, then: 30",
        "id: rest, otherwise: yes, then: 0",
    )
    (said,) = found(text)
    assert said == (
        "In 'visas' the rows 'kg' and 'young' both apply to: citizenship KG, age 0. "
        "Narrow one, or name it 'exception_to' the other."
    )


@pytest.mark.parametrize("allowed", ["exception_to: kg", "exception_to: kg_old"])
def test_an_exception_is_no_overlap(allowed: str) -> None:
    text = table(
        "id: kg_old, when: {citizenship: KG}, then: 90, exception_to: kg",
        "id: kg, when: {citizenship: KG}, then: 60",
        f"id: young, when: {{age: < 25}}, then: 30, {allowed}",
        "id: rest, otherwise: yes, then: 0",
    )
    overlaps = [text for text in found(text) if "both apply" in text]
    assert len(overlaps) == ("kg_old" not in allowed)


def test_readings_of_one_dispute_are_no_overlap_but_others_are() -> None:
    row = "id: {id}, when: {{citizenship: KG}}, then: {then}, reading: {reading}, sure: disputed"
    same = [row.format(id="a", then=1, reading="x"), row.format(id="b", then=2, reading="x")]
    other = [same[0], row.format(id="b", then=2, reading="y")]
    rest = "id: rest, otherwise: yes, then: 0"
    assert found(table(*same, rest)) == []
    assert len(found(table(*other, rest))) == 1


def test_two_rows_for_the_rest_are_an_overlap() -> None:
    text = table("id: rest, otherwise: yes, then: 0", "id: others, otherwise: yes, then: 1")
    assert ["both apply" in said for said in found(text)] == [True]


def test_a_gap_is_found_with_a_person_for_whom_the_law_says_nothing() -> None:
    text = table(
        "id: kg, when: {citizenship: KG}, then: 90",
        "id: adult, when: {citizenship: not(KG), age: '>= 18'}, then: 1",
    )
    (said,) = found(text)
    assert said.startswith("'visas' says nothing on 2019-01-01 for a person with: ")
    told = dict(part.split(" ") for part in said.split(": ", 1)[1].split(". ")[0].split(", "))
    assert answer(state(text), told, "stay", on=date(2019, 1, 1)) == "silent"


def test_a_gap_in_time_is_found_on_its_first_day() -> None:
    text = table("id: rest, otherwise: yes, then: 0").replace(
        "from: unknown", "from: unknown, until: 2023-12-31"
    )
    (said,) = found(text)
    assert said.startswith("'visas' says nothing on 2024-01-01")


def test_a_gap_that_only_terms_without_sense_fall_into_is_none() -> None:
    text = table(
        "id: low, when: {salary: < 100}, then: 1",
        "id: high, when: {salary: '>= 100'}, then: 2",
        "id: none, when: {salary: n/a}, then: 3",
    )
    assert found(text) == []


def test_a_row_that_can_never_apply_is_found() -> None:
    dead = table("id: old, when: {citizenship: KG}, then: 1", "id: rest, otherwise: yes, then: 0")
    dead = dead.replace("from: unknown", "from: unknown, until: 2018-12-31", 1)
    assert found(dead) == [
        "The row 'visas.old' never applies: its time lies outside 2019-01-01 to 2026-12-31."
    ]
    never = table("id: lacking, when: {age: n/a}, then: 1", "id: rest, otherwise: yes, then: 0")
    assert found(never) == [
        "The row 'visas.lacking' never applies: nothing matches its cell for 'age'."
    ]


def test_days_without_a_value_are_found() -> None:
    text = """
    parameters:
      wage:
        name: Wage
        type: integer
        values:
          - {from: 2020-01-01, until: 2022-12-31, is: 1, cite: [act]}
          - {from: 2024-01-01, is: 2, cite: [act]}
    """
    end = ". Add one, or 'is: unknown' where no figure was found."
    assert found(text) == [
        "'wage' has no value from 2019-01-01 to 2019-12-31" + end,
        "'wage' has no value from 2023-01-01 to 2023-12-31" + end,
    ]


def test_two_values_on_one_day_are_found() -> None:
    text = """
    parameters:
      wage:
        name: Wage
        type: integer
        values:
          - {from: unknown, until: 2022-12-31, is: 1, cite: [act]}
          - {from: 2022-12-31, is: 2, cite: [act]}
          - {from: 2024-01-01, is: 3, cite: [act]}
          - {from: 2024-01-01, is: 4, cite: [act]}
    """
    assert found(text) == [
        "'wage' has two values on 2022-12-31.",
        "'wage' has two values on 2024-01-01.",
    ]


def test_an_input_on_which_nothing_depends_is_found() -> None:
    text = "inputs:\n  height: {name: H, type: integer, ask: H?, why: x, sensitivity: open, effort: 1, changeable: no}\n"
    assert found(text) == ["Nothing depends on the input 'height'. Remove it."]


def test_an_input_that_only_a_deadline_needs_is_needed() -> None:
    text = """
    inputs:
      expiry: {name: E, type: date, ask: E?, why: x, sensitivity: open, effort: 1, changeable: no}
    procedures:
      permit:
        name: Permit
        steps:
          renew: {title: R, actor: worker, place: online, goal: yes, deadline: {on: expiry, missed: x, cite: [act]}}
    """
    assert found(text) == []


def test_rules_that_no_example_touches_are_found() -> None:
    assert problems(state(CLEAN)) == [
        "No example touches 'wage.None'.",
        "No example touches 'wage.2025-01-01'.",
        "No example touches 'visas.kg'.",
        "No example touches 'visas.rest'.",
        "No example touches 'permit.pay'.",
    ]


def test_two_examples_of_one_name_are_found() -> None:
    twice = CLEAN_EXAMPLES.replace("Others do", "Kyrgyz citizens need no visa")
    assert problems(state(CLEAN, examples=twice)) == [
        "Two examples are named “Kyrgyz citizens need no visa”."
    ]


def test_an_example_that_cannot_be_run_is_found() -> None:
    wrong = CLEAN_EXAMPLES.replace("citizenship: TJ", "citizenship: Tajik")
    said = problems(state(CLEAN, examples=wrong))
    assert any("The answer to 'citizenship' cannot be used" in text for text in said)


def test_texts_missing_and_stale_in_a_language_are_found() -> None:
    texts = {
        "countries/toyland/policies/work/texts/ru.yaml": """
            statuses.permit.name: {of: Permit, is: Разрешение}
            tables.visas.name: {of: Visa, is: Визы}
            """
    }
    law = state(CLEAN, **texts).law
    said = {text.key: why for text, why in missing_texts(law, "ru")}
    assert said["tables.visas.name"] == "stale"
    assert said["parameters.wage.name"] == "missing"
    assert "statuses.permit.name" not in said


def test_a_checked_law_never_says_unknown_for_want_of_order_among_rows() -> None:
    run = ask(state(CLEAN), {"citizenship": "KG"})
    assert run.value("free") is True
