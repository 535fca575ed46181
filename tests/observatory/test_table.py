"""Tables of the reader's own making."""

import re
from itertools import product
from string import ascii_uppercase

import pytest

from karvan.observatory.pivot import pivot
from karvan.observatory.queries import current_editions
from karvan.observatory.selection import selection
from tests.factories import figures

pytestmark = pytest.mark.django_db

TABLE = "/en/figures/table/"


def laid(rows="", columns="", series="stock", **codes):
    chosen = selection(series, **codes)
    return pivot(chosen.figures(chosen.found_edition()), rows=rows, columns=columns)


def texts(made):
    return [[row.head, *(cell.text for cell in row.cells)] for row in made.grid.rows]


def test_rows_and_columns_are_the_dimensions_that_were_chosen():
    figures.world()
    made = laid(rows="origin", columns="sex", period="2024")
    assert made.grid.columns == ("Women", "Men")
    assert texts(made) == [
        ["Kyrgyzstan", "29,765", "14,596"],
        ["Turkmenistan", "unknown", "–"],
        ["Uzbekistan", "45,000", "25,000"],
    ]


def test_what_else_differs_stands_in_the_heads_of_the_rows_and_nothing_is_summed():
    figures.world()
    made = laid(rows="origin", columns="period", origin=("KG", "UZ"))
    assert [row.head for row in made.grid.rows] == [
        "Kyrgyzstan, women",
        "Kyrgyzstan, men",
        "Uzbekistan, women",
        "Uzbekistan, men",
    ]


def test_where_nobody_chose_time_makes_the_rows_of_one_corridor_and_sex_the_columns():
    figures.world()
    made = laid(origin="KG", destination="TR")
    assert (made.rows, made.columns) == ("period", "sex")
    assert texts(made) == [["2020", "21,649", "9,293"], ["2024", "29,765", "14,596"]]


def test_a_column_never_is_the_dimension_of_the_rows():
    figures.world()
    made = laid(rows="sex", origin="KG", destination="TR")
    assert (made.rows, made.columns) == ("sex", "period")


def test_sources_that_disagree_both_stand_in_the_cell():
    figures.world()
    made = laid(series="permits", rows="period", columns="origin")
    assert texts(made) == [["2016", "3,049; 3,490 (u)"], ["2017", "4,100"]]


def test_a_provisional_figure_is_marked_and_the_key_explains_the_mark():
    figures.world()
    made = laid(rows="period", columns="sex", origin="UZ")
    assert [cell.mark for cell in made.grid.rows[1].cells] == ["p", "p"]
    assert made.key == (("p", "provisional"),)


def test_rows_and_columns_beyond_the_most_are_counted():
    origins = ["".join(pair) for pair in product(ascii_uppercase, ascii_uppercase)][:203]
    years = [str(year) for year in range(1990, 2021)]
    cells = [("A" * 2, year) for year in years[:-1]] + [(origin, "2020") for origin in origins]
    rows = [(origin, "TR", year, 1.0, "un") for origin, year in cells]
    figures.published(rows=figures.figures(*rows, columns="origin destination period value source"))
    made = laid(rows="origin", columns="period")
    assert made.grid.columns == tuple(years[1:])
    assert len(made.grid.rows) == 200
    assert made.grid.note == "3 more rows are in the files. 1 more column is in the files."


def test_the_series_is_chosen_first(client):
    figures.world()
    page = client.get(TABLE).content.decode()
    assert 'href="/en/figures/table/?series=permits&amp;edition=latest"' in page
    assert "International migrants by origin, destination and sex" in page


def test_a_choice_leads_to_its_one_address(client):
    figures.world()
    ticked = "?series=stock&edition=2024&sex=M&sex=F&origin=UZ&origin=KG&rows=origin&columns="
    answer = client.get(TABLE + ticked)
    assert answer.status_code == 302
    # Both sexes are all there are, which is the same as none being named.
    assert answer.url == f"{TABLE}?series=stock&edition=2024&origin=KG.UZ&rows=origin"
    assert client.get(answer.url).status_code == 200


def test_a_table_has_heads_for_rows_and_columns_and_says_of_which_edition_it_is(client):
    figures.world()
    page = client.get(f"{TABLE}?series=stock&edition=2024&origin=KG").content.decode()
    assert re.findall(r'<th scope="col" class="n">(.*?)</th>', page) == ["Women", "Men"]
    assert re.findall(r'<th scope="row">(.*?)</th>', page)[:2] == ["2020", "2024"]
    assert "4 figures of one edition: 2024 revision" in page
    assert "/en/figures/file.csv?series=stock&amp;edition=2024&amp;origin=KG" in page


def test_names_stand_in_the_order_of_the_readers_alphabet(client):
    figures.world()
    page = client.get("/ru/figures/table/?series=stock&edition=latest").content.decode()
    assert re.findall(r'name="origin" value="(\w+)"', page) == ["KG", "TM", "UZ"]
    assert "Кыргызстан" in page or "Киргизия" in page


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("origin=KGZ", "KG (Kyrgyzstan)"),
        ("origin=Kyrgystan", "KG (Kyrgyzstan)"),
        ("origin=%00", "KG (Kyrgyzstan)"),
        ("sex=" + "F" * 9_000, "F (women)"),
        ("edition=2023", "2020 (2020 revision)"),
        ("rows=colour", "origin"),
        ("category=circus", "_T (all)"),
        ("period=2021", "2020 (2020)"),
    ],
)
def test_what_is_not_there_is_told_with_what_is_nearest(client, asked, near):
    figures.world()
    series = "series=stock" if asked.startswith("edition") else "series=stock&edition=latest"
    answer = client.get(f"{TABLE}?{series}&{asked}")
    assert answer.status_code == 400
    assert near in answer.content.decode()


def test_the_same_dimension_for_rows_and_columns_is_told(client):
    figures.world()
    answer = client.get(f"{TABLE}?series=stock&edition=latest&rows=sex&columns=sex")
    assert answer.status_code == 400
    assert "Rows and columns need two different dimensions" in answer.content.decode()


def test_an_unknown_series_leads_back_to_the_list(client):
    figures.world()
    answer = client.get(f"{TABLE}?series=stocks%00")
    assert answer.status_code == 404
    assert "There is no such series here" in answer.content.decode()


def test_a_list_with_every_country_ticked_can_be_sent(client):
    figures.world()
    ticked = "&".join(f"origin={code}" for code in ["KG", "UZ"] * 100)
    answer = client.get(f"{TABLE}?series=stock&edition=latest&{ticked}")
    assert answer.url == f"{TABLE}?series=stock&edition=latest&origin=KG.UZ"


def test_a_choice_without_figures_says_that_this_is_not_none(client):
    figures.world()
    answer = client.get(f"{TABLE}?series=stock&edition=2024&origin=TM&sex=M")
    assert answer.status_code == 200
    assert "does not mean there are none" in answer.content.decode()


def test_a_site_without_figures_says_so(client):
    assert "No figures have been loaded here yet" in client.get(TABLE).content.decode()


def test_a_table_is_read_in_as_many_questions_for_one_row_as_for_three(
    client, django_assert_num_queries
):
    figures.world()
    assert current_editions()
    addresses = [
        f"{TABLE}?series=stock&edition=2024&origin={origin}&rows=origin"
        for origin in ("KG", "KG.UZ")
    ]
    client.get(addresses[0])
    for address in (*addresses, f"{TABLE}?series=stock&edition=2024&rows=origin"):
        with django_assert_num_queries(3):
            assert client.get(address).status_code == 200
