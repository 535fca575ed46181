"""Pages of the region, a State, a corridor, a theme and a series."""

import re

import pytest
from django.core.cache import cache
from django.utils.html import strip_tags

from karvan.observatory.queries import current_editions
from tests.factories import figures

pytestmark = pytest.mark.django_db
KYRGYZSTAN_TURKIYE = "/en/figures/corridors/kyrgyzstan/turkiye/"


def words(response):
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


@pytest.fixture
def world():
    return figures.world()


def test_a_corridor_shows_the_newest_stock_and_womens_share_in_it(client, world):
    said = words(client.get(KYRGYZSTAN_TURKIYE))
    assert "44,361" in said
    assert "67.1%" in said
    assert "People from Kyrgyzstan living in Türkiye".lower() in said.lower()


def test_the_earlier_edition_stands_by_itself_and_says_that_it_counts_differently(client, world):
    page = client.get(KYRGYZSTAN_TURKIYE).content.decode()
    newest, earlier = page.split("Another edition, which counts differently: 2020 revision")
    assert "14,000" not in newest
    assert "14,000" in earlier
    assert "21,649" in newest
    assert "21,649" not in earlier.split("</details>")[0]


def test_two_sources_that_disagree_both_stand_and_no_line_joins_them(client, world):
    said = words(client.get(KYRGYZSTAN_TURKIYE))
    assert "3,049; 3,490 (u)" in said
    assert "both figures stand" in said


def test_a_figure_nobody_has_read_in_its_source_says_so_where_it_stands(client, world):
    page = client.get(KYRGYZSTAN_TURKIYE).content.decode()
    assert "3,049; 3,490 (u)" in page
    assert "<sup>u</sup> general knowledge, awaiting confirmation." in page


def test_every_panel_says_its_series_edition_source_and_licence(client, world):
    said = words(client.get(KYRGYZSTAN_TURKIYE))
    for word in (
        "International migrants by origin, destination and sex",
        "2024 revision",
        "International Migrant Stock 2024",
        "CC BY 3.0 IGO",
        "By country of birth",
        "loaded here on 2 November 2026",
    ):
        assert word in said


def test_what_nobody_publishes_of_a_corridor_is_said_to_be_missing(client, world):
    absent = words(client.get(KYRGYZSTAN_TURKIYE)).split("Not found")[1]
    assert "Remittances received" in absent
    assert "Work permits issued" not in absent


def test_a_corridor_of_which_nothing_is_published_says_so(client, world):
    said = words(client.get("/en/figures/corridors/iran/tajikistan/"))
    assert "People born abroad" in said.split("Not found")[1]


def test_an_estimate_is_shown_with_its_method_and_never_as_a_count(client, world):
    said = words(client.get(KYRGYZSTAN_TURKIYE))
    part = said.split("How many moved: estimates")[1].split("Work permits")[0]
    assert "Nobody counted these moves" in part
    assert "Differencing, falls left out" in part
    assert "13,419" in part  # 44,361 in 2024 less 30,942 in 2020


def test_an_unknown_figure_is_called_unknown_and_not_zero(client, world):
    said = words(client.get("/en/figures/corridors/turkmenistan/turkiye/"))
    assert "2024unknown" in said
    assert "1 figure is unknown. Unknown is a gap, never zero." in said


@pytest.mark.parametrize(
    "path",
    [
        "corridors/kyrgyzstan/kyrgyzstan/",
        "corridors/kyrgyzstan/atlantis/",
        "corridors/germany/japan/",
        "states/germany/",
        "themes/weather/",
        "series/nothing/",
        "series/stock/?edition=1990",
    ],
)
def test_what_is_not_there_is_not_found(client, world, path):
    assert client.get(f"/en/figures/{path}").status_code == 404


def test_the_region_draws_the_year_that_is_asked_for(client, world):
    newest = words(client.get("/en/figures/"))
    assert "who live in another, 2024" in newest
    earlier = words(client.get("/en/figures/?period=2020"))
    assert "who live in another, 2020" in earlier
    assert "30,942" in earlier


