from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import toyland
from tests.cli.conftest import document, karvan


def test_editions_lists_each_state_with_its_hash_and_the_days_it_covers():
    (found,) = document("law-editions", "law", "editions")["editions"]
    assert (found["state"], found["name"]) == ("XT", "Toyland")
    assert found["edition"] == f"XT-{found['hash'][:12]}"
    assert found["covers"] == {"from": "2019-01-01", "to": "2026-12-31"}
    assert "XT  Toyland" in karvan("law", "editions").stdout


def test_a_parameter_has_the_value_of_its_day():
    def floor(on: str) -> str:
        return document("law-value", "law", "value", "XT", "floor", "--on", on)["value"]

    assert (floor("2023-12-31"), floor("2024-01-01")) == ("100 USD/month", "200 USD/month")
    text = karvan("law", "value", "XT", "floor", "--on", "2024-01-01").stdout
    assert "Lowest pay: 200 USD a month" in text
    assert "The Act, Art. 1 · in force" in text
    assert "countries/toyland/policies/work/policy.yaml:" in text


def test_a_value_says_which_answers_it_waits_for():
    found = document("law-value", "law", "value", "XT", "multiple", "--on", "2024-01-01")
    assert (found["outcome"], found["value"]) == ("unanswered", None)
    assert [need["input"] for need in found["needed"]] == ["occupation"]
    answered = ("law", "value", "XT", "multiple", "--on", "2024-01-01", "--answer")
    assert document("law-value", *answered, "occupation=2221")["value"] == "2"


@pytest.mark.parametrize(
    ("term", "of", "outcome"),
    [
        ("citizenship", "input", "unanswered"),
        ("floor", "parameter", "known"),
        ("paid_enough", "value", "unanswered"),
        ("visa_free", "output", "unanswered"),
        ("permit", "status", "unanswered"),
        ("should_be_charged", "output", "unanswered"),
    ],
)
def test_every_kind_of_term_has_a_value_and_a_trace(term: str, of: str, outcome: str):
    given = ("XT", term, "--on", "2024-01-15")
    found = document("law-value", "law", "value", *given)
    assert (found["of"], found["outcome"]) == (of, outcome)
    assert document("law-trace", "law", "trace", *given)["trace"]["term"] == term
    assert found["name"] in karvan("law", "trace", *given).stdout


def test_a_trace_shows_the_rows_that_apply_and_what_excludes_the_others():
    given = ("XT", "paid_enough", "--on", "2024-01-15", "--answer", "occupation=9112")
    more = ("--answer", "has_offer=yes", "--answer", "salary=150 USD/month")
    found = document("law-trace", "law", "trace", *given, *more)["trace"]
    assert (found["value"], [part["term"] for part in found["parts"]]) == (
        "no",
        ["salary", "floor", "multiple"],
    )
    multiple = found["parts"][2]
    assert [rule["id"] for rule in multiple["rules"]] == ["rest"]
    assert [(row["id"], row["term"], row["value"]) for row in multiple["excluded"]] == [
        ("health", "occupation", "9112")
    ]
    text = karvan("law", "trace", *given, *more).stdout
    assert "health: does not apply, Occupation is" in text


def test_show_lists_policies_and_shows_one_with_its_rules_of_a_day():
    listed = document("law-show", "law", "show", "XT", "--on", "2023-05-01")
    assert [policy["id"] for policy in listed["policies"]] == ["entry", "work"]
    assert listed["policy"] is None
    shown = document("law-show", "law", "show", "XT", "work", "--on", "2023-05-01")["policy"]
    assert shown["parameters"][0]["id"] == "floor"
    text = karvan("law", "show", "XT", "work", "--on", "2023-05-01").stdout
    assert "= 100 USD a month  [until 31 December 2023 · The Act, Art. 1" in text
    assert "200 USD a month" not in text
    for heading in ("AMOUNTS AND LIMITS", "TABLES", "WHAT A PERSON MAY HOLD", "TEXTS CITED"):
        assert heading in text


def test_diff_says_what_changed_between_two_days_by_provision():
    given = ("law", "diff", "XT", "--from", "2023-12-31", "--to", "2024-01-01")
    found = document("law-diff", *given)
    changes = {c["term"]: (c["before"], c["after"]) for g in found["groups"] for c in g["changes"]}
    assert changes["floor"] == ("100 USD a month", "200 USD a month")
    assert "before: 100 USD a month" in karvan(*given).stdout
    same = karvan("law", "diff", "XT", "--from", "2025-01-01", "--to", "2025-01-02").stdout
    assert same.strip() == "Nothing changed between 1 January 2025 and 2 January 2025."


def test_check_counts_what_there_is_and_fails_where_something_is_amiss():
    result = karvan("law", "check", "XT")
    assert result.exit_code == 1
    assert "policies/entry/policy.yaml:14: No example touches 'exemption.kg'." in result.stdout
    counts = document("law-check", "law", "check")["states"][0]["counts"]
    assert {key: counts[key] for key in ("policies", "rows", "parameters", "examples")} == {
        "policies": 2,
        "rows": 15,
        "parameters": 1,
        "examples": 7,
    }
    assert (counts["examples_about_change"], counts["examples_about_gaps"]) == (1, 4)
    assert counts["translations"]["ru"]["missing"] > 0
    standing = counts["standing"]
    assert standing["rules"] >= counts["rows"] + counts["parameters"]
    sure = ("confirmed", "read", "memory", "disputed")
    assert standing["rules"] == sum(standing[name] for name in sure)
    assert "7 examples: 1 (14 %) about dates before or after a change" in result.stdout


