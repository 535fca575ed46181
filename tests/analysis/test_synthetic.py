"""People who are nobody."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from karvan.analysis.synthetic import Contradiction, population


def margin(counts, **codes):
    """A margin from an array with an axis for each dimension; NaN is unknown."""
    table = np.asarray(counts, dtype=float)
    names = list(codes)
    rows = [
        {
            **{name: codes[name][at] for name, at in zip(names, place, strict=True)},
            "count": None if np.isnan(table[place]) else float(table[place]),
        }
        for place in np.ndindex(table.shape)
    ]
    return pl.DataFrame(rows, schema_overrides={"count": pl.Float64})


def furthest_from(margin, people):
    """By how many people the known counts of a margin are missed at most."""
    names = [name for name in margin.columns if name != "count"]
    share = len(people) / margin["count"].sum()
    found = people.select(pl.col(names).cast(pl.String)).group_by(names).len()
    joined = margin.join(found, on=names, how="left").with_columns(pl.col("len").fill_null(0))
    return (joined["len"] - joined["count"] * share).abs().max()


SEX = ["F", "M"]
PLACE = ["A", "B", "C"]


def test_people_fit_a_margin_exactly_where_it_is_whole():
    people = population([margin([40, 60], sex=SEX)], 100, seed=1)
    assert people["sex"].value_counts().sort("sex").rows() == [("F", 40), ("M", 60)]


def test_columns_are_the_dimensions_with_their_codes():
    people = population([margin([[1, 2, 3], [4, 5, 6]], sex=SEX, place=PLACE)], 21, seed=1)
    assert people.schema == {"sex": pl.Enum(SEX), "place": pl.Enum(PLACE)}
    assert people.group_by("sex", "place").len().sort("sex", "place")["len"].to_list() == [
        1, 2, 3, 4, 5, 6
    ]  # fmt: skip


def test_what_margins_do_not_say_comes_out_independent():
    margins = [margin([400, 600], sex=SEX), margin([200, 300, 500], place=PLACE)]
    people = population(margins, 1000, seed=1)
    found = people.group_by("sex", "place").len().sort("sex", "place")["len"].to_list()
    assert found == [80, 120, 200, 120, 180, 300]


def test_the_same_seed_gives_the_same_people_and_another_gives_others():
    margins = [margin([0.317, 0.683], sex=SEX), margin([0.3, 0.3, 0.4], place=PLACE)]
    assert population(margins, 10, seed=5).equals(population(margins, 10, seed=5))
    several = {tuple(population(margins, 10, seed=seed).rows()) for seed in range(20)}
    assert len(several) > 1


def test_these_very_people_come_of_this_seed():
    """A change here changes every simulation that is to be repeated."""
    margins = [margin([0.4, 0.6], sex=SEX), margin([0.25, 0.35, 0.4], place=PLACE)]
    people = population(margins, 4, seed=2026)
    assert people.rows() == [("F", "A"), ("F", "C"), ("M", "B"), ("M", "C")]


@settings(deadline=None, max_examples=40)
@given(
    arrays(np.float64, (3, 4, 2), elements=st.floats(0, 9)).filter(lambda it: it.sum() > 1),
    st.integers(0, 200),
    st.integers(0, 2**32),
)
def test_every_margin_is_met_within_a_person(table, size, seed):
    place, work = PLACE, ["p", "q", "r", "s"]
    margins = [
        margin(table.sum(axis=2), place=place, work=work),
        margin(table.sum(axis=(0, 1)), sex=SEX),
    ]
    people = population(margins, size, seed)
    assert people.height == size
    assert max(furthest_from(each, people) for each in margins) <= 1 if size else True


@pytest.mark.parametrize("seed", range(10))
def test_margins_that_go_round_in_a_circle_are_met_within_a_person(seed):
    table = np.random.default_rng(seed).gamma(0.5, size=(3, 4, 2))
    work = ["p", "q", "r", "s"]
    margins = [
        margin(table.sum(axis=2), place=PLACE, work=work),
        margin(table.sum(axis=0), work=work, sex=SEX),
        margin(table.sum(axis=1), place=PLACE, sex=SEX),
    ]
    people = population(margins, 77, seed)
    assert max(furthest_from(each, people) for each in margins) <= 1


def test_over_many_seeds_people_are_as_frequent_as_they_should_be():
    shares = np.array([[0.90, 0.10, 0.02], [0.05, 0.40, 0.70]])
    shares /= shares.sum()
    joint = margin(shares, sex=SEX, place=PLACE)
    drawn = pl.concat(population([joint], 5, seed) for seed in range(400))
    found = drawn.group_by("sex", "place").len().sort("sex", "place")["len"].to_numpy() / 2000
    np.testing.assert_allclose(found, shares.ravel(), atol=0.02)


def test_an_unknown_count_takes_what_the_others_leave():
    margins = [
        margin([40, 60], sex=SEX),
        margin([10, np.nan, np.nan], place=PLACE),
    ]
    people = population(margins, 100, seed=1)
    places = dict(people["place"].cast(pl.String).value_counts().rows())
    assert places == {"A": 10, "B": 45, "C": 45}


def test_a_combination_without_a_row_is_unknown_and_not_zero():
    joint = margin([[10, 20, 30], [40, 50, 60]], sex=SEX, place=PLACE).head(5)
    people = population([margin([60, 150], sex=SEX), joint], 210, seed=1)
    found = people.group_by("sex", "place").len().sort("sex", "place")["len"].to_list()
    assert found == [10, 20, 30, 40, 50, 60]


def test_a_count_of_zero_is_nobody():
    people = population([margin([0, 60], sex=SEX)], 50, seed=1)
    assert people["sex"].unique().to_list() == ["M"]


def test_nobody_can_be_drawn_too():
    assert population([margin([40, 60], sex=SEX)], 0, seed=1).height == 0


def test_margins_with_other_totals_are_refused():
    with pytest.raises(Contradiction, match="they count 100 and 101 people"):
        population([margin([40, 60], sex=SEX), margin([50, 51, 0], place=PLACE)], 10, seed=1)


def test_margins_that_disagree_where_they_meet_are_refused():
    joint = margin([[10, 20, 20], [20, 20, 10]], sex=SEX, place=PLACE)
    with pytest.raises(Contradiction, match="count 40 and 50 people with sex = F"):
        population([margin([40, 60], sex=SEX), joint], 10, seed=1)


def test_margins_that_no_table_fits_are_refused_though_any_two_of_them_agree():
    # A goes with p, p with F, and yet A with M
    margins = [
        margin([[5, 0], [0, 5]], place=["A", "B"], work=["p", "q"]),
        margin([[5, 0], [0, 5]], work=["p", "q"], sex=SEX),
        margin([[0, 5], [5, 0]], place=["A", "B"], sex=SEX),
    ]
    with pytest.raises(Contradiction, match="contradict each other"):
        population(margins, 10, seed=1)


def test_known_counts_above_the_total_are_refused():
    with pytest.raises(Contradiction, match="add up to 110, more than the 100 people"):
        population([margin([40, 60], sex=SEX), margin([110, np.nan], place=["A", "B"])], 10, seed=1)


@pytest.mark.parametrize(
    ("margins", "says"),
    [
        ([], "at least one margin"),
        ([margin([1, np.nan], sex=SEX)], "at least one margin without gaps"),
        ([margin([0, 0], sex=SEX)], "count nobody"),
        ([margin([1, -1], sex=SEX)], "sex = M is below zero"),
        ([pl.concat([margin([1, 2], sex=SEX)] * 2)], "sex = F occurs twice"),
        ([pl.DataFrame({"sex": SEX})], "Margin 1 needs a column count"),
        ([pl.DataFrame({"sex": ["F", None], "count": [1, 2]})], "sex is empty"),
    ],
)
def test_a_margin_that_cannot_be_read_is_refused(margins, says):
    with pytest.raises(ValueError, match=says):
        population(margins, 10, seed=1)


def test_a_population_below_nobody_is_refused():
    with pytest.raises(ValueError, match="-1 people"):
        population([margin([1, 2], sex=SEX)], -1, seed=1)
