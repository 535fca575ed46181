"""Indicators: their meaning, and their values by edition."""

from karvan.analysis.indicators import DEFINITIONS
from tests.factories import figures


def of_corridor(ask, indicator, **ends):
    told = ask(f"indicators/{indicator}", **({"origin": "KG", "destination": "TR"} | ends))
    return {
        (each["series"], each["edition"]): [
            (value["since"], value["period"], round(value["value"], 3)) for value in each["values"]
        ]
        for each in told["groups"]
    }


def test_every_indicator_is_told_with_its_meaning(ask):
    told = ask("indicators")["indicators"]
    assert [each["id"] for each in told] == list(DEFINITIONS)
    share = next(each for each in told if each["id"] == "female_share")
    assert (share["unit"], share["formula"], share["has_values"]) == (
        "per cent",
        DEFINITIONS["female_share"].formula,
        True,
    )


def test_a_value_names_the_edition_it_was_worked_out_from(ask):
    assert of_corridor(ask, "female_share") == {
        ("stock", "2020"): [("", "2015", 70.0), ("", "2020", 68.182)],
        ("stock", "2024"): [("", "2020", 69.966), ("", "2024", 67.097)],
    }


def test_a_change_is_never_from_one_edition_to_another(ask):
    assert of_corridor(ask, "female_share_change") == {
        ("stock", "2020"): [("2015", "2020", -1.818)],
        ("stock", "2024"): [("2020", "2024", -2.869)],
    }


def test_an_unknown_number_gives_no_value(ask):
    assert of_corridor(ask, "female_share", origin="TM") == {}


def test_rates_have_no_share(ask):
    rates = figures.figures(
        ("KG", "TR", "F", "2024", 10.0, "un"),
        ("KG", "TR", "M", "2024", 30.0, "un"),
        columns="origin destination sex period value source",
    )
    unemployed = figures.replace(
        figures.STOCK, key="unemployed", concept="unemployment", unit="percent"
    )
    figures.published(unemployed, rows=rates)
    assert ("unemployed", "2024") not in of_corridor(ask, "female_share")


def test_an_indicator_without_values_is_told_those_that_have(ask):
    told = ask("indicators/courgeau_k", 404, origin="KG", destination="TR")
    assert told["code"] == "not_worked_out"
    assert "female_share" in told["remedy"]


def test_an_indicator_misspelt_is_told_the_nearest(ask):
    told = ask("indicators/female_shar", 404, origin="KG", destination="TR")
    assert told["message"].startswith("There is no indicator 'female_shar'. Nearest: female_share")
