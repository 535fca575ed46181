import math

import polars as pl
import pytest

from karvan.analysis.tables import NeverJoined, Status, Table, TwiceCounted


def table(rows, series="stock", edition="2024", unit="persons"):
    return Table(series, edition, unit, pl.DataFrame(rows))


KYRGYZSTAN = {"origin": "KG", "destination": "TR", "period": "2024", "value": 44361.0}
UZBEKISTAN = {"origin": "UZ", "destination": "TR", "period": "2024", "value": 30000.0}


def test_what_a_row_does_not_say_is_the_total_as_published():
    (row,) = table([KYRGYZSTAN]).rows()
    assert (row["sex"], row["age"], row["category"]) == ("_T", "_T", "_T")
    assert row["status"] == Status.OBSERVED


def test_a_row_without_a_figure_is_unknown():
    (row,) = table([{**KYRGYZSTAN, "value": None}]).rows()
    assert row["value"] is None
    assert row["status"] == Status.UNKNOWN


def test_a_missing_cell_of_a_matrix_is_unknown_and_never_zero():
    matrix = table([KYRGYZSTAN, {**UZBEKISTAN, "value": None}]).matrix(["KG", "TR", "UZ"])
    assert matrix[0, 1] == 44361
    assert math.isnan(matrix[2, 1])
    assert math.isnan(matrix[1, 0])


def test_parts_of_one_edition_are_joined():
    both = table([KYRGYZSTAN]).joined(table([UZBEKISTAN]))
    assert len(both) == 2


@pytest.mark.parametrize("other", [{"edition": "2020"}, {"series": "permits"}, {"unit": "permits"}])
def test_figures_that_count_differently_are_never_joined_and_the_error_says_why(other):
    with pytest.raises(NeverJoined, match=r"not movement.*side by side"):
        table([KYRGYZSTAN]).joined(table([UZBEKISTAN], **other))


def test_one_cell_has_one_figure_of_a_source():
    with pytest.raises(TwiceCounted, match="origin KG, destination TR"):
        table([KYRGYZSTAN, {**KYRGYZSTAN, "value": 1.0}])


def test_two_sources_that_disagree_both_stand():
    rows = [
        {**KYRGYZSTAN, "source": "ministry"},
        {**KYRGYZSTAN, "value": 40000.0, "source": "embassy"},
    ]
    assert len(table(rows)) == 2
    with pytest.raises(TwiceCounted, match="choose"):
        table(rows).matrix(["KG", "TR"])


def test_a_part_is_chosen_by_codes():
    chosen = table([KYRGYZSTAN, UZBEKISTAN]).where(origin="UZ", period=("2020", "2024"))
    assert [row["origin"] for row in chosen.rows()] == ["UZ"]
