from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import document, karvan


def stay(citizenship: str, on: str, *more: str) -> dict:
    return document(
        "stay",
        *("stay", "--destination", "XT", "--citizenship", citizenship, "--on", on),
        *more,
    )


@pytest.fixture
def trips(tmp_path: Path):
    def write(text: str) -> str:
        path = tmp_path / "trips.csv"
        path.write_text(text, "utf-8")
        return str(path)

    return write


def test_the_window_carries_its_rule_article_and_standing():
    found = stay("KG", "2026-01-10")
    rule = found["rule"]
    assert (rule["outcome"], rule["day"], rule["because"]) == ("allowed", "2026-01-10", "date")
    assert rule["window"] == {"days": 90, "in_days": 180, "per_entry": None, "per_year": None}
    assert [(row["id"], row["outcome"]) for row in rule["rows"]] == [("exemption.kg", "applies")]
    assert rule["rows"][0]["provisions"][0]["text"] == "The Act, Art. 12"
    assert rule["rows"][0]["standing"]["text"] == "in force"
    assert found["count"]["last_day"] == "2026-04-09"


def test_who_needs_a_visa_has_no_window():
    found = stay("TJ", "2024-02-01")
    assert (found["rule"]["outcome"], found["rule"]["window"]) == ("not_allowed", None)
    assert found["count"] is None
    assert (
        "You need a visa."
        in karvan(
            *("stay", "--destination", "XT", "--citizenship", "TJ", "--on", "2024-02-01")
        ).stdout
    )


def test_on_a_disputed_day_both_readings_are_shown_and_nothing_is_claimed():
    found = stay("TJ", "2024-01-15")
    assert found["rule"]["outcome"] == "unknown"
    assert found["rule"]["standing"] is None
    assert [(row["id"], row["outcome"]) for row in found["rule"]["rows"]] == [
        ("exemption.tj_still", "reading"),
        ("exemption.tj_ended", "reading"),
    ]
    assert found["rule"]["rows"][0]["standing"]["sure"] == "disputed"


def test_a_stay_begun_before_a_change_keeps_the_rule_of_its_day_of_entry():
    found = stay("TJ", "2024-02-10", "--entry", "2023-12-20")
    rule = found["rule"]
    assert (rule["day"], rule["because"], rule["outcome"]) == ("2023-12-20", "entry", "allowed")
    assert found["rule_on_date"]["outcome"] == "not_allowed"
    assert found["count"]["used"] == 53
    assert found["count"]["last_day"] == "2024-03-18"
    text = karvan(
        *("stay", "--destination", "XT", "--citizenship", "TJ", "--on", "2024-02-10"),
        *("--entry", "2023-12-20"),
    ).stdout
    assert "The rule of 20 December 2023, your day of entry, is used." in text
    assert "The rule has changed since. For an entry on 10 February 2024: You need a visa." in text


def test_a_day_of_entry_may_also_come_as_an_answer():
    assert stay("TJ", "2024-02-10", "--answer", "entry_date=2023-12-20")["inside"]


def test_each_trip_is_judged_by_the_rule_of_its_own_day_of_entry(trips):
    file = trips("entry,exit\n2018-12-01,2018-12-05\n2023-09-01,2023-12-15\n2024-02-05,\n")
    found = stay("TJ", "2024-02-10", "--trips", file)
    assert [(t["outcome"], t["days"], t["exceeded_on"]) for t in found["trips"]] == [
        ("not_covered", 5, None),
        ("allowed", 106, "2023-11-30"),
        ("not_allowed", 6, None),
    ]


def test_trips_are_counted_and_those_to_come_are_not(trips):
    file = trips("exit,entry\n2026-02-10,2026-02-01\n\n,2026-05-01\n")
    found = stay("RU", "2026-05-10", "--trips", file)
    assert found["count"] == {
        "used": 20,
        "left": 50,
        "last_day": "2026-06-29",
        "again_from": None,
        "exceeded_on": None,
        "limits": [
            {"kind": "in_days", "most": 90, "used": 20, "left": 70},
            {"kind": "per_entry", "most": 60, "used": 10, "left": 50},
        ],
    }
    later = stay("RU", "2026-04-01", "--trips", file)
    assert (later["inside"], later["count"]["used"]) == (False, 10)
    assert [trip["outcome"] for trip in later["trips"]] == ["allowed", "not_yet"]


