from __future__ import annotations

import struct

import pytest

from karvan.observatory.charts.export import png, standalone
from karvan.observatory.charts.lines import Line, Point, line_chart
from tests.observatory.charts.reading import parsed, said

CHART = line_chart(
    [Line("women", (Point(2020, 5), Point(2024, 9)), "women")], label="Women rise from 5 to 9."
)
FILE = standalone(
    CHART,
    title="Women born in A <who> live in B",
    source="UN DESA, International Migrant Stock 2024. CC BY 3.0 IGO; trimmed. 23 November 2026.",
)


def test_title_and_source_are_printed_inside_the_picture():
    words = said(FILE)
    assert words[0] == "Women born in A <who> live in B"
    assert words[-1] == (
        "UN DESA, International Migrant Stock 2024. CC BY 3.0 IGO; trimmed. 23 November 2026."
    )


def test_a_file_of_its_own_needs_no_stylesheet():
    root = parsed(FILE)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("font-family").startswith("Liberation Sans")
    assert "var(" not in FILE
    assert "currentColor" not in FILE
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        assert _inherited(root, text, "fill").startswith("#")


def _inherited(root, element, name):
    parents = {child: parent for parent in root.iter() for child in parent}
    while element.get(name) is None:
        element = parents[element]
    return element.get(name)


def test_a_picture_is_as_many_times_larger_than_its_file_as_was_asked():
    root = parsed(FILE)
    across, height = int(root.get("width")), int(root.get("height"))
    assert _size(png(FILE, scale=2)) == (2 * across, 2 * height)


def _size(picture):
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", picture[16:24])


@pytest.mark.parametrize("word", ["Türkiye ğış", "Женщины", "Қазақстан, Тоҷикистон", "Azərbaycan"])
def test_letters_of_every_language_of_the_site_are_drawn(word):
    def picture(text):
        return png(standalone(CHART, title=text, source="x"), scale=1)

    assert len({picture(word), picture("\ue123" * len(word)), picture(" ")}) == 3


def test_the_same_chart_is_the_same_file_and_picture():
    again = standalone(CHART, title="T", source="S")
    assert again == standalone(CHART, title="T", source="S")
    assert png(again) == png(again)


def test_no_chart_cannot_be_exported():
    with pytest.raises(ValueError, match="no chart to export"):
        standalone(line_chart([], label=""), title="T", source="S")
