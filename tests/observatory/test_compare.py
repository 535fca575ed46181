"""Corridors beside each other."""

import re

import pytest

from karvan.analysis.tables import FEMALE, TOTAL
from karvan.observatory.comparison import SHARE, compared
from karvan.observatory.queries import current_editions
from tests.factories import figures

pytestmark = pytest.mark.django_db

COMPARE = "/en/figures/compare/"
KG, UZ, TM = ("KG", "TR"), ("UZ", "TR"), ("TM", "TR")
TWO = "corridor=kyrgyzstan.turkiye&corridor=uzbekistan.turkiye"


def newest():
    return current_editions(series=["stock"])[-1]


def texts(grid):
    return [[row.head, *(cell.text for cell in row.cells)] for row in grid.rows]


def test_each_corridor_is_a_column_and_each_period_a_row():
    figures.world()
    found = compared(newest(), [KG, UZ], TOTAL)
    assert found.grid.columns == ("Kyrgyzstan → Türkiye", "Uzbekistan → Türkiye")
    assert texts(found.grid) == [["2020", "30,942", "59,000"], ["2024", "44,361", "70,000"]]


def test_womens_share_is_compared_in_per_cent_with_its_change_in_points():
    figures.world()
    found = compared(newest(), [KG], SHARE)
    assert texts(found.grid) == [["2020", "70.0"], ["2024", "67.1"]]
    assert texts(found.change) == [["Kyrgyzstan → Türkiye", "2020–2024", "70.0", "67.1", "-2.9"]]


def test_editions_are_never_mixed():
    figures.world()
    for edition in current_editions(series=["stock"]):
        periods = [row.head for row in compared(edition, [KG], FEMALE).grid.rows]
        assert periods == {"2020": ["2015", "2020"], "2024": ["2020", "2024"]}[edition.card.key]


def test_a_corridor_without_figures_is_named_and_not_drawn_as_zero():
    figures.world()
    found = compared(newest(), [KG, TM], TOTAL)
    assert found.grid.columns == ("Kyrgyzstan → Türkiye",)
    assert found.absent == ("Turkmenistan → Türkiye",)


def test_provisional_figures_are_marked():
    figures.world()
    found = compared(newest(), [KG, UZ], FEMALE)
    assert [cell.mark for cell in found.grid.rows[1].cells] == ["", "p"]
    assert found.key == (("p", "provisional"),)


def test_files_that_hold_more_than_the_corridors_say_so():
    figures.world()
    assert not compared(newest(), [KG, UZ], TOTAL).wider
    assert compared(newest(), [KG, ("UZ", "RU")], TOTAL).wider


def test_where_nothing_is_chosen_the_newest_stock_is_offered(client):
    figures.world()
    page = client.get(COMPARE).content.decode()
    assert re.findall(r'<option value="(\w+)"[^>]*>International migrants', page) == ["stock"]
    assert '<option value="kyrgyzstan">Kyrgyzstan</option>' in page


def test_adding_a_corridor_leads_to_the_address_that_has_it(client):
    figures.world()
    added = "?corridor=kyrgyzstan.turkiye&origin=uzbekistan&destination=turkiye&sex=F"
    answer = client.get(COMPARE + added)
    assert answer.status_code == 302
    assert answer.url == f"{COMPARE}?{TWO}&series=stock&edition=latest&sex=F"
    page = client.get(answer.url).content.decode()
    assert "Kyrgyzstan → Türkiye" in page
    without = "?corridor=uzbekistan.turkiye&amp;series=stock&amp;edition=latest&amp;sex=F"
    assert f'href="{COMPARE}{without}"' in page


def test_one_corridor_stands_alone_until_another_is_added(client):
    figures.world()
    page = client.get(f"{COMPARE}?corridor=kyrgyzstan.turkiye", follow=True).content.decode()
    assert "Add a second corridor" in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("corridor=kyrgystan.turkiye", "Nearest: kyrgyzstan"),
        ("corridor=turkiye", "is no corridor"),
        ("corridor=turkiye.turkiye", "is no corridor"),
        ("corridor=%00.turkiye", "is no corridor"),
        ("corridor=" + "a" * 9_000, "is no corridor"),
        ("origin=kyrgyzstan&destination=", "Choose two different countries"),
        ("origin=kyrgystan&destination=turkiye", "Nearest: kyrgyzstan (Kyrgyzstan)"),
        ("sex=X", "There is no “X” here"),
        ("series=stocks", "Nearest: stock"),
        ("edition=2023", "Nearest: 2024"),
    ],
)
def test_what_cannot_be_compared_is_told_with_what_is_nearest(client, asked, said):
    figures.world()
    answer = client.get(f"{COMPARE}?{asked}")
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_at_most_six_corridors_stand_beside_each_other(client):
    figures.world()
    origins = ("kyrgyzstan", "uzbekistan", "tajikistan", "pakistan", "iran", "russia", "kazakhstan")
    asked = "&".join(f"corridor={origin}.turkiye" for origin in origins)
    answer = client.get(f"{COMPARE}?{asked}")
    assert answer.status_code == 400
    assert "At most 6 corridors" in answer.content.decode()


def test_a_site_without_figures_by_corridor_says_so(client):
    page = client.get(COMPARE).content.decode()
    assert "No figures by corridor have been loaded here yet" in page


def test_three_corridors_are_read_in_as_many_questions_as_one(client, django_assert_num_queries):
    figures.world()
    rest = "series=stock&edition=latest&sex=_T"
    one = f"{COMPARE}?corridor=kyrgyzstan.turkiye&{rest}"
    client.get(one)
    for address in (one, f"{COMPARE}?{TWO}&corridor=turkmenistan.turkiye&{rest}"):
        with django_assert_num_queries(3):
            assert client.get(address).status_code == 200