def test_what_is_announced_is_shown_and_does_not_decide():
    rows = stay("RU", "2026-05-10")["rule"]["rows"]
    assert [(row["id"], row["outcome"]) for row in rows] == [
        ("exemption.ru", "applies"),
        ("exemption.ru_more", "announced"),
    ]


def test_without_citizenship_the_question_is_listed():
    found = document("stay", "stay", "--destination", "XT", "--on", "2026-01-10")
    assert [need["input"] for need in found["needed"]] == ["citizenship"]
    assert found["rule"]["outcome"] == "unanswered"
    text = karvan("stay", "--destination", "XT", "--on", "2026-01-10").stdout
    assert "This depends on: Citizenship." in text


def test_trips_may_come_from_the_standard_input():
    result = karvan(
        *("stay", "--destination", "XT", "--citizenship", "KG", "--on", "2026-01-10"),
        *("--trips", "-"),
        input="entry;exit\n2026-01-01;\n",
    )
    assert "10 of 90 days" in result.stdout


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The file is empty. Its first line is entry,exit."),
        ("from,to\n", ":1: The first line is 'from,to'. Nearest: entry,exit."),
        ("entry,exit\n2026-02-30,\n", ":2: '2026-02-30' is not a date of the calendar"),
        ("entry,exit\n01.02.2026,\n", "Nearest: 2026-02-01."),
        ("entry,exit\n,2026-01-01\n", ":2: The day of entry is missing."),
        ("entry,exit\n2026-01-01,2026-01-02,x\n", ":2: This line has more than two columns."),
        (
            "entry,exit\n2026-01-05,2026-01-01\n",
            "The trip of 2026-01-05 ends before it begins, on 2026-01-01.",
        ),
        (
            "entry,exit\n2026-01-01,2026-01-10\n2026-01-05,\n",
            "The trips of 2026-01-01 and 2026-01-05 overlap.",
        ),
    ],
)
def test_a_file_of_trips_that_cannot_be_read_is_refused(text, message, trips, refused):
    given = ("stay", "--destination", "XT", "--citizenship", "KG", "--on", "2026-03-01")
    assert message in refused(*given, "--trips", trips(text))


def test_a_file_that_is_not_there_is_refused_with_its_neighbour(trips, refused):
    there = trips("entry,exit\n")
    missing = there.replace("trips.csv", "trip.csv")
    assert refused("stay", "--destination", "XT", "--trips", missing) == (
        f"There is no file '{missing}'. Nearest: {there}."
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--destination", "XX"), "No law of 'XX' is here. Nearest: XT."),
        ((), "Which State? Give --destination."),
        (
            ("--destination", "XT", "--on", "2026-01-01", "--entry", "2026-01-02"),
            "The day of entry, 2026-01-02, is after the day asked about, 2026-01-01.",
        ),
        (("--destination", "XT", "--on", "2027-01-01"), "Nearest: 2026-12-31."),
        (
            ("--destination", "XT", "--on", "2019-01-10", "--entry", "2018-12-20"),
            "2018-12-20 lies outside.",
        ),
        (
            ("--destination", "XT", "--on", "2026-01-01", "--status", "permit"),
            "'permit' is no stay that is counted in days. Nearest: visit.",
        ),
        (("--destination", "XT", "--lang", "xx"), "Nearest: en, ru, tr."),
    ],
)
def test_what_cannot_be_used_is_refused(arguments, message, refused):
    assert message in refused("stay", *arguments)


@pytest.mark.usefixtures("in_turkiye")
def test_turkiye_s_change_for_tajikistan_in_april_2024():
    def outcome(*more: str) -> str:
        given = ("stay", "--citizenship", "TJ", "--destination", "TR")
        return document("stay", *given, *more)["rule"]["outcome"]

    assert outcome("--on", "2024-04-05") == "allowed"
    assert outcome("--on", "2024-04-10") == "unknown"
    assert outcome("--on", "2024-05-01") == "not_allowed"
    assert outcome("--on", "2024-05-01", "--entry", "2024-04-01") == "allowed"
