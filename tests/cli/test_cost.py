"""`karvan cost`: SDG 10.7.1 from the answers of a survey."""

import csv
import json

import pytest

from tests.cli.conftest import karvan

HEAD = "origin,destination,sex,cost,cost_currency,monthly_earnings,earnings_currency,weight\n"


def line(sex, cost, earnings=500, weight=1):
    return f"KG,TR,{sex},{cost},USD,{earnings},USD,{weight}\n"


@pytest.fixture
def survey(tmp_path):
    def write(*lines):
        path = tmp_path / "survey.csv"
        path.write_text(HEAD + "".join(lines), "utf-8")
        return str(path)

    return write


def test_the_median_is_in_months_of_earnings_by_sex(survey):
    women = [line("F", cost) for cost in range(100, 1300, 100)]
    men = [line("M", 0) for _ in range(12)]
    result = karvan("cost", survey(*women, *men), "--json")
    figures = {row["sex"]: row for row in json.loads(result.output)["figures"]}
    assert figures["F"]["median"] == pytest.approx(1.3)
    assert figures["M"]["median"] == 0
    assert figures["_T"]["respondents"] == 24


def test_of_fewer_than_ten_respondents_nothing_is_told(survey):
    lines = [line("F", 500) for _ in range(9)]
    result = karvan("cost", survey(*lines), "--json")
    for row in json.loads(result.output)["figures"]:
        assert row["withheld"]
        assert row["median"] is None
    assert "1.00" not in karvan("cost", survey(*lines)).output


def test_who_did_not_tell_a_cost_is_left_out_and_counted(survey):
    lines = [line("F", 500) for _ in range(10)]
    result = karvan("cost", survey(*lines, line("F", "")), "--json")
    (row, _) = json.loads(result.output)["figures"]
    assert (row["respondents"], row["left_out"]) == (10, 1)


def test_the_figures_are_written_in_the_layout_that_is_imported(survey, tmp_path):
    out = tmp_path / "cost.csv"
    lines = [line("F", 500) for _ in range(10)] + [line("M", 500)]
    assert karvan("cost", survey(*lines), "--period", "2026", "--out", str(out)).exit_code == 0
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    women = next(row for row in rows if (row["sex"], row["category"]) == ("F", "median"))
    men = next(row for row in rows if (row["sex"], row["category"]) == ("M", "median"))
    assert (women["value"], women["status"], women["period"]) == ("1.0", "A", "2026")
    assert (men["value"], men["status"]) == ("", "Q")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([line("F", "much")], "line 2: 'much' in column cost is not a number."),
        ([line("F", -5)], "Row 1: cost is negative."),
        (["KG,TR,F,5,USD,500,TRY,1\n"], "the cost is in USD and the earnings in TRY"),
    ],
)
def test_a_wrong_line_is_named(survey, lines, said):
    result = karvan("cost", survey(*lines))
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_file_without_a_column_is_refused_with_its_name(tmp_path):
    path = tmp_path / "survey.csv"
    path.write_text("origin,destination\nKG,TR\n", "utf-8")
    result = karvan("cost", str(path))
    assert result.exit_code == 2
    assert "The survey has no column sex" in result.stderr


def test_a_file_that_is_not_there_or_a_period_that_is_none_is_said(survey):
    assert "There is no file nowhere.csv." in karvan("cost", "nowhere.csv").stderr
    assert "is not a period" in karvan("cost", survey(line("F", 1)), "--period", "soon").stderr
    assert "--out needs --period" in karvan("cost", survey(line("F", 1)), "--out", "x").stderr
