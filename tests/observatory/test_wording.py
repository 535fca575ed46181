"""Figures and periods as each language writes them."""

import pytest
from django.utils import translation

from karvan.observatory import wording
from karvan.ui import formatting


@pytest.mark.parametrize(
    ("language", "value", "unit", "said"),
    [
        ("en", 44361, "persons", "44,361"),
        ("tr", 44361, "persons", "44.361"),
        ("ru", 67.1, "percent", "67,1"),
        ("en", -0.04, "points", "0.0"),
        ("en", 57e9, "RUB", "57,000"),
        ("en", 5.7e6, "USD", "5.7"),
        ("en", None, "persons", "–"),
    ],
)
def test_an_amount_is_written_in_the_form_of_the_language_and_unit(language, value, unit, said):
    with translation.override(language):
        assert wording.amount(value, unit) == said


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "2024", "2024"),
        ("en", "2023-11-09", "9 Nov 2023"),
        ("en", "2019-01-01/P10M", "January – October 2019"),
        ("tr", "2019-01-01/P10M", "Ocak – Ekim 2019"),
        ("ru", "2022-S1", "январь – июнь 2022 г."),
    ],
)
def test_a_period_is_written_in_words(language, text, said):
    with translation.override(language):
        written = wording.period(text)
    assert " ".join(written.split()) == said


@pytest.mark.parametrize(("language", "said"), [("en", "67.1%"), ("tr", "%67,1")])
def test_a_share_has_the_sign_where_the_language_puts_it(language, said):
    with translation.override(language):
        assert wording.percent(0.671) == said


def test_bounds_say_which_of_them_is_known():
    with translation.override("en"):
        assert wording.span(20_000, 40_000, "persons") == "20,000–40,000"
        assert wording.span(None, 40_000, "persons") == "at most 40,000"
        assert wording.span(20_000, None, "persons") == "at least 20,000"


def test_every_country_has_one_spelling_in_addresses_whatever_the_language():
    with translation.override("ru"):
        assert wording.slug("TR") == "turkiye"
    assert wording.codes_by_slug()["kyrgyzstan"] == "KG"
    slugs = wording.codes_by_slug()
    assert len(set(slugs)) == len(slugs)


@pytest.mark.parametrize(("language", "said"), [("tr", "İzin"), ("en", "Izin")])
def test_a_capital_is_that_of_the_language(language, said):
    with translation.override(language):
        assert formatting.capital("izin") == said