@pytest.mark.parametrize("period", ["", "1066", "2024'", "\0", "%00"])
def test_a_year_that_is_not_there_shows_the_newest(client, world, period):
    response = client.get("/en/figures/", {"period": period})
    assert response.status_code == 200
    assert "who live in another, 2024" in words(response)


def test_without_figures_the_region_says_so(client):
    assert "No figures have been loaded here yet" in words(client.get("/en/figures/"))


def test_a_state_links_to_its_corridors(client, world):
    page = client.get("/en/figures/states/turkiye/").content.decode()
    assert 'href="/en/figures/corridors/kyrgyzstan/turkiye/"' in page


def test_womens_migration_towards_a_state_lists_shares_by_origin(client, world):
    said = words(client.get("/en/figures/themes/feminisation/?destination=turkiye"))
    assert "Women’s share of people living in Türkiye, by country of birth" in said
    assert "67.1" in said
    assert "64.3" in said  # 45,000 of 70,000 from Uzbekistan


def test_a_series_shows_one_edition_at_a_time(client, world):
    newest = words(client.get("/en/figures/series/stock/"))
    earlier = words(client.get("/en/figures/series/stock/?edition=2020"))
    assert "29,765" in newest
    assert "29,765" not in earlier
    assert "15,000" in earlier


def test_numbers_and_names_follow_the_language(client, world):
    said = words(client.get("/ru/figures/corridors/kyrgyzstan/turkiye/"))
    assert "44\xa0361" in said or "44 361" in said
    assert "Кыргызстан" in said
    assert "67,1" in said
    assert "29.765" in words(client.get("/tr/figures/corridors/kyrgyzstan/turkiye/"))


def test_a_corridor_takes_as_many_queries_with_three_editions_as_with_one(
    client, django_assert_num_queries
):
    def read():
        client.get(KYRGYZSTAN_TURKIYE)  # what never changes is remembered
        cache.clear()
        with django_assert_num_queries(5):
            client.get(KYRGYZSTAN_TURKIYE)

    figures.published()
    read()
    figures.published(figures.STOCK, figures.STOCK_2020, figures.FIGURES_2020)
    figures.published(figures.PERMITS, figures.PERMITS_2026, figures.FIGURES_OF_PERMITS)
    read()


def test_pages_of_figures_set_no_cookie_and_run_no_script(client, world):
    response = client.get(KYRGYZSTAN_TURKIYE)
    assert not response.cookies
    assert "<script" not in response.content.decode()
    assert " style=" not in response.content.decode()


def test_the_newest_revision_of_an_edition_counts(world):
    keys = [edition.key for edition in current_editions(series=["stock"])]
    assert keys == [("stock", "2020"), ("stock", "2024")]
    figures.published(rows=figures.FIGURES_2020, at=figures.LATER)
    newest = current_editions(series=["stock"])[-1]
    assert newest.loaded_on == "2026-11-20"
    assert newest.size == figures.FIGURES_2020.height


def test_a_page_that_did_not_change_is_not_sent_again(client, world):
    first = client.get(KYRGYZSTAN_TURKIYE)
    again = client.get(KYRGYZSTAN_TURKIYE, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_a_page_changes_as_soon_as_its_figures_do(client, world):
    first = client.get(KYRGYZSTAN_TURKIYE)
    doubled = figures.FIGURES_2024.with_columns(value=figures.FIGURES_2024["value"] * 2)
    figures.published(rows=doubled, at=figures.LATER)
    again = client.get(KYRGYZSTAN_TURKIYE, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert "88,722" in words(again)


def test_what_one_reader_was_told_is_not_kept_for_others(client, world):
    client.cookies["messages"] = "anything"
    assert not client.get(KYRGYZSTAN_TURKIYE).has_header("ETag")
