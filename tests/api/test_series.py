"""Series and editions as the API tells of them."""

from karvan.observatory.content import vocabulary
from tests.factories import figures


def test_all_series_are_told_with_their_editions_oldest_first(ask):
    told = [
        (each["key"], [edition["edition"] for edition in each["editions"]])
        for each in ask("series")["series"]
    ]
    assert told == [("permits", ["compiled-2026-11"]), ("stock", ["2020", "2024"])]


def test_a_series_says_what_it_counts_and_which_edition_is_the_newest(ask):
    told = ask("series/stock")
    assert {name: told[name] for name in ("concept", "unit", "reporter", "latest")} == {
        "concept": "migrant_stock",
        "unit": "persons",
        "reporter": "United Nations",
        "latest": "2024",
    }


def test_the_words_of_a_series_come_in_the_language_asked_for(ask):
    assert ask("series/stock", language="ru")["title"] == "Мигранты по странам и полу"


def test_what_is_not_translated_is_told_in_english(ask):
    assert ask("series/stock", language="tr")["title"] == figures.STOCK.title


def test_an_edition_tells_its_source_licence_and_codes(ask):
    told = ask("series/permits/editions/latest")
    assert told["edition"] == "compiled-2026-11"
    assert told["licence"] == "Facts from public reports"
    assert {each["key"]: each["sure"] for each in told["sources"]} == {
        "ministry": "read",
        "press": "memory",
    }
    assert told["codes"] == {
        "origin": ["KG"],
        "destination": ["TR"],
        "sex": ["_T"],
        "age": ["_T"],
        "category": ["_T"],
        "period": ["2016", "2017"],
    }


def test_an_edition_that_was_corrected_is_told_once_as_it_is_now(ask):
    revised = figures.published(rows=figures.FIGURES_2024.head(2), at=figures.LATER)
    told = ask("series/stock")["editions"]
    assert [(each["edition"], each["size"]) for each in told] == [("2020", 8), ("2024", 2)]
    assert told[1]["hash"] == revised.hash


def test_a_series_misspelt_is_told_the_nearest(ask):
    assert ask("series/stok", 404) == {
        "code": "unknown_series",
        "message": "There is no series 'stok' here. Nearest: stock.",
        "remedy": "The address /api/v1/series names every series with its editions.",
    }


def test_an_edition_that_is_not_there_is_told_those_that_are(ask):
    assert ask("series/stock/editions/2023", 404) == {
        "code": "unknown_edition",
        "message": "The series has no edition '2023'. Nearest: 2024, 2020.",
        "remedy": "Write one of them, or 'latest' for the newest.",
    }


def test_concepts_say_what_the_ends_of_a_corridor_are(ask):
    told = {each["key"]: each for each in ask("concepts")["concepts"]}
    known = vocabulary().concepts
    assert list(told) == list(known)
    stock = known["migrant_stock"]
    assert (told["migrant_stock"]["title"], told["migrant_stock"]["origin"]) == (
        stock.title,
        stock.origin,
    )
