from __future__ import annotations

from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from karvan.observatory.charts.lines import Line, Point, line_chart
from tests.observatory.charts.reading import figures, parsed, paths, said, strokes


def line(*values, name="people", look="first", start=2000):
    points = tuple(Point(start + i, value) for i, value in enumerate(values))
    return Line(name, points, look)


def drawn(*lines, **options):
    return line_chart(lines, label="A chart.", **options)


def test_the_text_alternative_is_the_label_and_is_escaped():
    svg = line_chart([line(1, 2)], label='Women <rise> & "men" fall')
    root = parsed(svg)
    assert (root.get("role"), root.get("aria-label")) == ("img", 'Women <rise> & "men" fall')


def test_names_of_series_are_escaped():
    assert "<b>bold</b>" in said(drawn(line(1, 2, name="<b>bold</b>")))


@pytest.mark.parametrize("lines", [(), (line(),), (line(None, None),)])
def test_nothing_known_is_the_empty_string(lines):
    assert drawn(*lines) == ""


def test_a_gap_breaks_the_line_in_two():
    assert len(strokes(drawn(line(1, 2, None, 4, 5)))) == 2


def test_a_gap_is_not_drawn_as_zero():
    with_gap, with_zero = drawn(line(1, 2, None, 4, 5)), drawn(line(1, 2, 0, 4, 5))
    assert figures(paths(with_gap, "c-f")[0]) == 4
    assert figures(paths(with_zero, "c-f")[0]) == 5


def test_a_point_alone_between_gaps_has_its_marker_and_no_line():
    svg = drawn(line(None, 3, None))
    assert strokes(svg) == []
    assert figures(paths(svg, "c-f")[0]) == 1


def test_two_figures_for_one_period_both_stand_and_no_line_goes_through_them():
    points = (Point(2019, 10), Point(2020, 4), Point(2020, 9), Point(2021, 12), Point(2022, 20))
    svg = drawn(Line("registered", points))
    assert figures(paths(svg, "c-f")[0]) == 5
    assert len(strokes(svg)) == 1


def test_a_provisional_point_is_hollow():
    svg = drawn(Line("stock", (Point(2020, 1), Point(2021, 2), Point(2022, 3, firm=False))))
    assert figures(paths(svg, "c-f")[0]) == 2
    assert figures(paths(svg, "c-h")[0]) == 1


def test_two_editions_are_two_lines_of_two_kinds():
    svg = drawn(
        line(3.2, 2.2, name="2024 edition", look="first"),
        line(3.6, 3.2, name="2020 edition", look="first-earlier"),
    )
    groups = [g for g in parsed(svg).iter("g") if "c-s" in g.get("class", "")]
    dashes = [g.find("path").get("stroke-dasharray") for g in groups]
    assert dashes == [None, "1.5 3.5"]
    assert len(strokes(svg)) == 2


def test_series_that_end_together_have_labels_apart():
    svg = drawn(*(line(1, 5, name=name) for name in ("women", "men", "unknown sex")))
    heights = sorted(
        float(text.get("y"))
        for text in parsed(svg).iter("text")
        if text.text in ("women", "men", "unknown sex")
    )
    assert len(heights) == 3
    assert all(b - a >= 16 for a, b in pairwise(heights))


def test_net_migration_below_zero_has_zero_on_its_axis():
    assert "0" in said(drawn(line(-1200, -300, -900)))


def test_many_series_make_the_chart_higher_rather_than_overlap():
    few = parsed(drawn(line(1, 2)))
    many = parsed(drawn(*(line(1, 2, name=f"series {i}") for i in range(20))))
    assert float(many.get("height")) > float(few.get("height"))


def test_figures_are_written_as_the_language_writes_them():
    with translation.override("ru"):
        assert "30\u00a0000" in said(drawn(line(0, 29765)))
    with translation.override("tr"):
        assert "30.000" in said(drawn(line(0, 29765)))


@given(
    st.lists(
        st.lists(
            st.none() | st.floats(-1e9, 1e9, allow_nan=False).map(lambda v: round(v, 3)),
            max_size=12,
        ),
        max_size=4,
    )
)
def test_every_known_figure_has_a_mark_and_no_other(rows):
    lines = [line(*values, name=f"series {i}") for i, values in enumerate(rows)]
    svg = drawn(*lines)
    known = sum(value is not None for values in rows for value in values)
    assert bool(svg) == bool(known)
    if svg:
        assert sum(figures(path) for path in paths(svg, "c-f")) == known
