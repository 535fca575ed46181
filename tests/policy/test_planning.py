"""Plans: order, dates, slack, the critical path, alternatives, costs."""

# ruff: noqa: E501  (a row of law is read across, as in the content itself)

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from karvan.policy.errors import AnswerError
from karvan.policy.planning import Plan, plan
from tests.policy.worlds import DAY, ask, state

DAYS_ONLY = ("days",)
ALL_UNITS = ("days", "working_days", "months")


@dataclass(frozen=True)
class Graph:
    """Steps by number: their times, and the earlier steps they wait for."""

    times: tuple[tuple[str, int], ...]
    after: tuple[tuple[int, ...], ...]

    def yaml(self, longer: int | None = None, by: int = 0) -> str:
        """The procedure; one step may take longer by some days of waiting after it."""
        text = "procedures:\n  permit:\n    name: Permit\n    steps:\n"
        for at, (unit, count) in enumerate(self.times):
            waits = [f"s{other}" if other != longer else f"w{other}" for other in self.after[at]]
            goal = ", goal: yes" if at == len(self.times) - 1 else ""
            after = f", after: [{', '.join(waits)}]" if waits else ""
            text += f"      s{at}: {{title: S, actor: worker, place: online, time: {{{unit}: {count}}}{after}{goal}}}\n"
            if at == longer:
                text += f"      w{at}: {{title: W, actor: worker, place: online, time: {{days: {by}}}, after: s{at}{goal}}}\n"
        return text


@st.composite
def graphs(draw: DrawFn, units: tuple[str, ...] = ALL_UNITS) -> Graph:
    number = draw(st.integers(1, 6))
    counts = {"days": 20, "working_days": 8, "months": 2}
    times, after = [], []
    for at in range(number):
        unit = draw(st.sampled_from(units))
        times.append((unit, draw(st.integers(0, counts[unit]))))
        earlier = draw(st.lists(st.integers(0, at - 1), unique=True, max_size=3)) if at else []
        after.append(tuple(earlier))
    return Graph(tuple(times), tuple(after))


def planned(yaml: str, start: date = DAY, **answers: str) -> Plan:
    edition = state(yaml)
    return plan(ask(edition, answers), edition.law.procedures["permit"], start=start)


STARTS = st.dates(date(2024, 1, 1), date(2026, 6, 30))


@given(graph=graphs(), start=STARTS)
def test_the_order_respects_the_graph_and_nothing_begins_too_early(
    graph: Graph, start: date
) -> None:
    made = planned(graph.yaml(), start)
    at = {step.step.id: step for step in made.steps}
    assert [step.number for step in made.steps] == list(range(1, len(made.steps) + 1))
    for id, step in at.items():
        assert step.starts <= step.done
        for before in (f"s{other}" for other in graph.after[int(id[1:])]):
            assert at[before].number < step.number
            assert at[before].done <= step.starts
        earlier = [at[f"s{other}"].done for other in graph.after[int(id[1:])]]
        assert step.starts == max(earlier, default=start)


@given(graph=graphs(), start=STARTS)
def test_earliest_is_never_after_latest_and_the_critical_path_is_whole(
    graph: Graph, start: date
) -> None:
    made = planned(graph.yaml(), start)
    assert made.goal_date == start + timedelta(days=made.total_days)
    for step in made.steps:
        if step.latest:
            assert step.done <= step.latest <= made.goal_date
            assert step.critical is (step.slack_days == 0)
    path = [step for step in made.steps if step.critical]
    assert path[0].starts == start
    assert max(step.done for step in path) == made.goal_date
    covered = {start}
    for step in sorted(path, key=lambda one: (one.starts, one.done)):
        assert step.starts in covered
        covered.add(step.done)


@given(graph=graphs(units=DAYS_ONLY), start=STARTS)
@settings(max_examples=60)
def test_a_day_more_for_a_critical_step_moves_the_goal_by_a_day(graph: Graph, start: date) -> None:
    made = planned(graph.yaml(), start)
    for step in made.steps:
        if step.critical:
            later = planned(graph.yaml(longer=int(step.step.id[1:]), by=1), start)
            assert later.total_days == made.total_days + 1


@given(graph=graphs(), start=STARTS)
@settings(max_examples=60)
def test_a_month_more_for_a_critical_step_moves_the_goal(graph: Graph, start: date) -> None:
    made = planned(graph.yaml(), start)
    for step in made.steps:
        if step.critical:
            later = planned(graph.yaml(longer=int(step.step.id[1:]), by=31), start)
            assert later.goal_date > made.goal_date


@given(graph=graphs(), start=STARTS)
@settings(max_examples=60)
def test_using_up_all_slack_does_not_move_the_goal(graph: Graph, start: date) -> None:
    made = planned(graph.yaml(), start)
    for step in made.steps:
        if step.latest and step.slack_days:
            later = planned(graph.yaml(longer=int(step.step.id[1:]), by=step.slack_days), start)
            assert later.goal_date == made.goal_date


