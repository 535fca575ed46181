"""Indicators of people: definitions, feminisation, recruitment cost, returns."""

from __future__ import annotations

import inspect
from math import isnan, nan

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvan.analysis import indicators
from karvan.analysis.indicators import (
    DEFINITIONS,
    female_share,
    female_share_change,
    occupational_dissimilarity,
    recruitment_cost,
    representation_ratio,
    return_share,
    sex_ratio,
    womens_contribution_to_growth,
)
from karvan.analysis.indicators.quantiles import weighted_quantile
from tests.analysis.indicators_page import PAGE, page


def test_every_indicator_is_defined_and_every_definition_has_its_function():
    functions = {name for name in indicators.__all__ if inspect.isfunction(vars(indicators)[name])}
    assert functions == set(DEFINITIONS)
    assert all(key == each.id for key, each in DEFINITIONS.items())


def test_no_part_of_a_definition_is_empty_and_titles_differ():
    for each in DEFINITIONS.values():
        parts = (each.title, each.definition, each.formula, each.source, each.unit, each.missing)
        assert all(part.strip() == part != "" for part in parts), each.id
    assert len({each.title for each in DEFINITIONS.values()}) == len(DEFINITIONS)


def test_the_reference_page_is_written_from_the_definitions():
    assert PAGE.read_text("utf-8") == page()


def test_the_female_share_is_women_among_all():
    assert female_share(30, 120) == 25
    np.testing.assert_array_equal(
        female_share([30, 0, nan, 5], [120, 7, 10, nan]), [25, 0, nan, nan]
    )


def test_the_female_share_of_nobody_is_unknown():
    assert isnan(female_share(0, 0))
    assert isnan(female_share(None, 10))


def test_more_women_than_people_give_no_share():
    assert isnan(female_share(11, 10))
    assert isnan(female_share(-1, 10))


def test_a_change_of_share_is_in_points():
    assert female_share_change(40, 45.5) == 5.5
    assert isnan(female_share_change(nan, 45.5))


def test_the_sex_ratio_is_men_for_a_hundred_women():
    assert sex_ratio(150, 100) == 150
    assert sex_ratio(0, 4) == 0
    assert isnan(sex_ratio(150, 0))


@given(st.integers(1, 10**7), st.integers(1, 10**7))
def test_share_and_sex_ratio_tell_the_same(women, men):
    share = female_share(women, women + men)
    assert sex_ratio(men, women) == pytest.approx(100 * (100 - share) / share)


def test_womens_contribution_is_their_part_of_the_growth():
    # women 100 → 130, everyone 300 → 400
    assert womens_contribution_to_growth(100, 130, 300, 400) == 30


def test_womens_contribution_to_a_decline_is_their_part_of_it():
    assert womens_contribution_to_growth(100, 80, 300, 260) == 50


def test_growth_without_women_is_none_of_theirs():
    assert womens_contribution_to_growth(100, 100, 300, 400) == 0


@pytest.mark.parametrize(
    "numbers",
    [
        (100, 100, 300, 300),  # nothing changed
        (100, 110, 300, 300),  # ten women more, ten men fewer
        (100, 150, 300, 340),  # fifty women more, ten men fewer: 125 per cent of the growth
        (100, 90, 300, 310),  # the growth is all of men, and more
        (nan, 110, 300, 400),
        (100, 110, 300, None),
    ],
)
def test_womens_contribution_is_unknown_where_it_would_mislead(numbers):
    assert isnan(womens_contribution_to_growth(*numbers))


def test_dissimilarity_of_occupations_by_hand():
    # women 10, 30, 60 per cent; men 50, 30, 20 per cent: half of 40 + 0 + 40
    assert occupational_dissimilarity([1, 3, 6], [25, 15, 10]) == pytest.approx(40)


def test_dissimilarity_ends_at_zero_and_a_hundred():
    assert occupational_dissimilarity([1, 2], [10, 20]) == 0
    assert occupational_dissimilarity([5, 0], [0, 7]) == 100


def test_dissimilarity_is_worked_out_for_each_row_and_unknown_where_a_cell_is():
    found = occupational_dissimilarity([[5, 0], [5, nan], [0, 0]], [[0, 7], [1, 7], [1, 7]])
    np.testing.assert_array_equal(found, [100, nan, nan])


def test_representation_is_one_where_permits_are_spread_like_the_stock():
    assert representation_ratio(45, 45) == 1
    assert representation_ratio(20, 40) == 0.5
    assert isnan(representation_ratio(20, 0))


