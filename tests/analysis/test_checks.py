"""What is amiss in a table of figures, row by row."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvan.analysis.checks import check_table
from karvan.analysis.tables import SCHEMA, with_schema

BY_SEX = "sex period value"


def table(*rows: tuple[Any, ...], columns: str = "period value") -> pl.DataFrame:
    """Figures of one corridor in the rows of a file, of which the first is 2."""
    names = columns.split()
    frame = pl.DataFrame(rows, schema={name: SCHEMA[name] for name in names}, orient="row")
    if "origin" not in names:
        frame = frame.with_columns(origin=pl.lit("KG"))
    if "destination" not in names:
        frame = frame.with_columns(destination=pl.lit("TR"))
    return (
        with_schema(frame)
        .with_row_index("row", 2)
        .with_columns(pl.col("row").cast(pl.Int64), column=pl.lit("stock"))
    )


def found(frame: pl.DataFrame, *, additive: bool = True, signed: bool = False) -> list[Any]:
    report = check_table(frame, additive=additive, signed=signed)
    assert set(report["column"]) <= {"stock"}
    return report.select("row", "level", "kind").rows()


def test_a_sound_table_has_no_findings():
    sound = table(("F", "2020", 10.0), ("M", "2020", 5.0), ("_T", "2020", 15.0), columns=BY_SEX)
    assert found(sound) == []


def test_a_count_cannot_be_negative_but_a_net_total_can():
    below = table(("2020", -3.0))
    assert found(below) == [(2, "error", "negative")]
    assert found(below, signed=True) == []


def test_women_and_men_that_are_not_the_total_are_an_error_at_the_total():
    rows = table(("F", "2020", 10.0), ("M", "2020", 5.0), ("_T", "2020", 20.0), columns=BY_SEX)
    assert found(rows) == [(4, "error", "sum")]
    message = check_table(rows, additive=True, signed=False)["message"][0]
    assert message == "Women (10) and men (5) do not add up to this total."


def test_one_person_more_or_less_is_a_warning_since_estimates_are_rounded():
    rows = [("F", "2020", 10.0), ("M", "2020", 5.0)]
    assert found(table(*rows, ("_T", "2020", 16.0), columns=BY_SEX)) == [(4, "warning", "sum")]
    assert found(table(*rows, ("_T", "2020", 17.0), columns=BY_SEX)) == [(4, "error", "sum")]


def test_what_is_estimated_may_fail_to_add_up_with_a_warning():
    rows = table(
        ("F", "2020", 10.0, "E"),
        ("M", "2020", 5.0, "A"),
        ("_T", "2020", 20.0, "A"),
        columns="sex period value status",
    )
    assert found(rows) == [(4, "warning", "sum")]


def test_shares_and_prices_are_not_added_up():
    rows = table(("F", "2020", 60.0), ("M", "2020", 70.0), ("_T", "2020", 65.0), columns=BY_SEX)
    assert found(rows, additive=False) == []


def test_one_sex_cannot_be_more_than_both():
    rows = table(("F", "2020", 21.0), ("_T", "2020", 19.0), columns=BY_SEX)
    assert found(rows) == [(3, "error", "sum")]


def test_a_sum_is_not_judged_where_a_part_is_unknown():
    rows = table(("F", "2020", 10.0), ("M", "2020", None), ("_T", "2020", 20.0), columns=BY_SEX)
    assert found(rows) == []


def test_figures_rounded_to_thousands_may_differ_by_a_thousand():
    rows = [("F", "2020", 12_000.0), ("M", "2020", 7_000.0)]
    assert found(table(*rows, ("_T", "2020", 20_000.0), columns=BY_SEX)) == []
    assert found(table(*rows, ("_T", "2020", 21_000.0), columns=BY_SEX)) == [(4, "error", "sum")]


def test_parts_by_origin_may_be_less_than_the_whole_and_never_more():
    rows = [("KG", "2020", 60.0), ("UZ", "2020", 55.0)]
    columns = "origin period value"
    assert found(table(*rows, ("_T", "2020", 200.0), columns=columns)) == []
    assert found(table(*rows, ("_T", "2020", 101.0), columns=columns)) == [(4, "error", "sum")]


def test_the_second_figure_of_a_cell_is_named_with_the_row_of_the_first():
    rows = table(("2020", 10.0), ("2021", 11.0), ("2020", 12.0))
    assert found(rows) == [(4, "error", "duplicate")]
    message = check_table(rows, additive=True, signed=False)["message"][0]
    assert message == "Row 2 gives the same cell. Keep one of them."


def test_two_sources_may_disagree_about_one_cell():
    rows = table(("2020", 10.0, "a"), ("2020", 12.0, "b"), columns="period value source")
    assert found(rows) == []


def test_a_tenfold_change_is_a_warning_in_either_direction():
    assert found(table(("2020", 50.0), ("2021", 501.0))) == [(3, "warning", "jump")]
    assert found(table(("2020", 501.0), ("2021", 50.0))) == [(3, "warning", "jump")]
    assert found(table(("2020", 50.0), ("2021", 500.0))) == []


def test_small_numbers_may_jump():
    assert found(table(("2020", 1.0), ("2021", 60.0))) == []


def test_a_change_out_of_line_with_its_own_series_is_a_warning():
    steady = [(str(year), 1000.0 * 1.02 ** (year - 2010) + year % 3) for year in range(2010, 2020)]
    assert found(table(*steady)) == []
    assert found(table(*steady, ("2020", 5000.0))) == [(12, "warning", "jump")]


def test_months_are_not_compared_with_years():
    assert found(table(("2020", 12_000.0), ("2020-07", 1_000.0))) == []


@pytest.mark.parametrize(
    ("value", "status", "kinds"),
    [(None, "A", ["status"]), (5.0, "O", ["status"]), (None, "O", []), (5.0, "E", [])],
)
def test_a_figure_is_given_or_withheld(value: float | None, status: str, kinds: list[str]):
    rows = table(("2020", value, status), columns="period value status")
    assert [kind for _, _, kind in found(rows)] == kinds


def test_bounds_are_the_right_way_round_and_hold_the_figure():
    columns = "period value lower upper"
    assert found(table(("2020", None, 30.0, 20.0), columns=columns))[0] == (2, "error", "bounds")
    assert found(table(("2020", 40.0, 20.0, 30.0), columns=columns)) == [(2, "error", "bounds")]
    assert found(table(("2020", 25.0, 20.0, 30.0), columns=columns)) == []


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["F", "M"]),
            st.sampled_from(["2019", "2020", "2021"]),
            st.floats(0, 1e9) | st.none(),
        ),
        max_size=30,
        unique_by=lambda row: row[:2],
    )
)
def test_a_total_that_is_the_sum_is_never_reported(rows: list[tuple[str, str, float | None]]):
    by_period: dict[str, list[float | None]] = {}
    for _, period, value in rows:
        by_period.setdefault(period, []).append(value)
    totals = [
        ("_T", period, sum(values))
        for period, values in by_period.items()
        if len(values) == 2 and None not in values
    ]
    report = found(table(*rows, *totals, columns=BY_SEX).drop_nulls("value"))
    assert [kind for _, level, kind in report if level == "error"] == []
