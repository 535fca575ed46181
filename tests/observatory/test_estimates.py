"""Flows of a corridor, estimated from the published stocks."""

import pytest

from karvan.observatory.estimates import METHODS, corridor_estimates, inputs_of
from karvan.observatory.queries import current_editions
from tests.factories import figures
from tests.factories.figures import STOCK, STOCK_2024

pytestmark = pytest.mark.django_db
ROWS = "origin destination sex period value"


def stock(*rows):
    figures.published(STOCK, STOCK_2024, figures.figures(*rows, columns=ROWS + " source"))
    return current_editions(series=["stock"])[-1]


def pair(origin, destination, before, after):
    """Women and men, as many of each, in 2020 and 2024."""
    return [
        (origin, destination, sex, period, value, "un")
        for sex in ("F", "M")
        for period, value in (("2020", before), ("2024", after))
    ]


def flows(edition, origin, destination, sex="_T"):
    return {
        each.method: each.flow
        for each in corridor_estimates(edition, origin, destination)
        if each.sex == sex
    }


def test_a_stock_that_grew_is_a_flow_from_the_country_of_birth():
    edition = stock(*pair("KG", "TR", 100.0, 130.0), *pair("TR", "KG", 50.0, 50.0))
    assert flows(edition, "KG", "TR")["drop"] == 60
    assert flows(edition, "KG", "TR", sex="F")["drop"] == 30


def test_a_stock_that_fell_is_nothing_or_a_return():
    edition = stock(*pair("KG", "TR", 130.0, 100.0), *pair("TR", "KG", 50.0, 50.0))
    assert flows(edition, "KG", "TR")["drop"] == 0
    assert flows(edition, "TR", "KG")["reverse"] == 60


def test_what_is_not_known_at_both_moments_stays_unknown():
    edition = stock(
        *pair("KG", "TR", 100.0, 130.0),
        ("UZ", "TR", "F", "2024", 10.0, "un"),
        ("UZ", "TR", "M", "2024", 10.0, "un"),
    )
    assert flows(edition, "UZ", "TR") == {"drop": None, "reverse": None}
    assert flows(edition, "KG", "TR")["reverse"] is None  # what went back is not known


def test_without_population_births_and_net_migration_only_differencing_can_speak():
    edition = stock(*pair("KG", "TR", 100.0, 130.0))
    assert set(flows(edition, "KG", "TR")) == {"drop", "reverse"}
    assert inputs_of(edition).vital == ()


def test_a_country_outside_the_observatory_has_no_estimates():
    edition = stock(*pair("KG", "DE", 100.0, 130.0))
    assert corridor_estimates(edition, "KG", "DE") == []


def test_the_shipped_figures_give_every_method_an_estimate(shipped_figures):
    edition = current_editions(concepts=["migrant_stock"])[-1]
    found = corridor_estimates(edition, "KG", "TR")
    known = {(each.since, each.method) for each in found if each.flow is not None}
    assert {method for since, method in known if since == "2015"} == {
        method.key for method in METHODS
    }
    drop = {each.since: each.flow for each in found if (each.method, each.sex) == ("drop", "_T")}
    assert drop["2020"] == (29_765 + 14_596) - (21_649 + 9_293)


def test_fewer_move_under_the_fewest_moves_than_if_moves_were_independent(shipped_figures):
    edition = current_editions(concepts=["migrant_stock"])[-1]
    states = ("AZ", "IR", "KG", "KZ", "PK", "RU", "TJ", "TM", "TR", "UZ")
    totals = dict.fromkeys(("minimum", "mixture", "independent"), 0.0)
    for origin in states:
        for destination in states:
            for each in corridor_estimates(edition, origin, destination):
                if each.since == "2010" and each.method in totals and each.flow is not None:
                    totals[each.method] += each.flow
    assert 0 < totals["minimum"] < totals["mixture"] < totals["independent"]
