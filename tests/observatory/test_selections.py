"""One selection by itself, embedded, and as files and pictures."""

import html
import io
import re
import struct
from dataclasses import replace

import openpyxl
import polars as pl
import pytest
from django.utils.html import escape

from karvan.observatory.shading import bounds
from tests.factories import figures

pytestmark = pytest.mark.django_db

FIGURES = "/en/figures"
KG = "series=stock&edition=2024&origin=KG&destination=TR"
_COLUMNS = "origin destination sex period value source"


@pytest.fixture
def lined():
    """Women and men from Kyrgyzstan in Türkiye in three years: enough for a line."""
    rows = [
        ("KG", "TR", sex, year, value, "un")
        for sex, year, value in (
            ("F", "2015", 10_143.0),
            ("M", "2015", 5_307.0),
            ("F", "2020", 21_649.0),
            ("M", "2020", 9_293.0),
            ("F", "2024", 29_765.0),
            ("M", "2024", 14_596.0),
        )
    ]
    figures.published(rows=figures.figures(*rows, columns=_COLUMNS))


def test_a_figure_by_itself_is_quoted_drawn_and_explained(client, lined):
    page = client.get(f"{FIGURES}/figure/?{KG}&sex=F").content.decode()
    assert "People from Kyrgyzstan living in Türkiye, women, 2024: 29,765. United Nations" in page
    assert '<svg class="chart"' in page
    assert "Counted anew" in page
    assert "KG,TR,F,_T,_T,2015,10143,,,A,un" in page


def test_a_figure_offers_every_file_by_its_name(client, lined):
    page = client.get(f"{FIGURES}/figure/?{KG}").content.decode()
    for form, suffix in (("csv", "csv"), ("xlsx", "xlsx"), ("sdmx-ml", "xml"), ("png", "png")):
        assert f'href="{FIGURES}/file.{form}?{escape(KG)}"' in page
        assert f"stock-2024-kg-tr.{suffix}" in page


def test_a_figure_that_cannot_be_drawn_offers_no_picture(client):
    figures.world()
    page = client.get(f"{FIGURES}/figure/?{KG}").content.decode()
    assert "file.csv" in page
    assert "file.png" not in page


def test_the_code_to_embed_is_text_and_names_the_whole_address(client, lined):
    page = client.get(f"{FIGURES}/figure/?{KG}").content.decode()
    assert "<iframe" not in page
    code = html.unescape(re.search(r'id="embed"[^>]*>(.*?)</textarea>', page, re.DOTALL)[1])
    assert code.startswith(f'<iframe src="http://testserver{FIGURES}/embed/?{escape(KG)}"')


def test_a_title_cannot_break_out_of_the_code_to_embed(client):
    crafted = replace(figures.STOCK, title='"></textarea><b>')
    figures.published(series=crafted)
    page = client.get(f"{FIGURES}/figure/?{KG}").content.decode()
    assert "</textarea><b>" not in page


def test_a_figure_says_how_it_moved(client):
    figures.world()
    page = client.get(f"{FIGURES}/figure/?{KG}&sex=F").content.decode()
    assert "2020 revision: the first that was loaded here" in page
    assert "2024 revision: another edition, which counts differently" in page


def test_a_figure_that_never_moved_says_so(client, lined):
    page = client.get(f"{FIGURES}/figure/?{KG}&sex=F").content.decode()
    assert "It has not moved since it was loaded." in page


def test_an_embedded_figure_may_be_framed_by_any_site_and_sets_no_cookie(client, lined):
    answer = client.get(f"{FIGURES}/embed/?{KG}")
    assert "X-Frame-Options" not in answer
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "style-src 'self'" in answer["Content-Security-Policy"]
    assert not answer.cookies
    page = answer.content.decode()
    assert '<svg class="chart"' in page
    assert "2024 revision, as loaded at Karvan on 2 November 2026; CC BY 3.0 IGO" in page
    assert f'href="{FIGURES}/figure/?{escape(KG)}"' in page
    assert "<nav" not in page


def test_no_other_page_may_be_framed(client, lined):
    answer = client.get(f"{FIGURES}/figure/?{KG}")
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_a_selection_without_a_chart_is_embedded_as_its_table(client):
    figures.world()
    page = client.get(f"{FIGURES}/embed/?{KG}").content.decode()
    assert "<svg" not in page
    assert "29,765" in page


def test_a_csv_file_holds_the_selection_and_nothing_else(client):
    figures.world()
    answer = client.get(f"{FIGURES}/file.csv?{KG}&sex=F")
    assert answer["Content-Disposition"] == 'attachment; filename="stock-2024-kg-tr-f.csv"'
    found = pl.read_csv(io.BytesIO(answer.content), schema_overrides={"period": pl.String})
    assert found.select("sex", "period", "value").rows() == [
        ("F", "2020", 21_649),
        ("F", "2024", 29_765),
    ]


def test_the_newest_edition_is_named_in_the_file_that_asks_for_it(client):
    figures.world()
    answer = client.get(f"{FIGURES}/file.csv?series=stock&origin=KG")
    assert answer["Content-Disposition"] == 'attachment; filename="stock-2024-kg.csv"'


