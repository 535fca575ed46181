"""Living figures: what is quoted, and how it moved."""

from datetime import UTC, datetime

import pytest

from karvan.errors import Refused
from karvan.observatory.captions import quotation
from karvan.observatory.living import Why, living, living_figures
from karvan.observatory.selection import selection
from tests.factories import figures

pytestmark = pytest.mark.django_db

WOMEN = {"origin": "KG", "destination": "TR", "sex": "F"}
LATER = datetime(2026, 11, 20, 9, tzinfo=UTC)
_COLUMNS = "origin destination sex period value status source"


def one(period, value, status="A"):
    return figures.figures(("KG", "TR", "F", period, value, status, "un"), columns=_COLUMNS)


def said(found):
    return [(move.edition.card.key, move.period, move.value, move.why) for move in found.moved]


def test_the_newest_figure_is_the_one_that_is_quoted():
    figures.world()
    found = living(selection("stock", **WOMEN))
    assert (found.value, found.period) == (29_765, "2024")
    assert (found.source, found.loaded_on) == ("International Migrant Stock 2024", "2026-11-02")


def test_a_figure_is_quoted_as_a_sentence_with_source_edition_and_day():
    figures.world()
    assert quotation(living(selection("stock", **WOMEN)).figure) == (
        "People from Kyrgyzstan living in Türkiye, women, 2024: 29,765. "
        "United Nations, 2024 revision (loaded 2 Nov 2026)."
    )


def test_a_provisional_figure_says_so_where_it_is_quoted():
    figures.world()
    found = living(selection("stock", **WOMEN | {"origin": "UZ"}))
    assert "45,000 (provisional)" in quotation(found.figure)


def test_of_several_sources_the_one_that_says_the_figure_is_named():
    figures.world()
    found = living(selection("permits", origin="KG", destination="TR"))
    assert quotation(found.figure) == (
        "Work permits issued, Kyrgyzstan → Türkiye, 2017: 4,100 permits. Ministry of Labour: "
        "“Yearbook of the ministry” (As compiled in November 2026; loaded 2 Nov 2026)."
    )


def test_another_edition_is_told_apart_from_a_movement_of_people():
    figures.world()
    assert said(living(selection("stock", **WOMEN))) == [
        ("2020", "2020", 15_000, Why.FIRST),
        ("2024", "2024", 29_765, Why.OTHER_EDITION),
    ]


def test_a_period_that_was_asked_for_is_followed_through_all_editions():
    figures.world()
    found = living(selection("stock", period="2020", **WOMEN))
    assert said(found) == [
        ("2020", "2020", 15_000, Why.FIRST),
        ("2024", "2020", 21_649, Why.OTHER_EDITION),
    ]


def test_a_corrected_edition_keeps_what_it_corrects():
    figures.published(rows=one("2024", 29_000.0))
    figures.published(rows=one("2024", 29_765.0), at=LATER)
    found = living(selection("stock", **WOMEN))
    assert (found.value, found.loaded_on) == (29_765, "2026-11-20")
    assert said(found) == [
        ("2024", "2024", 29_000, Why.FIRST),
        ("2024", "2024", 29_765, Why.CORRECTED),
    ]
    assert [move.loaded_on for move in found.moved] == ["2026-11-02", "2026-11-20"]


def test_a_newer_period_in_the_same_edition_is_no_correction():
    figures.published(rows=one("2023", 29_000.0))
    figures.published(rows=one("2024", 29_765.0), at=LATER)
    moved = said(living(selection("stock", **WOMEN)))
    assert [why for *_rest, why in moved] == [Why.FIRST, Why.NEWER_PERIOD]


def test_a_revision_that_leaves_the_figure_as_it_was_is_no_move():
    figures.published()
    figures.published(rows=figures.FIGURES_2024.head(4), at=LATER)
    assert said(living(selection("stock", **WOMEN))) == [("2024", "2024", 29_765, Why.FIRST)]


def test_an_unknown_newest_figure_does_not_hide_the_last_known_one():
    figures.published(rows=one("2020", 5.0).vstack(one("2024", None, "O")))
    found = living(selection("stock", **WOMEN))
    assert (found.value, found.period) == (5, "2020")


def test_what_nobody_knows_is_quoted_as_unknown_and_never_as_zero():
    figures.published()
    found = living(selection("stock", origin="TM", destination="TR", sex="F"))
    assert (found.value, found.moved) == (None, ())
    assert "2024: unknown." in quotation(found.figure)


def test_two_sources_that_disagree_are_two_living_figures_and_nobody_chooses():
    figures.world()
    chosen = selection("permits", origin="KG", destination="TR", period="2016")
    with pytest.raises(Refused) as refused:
        living(chosen)
    assert refused.value.code == "several_figures"
    found = living_figures(chosen, chosen.figures(chosen.found_edition()))
    assert sorted((each.value, each.source) for each in found) == [
        (3_049, "Yearbook of the ministry"),
        (3_490, "A report in the press"),
    ]


def test_a_selection_without_figures_is_refused():
    figures.world()
    with pytest.raises(Refused) as refused:
        living(selection("stock", origin="FR", destination="TR"))
    assert refused.value.code == "no_figures"


def test_history_is_read_in_as_many_questions_for_one_edition_as_for_three(
    django_assert_num_queries,
):
    figures.published()
    chosen = selection("stock", origin="KG", destination="TR")

    def read():
        return living_figures(chosen, chosen.figures(chosen.found_edition()))

    read()
    with django_assert_num_queries(4):
        read()
    figures.published(figures.STOCK, figures.STOCK_2020, figures.FIGURES_2020)
    figures.published(key="2026", published="2026-10")
    read()
    with django_assert_num_queries(4):
        assert len(read()) == 2
