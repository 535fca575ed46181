"""Observations: of one edition, of a concept side by side, and as files."""

from __future__ import annotations

import io
from string import ascii_uppercase

import polars as pl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from karvan.analysis.tables import DIMENSIONS, KEY
from karvan.observatory.exporting import FORMS
from tests.factories import figures

STOCK = "series/stock/editions/2024/observations"
CONCEPT = "observations"


def values(told):
    return [figure["value"] for figure in told["observations"]]


def test_figures_are_those_of_the_codes_asked_for(ask):
    told = ask(STOCK, origin="KG", sex="F")
    assert [(each["period"], each["value"]) for each in told["observations"]] == [
        ("2020", 21649.0),
        ("2024", 29765.0),
    ]


def test_several_codes_are_repeated_or_separated_by_commas(ask):
    separated = ask(STOCK, origin="KG,TM", period="2024")
    assert values(separated) == [29765.0, 14596.0, None]
    assert ask(STOCK, origin=["KG", "TM"], period="2024") == separated


def test_an_unknown_figure_is_null_and_says_that_it_is_unknown(ask):
    (figure,) = ask(STOCK, origin="TM")["observations"]
    assert figure == {
        "origin": "TM",
        "destination": "TR",
        "sex": "F",
        "age": "_T",
        "category": "_T",
        "period": "2024",
        "value": None,
        "lower": None,
        "upper": None,
        "status": "unknown",
        "status_code": "O",
        "source": "un",
    }


def test_a_corridor_with_codes_that_exist_apart_has_no_figures(ask):
    told = ask(STOCK, origin="TM", sex="M")
    assert (told["total"], told["observations"], told["next"]) == (0, [], None)


def test_the_newest_edition_says_which_it_is_and_no_other_is_in_it(ask):
    told = ask("series/stock/editions/latest/observations")
    assert (told["edition"], told["total"]) == ("2024", figures.FIGURES_2024.height)
    assert told == ask(STOCK)


def test_two_sources_that_disagree_both_stand(ask):
    told = ask("series/permits/editions/latest/observations", period="2016")
    assert [(each["source"], each["value"]) for each in told["observations"]] == [
        ("ministry", 3049.0),
        ("press", 3490.0),
    ]


@pytest.mark.parametrize(
    ("span", "periods"),
    [
        ({"from": "2017"}, ["2017"]),
        ({"to": "2016"}, ["2016", "2016"]),
        ({"from": "2016-07"}, ["2017"]),
        ({"from": "2016", "to": "2017-12"}, ["2016", "2016", "2017"]),
        ({"to": "2017-11"}, ["2016", "2016"]),
    ],
)
def test_periods_are_those_wholly_within_the_span(ask, span, periods):
    told = ask("series/permits/editions/latest/observations", **span)
    assert [each["period"] for each in told["observations"]] == periods


def test_parts_put_together_are_the_whole_in_its_order(ask, client):
    whole = ask(STOCK)["observations"]
    part = ask("series/stock/editions/latest/observations", limit=4)
    together = part["observations"]
    while part["next"]:
        part = client.get(part["next"]).json()
        together += part["observations"]
    assert together == whole
    keys = [tuple(each[name] for name in KEY) for each in whole]
    assert keys == sorted(keys)


def test_the_next_part_stays_with_the_edition_that_was_the_newest(ask, client):
    first = ask("series/stock/editions/latest/observations", limit=4)
    figures.published(key="2026", published="2026-12", rows=figures.FIGURES_2020)
    second = client.get(first["next"]).json()
    assert (second["edition"], second["offset"]) == ("2024", 4)
    assert second["hash"] == first["hash"]


def test_editions_of_a_concept_stand_side_by_side(ask):
    told = ask(CONCEPT, concept="migrant_stock", origin="KG", sex="F", period="2020")
    assert [(each["series"], each["edition"], values(each)) for each in told["groups"]] == [
        ("stock", "2020", [15000.0]),
        ("stock", "2024", [21649.0]),
    ]


def test_a_part_of_a_concept_may_end_within_an_edition(ask, client):
    first = ask(CONCEPT, concept="migrant_stock", limit=10)
    second = client.get(first["next"]).json()
    sizes = [
        [(each["edition"], len(each["observations"])) for each in part["groups"]]
        for part in (first, second)
    ]
    assert sizes == [[("2020", 8), ("2024", 2)], [("2024", 7)]]
    assert second["next"] is None


def test_a_concept_nobody_counts_is_told_the_nearest(ask):
    assert ask(CONCEPT, 400, concept="migrant_stok")["message"] == (
        "No series counts 'migrant_stok'. Nearest: migrant_stock."
    )


@pytest.mark.parametrize(
    "address", ["series", "series/stock", f"{STOCK}?origin=KG", f"{CONCEPT}?concept=migrant_stock"]
)
def test_three_editions_take_as_many_queries_as_one(client, world, address):
    def queries() -> int:
        client.get(f"/api/v1/{address}")  # cards are read once, and kept
        with CaptureQueriesContext(connection) as found:
            client.get(f"/api/v1/{address}")
        return len(found)

    before = queries()
    figures.published(key="2026", published="2026-12", rows=figures.FIGURES_2020)
    figures.published(key="2027", published="2027-12", rows=figures.FIGURES_2020)
    assert queries() == before


@pytest.mark.parametrize("form", FORMS)
def test_an_edition_comes_whole_as_a_file_of_each_form(client, world, form):
    response = client.get(f"/api/v1/series/permits/editions/latest/figures.{form}")
    assert response.status_code == 200
    assert response["Content-Type"] == FORMS[form][1]
    name = (
        f"permits-compiled-2026-11.{form}"
        if form in ("csv", "xlsx")
        else (f"permits-compiled-2026-11-{form}.{FORMS[form][0]}")
    )
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    if form == "csv":
        read = pl.read_csv(io.BytesIO(response.content))
        assert read["value"].to_list() == [3049, 3490, 4100]


def test_a_form_that_is_not_written_is_told_those_that_are(ask):
    told = ask("series/stock/editions/2024/figures.pdf", 404)
    assert told["code"] == "unknown_form"
    assert told["remedy"] == f"Write one of: {', '.join(FORMS)}."


def test_an_edition_too_large_for_a_form_is_offered_in_another(ask, client):
    areas = [f"{first}{second}" for first in ascii_uppercase for second in ascii_uppercase]
    many = pl.DataFrame({"origin": areas}).join(pl.DataFrame({"destination": areas}), how="cross")
    large = many.head(100_001).with_columns(
        value=pl.lit(20.0), source=pl.lit("un"), period=pl.lit("2024")
    )
    figures.published(key="2026", published="2026-12", rows=large)
    address = "series/stock/editions/2026/figures"
    assert ask(f"{address}.xlsx", 409) == {
        "code": "too_large_for_form",
        "message": "This edition has 100001 figures, too many to send as xlsx.",
        "remedy": "Take it as csv or as sdmx-csv.",
    }
    assert client.get(f"/api/v1/{address}.csv").content.count(b"\n") == 100_002


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(code=st.text(), name=st.sampled_from(DIMENSIONS))
def test_a_code_is_answered_if_some_figure_has_it_and_else_refused(client, world, code, name):
    response = client.get(f"/api/v1/{STOCK}", {name: code})
    codes = {each.strip() for each in code.split(",")} - {""}
    known = codes <= set(figures.FIGURES_2024[name])
    assert response.status_code == (200 if known else 400), response.content