def test_the_return_share_is_moves_to_the_country_of_birth():
    assert return_share(25, 100) == 25
    assert isnan(return_share(25, nan))
    assert isnan(return_share(101, 100))


@given(
    st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 6)), min_size=1, max_size=12),
    st.sampled_from([0.25, 0.5, 0.75]),
)
def test_a_weight_counts_like_as_many_people(answers, part):
    values, weights = np.array(answers, dtype=float).T
    people = np.repeat(values, weights.astype(int))
    expected = np.quantile(people, part, method="averaged_inverted_cdf")
    assert weighted_quantile(values, weights, part) == pytest.approx(expected)


COLUMNS = (
    "origin",
    "destination",
    "sex",
    "cost",
    "cost_currency",
    "monthly_earnings",
    "earnings_currency",
    "weight",
)


def survey(*rows):
    return pl.DataFrame(list(rows), schema=list(COLUMNS), orient="row")


def worker(sex="F", cost=200.0, earnings=100.0, weight=1.0, **others):
    row = dict(zip(COLUMNS, ("A", "B", sex, cost, "USD", earnings, "USD", weight), strict=True))
    return tuple((row | others).values())


def test_recruitment_cost_is_in_months_by_corridor_and_sex():
    found = recruitment_cost(
        survey(
            worker("F", cost=100.0),
            worker("F", cost=200.0),
            worker("M", cost=50.0),
            worker("M", cost=100.0),
            worker("M", cost=400.0),
            worker("F", cost=None),
        )
    )
    assert found.rows() == [
        ("A", "B", "F", 2, 1, 1.0, 1.5, 2.0, True),
        ("A", "B", "M", 3, 0, 0.5, 1.0, 4.0, True),
        ("A", "B", "_T", 5, 1, 1.0, 1.0, 2.0, True),
    ]


def test_corridors_are_told_apart():
    found = recruitment_cost(survey(worker(), worker(destination="C", cost=700.0)))
    assert found.select("destination", "sex", "median").rows() == [
        ("B", "F", 2.0),
        ("B", "_T", 2.0),
        ("C", "F", 7.0),
        ("C", "_T", 7.0),
    ]


def test_a_worker_who_paid_nothing_counts():
    found = recruitment_cost(survey(worker(cost=0.0), worker(cost=0.0), worker(cost=900.0)))
    assert found["median"].to_list() == [0.0, 0.0]


def test_weights_decide_where_the_middle_is():
    found = recruitment_cost(survey(worker(cost=100.0), worker(cost=900.0, weight=3.0)))
    assert found["median"].to_list() == [9.0, 9.0]


@pytest.mark.parametrize("missing", [{"earnings": None}, {"earnings": 0.0}, {"cost": nan}])
def test_who_did_not_tell_is_left_out_and_counted(missing):
    found = recruitment_cost(survey(worker(), worker(**missing)))
    assert found.select("respondents", "left_out", "median").rows() == [(1, 1, 2.0)] * 2


def test_a_corridor_where_nobody_told_has_no_figure():
    found = recruitment_cost(survey(worker(cost=None)))
    assert found.select("respondents", "left_out", "median").rows() == [(0, 1, None)] * 2


def test_a_worker_of_unknown_sex_counts_for_the_corridor_alone():
    found = recruitment_cost(survey(worker("F"), worker(None, cost=400.0)))
    assert found.select("sex", "respondents").rows() == [("F", 1), ("_T", 2)]


def test_thirty_workers_are_no_small_sample():
    found = recruitment_cost(survey(*[worker("F")] * 29, *[worker("M")] * 30))
    assert dict(found.select("sex", "small_sample").rows()) == {"F": True, "M": False, "_T": False}


def test_two_currencies_are_never_divided():
    with pytest.raises(ValueError, match="Row 2: the cost is in KGS and the earnings in USD"):
        recruitment_cost(survey(worker(), worker(cost_currency="KGS")))
    with pytest.raises(ValueError, match="Row 1: no currency"):
        recruitment_cost(survey(worker(cost_currency=None, earnings_currency=None)))


def test_workers_may_differ_in_their_currency():
    roubles = worker(cost=300.0, cost_currency="RUB", earnings_currency="RUB")
    assert recruitment_cost(survey(worker(), roubles))["median"].to_list() == [2.5, 2.5]


def test_a_survey_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="no column weight"):
        recruitment_cost(survey(worker()).drop("weight"))
    with pytest.raises(ValueError, match="Row 2: cost is negative"):
        recruitment_cost(survey(worker(), worker(cost=-1.0)))
    with pytest.raises(ValueError, match="Row 1: origin is empty"):
        recruitment_cost(survey(worker(origin=None)))
