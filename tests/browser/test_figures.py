"""The observatory as an analyst uses it, with all shipped figures."""

import csv

import pytest

from tests.browser.test_access import VIEWS, found_on, sideways
from tests.browser.test_weight import MOST_BYTES, MOST_REQUESTS, measured

ONE = "series=un-migrant-stock&edition=2024&origin=KG&destination=TR&sex=F.M"
PAGES = (
    "",
    "corridors/kyrgyzstan/turkiye/",
    "states/uzbekistan/",
    "themes/feminisation/?destination=turkiye",
    "themes/recruitment_cost/",
    "series/",
    "series/un-migrant-stock/",
    "methods/",
    "compare/?corridor=kyrgyzstan.turkiye&corridor=uzbekistan.turkiye",
    "table/",
    f"table/?{ONE}",
    f"figure/?{ONE}",
)


# Each width, each direction and each scheme once: the pages are long.
FEWER_VIEWS = [
    view for view in VIEWS if view.id in ("360-ltr-dark", "1280-ltr-light", "360-rtl-light")
]


@pytest.mark.parametrize(("width", "direction", "scheme"), FEWER_VIEWS)
def test_nothing_stands_in_the_way_on_pages_of_figures(site, open_page, width, direction, scheme):
    page = open_page(width, scripts=True, color_scheme=scheme)
    for path in PAGES:
        mark = "&" if "?" in path else "?"
        page.goto(f"{site}/en/figures/{path}{mark}dir={direction}")
        for details in page.locator("main details").all():
            details.evaluate("element => { element.open = true }")
        assert found_on(page) == [], path
        assert not sideways(page), path


@pytest.mark.parametrize("language", ["ru", "tr"])
@pytest.mark.parametrize("width", [320, 1280])
def test_longer_languages_fit_on_pages_of_figures(site, open_page, language, width):
    page = open_page(width, scripts=True)
    for path in PAGES:
        page.goto(f"{site}/{language}/figures/{path}")
        assert not sideways(page), path


@pytest.mark.parametrize("language", ["en", "ru", "tr"])
@pytest.mark.parametrize("path", ["", "corridors/kyrgyzstan/turkiye/"])
def test_the_charts_are_light(site, open_page, language, path):
    size, asked = measured(open_page(), f"{site}/{language}/figures/{path}")
    assert 3_000 < size <= MOST_BYTES
    assert len(asked) <= MOST_REQUESTS


def test_an_analyst_reads_a_corridor_and_takes_its_figures_away(site, open_page, tmp_path):
    page = open_page(1280)
    page.goto(f"{site}/en/figures/")
    page.click("#states >> text=Türkiye")
    page.click("#arriving >> text=Kyrgyzstan")
    assert page.locator("h1 a").all_inner_texts() == ["Kyrgyzstan", "Türkiye"]
    stock = page.locator("#migrant_stock")
    assert "29,765" in stock.locator("table").first.inner_text()
    assert stock.locator("svg[role=img]").first.get_attribute("aria-label")
    stock.locator("summary").first.click()
    with page.expect_download() as download:
        stock.locator("a:text-is('CSV'):visible").first.click()
    path = tmp_path / "figures.csv"
    download.value.save_as(path)
    women = {
        row["period"]: row["value"]
        for row in csv.DictReader(path.open(encoding="utf-8-sig"))
        if row["sex"] == "F"
    }
    assert float(women["2024"]) == 29_765


def test_the_year_is_chosen_without_a_script(site, open_page):
    page = open_page(360)
    page.goto(f"{site}/en/figures/")
    page.click("nav[aria-label=Year] >> text=2000")
    assert "who live in another, 2000" in page.locator("#corridors h2").inner_text()
