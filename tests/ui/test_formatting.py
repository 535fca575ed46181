"""Dates, money and names follow the reader's language."""

from datetime import date

import pytest
from django.utils import translation

from karvan.ui import formatting
from karvan.ui.templatetags.components import caravan, cite, standing, standing_sign
from karvan.ui.templatetags.formatting import day_in

NB, NNB = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "1 November 2026"), ("ru", f"1 ноября 2026{NNB}г."), ("tr", "1 Kasım 2026")],
)
def test_a_day_is_written_in_each_language(language, said):
    with translation.override(language):
        assert formatting.day("2026-11-01") in (said, said.replace(NNB, " "))


def test_the_year_is_left_out_where_it_is_the_same():
    assert day_in("2026-11-05", "2026-01-01") == "5 November"
    assert day_in("2027-11-05", "2026-01-01") == "5 November 2027"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "13,538.90"), ("ru", f"13{NB}538,90"), ("tr", "13.538,90")],
)
def test_money_keeps_its_code_beside_the_number(language, said):
    with translation.override(language):
        assert formatting.money("13538.9", "TRY") == f"{said}{NB}TRY"


def test_whole_money_has_no_coins():
    assert formatting.money(33030, "TRY") == f"33,030{NB}TRY"


def test_countries_have_their_names_and_their_alphabets_order():
    with translation.override("tr"):
        names = [name for _, name in formatting.countries(["UZ", "KG", "TR", "DE", "CN"])]
        assert names == ["Almanya", "Çin", "Kırgızistan", "Özbekistan", "Türkiye"]
    with translation.override("ru"):
        assert formatting.country("KG") == "Кыргызстан"


def test_a_list_is_a_sentence():
    assert formatting.sentence_list(["passport", "contract", "photo"]) in (
        "passport, contract and photo",
        "passport, contract, and photo",
    )


@pytest.mark.parametrize(
    ("said", "sign"),
    [
        ({"force": "in_force", "sure": "read"}, ("full", False)),
        ({"force": "in_force", "sure": "confirmed"}, ("full", False)),
        ({"force": "in_force", "sure": "memory"}, ("wait", True)),
        ({"force": "in_force", "sure": "disputed"}, ("ask", True)),
        ({"force": "announced", "sure": "read"}, ("half", True)),
        ({"force": "draft", "sure": "read"}, ("half", True)),
    ],
)
def test_a_lozenge_is_filled_as_far_as_the_law_fills_it(said, sign):
    assert standing_sign(said) == sign


def test_a_citation_names_provision_and_standing_and_escapes_both():
    item = {
        "provisions": [
            {"text": "Law <1>", "url": ""},
            {"text": "Law 2", "url": "https://a.example"},
        ],
        "standing": {"force": "in_force", "sure": "read", "text": "in force"},
    }
    shown = cite(item)
    assert "Law &lt;1&gt;; <a" in shown
    assert 'href="https://a.example"' in shown
    assert "in force" in shown


def test_what_cites_nothing_shows_nothing():
    assert cite({"provisions": [], "standing": None}) == ""
    assert standing(None) == ""


def test_a_long_caravan_is_shortened_at_both_ends():
    assert caravan(3, 2).count('class="a"') == 3
    assert caravan(3, 2).count('class="z"') == 2
    assert caravan(30, 40).count("<path") == 1 + 5 + 1 + 5


def test_months_stand_alone_in_their_own_form():
    with translation.override("ru"):
        assert formatting.month_names()[5] == "май"


def test_dates_may_be_dates_or_text():
    assert formatting.day(date(2026, 11, 1)) == formatting.day("2026-11-01")
