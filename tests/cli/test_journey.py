from __future__ import annotations

import re

import pytest

from tests.cli import toyland
from tests.cli.conftest import document, karvan

NURSE = (
    *("journey", "--citizenship", "KG", "--destination", "XT", "--on", "2026-11-02"),
    *("--answer", "occupation=2221", "--answer", "where_now=outside", "--answer", "has_offer=yes"),
    *("--answer", "age=30"),
)
PAID = (*NURSE, "--answer", "salary=400 USD/month")


def test_what_is_missing_is_listed_with_its_question_and_asked_of_nobody():
    found = document("journey", "journey", "--destination", "XT", "--on", "2026-11-02")
    assert [need["input"] for need in found["needed"]] == [
        "where_now",
        "has_offer",
        "occupation",
        "age",
    ]
    assert found["needed"][0]["question"] == "Where are you now?"
    assert found["plan"] is None
    assert {s["id"]: s["outcome"] for s in found["statuses"]} == {
        "permit": "unknown",
        "favour": "unknown",
    }


def test_an_open_way_carries_reasons_rights_and_a_plan():
    found = document("journey", *PAID)
    permit = found["statuses"][0]
    assert (permit["id"], permit["outcome"]) == ("permit", "open")
    assert [(r["id"], r["outcome"]) for r in permit["reasons"]] == [
        ("permit.offer", "holds"),
        ("permit.pay", "holds"),
        ("multiples.health", "applies"),
        ("permit.age", "holds"),
    ]
    assert permit["reasons"][1]["text"] == "The pay, 400 USD a month, is enough."
    assert permit["reasons"][0]["provisions"][0]["text"] == "The Act, Art. 3"
    assert permit["standing"]["sure"] == "memory"
    assert [right["text"] for right in permit["rights"]] == ["You may work."]
    plan = found["plan"]
    assert [step["id"] for step in plan["steps"]] == ["sign", "apply", "decide", "register"]
    assert (plan["start"], plan["goal_date"], plan["total_days"]) == (
        "2026-11-02",
        "2026-11-22",
        20,
    )
    totals = [(t["payer"], t["amount"], t["currency"], t["unknown_items"]) for t in plan["totals"]]
    assert totals == [("employer", "30", "USD", 0), ("worker", "0", "USD", 1)]


def test_a_closed_way_says_what_would_make_it_possible():
    found = document("journey", *NURSE, "--answer", "salary=399 USD/month")
    permit = next(status for status in found["statuses"] if status["id"] == "permit")
    assert permit["outcome"] == "closed"
    assert [mend["text"] for mend in permit["mend"]] == ["Pay: 400 USD a month"]
    assert found["plan"] is None


def test_where_no_way_is_open_the_one_an_officer_decides_is_planned():
    found = document(
        *("journey", "journey", "--destination", "XT", "--on", "2026-11-02"),
        *("--answer", "where_now=inside"),
    )
    assert found["plan"]["status"] == "favour"
    assert found["plan"]["unknown_times"] == 1


def test_a_way_that_is_named_is_planned_even_when_it_is_closed():
    found = document("journey", *NURSE, "--answer", "salary=1 USD/month", "--status", "permit")
    assert found["plan"]["status"] == "permit"


def test_a_charge_is_judged_with_and_without_a_plan():
    charges = (
        *("--charge", "placement=500 USD", "--charge", "permit_duty"),
        *("--charge", "visa=60 USD", "--charge", "travel"),
    )
    for arguments in (PAID, ("journey", "--destination", "XT", "--on", "2026-11-02")):
        found = document("journey", *arguments, *charges)["charges"]
        assert [(c["charge"], c["judged"], c["amount"]) for c in found] == [
            ("placement", "forbidden", "500"),
            ("permit_duty", "against_fair_rule", None),
            ("visa", "allowed", "60"),
            ("travel", "not_settled", None),
        ]


def test_an_employer_reads_the_questions_put_to_employers():
    asked = document(
        *("journey", "journey", "--destination", "XT", "--on", "2026-11-02"),
        *("--answer", "where_now=outside", "--answer", "has_offer=yes", "--reader", "employer"),
    )["needed"]
    assert next(n["question"] for n in asked if n["input"] == "salary") == "What pay do you offer?"


