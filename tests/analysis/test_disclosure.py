"""Small counts, and somebody who tries to find them out."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from karvan.analysis.disclosure import suppress


def with_totals(inner, dimensions="abc"):
    """A frame of counts with a total for each dimension, from an array of what is inside."""
    table = np.asarray(inner)
    for axis in range(table.ndim):
        table = np.concatenate([table, table.sum(axis=axis, keepdims=True)], axis=axis)
    return pl.DataFrame(
        [
            {
                **{
                    name: "_T" if at == size - 1 else f"{name}{at}"
                    for name, at, size in zip(dimensions, place, table.shape, strict=False)
                },
                "count": int(table[place]),
            }
            for place in np.ndindex(table.shape)
        ]
    )


def attack(published):
    """The lowest and highest that each unpublished count may be, in the order of the rows.

    The attacker knows every published count, that parts add up to their total, and that nothing is
    below zero, and knows of each hidden count that it is no zero, since zeros are never hidden.
    """
    dimensions = [name for name in published.columns if name not in ("count", "status")]
    counts = published["count"].to_list()
    equations = []
    for name in dimensions:
        if "_T" not in published[name].to_list():
            continue
        others = [each for each in dimensions if each != name]
        lines = {}
        for at, row in enumerate(published.rows(named=True)):
            line = lines.setdefault(tuple(row[each] for each in others), np.zeros(len(counts)))
            line[at] = -1 if row[name] == "_T" else 1
        equations += lines.values()
    least = {"suppressed": 1, "unknown": 0}
    bounds = [
        (least[status], None) if count is None else (count, count)
        for count, status in zip(counts, published["status"], strict=True)
    ]
    sums = np.array(equations)
    found = []
    for at, count in enumerate(counts):
        if count is None:
            ends = []
            for sign in (1, -1):
                goal = sign * (np.arange(len(counts)) == at)
                result = linprog(goal, A_eq=sums, b_eq=np.zeros(len(sums)), bounds=bounds)
                assert result.status in (0, 3), result.message
                ends.append(np.inf if result.status == 3 else result.x[at])
            found.append(tuple(ends))
    return found


def assert_nothing_is_found_out(published, threshold=10):
    for lowest, highest in attack(published):
        assert highest - lowest >= threshold - 1e-6


def hidden(published):
    return published.filter(pl.col("status") == "suppressed").drop("count", "status").rows()


def test_a_table_without_small_counts_is_published_whole():
    table = with_totals([[10, 20], [30, 0]])
    published = suppress(table)
    assert published.drop("status").equals(table)
    assert set(published["status"]) == {"observed"}


@pytest.mark.parametrize(
    ("count", "status"), [(0, "observed"), (1, "suppressed"), (9, "suppressed"), (10, "observed")]
)
def test_one_to_nine_people_are_hidden_and_nobody_is_not(count, status):
    table = pl.DataFrame({"sex": ["F", "M"], "count": [count, 500]})
    assert suppress(table)["status"].to_list() == [status, "observed"]


def test_a_hidden_count_is_empty_and_looks_like_any_other_hidden_one():
    published = suppress(with_totals([4, 60, 70]))
    assert hidden(published) == [("a0",), ("a1",)]
    assert published["count"].to_list() == [None, None, 70, 134]


def test_the_attacker_of_these_tests_finds_what_is_badly_hidden():
    table = with_totals([[4, 60], [70, 80]])
    careless = table.with_columns(
        pl.when(pl.col("count") >= 10).then(pl.col("count")),
        status=pl.when(pl.col("count") >= 10)
        .then(pl.lit("observed"))
        .otherwise(pl.lit("suppressed")),
    )
    assert attack(careless) == [(4, 4)]
    with pytest.raises(AssertionError):
        assert_nothing_is_found_out(careless)


def test_a_small_count_is_not_found_from_its_row_nor_its_column():
    published = suppress(with_totals([[4, 60, 70], [80, 90, 95], [85, 75, 65]]))
    assert len(hidden(published)) == 4
    assert (
        published.filter((pl.col("a") == "_T") | (pl.col("b") == "_T"))["count"].null_count() == 0
    )
    assert_nothing_is_found_out(published)


def test_two_small_counts_do_not_hide_each_other_where_their_sum_is_small_too():
    # 9 + 2 = 11: each is from 1 to 10, which is too narrow
    published = suppress(with_totals([9, 2, 50]))
    assert len(hidden(published)) == 3
    assert_nothing_is_found_out(published)


def test_two_small_counts_hide_each_other_where_their_sum_is_large_enough():
    published = suppress(with_totals([9, 8, 50]))
    assert hidden(published) == [("a0",), ("a1",)]
    assert_nothing_is_found_out(published)


def test_zeros_beside_a_small_count_do_not_protect_it():
    published = suppress(with_totals([[4, 0, 0], [60, 70, 80], [65, 75, 85]]))
    assert published.filter(pl.col("count") == 0).height == 2
    assert_nothing_is_found_out(published)


def test_a_population_of_few_is_hidden_with_its_totals():
    published = suppress(with_totals([[3, 0], [0, 2]]))
    assert published.filter(pl.col("status") == "observed")["count"].to_list() == [0, 0]


def test_dimensions_without_a_total_are_tables_by_themselves():
    table = pl.DataFrame(
        {
            "year": ["2023"] * 3 + ["2024"] * 3,
            "sex": ["F", "M", "_T"] * 2,
            "count": [4, 60, 64, 30, 60, 90],
        }
    )
    assert hidden(suppress(table)) == [("2023", "F"), ("2023", "M")]


def test_an_unknown_count_stays_unknown():
    table = with_totals([40, 60, 70]).with_columns(
        count=pl.when(pl.col("a") != "a1").then(pl.col("count"))
    )
    published = suppress(table)
    assert published["status"].to_list() == ["observed", "unknown", "observed", "observed"]
    assert published["count"].to_list() == [40, None, 70, 170]


def test_an_unknown_count_that_the_rest_gives_away_as_small_is_guarded_too():
    table = with_totals([4, 60, 70]).with_columns(
        count=pl.when(pl.col("a") != "a0").then(pl.col("count"))
    )
    published = suppress(table)
    assert published["status"].to_list().count("suppressed") == 1
    assert_nothing_is_found_out(published)


def test_another_threshold_may_be_asked_for():
    table = with_totals([4, 60, 70])
    assert hidden(suppress(table, threshold=4)) == []
    assert len(hidden(suppress(with_totals([14, 60, 70]), threshold=20))) == 2


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_rows_does_not_matter_to_safety_and_the_same_table_gives_the_same(seed):
    table = with_totals(np.random.default_rng(seed).poisson(15, (4, 4)))
    mixed = table.sample(fraction=1, shuffle=True, seed=seed)
    assert suppress(mixed).equals(suppress(mixed))
    assert_nothing_is_found_out(suppress(mixed))


sparse = st.one_of(st.integers(0, 12), st.integers(0, 60), st.just(0))


@settings(deadline=None, max_examples=40)
@given(arrays(np.int64, st.tuples(st.integers(1, 5)), elements=sparse))
def test_no_line_gives_a_hidden_count_away(inner):
    assert_nothing_is_found_out(suppress(with_totals(inner)))


@settings(deadline=None, max_examples=40)
@given(arrays(np.int64, st.tuples(st.integers(1, 4), st.integers(1, 5)), elements=sparse))
def test_no_table_gives_a_hidden_count_away(inner):
    published = suppress(with_totals(inner))
    small = with_totals(inner)["count"].is_between(1, 9)
    assert published.filter(small)["count"].null_count() == small.sum()
    assert_nothing_is_found_out(published)


@settings(deadline=None, max_examples=25)
@given(
    arrays(
        np.int64,
        st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3)),
        elements=sparse,
    )
)
def test_no_cube_gives_a_hidden_count_away(inner):
    assert_nothing_is_found_out(suppress(with_totals(inner)))


@settings(deadline=None, max_examples=40)
@given(
    arrays(np.int64, (3, 3), elements=sparse),
    st.sets(st.integers(0, 15), max_size=3),
)
def test_gaps_in_a_table_do_not_give_a_hidden_count_away(inner, gaps):
    table = with_totals(inner).with_row_index("row")
    gappy = table.select(
        "a", "b", count=pl.when(~pl.col("row").is_in(list(gaps))).then(pl.col("count"))
    )
    published = suppress(gappy)
    unpublished = published.filter(pl.col("count").is_null())["status"]
    for (lowest, highest), status in zip(attack(published), unpublished, strict=True):
        wide = highest - lowest >= 10 - 1e-6
        # Of an unknown count it may be told that it is large, or that there is nobody.
        harmless = lowest >= 10 - 1e-6 or highest <= 1e-6
        assert wide or (status == "unknown" and harmless)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([("F", 4), ("F", 5)], "sex = F occurs 2 times"),
        ([("F", -4), ("M", 5)], "sex = F is -4"),
        ([("F", 4.5), ("M", 5.0)], "sex = F is 4.5"),
        ([("F", 40), ("M", 50), ("_T", 91)], "sex = _T is 91, but its parts add up to 90"),
        ([("F", 40), ("M", None), ("_T", 30)], "sex = _T is 30, but its parts add up to 40"),
        ([(None, 40)], "sex is empty"),
    ],
)
def test_a_table_that_cannot_be_true_is_refused(rows, says):
    table = pl.DataFrame(rows, schema=["sex", "count"], orient="row")
    with pytest.raises(ValueError, match=says):
        suppress(table)


def test_an_absent_cell_is_refused_since_it_may_mean_nobody_or_not_known():
    with pytest.raises(ValueError, match="a = a1, b = b0 occurs 0 times"):
        suppress(
            with_totals([[40, 50], [60, 70]]).filter(
                ~((pl.col("a") == "a1") & (pl.col("b") == "b0"))
            )
        )
