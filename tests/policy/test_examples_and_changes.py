"""Examples, what they touch, whether they notice a change, and the difference of two laws."""

# ruff: noqa: E501  (a row of law is read across, as in the content itself)

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from karvan.policy.comparing import diff
from karvan.policy.errors import AnswerError
from karvan.policy.examples import all_examples, touched
from karvan.policy.mutation import mutate
from tests.policy.generated import DAYS, policies
from tests.policy.worlds import DAY, ask, state

POLICY = """
parameters:
  wage:
    name: Wage
    type: money
    unit: TRY/month
    values:
      - {from: unknown, until: 2024-12-31, is: 100, cite: [act art. 1]}
      - {from: 2025-01-01, is: 200, cite: [order art. 2]}
tables:
  visas:
    name: Visas
    gives: {free: {type: boolean}}
    rows:
      - {id: old, when: {age: ">= 18"}, then: no, from: unknown, until: 2023-12-31, cite: [act art. 3]}
      - {id: new, when: {age: ">= 18"}, then: yes, from: 2024-01-01, cite: [order art. 4]}
      - {id: rest, otherwise: yes, then: no, from: unknown, cite: [act art. 5]}
statuses:
  permit:
    name: Permit
    goals: [work]
    conditions:
      - {id: pay, needs: salary >= wage, yes: Paid, no: y, from: unknown, cite: [act]}
"""
EXAMPLES = """
examples:
  - name: Pay
    given: {has_offer: yes, salary: 199.99 TRY/month}
    expect: {permit: {2024-12-31: open, 2025-01-01: closed}}
  - name: Pay enough
    given: {has_offer: yes, salary: 200 TRY/month}
    expect:
      permit: {2025-01-01: open}
      wage: {2024-12-31: 100, 2025-01-01: 200}
  - name: Grown up
    given: {age: 18}
    expect: {free: {2023-12-31: no, 2024-01-01: yes}}
  - name: Not grown up
    given: {age: 17}
    expect: {free: {2023-12-31: no, 2024-01-01: no}}
"""


def test_an_example_touches_the_rules_its_answers_rest_on() -> None:
    edition = state(POLICY, examples=EXAMPLES)
    found = {example.name: touched(edition, example) for _, example in all_examples(edition)}
    assert found["Grown up"] == {("visas", "old"), ("visas", "new")}
    assert found["Not grown up"] == {("visas", "rest")}
    assert found["Pay"] == {("permit", "pay"), ("wage", "None"), ("wage", "2025-01-01")}


def test_examples_on_both_sides_of_every_bound_notice_every_change_but_those_without_effect() -> (
    None
):
    score = mutate(state(POLICY, examples=EXAMPLES))
    # without the old row the rest says no too: nobody could notice
    survivors = {mutant.what for mutant in score.survivors}
    assert all(what.startswith("visas.old") for what in survivors), survivors
    assert score.killed > 0


def test_examples_far_from_the_bounds_notice_less() -> None:
    lazy = EXAMPLES.replace("age: 18", "age: 40").replace("age: 17", "age: 3")
    well, badly = (mutate(state(POLICY, examples=text)) for text in (EXAMPLES, lazy))
    assert badly.share < well.share
    assert any("age low bound moved" in mutant.what for mutant in badly.survivors)


def test_without_examples_every_change_goes_unnoticed() -> None:
    score = mutate(state(POLICY))
    assert score.killed == 0
    assert score.share == 0


def test_a_law_without_rules_has_nothing_to_notice() -> None:
    assert mutate(state("title: Nothing")).share == 1


def test_a_parameter_that_looks_at_another_date_can_lose_its_only_value() -> None:
    policy = """
    parameters:
      fee:
        name: Fee
        type: integer
        at: entry_date
        values:
          - {from: unknown, is: 3, cite: [act]}
    """
    examples = """
    examples:
      - name: A fee
        on: 2025-06-02
        given: {where_now: inside}
        expect: {fee: 3}
    """
    assert mutate(state(policy, examples=examples)).survivors == ()


# The difference of two days, or of two editions


def said(first: date, second: date) -> list[tuple[str, str, str, date | None, list[str]]]:
    return [
        (item.change, item.kind, item.name, item.since, [str(p) for p in item.provisions])
        for item in diff(state(POLICY), first, None, second)
    ]