def steps(*lines: str) -> str:
    head = "procedures:\n  permit:\n    name: Permit\n    steps:\n"
    return head + "".join(f"      {line}\n" for line in lines)


def step(id: str, more: str = "", days: int = 0) -> str:
    time = f", time: {{days: {days}}}" if days else ""
    return f"{id}: {{title: T, actor: worker, place: online{time}{', ' + more if more else ''}}}"


def ids(made: Plan) -> list[str]:
    return [one.step.id for one in made.steps]


def test_the_alternative_that_is_chosen_is_taken_though_it_takes_longer() -> None:
    edition = state(
        steps(
            step("a", days=9), step("b", days=1), step("end", "after: [{any: [a, b]}], goal: yes")
        )
    )
    procedure = edition.law.procedures["permit"]
    assert ids(plan(ask(edition, {}), procedure)) == ["b", "end"]
    assert ids(plan(ask(edition, {}), procedure, choose=frozenset({"a"}))) == ["a", "end"]


def test_of_two_ways_as_quick_the_one_cheaper_for_the_worker_is_taken() -> None:
    fee = "fees: [{id: f, charge: visa, amount: \"money('5 USD')\", payer: worker, cite: [act]}]"
    made = planned(
        steps(step("a", fee), step("b"), step("end", "after: [{any: [a, b]}], goal: yes"))
    )
    assert ids(made) == ["b", "end"]


def test_what_only_an_unchosen_alternative_needed_or_leads_to_is_left_out() -> None:
    made = planned(
        steps(
            step("book"),
            step("office", "after: book", days=5),
            step("collect", "after: office"),
            step("online"),
            step("end", "after: [{any: [office, online]}], goal: yes"),
            step("settle", "after: end"),
        )
    )
    assert ids(made) == ["online", "end", "settle"]


def test_what_is_needed_elsewhere_stays_though_an_unchosen_alternative_needed_it_too() -> None:
    made = planned(
        steps(
            step("book"),
            step("office", "after: book", days=5),
            step("online"),
            step("end", "after: [book, {any: [office, online]}], goal: yes"),
        )
    )
    assert ids(made) == ["book", "online", "end"]


def test_a_later_step_that_also_gives_a_paper_is_no_source_for_an_earlier_one() -> None:
    made = planned(
        steps(
            step("sign", "papers: {gives: [contract]}"),
            step("apply", "papers: {needs: [contract]}, goal: yes"),
            step("renew", "after: apply, papers: {gives: [contract]}"),
        )
    )
    assert ids(made) == ["sign", "apply", "renew"]
    assert made.steps[1].after == ("sign",)


def test_a_duty_with_a_deadline_stays_though_its_paper_can_be_had_elsewhere() -> None:
    deadline = "deadline: {within: {days: 9}, of: end, missed: x, cite: [act]}"
    made = planned(
        steps(
            step("photo", "papers: {gives: [receipt]}"),
            step("declare", f"papers: {{gives: [receipt]}}, {deadline}", days=3),
            step("end", "papers: {needs: [receipt]}, goal: yes"),
        )
    )
    assert sorted(ids(made)) == ["declare", "end", "photo"]


def test_papers_that_no_step_gives_are_those_to_bring() -> None:
    made = planned(steps(step("end", "papers: {needs: [passport], gives: [permit]}, goal: yes")))
    assert [(one.id, one.from_steps, one.needed_at) for one in made.papers] == [
        ("passport", (), (1,)),
        ("permit", (1,), ()),
    ]


def test_an_unknown_time_beside_the_way_to_the_goal_is_not_counted_in_its_total() -> None:
    made = planned(steps(step("aside", "time: unknown"), step("end", "goal: yes", days=3)))
    assert (made.total_days, made.unknown_times) == (3, 0)


def test_a_deadline_that_counts_from_a_step_left_out_binds_nobody() -> None:
    deadline = "deadline: {within: {days: 9}, of: office, missed: x, cite: [act]}"
    made = planned(
        steps(
            step("office", days=5),
            step("online"),
            step("end", f"after: [{{any: [office, online]}}], goal: yes, {deadline}"),
        )
    )
    assert [one.deadline for one in made.steps] == [None, None]


def test_a_procedure_whose_goal_does_not_arise_is_refused() -> None:
    with pytest.raises(AnswerError, match="No step of 'permit' leads to the goal"):
        planned(steps(step("a"), step("end", "goal: yes, if: has_offer")), has_offer="no")


def test_the_last_start_before_a_sunday_is_early_enough() -> None:
    """A working day counted back from Sunday is Friday, but from Friday it ends on Monday."""
    made = planned(
        steps(
            step("first", days=1),
            "second: {title: T, actor: worker, place: online, after: first, time: {working_days: 1}}",
            step("long", days=13),
            step("end", "after: [second, long], goal: yes"),
        ),
        start=date(2025, 8, 4),
    )
    at = {one.step.id: one for one in made.steps}
    assert made.goal_date == date(2025, 8, 17)  # a Sunday
    assert at["second"].latest == date(2025, 8, 17)
    assert at["first"].latest == date(2025, 8, 14)
