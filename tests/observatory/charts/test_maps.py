from __future__ import annotations

import pytest
from django.utils import translation

from karvan.observatory.charts.borders import CREDIT, outlines, path_of
from karvan.observatory.charts.choropleth import choropleth
from karvan.observatory.charts.flow_map import Place, flow_map
from karvan.observatory.charts.projection import REGION, Projection, clipped, simplified
from karvan.observatory.charts.ranking import Flow
from tests.observatory.charts.reading import figures, parsed, paths, said

SHEET = Projection(REGION, 400)
TEN = ("AZ", "IR", "KG", "KZ", "PK", "RU", "TJ", "TM", "TR", "UZ")
PLACES = (
    Place("KG", "Kyrgyzstan", 74.6, 42.9),
    Place("TR", "Türkiye", 32.9, 39.9),
    Place("UZ", "Uzbekistan", 69.2, 41.3),
)


def drawn(*flows, places=PLACES, **options):
    return flow_map(places, flows, label="Flows.", **options)


def test_north_is_up_and_east_is_right():
    middle, north, east = SHEET.at((55, 40)), SHEET.at((55, 50)), SHEET.at((65, 40))
    assert (north[1] < middle[1], east[0] > middle[0]) == (True, True)


def test_equal_areas_of_the_earth_are_equal_areas_of_the_map():
    """Two degrees by two at 30° and at 55° north differ as the cosines of their latitudes do."""

    def area(south):
        ring = [SHEET.at((lon, lat)) for lon, lat in _square(55, south)]
        pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2

    assert area(55) / area(30) == pytest.approx(0.5590 / 0.8571, rel=0.005)


def _square(west, south, side=2, steps=20):
    along = [side * i / steps for i in range(steps)]
    return (
        [(west + a, south) for a in along]
        + [(west + side, south + a) for a in along]
        + [(west + side - a, south + side) for a in along]
        + [(west, south + side - a) for a in along]
    )


def test_land_beyond_the_sheet_is_cut_off():
    ring = [(-5, 5), (5, 5), (5, 15), (-5, 15)]
    assert set(clipped(ring, 10, 10)) == {(0, 5), (5, 5), (5, 10), (0, 10)}
    assert clipped([(20, 20), (30, 20), (30, 30)], 10, 10) == []


def test_a_straight_shore_keeps_its_ends_alone_and_a_cape_stays():
    assert simplified([(0, 0), (1, 0.1), (2, 0)], 0.5) == [(0, 0), (2, 0)]
    assert simplified([(0, 0), (1, 3), (2, 0)], 0.5) == [(0, 0), (1, 3), (2, 0)]


def test_all_ten_states_have_land_in_less_than_four_thousand_characters():
    land = outlines(TEN, SHEET)
    assert tuple(outline.code for outline in land) == TEN
    assert len(path_of(land, 2)) < 4000


def test_a_state_without_outline_is_left_out():
    assert outlines(("QQ",), SHEET) == ()


def test_the_borders_say_what_they_do_not_say():
    with translation.override("en"):
        assert (
            str(CREDIT)
            == "Borders are coarse, come from the package countryinfo and say nothing about their "
            "legal status."
        )


def test_an_arrow_is_as_wide_as_its_flow():
    svg = drawn(Flow("UZ", "TR", 100), Flow("KG", "TR", 50), named=2).svg
    widths = [
        float(path.get("stroke-width"))
        for ink in ("c-teal", "c-indigo")
        for path in paths(svg, ink)
        if path.get("stroke-width")
    ]
    assert widths == [11, 5.5]


def test_there_and_back_do_not_lie_on_each_other():
    svg = drawn(Flow("KG", "TR", 100), Flow("TR", "KG", 100), named=2).svg
    there, back = (paths(svg, ink)[0].get("d") for ink in ("c-teal", "c-indigo"))
    bends = {d.partition("Q")[2].split()[1] for d in (there, back)}
    assert len(bends) == 2


def test_what_is_left_out_and_what_is_unknown_is_counted():
    found = drawn(
        Flow("KG", "TR", 1000), Flow("UZ", "TR", 2), Flow("TR", "UZ", None), least_share=0.01
    )
    assert (found.drawn, found.left_out, found.unknown) == (1, 1, 1)
    assert figures(paths(found.svg, "c-teal")[1]) == 1


def test_every_place_is_named_and_the_largest_flow_written_out():
    words = said(drawn(Flow("KG", "TR", 44361)).svg)
    assert {"Kyrgyzstan", "Türkiye", "Uzbekistan"} <= set(words)
    assert words[-3:] == ["1", "Kyrgyzstan → Türkiye", "44,361"]


def test_no_known_flow_is_the_empty_string():
    assert drawn(Flow("KG", "TR", None)).svg == ""


@pytest.fixture(scope="module")
def shaded():
    return choropleth(
        {"KG": 67.1, "UZ": 55, "TR": None},
        names={place.code: place.name for place in PLACES},
        label="Women's share.",
        measure="Women, %",
        unknown="no figure",
        bounds=(50, 55, 60),
    )


def test_a_shaded_map_says_its_measure_its_classes_and_what_is_unknown(shaded):
    legend = {"Women, %", "< 50", "50 – 55", "55 – 60", "≥ 60", "no figure"}
    assert set(said(shaded)) == legend | {place.name for place in PLACES}


def test_a_state_without_a_figure_is_a_broken_outline_and_not_the_lowest_class(shaded):
    areas = [e for e in parsed(shaded).iter() if e.get("aria-roledescription") == "geoshape"]
    dashed = [area for area in areas if area.get("stroke-dasharray") == "4,3"]
    assert (len(areas), len(dashed)) == (3, 1)
    assert dashed[0].get("fill") == "#f4f4f2"


def test_a_map_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one State needs one"):
        choropleth({"KG": None}, names={"KG": "K"}, label="", measure="", unknown="", bounds=(1,))