def test_a_workbook_opens_and_explains_itself(client):
    figures.world()
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{FIGURES}/file.xlsx?{KG}").content))
    assert book.sheetnames == ["Figures", "About", "Codes"]
    assert book["Figures"].max_row == 5


@pytest.mark.parametrize("form", ["sdmx-csv", "sdmx-ml"])
def test_sdmx_is_named_by_its_kind(client, form):
    figures.world()
    answer = client.get(f"{FIGURES}/file.{form}?{KG}")
    assert "vnd.sdmx" in answer["Content-Type"]
    assert b"29765" in answer.content


def test_a_picture_carries_title_source_edition_licence_and_day(client, lined):
    picture = client.get(f"{FIGURES}/file.svg?{KG}").content.decode()
    said = " ".join(re.findall(r"<tspan[^>]*>([^<]*)</tspan>", picture))
    assert "International migrants by origin, destination and sex: Kyrgyzstan → Türkiye" in said
    source = "United Nations, 2024 revision, as loaded at Karvan on 2 November 2026; CC BY 3.0 IGO"
    assert source in said


def test_a_png_is_wide_enough_to_print(client, lined):
    picture = client.get(f"{FIGURES}/file.png?{KG}").content
    assert struct.unpack(">I", picture[16:20])[0] >= 1_000


def test_a_file_is_not_sent_twice_to_who_has_it_and_is_when_its_edition_changes(client):
    figures.published()
    first = client.get(f"{FIGURES}/file.csv?{KG}")
    asked = {"if-none-match": first["ETag"]}
    assert client.get(f"{FIGURES}/file.csv?{KG}", headers=asked).status_code == 304
    assert "max-age" in first["Cache-Control"]
    figures.published(rows=figures.FIGURES_2024.head(1))
    assert client.get(f"{FIGURES}/file.csv?{KG}", headers=asked).status_code == 200


@pytest.mark.parametrize("page", ["figure/?", "embed/?", "file.csv?", "file.png?"])
@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("series=stocks", 404, "Nearest: stock"),
        ("series=stock&edition=2023", 404, "Nearest: 2024, 2020"),
        ("series=stock&origin=XX", 404, "That does not mean there is none"),
        ("series=%00stock&origin=KG%00", 400, "cannot be read"),
        ("origin=KG", 400, "Name a series"),
    ],
)
def test_a_selection_that_is_not_there_is_told(client, page, asked, status, said):
    figures.world()
    answer = client.get(f"{FIGURES}/{page}{asked}")
    assert said in html.unescape(answer.content.decode())
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        (f"file.exe?{KG}", 404, "Write one of: csv, xlsx, sdmx-csv, sdmx-ml, svg, png."),
        (f"file.svg?{KG}", 404, "These figures make no chart"),
        ("map.gif", 404, "Write one of: svg, png."),
        ("map.svg?measure=height", 400, "Write one of: arriving, leaving, share."),
        ("map.svg?period=1066", 404, "There is no map of '1066'"),
    ],
)
def test_a_file_that_cannot_be_made_says_why(client, address, status, said):
    figures.world()
    answer = client.get(f"{FIGURES}/{address}")
    assert said in html.unescape(answer.content.decode())
    assert answer.status_code == status


@pytest.fixture
def totals():
    """All migrants in two States and from one; nobody has counted those of the others."""
    rows = [
        ("_T", "TR", "F", "2024", 3_300_000.0, "un"),
        ("_T", "TR", "M", "2024", 3_800_000.0, "un"),
        ("_T", "KZ", "F", "2024", 1_200_000.0, "un"),
        ("_T", "KZ", "M", "2024", 900_000.0, "un"),
        ("KG", "_T", "F", "2024", 400_000.0, "un"),
        ("KG", "_T", "M", "2024", 350_000.0, "un"),
    ]
    figures.published(rows=figures.figures(*rows, columns=_COLUMNS))


@pytest.mark.parametrize(
    ("measure", "title"),
    [
        ("arriving", "People born abroad, by State of residence, 2024"),
        ("leaving", "People living abroad, by State of birth, 2024"),
        ("share", "Women’s share of people born abroad, by State of residence, 2024"),
    ],
)
def test_a_map_says_what_it_shows_and_that_the_rest_is_unknown(client, totals, measure, title):
    answer = client.get(f"{FIGURES}/map.svg?measure={measure}")
    assert answer["Content-Disposition"].endswith(f'"states-{measure}-2024-2024.svg"')
    drawn = html.unescape(answer.content.decode())
    said = " ".join(re.findall(r"<tspan[^>]*>([^<]*)</tspan>", drawn))
    assert title in said
    assert "legal status" in said
    assert "no figure" in drawn


def test_classes_of_a_map_begin_at_round_numbers_that_rise():
    assert bounds([12_345, 1_234_567, 23_456, 345_678, 45_678], digits=1) == (
        20_000,
        50_000,
        300_000,
        1_000_000,
    )
    assert bounds([67.1], digits=2) == (67.0,)


def test_a_figure_is_read_in_as_many_questions_for_one_cell_as_for_three(
    client, lined, django_assert_num_queries
):
    address = f"{FIGURES}/figure/?{KG}"
    client.get(address)
    for asked in (f"{address}&sex=F", address):
        with django_assert_num_queries(6):
            assert client.get(asked).status_code == 200