def test_check_lists_what_a_language_lacks_as_notices(tmp_path, monkeypatch):
    root = toyland.build(tmp_path / "half")
    texts = root / "countries/toyland/policies/work/texts/ru.yaml"
    texts.parent.mkdir(exist_ok=True)
    texts.write_text("# Russian\ntitle:\n  of: An older title\n  is: Работа\n", "utf-8")
    monkeypatch.setenv("KARVAN_CONTENT", str(root))
    plain = document("law-check", "law", "check")["states"][0]["problems"]
    found = document("law-check", "law", "check", "--untranslated", "ru")["states"][0]["problems"]
    notices = found[len(plain) :]
    assert found[: len(plain)] == plain
    assert not any(notice["serious"] for notice in notices)
    said = {(notice["file"], notice["line"]): notice["message"] for notice in notices}
    assert "'title' is stale." in said["countries/toyland/policies/work/texts/ru.yaml", 2]


def test_check_of_content_that_cannot_be_read_says_file_and_line(tmp_path, monkeypatch):
    root = toyland.build(tmp_path / "broken")
    policy = root / "countries/toyland/policies/work/policy.yaml"
    policy.write_text(policy.read_text("utf-8").replace("is: 200", "is: many"), "utf-8")
    monkeypatch.setenv("KARVAN_CONTENT", str(root))
    result = karvan("law", "check")
    assert result.exit_code == 1
    assert "countries/toyland/policies/work/policy.yaml:14: " in result.stdout
    assert document("law-check", "law", "check")["states"][0]["edition"] is None
    asked = karvan("journey", "--destination", "XT")
    assert (asked.exit_code, asked.stdout) == (1, "")
    assert "The content cannot be read" in asked.stderr


def test_mutate_prints_the_score_and_the_survivors_and_fails_below_85_percent():
    found = document("law-mutate", "law", "mutate", "XT", "--policy", "work")
    assert found["killed"] + len(found["survivors"]) == found["mutants"]
    assert {survivor["policy"] for survivor in found["survivors"]} == {"work"}
    result = karvan("law", "mutate", "XT", "--policy", "work", "--survivors")
    assert result.exit_code == (0 if float(found["score"]) >= 85 else 1)
    assert len(result.stdout.splitlines()) == len(found["survivors"]) + 1
    assert f"{found['score']} % of {found['mutants']} changes" in result.stdout
    assert karvan("law", "mutate", "XT", "--policy", "entry").exit_code == 1


@pytest.mark.parametrize("language", ["ru", "tr"])
@pytest.mark.parametrize(
    "command",
    [
        ("show", "XT", "work"),
        ("value", "XT", "floor", "--on", "2024-01-01"),
        ("trace", "XT", "permit", "--on", "2024-01-01"),
        ("diff", "XT", "--from", "2023-01-01", "--to", "2024-02-01"),
        ("editions",),
    ],
)
def test_reading_commands_answer_in_each_language(language: str, command: tuple[str, ...]):
    result = karvan("law", *command, "--lang", language)
    assert result.exit_code == 0
    assert "{" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "XX"), "No law of 'XX' is here. Nearest: XT."),
        (("show", "toylan"), "Nearest: toyland."),
        (("show", "XT", "wrok"), "There is no policy 'wrok'. Nearest: work."),
        (("show", "XT", "--on", "2030-01-01"), "Nearest: 2026-12-31."),
        (("show", "XT", "--lang", "zz"), "Nearest: en, ru, tr."),
        (("value", "XT", "flor", "--on", "2024-01-01"), "Nothing is called 'flor'. Nearest: floor"),
        (("value", "XT", "qqq"), "'karvan law show XT' lists the policies."),
        (("value", "XT", "floor", "--on", "2024-13-01"), "Nearest: 2024-12-01."),
        (("value", "XT", "floor", "--answer", "salary=x"), "is not an amount with its currency"),
        (("value", "XT"), "Missing argument 'TERM'."),
        (("trace", "XT", "permitt", "--on", "2024-01-01"), "Nearest: permit."),
        (("diff", "XT"), "Changes since when? Give --from"),
        (("diff", "XT", "--from", "2018-01-01"), "2018-01-01 lies outside."),
        (("mutate", "XT", "--policy", "wrk"), "There is no policy 'wrk'. Nearest: work."),
        (("mutate", "XX"), "No law of 'XX' is here."),
        (("check", "XX"), "No law of 'XX' is here."),
        (("chekc",), "There is no command 'chekc'. Nearest: check."),
    ],
)
def test_what_cannot_be_used_is_refused(arguments, message, refused):
    assert message in refused("law", *arguments)


@pytest.mark.usefixtures("in_turkiye")
def test_every_policy_of_turkiye_can_be_shown():
    listed = document("law-show", "law", "show", "TR", "--on", "2024-10-01")["policies"]
    assert Path("work-permit").name in [policy["id"] for policy in listed]
    for policy in listed:
        shown = document("law-show", "law", "show", "TR", policy["id"], "--on", "2024-10-01")
        assert shown["policy"]["title"] == policy["title"]
        assert karvan("law", "show", "TR", policy["id"], "--on", "2024-10-01").exit_code == 0


@pytest.mark.usefixtures("in_turkiye")
def test_the_minimum_wage_of_turkiye_by_day():
    given = ("law", "value", "TR", "minimum_wage", "--on")
    assert document("law-value", *given, "2024-07-01")["value"] == "20002.5 TRY/month"
