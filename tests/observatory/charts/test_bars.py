from __future__ import annotations

from karvan.observatory.charts.bars import Group, Row, bar_chart
from tests.observatory.charts.reading import figures, parsed, paths, said

SEXES = (Group("women", "women"), Group("men", "men"))


def bars(*rows, groups=SEXES):
    return bar_chart(rows, groups, label="Bars.", unknown="no figure")


def test_each_figure_stands_beside_its_bar():
    words = said(bars(Row("Iran", (103179, 96556)), Row("Pakistan", (9705, 16383))))
    assert words == ["women", "men", "Iran", "Pakistan", "103,179", "96,556", "9,705", "16,383"]


def test_an_unknown_figure_is_said_and_has_no_bar():
    svg = bars(Row("Iran", (None, 5)), Row("Pakistan", (3, 4)))
    assert said(svg).count("no figure") == 1
    in_key = 1
    assert figures(paths(svg, "c-women")[0]) == in_key
    assert figures(paths(svg, "c-women")[1]) == 1


def test_zero_is_a_figure():
    svg = bars(Row("Iran", (0, 5)))
    assert "0" in said(svg)
    assert "no figure" not in said(svg)


def test_nothing_known_is_the_empty_string():
    assert bars(Row("Iran", (None, None))) == ""
    assert bars() == ""


def test_a_loss_runs_to_the_left_of_zero_and_a_gain_to_the_right():
    svg = bars(Row("2020", (-50,)), Row("2021", (50,)), groups=(Group("", "first"),))
    zero = float(paths(svg, "c-x")[0].get("d").split()[0].removeprefix("M"))
    loss, gain = (part for part in paths(svg, "c-teal")[0].get("d").split("M") if part)
    assert (float(loss.split()[0]) < zero, float(gain.split()[0]) == zero) == (True, True)


def test_a_provisional_row_is_a_broken_outline():
    svg = bars(Row("2024", (5,), firm=False), groups=(Group("", "first"),))
    (bar,) = paths(svg, "c-teal")
    assert (bar.get("fill-opacity"), bar.get("stroke-dasharray")) == ("0", "3 2")


def test_a_long_name_takes_two_lines():
    tall = parsed(bars(*(Row("a rather long name of a trade", (1, 2)) for _ in range(3))))
    svg = bars(Row("a rather long name of a trade", (1, 2)))
    assert "a rather long name of a trade" in said(svg)
    assert tall.find(".//tspan") is not None


def test_names_are_escaped():
    assert "<script>" in said(bars(Row("<script>", (1, 2))))
