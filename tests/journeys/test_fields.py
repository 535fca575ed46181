"""Numbers, days and occupations, as people type them."""

from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils import translation

from karvan.journeys.everyday import WORDS
from karvan.journeys.forms import DayForm, TypedForm, unit_name
from karvan.journeys.numerals import read_amount, read_decimal, read_whole
from karvan.journeys.occupations import below, matching, plain

LABELS = {
    "2": ("Professionals",),
    "22": ("Health professionals",),
    "222": ("Nursing and midwifery professionals",),
    "2221": ("Nursing professionals",),
    "2222": ("Midwifery professionals",),
    "6": ("Skilled agricultural workers",),
    "61": ("Market-oriented workers",),
    "6113": ("Gardeners, horticultural and nursery growers",),
    "8332": ("Водители грузовиков", "Heavy truck and lorry drivers"),
    "9112": ("Ofis temizlikçileri", "Cleaners and helpers in offices"),
}


@pytest.mark.parametrize(
    "typed", ["60000", "60 000", "60.000", "60,000", "60\u00a0000", "60’000", "٦٠٠٠٠", "۶۰٬۰۰۰"]
)
def test_sixty_thousand_is_understood_however_it_is_grouped(typed):
    assert read_whole(typed) == 60000
    assert read_amount(typed) == Decimal(60000)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("26005.50", "26005.50"),
        ("26 005,50", "26005.50"),
        ("26.005,50", "26005.50"),
        ("26,005.5", "26005.5"),
        ("7,5", "7.5"),
    ],
)
def test_coins_follow_a_point_or_a_comma(typed, found):
    assert read_amount(typed) == Decimal(found)


@pytest.mark.parametrize(
    "typed", ["", "abc", "6o", "1e5", "60.00.00", "-5", "6,0000", "0,001", "²"]
)
def test_what_is_no_number_is_not_guessed(typed):
    assert read_whole(typed) is None
    assert read_amount(typed) is None


def test_other_decimals_begin_with_a_point_or_a_comma():
    assert read_decimal("1,5") == read_decimal("1.5") == Decimal("1.5")
    assert read_decimal("1.5.5") is None


def post(**data):
    found = QueryDict(mutable=True)
    found.update(data)
    return found


def test_an_amount_is_written_in_the_units_of_the_question():
    entry = {"type": "money", "unit": "TRY/month"}
    form = TypedForm(entry, post(value="68 000"))
    assert form.is_valid()
    assert form.raw == "68000 TRY/month"
    assert form.unit == "TRY a month"


def test_a_given_amount_comes_back_in_the_readers_form():
    with translation.override("tr"):
        form = TypedForm({"type": "money", "unit": "TRY/month"}, None, "68000.50 TRY/month")
        assert form["value"].value() == "68.000,5"
        assert form.unit == "TRY, aylık"


def test_a_number_outside_its_range_is_refused_with_the_range():
    form = TypedForm({"type": "integer", "unit": "years"}, post(value="70"), low=0, high=60)
    assert form.errors["value"] == ["The number must be 60 or less."]


def test_a_day_is_read_from_its_three_parts():
    form = DayForm({"type": "date"}, post(day="5", month="2", year="2026"))
    assert form.is_valid()
    assert form.raw == "2026-02-05"


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"day": "31", "month": "2", "year": "2026"}, "There is no such day in the calendar."),
        ({"day": "5", "month": "", "year": "2026"}, "Give the day, the month and the year"),
        ({"day": "5", "month": "2", "year": "26"}, "Give the day, the month and the year"),
    ],
)
def test_a_day_that_cannot_be_is_refused(parts, said):
    form = DayForm({"type": "date"}, post(**parts))
    assert not form.is_valid()
    assert form.non_field_errors()[0].startswith(said)


def test_units_are_said_as_a_person_says_them():
    assert unit_name("TRY/month") == "TRY a month"
    assert unit_name("years") == "years"
    assert unit_name("percent") == "%"
    assert unit_name("TRY") == "TRY"


def test_an_everyday_word_finds_the_official_name():
    assert matching(LABELS, "nurse")[:2] == ["6113", "2221"]
    assert "2221" in matching(LABELS, "nurses")
    assert matching(LABELS, "midwife") == ["2222", "2221"]


def test_the_very_word_comes_before_its_beginnings_and_stands_in_brackets_too():
    labels = LABELS | {
        "2221": ("Специалисты (медсёстры)", "Nursing professionals", "nurse медсестра")
    }
    assert matching(labels, "nurse")[0] == "2221"
    assert matching(labels, "медсёстры") == matching(labels, "медсестра") == ["2221"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("медсестра", "2221"),
        ("hemşire", "2221"),
        ("сиделка", "5322"),
        ("няня", "5311"),
        ("dadı", "5311"),
        ("чабан", "9212"),
        ("shepherd", "9212"),
        ("строитель", "7111"),
        ("швея", "8153"),
        ("şoför", "8332"),
    ],
)
def test_what_people_call_their_work_finds_it(typed, code):
    assert code in matching({code: (words,) for code, words in WORDS.items()}, typed)


def test_a_word_in_ones_own_language_or_in_english_finds_it():
    assert matching(LABELS, "водитель") == ["8332"]
    assert matching(LABELS, "truck") == ["8332"]
    assert matching(LABELS, "TEMİZLİK") == ["9112"]
    assert matching(LABELS, "temizlikci") == ["9112"]


def test_a_code_or_its_beginning_finds_it():
    assert matching(LABELS, "2221") == ["2221"]
    assert matching(LABELS, "22") == ["2221", "2222"]


def test_nonsense_finds_nothing():
    assert matching(LABELS, "zzzz") == []
    assert matching(LABELS, " ") == []


def test_groups_are_looked_through_from_large_to_small():
    assert below(LABELS, "") == ["2", "6"]
    assert below(LABELS, "2") == ["22"]
    assert below(LABELS, "22") == ["2221", "2222"]


def test_letters_with_and_without_marks_are_the_same_word():
    assert plain("İŞÇİ") == plain("işçi") == "isci"
    assert plain("ISI") == plain("ısı")
