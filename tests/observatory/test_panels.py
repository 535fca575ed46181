"""Figures of one edition as a table and a chart."""

import re

import pytest

from karvan.observatory.measures import by_sex, feminisation
from karvan.observatory.panels import panel_of, panels_of
from karvan.observatory.queries import current_editions
from karvan.observatory.queries import figures as read
from tests.factories import figures
from tests.factories.figures import PERMITS, PERMITS_2026

pytestmark = pytest.mark.django_db


def permits(*rows, columns="origin destination period value"):
    figures.published(
        PERMITS,
        PERMITS_2026,
        figures.figures(*((*row, "ministry") for row in rows), columns=f"{columns} source"),
    )
    return read(current_editions(series=["permits"]))


def yearly(*years):
    return permits(*(("KG", "TR", str(year), 100.0 + year) for year in years))


def strokes(svg):
    """The line's own path: how often the pen is set down to draw on."""
    path = re.search(r'stroke-width="2.2"[^>]*>.*?<path[^>]* d="([^"]+)"', svg)
    return path[1].count("M") if path else 0


def test_years_without_a_figure_break_the_line():
    (part,) = panel_of(yearly(2014, 2015, 2016, 2023, 2024)).parts
    assert strokes(part.chart) == 2


def test_years_without_a_gap_make_one_line():
    (part,) = panel_of(yearly(2014, 2015, 2016, 2017)).parts
    assert strokes(part.chart) == 1


def test_ten_months_stand_in_the_table_and_in_no_line_of_years():
    found = permits(
        ("KG", "TR", "2015", 10.0),
        ("KG", "TR", "2016", 20.0),
        ("KG", "TR", "2017", 30.0),
        ("KG", "TR", "2018-01-01/P10M", 5.0),
    )
    (part,) = panel_of(found).parts
    assert " ".join(part.grid.rows[-1].head.split()) == "January – October 2018"
    assert "2018" not in part.chart


def test_two_periods_make_no_chart():
    (part,) = panel_of(yearly(2023, 2024)).parts
    assert part.chart == ""


def test_totals_and_origins_are_parts_of_their_own():
    found = permits(
        ("_T", "TR", "2024", 90.0), ("KG", "TR", "2024", 60.0), ("UZ", "TR", "2024", 30.0)
    )
    totals, by_origin = panel_of(found).parts
    assert by_origin.title == "By country of origin"
    assert len(totals.grid.rows) == len(by_origin.grid.rows) == 1
    assert by_origin.grid.columns == ("Kyrgyzstan", "Uzbekistan")


def test_many_lines_make_the_rows_largest_first():
    origins = ("KG", "UZ", "TM", "TJ", "KZ", "AZ", "IR", "PK")
    found = permits(*((code, "TR", "2024", float(place)) for place, code in enumerate(origins)))
    (part,) = panel_of(found).parts
    assert [row.head for row in part.grid.rows][:2] == ["Pakistan", "Iran"]
    assert part.grid.columns == ("2024",)


def test_each_series_has_a_panel_and_its_editions_are_never_in_one():
    figures.world()
    permit, stock = panels_of(read(current_editions(), origin="KG", destination="TR"))
    assert stock.edition.card.key == "2024"
    assert [each.edition.card.key for each in stock.earlier] == ["2020"]
    assert permit.earlier == ()


def test_nothing_is_worked_out_from_a_cell_that_two_sources_give_differently():
    figures.world()
    cells = by_sex(read(current_editions(series=["permits"]), period=["2016", "2017"]))
    assert {cell.period: cell.total for cell in cells} == {"2016": None, "2017": 4_100}


def test_change_and_contribution_are_since_the_period_before():
    figures.published()
    edition = current_editions(series=["stock"])
    found = feminisation(by_sex(read(edition, origin="KG", destination="TR")))
    values = {(each.indicator, each.since, each.period): each.value for each in found}
    assert values["female_share", "", "2024"] == pytest.approx(67.097, abs=0.001)
    assert values["female_share_change", "2020", "2024"] == pytest.approx(-2.87, abs=0.01)
    assert values["womens_contribution_to_growth", "2020", "2024"] == pytest.approx(
        100 * 8_116 / 13_419
    )
