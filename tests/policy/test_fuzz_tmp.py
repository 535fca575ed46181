"""What must hold for every law and every person: a conclusion once told is never taken back.

Laws and people are generated; the same is then asked of the law that is really in `content/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import islice
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.policy.answers import read_answers
from karvan.policy.asking import next_question, what_if
from karvan.policy.edition import Edition, _parse, content_root, load_edition
from karvan.policy.engine import Evaluation
from karvan.policy.model import Sure
from karvan.policy.people import boundary_people, candidates, settle
from karvan.policy.state import read_state
from karvan.policy.values import Gap, Kind
from tests.policy.generated import DAYS, ORDERS, PEOPLE, conclusions, policies
from tests.policy.worlds import state

SHUT = ("closed", "not_applicable")


def contradictions(
    edition: Edition, answers: dict[str, Any], order: Sequence[str], on: date
) -> list[str]:
    """Conclusions that were told with fewer answers and are others with more."""
    told: dict[str, Any] = {}
    found = []
    for count in range(len(order) + 1):
        known = {name: answers[name] for name in order[:count] if name in answers}
        for term, said in conclusions(Evaluation(edition, on, known)).items():
            if term in told and (not said.settled or said.what != told[term]):
                found.append(f"{term}: {told[term]}, then {said.what} with {order[:count]}")
            if said.settled:
                told[term] = said.what
    return found


@given(text=policies(), person=PEOPLE, order=ORDERS, on=st.sampled_from(DAYS))
@settings(max_examples=1500)
def test_more_answers_never_contradict_an_earlier_conclusion(
    text: str, person: dict[str, str], order: list[str], on: date
) -> None:
    law = state(text)
    assert contradictions(law, read_answers(law.law, person), order, on) == []


@given(text=policies(), person=PEOPLE, on=st.sampled_from(DAYS))
def test_with_all_answers_nothing_is_unanswered(
    text: str, person: dict[str, str], on: date
) -> None:
    law = state(text)
    said = conclusions(Evaluation(law, on, read_answers(law.law, person)))
    assert [term for term, one in said.items() if not one.settled] == []


@given(text=policies(tidy=True), person=PEOPLE, order=ORDERS, on=st.sampled_from(DAYS))
def test_nothing_is_unknown_where_no_rule_says_so(
    text: str, person: dict[str, str], order: list[str], on: date
) -> None:
    law = state(text)
    some = read_answers(law.law, {name: person[name] for name in order[:6]})
    kinds = {
        said.what.kind
        for said in conclusions(Evaluation(law, on, some)).values()
        if isinstance(said.what, Gap)
    }
    assert kinds <= {Kind.UNANSWERED, Kind.NOT_APPLICABLE, Kind.SILENT}


@given(text=policies(), person=PEOPLE, order=ORDERS, chance=st.randoms(use_true_random=False))
def test_the_order_in_which_terms_are_worked_out_changes_nothing(
    text: str, person: dict[str, str], order: list[str], chance: Random
) -> None:
    law = state(text)
    some = read_answers(law.law, {name: person[name] for name in order[:6]})
    terms = list(law.law.types)
    plain = Evaluation(law, DAYS[2], some)
    found = [plain.conclusion(term) for term in terms]
    chance.shuffle(shuffled := list(terms))
    other = Evaluation(law, DAYS[2], some)
    for term in shuffled:
        if term in law.law.statuses and chance.random() < 0.5:
            other.status(term)
        other.conclusion(term)
    assert [other.conclusion(term) for term in terms] == found


@given(text=policies(), person=PEOPLE, order=ORDERS)
@settings(max_examples=1500)
def test_a_law_from_the_cache_answers_as_a_fresh_one(
    text: str, person: dict[str, str], order: list[str]
) -> None:
    state(text)  # now it is kept
    law = state(text)
    fresh = Edition(read_state(_parse(law.files)), law.hash, law.files)
    some = read_answers(law.law, {name: person[name] for name in order[:6]})
    assert conclusions(Evaluation(fresh, DAYS[2], some)) == conclusions(
        Evaluation(law, DAYS[2], some)
    )


@given(policy=policies(), person=PEOPLE, order=ORDERS, at=st.integers(0, 40))
@settings(max_examples=1500)
def test_no_conclusion_is_firmer_than_a_rule_it_hangs_on(
    policy: str, person: dict[str, str], order: list[str], at: int
) -> None:
    """One rule is disputed. Whatever comes out otherwise without it must be disputed too."""
    place = nth(policy, "sure: confirmed", at)
    disputed = state(policy[:place] + "sure: disputed " + policy[place + len("sure: confirmed") :])
    draft = "sure: confirmed, standing: draft"
    without = state(policy[:place] + draft + policy[place + len("sure: confirmed") :])
    some = read_answers(disputed.law, {name: person[name] for name in order[:7]})
    run, bare = Evaluation(disputed, DAYS[2], some), Evaluation(without, DAYS[2], some)
    for term in disputed.law.types:
        found = run.conclusion(term)
        if found.kind is Kind.KNOWN and bare.value(term) != found.value:
            assert found.sure is Sure.DISPUTED, term
    for name in disputed.law.statuses:
        held = run.status(name)
        if held.kind is Kind.KNOWN and bare.status(name).outcome != held.outcome:
            assert held.sure is Sure.DISPUTED, name


def nth(text: str, part: str, at: int) -> int:
    """Where the so-manieth occurrence begins, counted round."""
    places = [n for n in range(len(text)) if text.startswith(part, n)]
    return places[at % len(places)]


def standpoint(run: Evaluation, status: str) -> str:
    """The outcome; for the person, closed and not applicable come to the same: shut."""
    found = run.status(status)
    return "shut" if found.shut else found.outcome


def assert_concluded(asked: Evaluation, full: Evaluation, statuses: Sequence[str]) -> None:
    """What was asked concludes as all answers do. What stays open no answer can change."""
    for name in statuses:
        if standpoint(asked, name) != "unanswered":
            assert standpoint(asked, name) == standpoint(full, name), name
            continue
        for need in asked.status(name).needs:
            for value in candidates(full.edition)[need]:
                other = Evaluation(full.edition, full.on, {**full.answers, need: value})
                assert standpoint(other, name) == standpoint(full, name), name


def interview(
    law: Edition, person: dict[str, Any], on: date, statuses: Sequence[str]
) -> Evaluation:
    """Ask until nothing more is asked. Fails if a question comes twice."""
    given_: dict[str, Any] = {}
    while True:
        run = Evaluation(law, on, given_)
        question = next_question(run, statuses)
        if question is None:
            return run
        assert question.id not in given_, "asked twice"
        given_ = {**given_, question.id: person[question.id]}


@given(text=policies(), person=PEOPLE, on=st.sampled_from(DAYS))
def test_the_interview_ends_and_concludes_as_if_all_had_been_asked(
    text: str, person: dict[str, str], on: date
) -> None:
    law = state(text)
    answers = read_answers(law.law, person)
    statuses = list(law.law.statuses)
    asked = interview(law, answers, on, statuses)
    full = Evaluation(law, on, answers)
    assert_concluded(asked, full, statuses)


@given(text=policies(), person=PEOPLE, on=st.sampled_from(DAYS))
@settings(max_examples=1500)
def test_what_if_really_opens_the_way_and_changes_no_more_than_it_must(
    text: str, person: dict[str, str], on: date
) -> None:
    law = state(text)
    answers = read_answers(law.law, person)
    run = Evaluation(law, on, answers)
    for name in law.law.statuses:
        for changes in what_if(run, name, most=2):
            assert run.status(name).outcome == "closed"
            assert all(law.law.inputs[change.input].changeable for change in changes)
            assert all(answers[change.input] != change.value for change in changes)
            altered = {**answers, **{change.input: change.value for change in changes}}
            assert Evaluation(law, on, altered).status(name).outcome not in SHUT
            for left in changes:
                fewer = {c.input: c.value for c in changes if c is not left}
                less = Evaluation(law, on, {**answers, **fewer})
                assert less.status(name).outcome in SHUT


# The law as it is


@pytest.fixture(scope="module")
def turkiye() -> Edition:
    return load_edition("TR", content_root())


REAL_DAYS = (
    date(2019, 1, 1),
    date(2021, 7, 1),
    date(2024, 9, 30),
    date(2024, 10, 1),
    date(2026, 11, 1),
)


@pytest.mark.parametrize("on", REAL_DAYS, ids=str)
def test_in_turkiye_more_answers_never_contradict_an_earlier_conclusion(
    turkiye: Edition, on: date
) -> None:
    chance = Random(on.toordinal())
    for person in islice(boundary_people(turkiye, on, seed=on.toordinal()), 5):
        chance.shuffle(order := list(person))
        # every third step is enough to see it, and keeps the test quick
        steps = [order[at : at + 3] for at in range(0, len(order), 3)]
        told: dict[str, Any] = {}
        known: dict[str, Any] = {}
        for step in [[], *steps]:
            known |= {name: person[name] for name in step}
            for term, said in conclusions(Evaluation(turkiye, on, known)).items():
                if term in told:
                    assert said.settled, term
                    assert said.what == told[term], term
                if said.settled:
                    told[term] = said.what


@pytest.mark.parametrize("on", REAL_DAYS, ids=str)
def test_in_turkiye_nothing_is_unanswered_once_all_is_answered(turkiye: Edition, on: date) -> None:
    for person in islice(boundary_people(turkiye, on, seed=7), 20):
        said = conclusions(Evaluation(turkiye, on, person))
        assert [term for term, one in said.items() if not one.settled] == []


def test_in_turkiye_the_interview_concludes_as_if_all_had_been_asked(turkiye: Edition) -> None:
    on = date(2026, 11, 1)
    statuses = [name for name, status in turkiye.law.statuses.items() if "work" in status.goals]
    for person in islice(boundary_people(turkiye, on, seed=3), 4):
        asked = interview(turkiye, person, on, statuses)
        full = Evaluation(turkiye, on, settle(turkiye, person, on))
        assert_concluded(asked, full, statuses)
