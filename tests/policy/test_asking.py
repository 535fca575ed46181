"""The next question, and what would make a closed way possible."""

# ruff: noqa: E501  (a row of law is read across, as in the content itself)

from __future__ import annotations

from decimal import Decimal

from karvan.policy.asking import next_question, questions, what_if
from karvan.policy.edition import Edition
from karvan.policy.people import candidates
from karvan.policy.values import Money
from tests.policy.worlds import answer, ask, state


def permit(*needs: str, guard: str = "", more: str = "") -> Edition:
    text = more + "statuses:\n  permit:\n    name: Permit\n    goals: [work]\n"
    text += f"    if: {guard}\n" if guard else ""
    text += "    conditions:\n"
    for at, condition in enumerate(needs):
        text += f'      - {{id: c{at}, needs: "{condition}", yes: x, no: y, from: unknown, cite: [act]}}\n'
    return state(text)


def next_id(
    edition: Edition, given: dict[str, str], skipped: frozenset[str] = frozenset()
) -> str | None:
    found = next_question(ask(edition, given), ["permit"], skipped=skipped)
    return found.id if found else None


def test_the_least_sensitive_comes_first_then_the_least_effort() -> None:
    edition = permit(
        "not banned",
        "married",
        "salary >= money('5 TRY/month')",
        "has_offer",
        "occupation == '2221'",
    )
    asked = [entry.id for entry in questions(ask(edition, {"has_offer": "yes"}), ["permit"])]
    assert asked == ["occupation", "salary", "married", "banned"]


def test_a_question_is_not_asked_once_it_can_change_nothing() -> None:
    edition = permit("has_offer", "not banned")
    assert next_id(edition, {}) == "has_offer"
    assert next_id(edition, {"has_offer": "yes"}) == "banned"
    assert next_id(edition, {"has_offer": "no"}) is None


def test_a_sensitive_question_whose_every_answer_concludes_the_same_is_not_asked() -> None:
    edition = permit("banned or not banned or has_offer")
    assert next_id(edition, {"has_offer": "yes"}) is None
    assert next_id(edition, {"has_offer": "no"}) is None


def test_two_questions_that_matter_only_together_are_both_asked() -> None:
    edition = permit("married == banned")
    assert next_id(edition, {}) == "married"
    assert next_id(edition, {"married": "yes"}) == "banned"


def test_an_open_question_compared_with_something_worked_out_is_not_put_off() -> None:
    """What it is compared with is not known beforehand, so that any answer may matter."""
    edition = permit(
        "salary >= floor",
        "not banned",
        more="values:\n  floor: {type: money, unit: TRY/month, is: \"money('70000 TRY/month') * 1.5\", cite: [act]}\n",
    )
    assert next_id(edition, {"has_offer": "yes"}) == "salary"


def test_what_decides_whether_a_question_arises_is_asked_before_it() -> None:
    assert next_id(permit("salary >= money('5 TRY/month')"), {}) == "has_offer"


def test_a_skipped_question_is_not_asked_again_but_others_are() -> None:
    edition = permit("has_offer", "married")
    assert next_id(edition, {}, skipped=frozenset({"has_offer"})) == "married"
    assert next_id(edition, {}, skipped=frozenset({"has_offer", "married"})) is None


def test_a_way_that_does_not_concern_the_person_asks_nothing() -> None:
    edition = permit("has_offer", guard="where_now == 'outside'")
    assert next_id(edition, {"where_now": "inside"}) is None


def test_candidates_lie_on_both_sides_of_what_the_law_compares() -> None:
    found = candidates(
        permit("age >= 18", "has_offer", "where_now == 'inside'", "citizenship in ('KG', 'KZ')")
    )
    assert {17, 18, 19} <= set(found["age"])
    assert found["has_offer"] == [False, True]
    assert found["where_now"] == ["outside", "inside"]
    assert len({code in ("KG", "KZ") for code in found["citizenship"]}) == 2


def changes(edition: Edition, given: dict[str, str]) -> list[dict[str, object]]:
    found = what_if(ask(edition, given), "permit")
    return [{change.input: change.value for change in one} for one in found]


def test_what_if_names_the_smallest_change() -> None:
    edition = permit("has_offer", "age >= 18")
    assert changes(edition, {"has_offer": "no", "age": "20"}) == [{"has_offer": True}]


def test_what_if_never_asks_for_another_citizenship_or_age() -> None:
    edition = permit("citizenship == 'KG'", "age >= 18")
    assert changes(edition, {"citizenship": "TJ", "age": "20"}) == []
    assert changes(edition, {"citizenship": "KG", "age": "2"}) == []


def test_what_if_finds_the_threshold_worked_out_for_this_person() -> None:
    floor = "values:\n  floor: {type: money, unit: TRY/month, is: \"money('70000 TRY/month') * 1.5\", cite: [act]}\n"
    edition = permit("salary >= floor", more=floor)
    found = changes(edition, {"has_offer": "yes", "salary": "80000 TRY/month"})
    assert found == [{"salary": Money(Decimal(105000), "TRY", "month")}]
    assert answer(edition, {"has_offer": "yes", "salary": "105000 TRY/month"}, "permit") == "open"


def test_what_if_goes_past_a_threshold_that_must_be_exceeded() -> None:
    floor = "values:\n  floor: {type: money, unit: TRY/month, is: \"money('70000 TRY/month') * 1.5\", cite: [act]}\n"
    edition = permit("salary > floor", more=floor)
    found = changes(edition, {"has_offer": "yes", "salary": "80000 TRY/month"})
    assert found == [{"salary": Money(Decimal(105001), "TRY", "month")}]


def test_what_if_changes_two_facts_where_one_is_not_enough() -> None:
    edition = permit("has_offer", "salary >= money('500 TRY/month')")
    found = changes(edition, {"has_offer": "no"})
    assert found == [{"has_offer": True}]  # then the pay is asked
    answered = changes(edition, {"has_offer": "no", "salary": "5 TRY/month"})
    assert answered == [{"has_offer": True, "salary": Money(Decimal(500), "TRY", "month")}]


def test_what_if_says_nothing_of_a_way_that_is_not_closed() -> None:
    edition = permit("has_offer", guard="where_now == 'outside'")
    assert changes(edition, {"where_now": "outside", "has_offer": "yes"}) == []
    assert changes(edition, {"where_now": "inside"}) == []
    assert changes(edition, {}) == []