def test_the_text_for_people_says_all_that_the_document_says():
    result = karvan(*PAID, "--charge", "placement=500 USD")
    assert result.exit_code == 0
    text = " ".join(result.stdout.split())
    for said in (
        "Working in Toyland",
        "OPEN (1)",
        "The pay, 400 USD a month, is enough. [The Act, Art. 2 · in force]",
        "awaiting confirmation",
        "THE PLAN: GETTING THE PERMIT",
        "From 2 November 2026 to 22 November 2026 at the earliest: 20 days.",
        "2 December 2026: 30 days after step 1. You start again.",
        "Your employer pays 30 USD",
        "You pay 0 USD and 1 with no known amount",
        "20 days by law; usually 30 to 40 days",
        "Forbidden by law: Placement fee, 500 USD Nobody may sell you a job.",
        "WHAT NOBODY MAY ASK YOU TO PAY",
        "Hotline 100, free of charge",
    ):
        assert said in text


def test_text_in_a_pipe_has_no_colour_codes_and_no_trailing_spaces():
    lines = karvan(*PAID).stdout.splitlines()
    assert not any("\x1b" in line for line in lines)
    assert not any(line != line.rstrip() for line in lines)
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize("width", [40, 60, 200])
def test_text_fits_the_width_that_is_asked_for(width: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", str(width))
    lines = karvan(*PAID, "--charge", "placement=500 USD").stdout.splitlines()
    assert max(map(len, lines)) <= width


@pytest.mark.parametrize("language", ["ru", "tr"])
def test_dates_and_names_of_countries_follow_the_language(language: str):
    text = karvan(*PAID, "--lang", language).stdout
    assert {"ru": "2 ноября 2026", "tr": "2 Kasım 2026"}[language] in text
    assert {"ru": "Кыргызстан", "tr": "Kırgızistan"}[language] in text
    assert not re.search(r"\{\w+\}", text)


def test_the_same_question_gives_the_same_bytes():
    assert karvan(*PAID, "--json").stdout == karvan(*PAID, "--json").stdout


REFUSED = [
    (("--destination", "XX"), "No law of 'XX' is here. Nearest: XT."),
    ((), "Which State? Give --destination. Nearest: XT."),
    (
        ("--destination", "XT", "--citizenship", "KGZ"),
        "The answer to 'citizenship' cannot be used: 'KGZ' is not a country code of two letters, "
        "such as KG. Nearest: KZ, KG.",
    ),
    (("--destination", "XT", "--citizenship", "Kyrgyzstan"), "Nearest: KG"),
    (("--destination", "XT", "--goal", "wrok"), "There is no goal 'wrok'. Nearest: work."),
    (
        ("--destination", "XT", "--goal", "protection"),
        "The law of Toyland that is encoded leads to no 'protection'. Nearest: stay, work.",
    ),
    (
        ("--destination", "XT", "--on", "2023-02-30"),
        "--on: '2023-02-30' is not a date of the calendar, such as 2024-10-01. "
        "Nearest: 2023-02-28.",
    ),
    (("--destination", "XT", "--on", "1.12.2024"), "Nearest: 2024-12-01."),
    (
        ("--destination", "XT", "--on", "2018-12-31"),
        "The law of Toyland is encoded from 2019-01-01 to 2026-12-31; 2018-12-31 lies outside. "
        "Nearest: 2019-01-01.",
    ),
    (
        ("--destination", "XT", "--answer", "salary=60,000 TL"),
        "The answer to 'salary' cannot be used: '60,000 TL' is not an amount with its currency, "
        "such as 33030 USD/month. Nearest: 60000 USD/month.",
    ),
    (
        ("--destination", "XT", "--answer", "salary=400 EUR/month"),
        "The answer to 'salary' cannot be used: '400 EUR/month' is not in USD/month, such as "
        "33030 USD/month. Nearest: 400 USD/month.",
    ),
    (("--destination", "XT", "--answer", "salry=1"), "There is no question 'salry'. Nearest: "),
    (("--destination", "XT", "--answer", "salary"), "Write INPUT=VALUE, such as occupation=2221."),
    (("--destination", "XT", "--answer", "age=old"), "'old' is not a whole number."),
    (("--destination", "XT", "--answer", "age=130"), "Nearest: 0, 120."),
    (
        ("--destination", "XT", "--answer", "occupation=2299"),
        "'2299' is no known code. Nearest: 22",
    ),
    (
        ("--destination", "XT", "--answer", "where_now=outsid"),
        "'outsid' is none of outside, inside. Nearest: outside",
    ),
    (
        ("--destination", "XT", "--citizenship", "KG", "--answer", "citizenship=TJ"),
        "'citizenship' is answered twice: 'KG' and 'TJ'.",
    ),
    (("--destination", "XT", "--lang", "kk"), "Nearest: en, ru, tr."),
    (("--destination", "XT", "--reader", "boss"), "Nearest: worker, employer."),
    (("--destination", "XT", "--status", "permt"), "There is no way 'permt'. Nearest: permit."),
    (
        ("--destination", "XT", "--status", "visit"),
        "'visit' leads to the goal stay, not to 'work'. Nearest: permit, favour.",
    ),
    (("--destination", "XT", "--charge", "placment=5 USD"), "Nearest: placement."),
    (
        ("--destination", "XT", "--charge", "placement=5"),
        "--charge: '5' is not an amount with its currency. Nearest: placement=5 USD",
    ),
    (("--destination", "XT", "--lnag", "ru"), "No such option '--lnag'"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_what_cannot_be_used_is_refused_with_the_nearest_valid_values(
    arguments: tuple[str, ...], message: str, form: tuple[str, ...], refused
):
    assert message in refused("journey", *arguments, *form)


def test_content_that_is_not_there_is_refused(monkeypatch, refused, tmp_path):
    monkeypatch.setenv("KARVAN_CONTENT", str(tmp_path))
    assert "There is no content in" in refused("journey", "--destination", "XT")


@pytest.mark.usefixtures("in_turkiye")
@pytest.mark.parametrize("goal", ["work", "stay", "residence", "protection", "return"])
@pytest.mark.parametrize("citizenship", ["KG", "TJ", "TR"])
def test_turkiye_answers_in_the_form_of_the_schema(goal: str, citizenship: str):
    found = document(
        *("journey", "journey", "--citizenship", citizenship, "--destination", "TR"),
        *("--goal", goal, "--on", "2026-11-01"),
    )
    assert found["statuses"]


@pytest.mark.usefixtures("in_turkiye")
def test_every_procedure_of_turkiye_can_be_planned_and_printed():
    ways = document("journey", "journey", "--destination", "TR", "--on", "2026-11-01")["statuses"]
    planned = [way["id"] for way in ways if way["procedure"]]
    assert planned
    for way in planned:
        arguments = (
            *("journey", "--citizenship", "KG", "--destination", "TR", "--on", "2026-11-01"),
            *("--answer", "occupation=2221", "--status", way),
        )
        assert document("journey", *arguments)["plan"]["steps"]
        assert karvan(*arguments).exit_code == 0


def test_translated_words_are_used_and_what_has_no_translation_is_admitted(tmp_path, monkeypatch):
    root = toyland.build(tmp_path / "content")
    texts = root / "vocabulary" / "texts"
    texts.mkdir()
    (texts / "ru.yaml").write_text(
        "words.cli.answers: {of: What you answered, is: Ваши ответы}\n"
        "words.cli.heading.open: {of: Something older, is: Старое}\n",
        "utf-8",
    )
    monkeypatch.setenv("KARVAN_CONTENT", str(root))
    text = karvan(*PAID, "--lang", "ru").stdout
    assert "ВАШИ ОТВЕТЫ" in text
    assert "СТАРОЕ" not in text
    assert "Some texts have no translation yet and stand in English." in text
    assert "no translation" not in karvan(*PAID, "--lang", "en").stdout
