from __future__ import annotations

from karvan.observatory.charts.spread import Method, Period, spread_chart
from tests.observatory.charts.reading import figures, paths, said

METHODS = (
    Method("drop negative", "second"),
    Method("closed", "first"),
    Method("observed", "observed", observed=True),
)


def drawn(*periods, methods=METHODS):
    return spread_chart(methods, periods, label="Estimates.")


def test_each_method_has_a_mark_in_each_period_it_speaks_of():
    svg = drawn(Period("1990–1995", (10, 20, None)), Period("1995–2000", (30, None, 25)))
    marks = {
        ink: sum(figures(path) for path in paths(svg, ink) if path.get("class"))
        for ink in ("c-indigo", "c-teal", "c-ink")
    }
    assert marks == {"c-indigo": 2, "c-teal": 1, "c-ink": 1}


def test_what_was_observed_is_solid_and_what_was_estimated_hollow():
    svg = drawn(Period("1990–1995", (10, 20, 15)))
    assert sum(figures(path) for path in paths(svg, "c-h")) == 2
    assert [path.get("class") for path in paths(svg, "c-ink") if path.get("class")] == ["c-f"]


def test_the_bar_of_a_period_reaches_over_its_estimates_alone():
    with_observed = drawn(Period("1990–1995", (10, 20, 40)), Period("x", (0, 40, None)))
    without = drawn(Period("1990–1995", (10, 20, None)), Period("x", (0, 40, 40)))
    first = [paths(svg, "c-w")[0].get("d").split("M")[1] for svg in (with_observed, without)]
    assert first[0] == first[1]


def test_one_estimate_alone_has_no_bar():
    assert paths(drawn(Period("1990–1995", (10, None, 20))), "c-w") == []


def test_a_method_that_never_speaks_is_not_named():
    words = said(drawn(Period("1990–1995", (10, None, 20))))
    assert "closed" not in words
    assert {"drop negative", "observed"} <= set(words)


def test_no_estimate_at_all_is_the_empty_string():
    assert drawn(Period("1990–1995", (None, None, None))) == ""
    assert drawn() == ""