def test_what_changed_between_two_days_is_told_by_provision() -> None:
    assert said(date(2023, 1, 1), date(2025, 6, 1)) == [
        ("changed", "row", "visas", date(2024, 1, 1), ["order art. 4"]),
        ("changed", "parameter", "wage", date(2025, 1, 1), ["order art. 2"]),
    ]


def test_the_other_way_round_the_old_law_comes_back() -> None:
    found = diff(state(POLICY), date(2025, 6, 1), None, date(2023, 1, 1))
    assert [
        (item.name, item.before.says, item.after.says)
        for item in found
        if item.before and item.after
    ] == [
        ("visas", "age >= 18 → yes", "age >= 18 → no"),
        ("wage", "200 TRY/month", "100 TRY/month"),
    ]


def test_what_ends_and_what_begins_are_told() -> None:
    ends = POLICY.replace(
        "id: pay, needs: salary >= wage, yes: Paid, no: y, from: unknown",
        "id: pay, needs: salary >= wage, yes: Paid, no: y, from: unknown, until: 2024-06-30",
    )
    (ended,) = diff(state(ends), date(2024, 6, 30), None, date(2024, 7, 1))
    assert (ended.change, ended.kind, ended.since) == ("ended", "condition", date(2024, 7, 1))
    (added,) = diff(state(ends), date(2024, 7, 1), None, date(2024, 6, 30))
    assert added.change == "added"


def test_two_editions_are_compared_on_one_day() -> None:
    other = state(POLICY.replace("is: 200", "is: 250"))
    (found,) = diff(state(POLICY), DAY, other)
    assert found.before is not None
    assert found.after is not None
    assert (found.before.says, found.after.says) == ("200 TRY/month", "250 TRY/month")


def test_a_condition_that_says_the_same_and_asks_another_thing_has_changed() -> None:
    other = state(POLICY.replace("needs: salary >= wage", "needs: salary > wage"))
    (found,) = diff(state(POLICY), DAY, other)
    assert (found.change, found.kind, found.name) == ("changed", "condition", "permit")


def test_a_day_that_is_not_covered_cannot_be_compared() -> None:
    with pytest.raises(AnswerError, match="lies outside"):
        diff(state(POLICY), date(2018, 12, 31), None, DAY)


@given(policy=policies())
@settings(max_examples=40)
def test_a_law_does_not_differ_from_itself(policy: str) -> None:
    law = state(policy)
    for day in DAYS:
        assert diff(law, day, law, day) == []


# Answers that cannot be used


@pytest.mark.parametrize(
    ("given_", "message", "nearest"),
    [
        ({"citizenshp": "KG"}, "There is no question 'citizenshp'.", ("citizenship",)),
        ({"citizenship": "Kyrgyzstan"}, "'Kyrgyzstan' is not a country code", ("KG",)),
        ({"citizenship": "kg"}, "'kg' is not a country code", ("KG",)),
        ({"citizenship": "XX"}, "'XX' is no known code", ()),
        ({"has_offer": "true"}, "'true' is neither 'yes' nor 'no'", ("yes", "no")),
        ({"where_now": "insid"}, "'insid' is none of outside, inside", ("inside",)),
        ({"age": "-1"}, "-1 is less than 0", ()),
        ({"age": "130"}, "130 is more than 120", ()),
        ({"salary": "60000"}, "", ()),
        ({"salary": "60000 USD/month"}, "'60000 USD/month' is not in TRY/month", ()),
        ({"entry_date": "1.6.2025"}, "'1.6.2025' is not a date of the calendar", ()),
        ({"occupation": "2222"}, "'2222' is no known code", ("2221",)),
        ({"occupation": "nurs"}, "'nurs' is not an ISCO-08 unit group", ("2221",)),
    ],
)
def test_an_answer_that_cannot_be_used_is_refused_with_the_nearest(
    given_: dict[str, str], message: str, nearest: tuple[str, ...]
) -> None:
    law = state()
    if not message:
        assert str(ask(law, given_).answers["salary"]) == "60000 TRY/month"
        return
    with pytest.raises(AnswerError) as error:
        ask(law, given_)
    assert message in error.value.text
    if nearest:
        assert error.value.nearest[: len(nearest)] == nearest
    assert error.value.input == next(iter(given_))


def test_a_day_outside_the_time_covered_is_refused_with_the_nearest() -> None:
    with pytest.raises(AnswerError) as error:
        ask(state(), {}, date(2031, 1, 1))
    assert error.value.nearest == ("2026-12-31",)
