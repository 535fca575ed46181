"""Estimates: each with its method, beside what the other methods give."""

from karvan.observatory.estimates import METHODS


def test_estimates_stand_by_method_with_the_edition_they_are_from(ask):
    told = ask("estimates", origin="KG", destination="TR")
    assert [each["key"] for each in told["methods"]] == [method.key for method in METHODS]
    (group,) = told["groups"]
    assert (group["series"], group["edition"], group["vital"]) == ("stock", "2024", [])
    women = next(each for each in group["intervals"] if each["sex"] == "F")
    assert women == {
        "since": "2020",
        "until": "2024",
        "sex": "F",
        "flows": {"drop": 8116.0, "reverse": None},
        "lowest": 8116.0,
        "highest": 8116.0,
    }


def test_what_methods_cannot_say_is_null(ask):
    told = ask("estimates", origin="TM", destination="TR")
    women = next(each for each in told["groups"][0]["intervals"] if each["sex"] == "F")
    assert (women["flows"]["drop"], women["lowest"]) == (None, None)


def test_a_country_of_which_nothing_is_estimated_is_refused(ask):
    told = ask("estimates", 400, origin="ZZ", destination="TR")
    assert told["message"] == "Flows are not estimated for the origin 'ZZ'."
