"""`karvan data`, as it is typed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from click.testing import CliRunner, Result

from karvan.cli import main
from karvan.observatory.cards import EditionCard, SeriesCard
from karvan.observatory.models import Edition, Layout, Observation, Series
from tests.factories.figures import FIGURES_2024, STOCK_2024, published, world
from tests.factories.figures import PERMITS as PERMITS_CARD

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
PERMITS = ("--concept", "work_permits_issued", "--source", "The ministry", "--destination", "TR")


def karvan(*arguments: str | Path) -> Result:
    """Bugs surface as themselves, and are not swallowed by the runner."""
    result = CliRunner().invoke(main, ["data", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def refused(*arguments: str | Path) -> str:
    """What a command that is refused says: status 2, nothing on standard output."""
    result = karvan(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.removeprefix("karvan: ").strip()


@pytest.fixture
def permits(tmp_path: Path) -> Path:
    """A ministry's workbook of permits by sex for 2023 and 2024, sound."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Разрешения на работу"])
    sheet.append(["Страна", "2023 муж", "2023 жен", "2024 муж", "2024 жен"])
    sheet.append(["Кыргызстан", 100, 40, 110, 50])
    sheet.append(["Узбекистан", 200, 60, "..", 80])
    book.save(tmp_path / "permits.xlsx")
    return tmp_path / "permits.xlsx"


def stored() -> list[tuple[Any, ...]]:
    names = ("origin", "destination", "sex", "period", "value", "status")
    return list(Observation.objects.order_by(*names).values_list(*names))


def test_a_ministrys_workbook_is_loaded(permits: Path):
    result = karvan("import", permits, *PERMITS, "--series", "our-permits", "--licence", "Open")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "our-permits, edition to-2024: 8 figures stored." in result.stdout
    assert stored() == [
        ("KG", "TR", "F", "2023", 40.0, "A"),
        ("KG", "TR", "F", "2024", 50.0, "A"),
        ("KG", "TR", "M", "2023", 100.0, "A"),
        ("KG", "TR", "M", "2024", 110.0, "A"),
        ("UZ", "TR", "F", "2023", 60.0, "A"),
        ("UZ", "TR", "F", "2024", 80.0, "A"),
        ("UZ", "TR", "M", "2023", 200.0, "A"),
        ("UZ", "TR", "M", "2024", None, "O"),
    ]
    edition = Edition.objects.get()
    card = EditionCard.from_json(edition.card)
    assert (card.licence, card.sources["given"].title) == ("Open", "The ministry")
    assert SeriesCard.from_json(edition.series.card).title == "Разрешения на работу"


def test_a_preview_shows_what_would_be_stored_and_stores_nothing(permits: Path):
    result = karvan("import", permits, *PERMITS, "--preview")
    assert result.exit_code == 0
    said = " ".join(result.stdout.split())
    assert "Страна origin" in said
    assert "2023 муж value, period 2023, sex M" in said
    assert "(all rows) destination, TR" in said
    assert "8 figures; by status: 7 A, 1 O." in said
    assert "Nothing is stored: this is a preview." in said
    assert not Series.objects.exists()
    assert not Layout.objects.exists()


def test_a_preview_shows_the_columns_even_where_something_is_still_missing(permits: Path):
    result = karvan("import", permits, "--preview", "--destination", "TR")
    assert result.exit_code == 2
    assert "2023 муж" in result.stdout
    assert "Give --concept and --source" in " ".join(result.stdout.split())


def test_what_is_missing_is_asked_for(permits: Path):
    assert "Give --concept and --source" in refused("import", permits, "--destination", "TR")


def test_importing_the_same_file_again_changes_nothing_and_says_so(permits: Path):
    karvan("import", permits, *PERMITS, "--series", "our-permits")
    again = karvan("import", permits)
    assert again.exit_code == 0
    assert "Its columns are understood as the last time." in again.stdout
    assert "is here already with these figures: nothing changed." in " ".join(again.stdout.split())
    assert (Edition.objects.count(), Observation.objects.count()) == (1, 8)


def test_the_next_years_file_with_the_same_columns_needs_no_word(permits: Path):
    karvan("import", permits, *PERMITS, "--series", "our-permits")
    book = openpyxl.load_workbook(permits)
    for row, cells in enumerate([("2025 муж", "2025 жен"), (1, 2), (3, 4)], 2):
        for column, cell in enumerate(cells, 6):
            book.active.cell(row, column, cell)
    book.save(permits)
    result = karvan("import", permits, "--json")
    said = json.loads(result.stdout)
    assert said["remembered"] is True
    assert said["editions"] == [
        {
            "series": "our-permits",
            "edition": "to-2025",
            "figures": 12,
            "by_status": {"A": 11, "O": 1},
            "outcome": "stored",
        }
    ]
    assert set(Edition.objects.values_list("key", flat=True)) == {"to-2024", "to-2025"}


def test_other_figures_under_the_same_edition_are_refused_unless_they_revise(tmp_path: Path):
    file = tmp_path / "permits.csv"
    file.write_text("origin,2024\nKG,100\n")
    karvan("import", file, *PERMITS)
    file.write_text("origin,2024\nKG,101\n")
    assert "is here with other figures" in refused("import", file)
    assert karvan("import", file, "--revise").exit_code == 0
    newest = Edition.objects.order_by("loaded_at").last()
    assert newest is not None
    assert newest.observations.get().value == 101.0


def test_a_file_with_errors_is_refused_whole_and_every_error_said_once(tmp_path: Path):
    file = tmp_path / "permits.csv"
    file.write_text("origin,sex,year,permits\nKG,F,2024,5\nAtlantis,F,2024,6\nUZ,F,2024,-7\n")
    result = karvan("import", file, *PERMITS)
    assert (result.exit_code, result.stdout) == (2, "")
    said = " ".join(result.stderr.split())
    assert said.count("Atlantis") == 1
    assert said.count("A count cannot be negative.") == 1
    assert "'permits.csv' was not loaded: 2 errors. Nothing is stored." in said
    assert not Series.objects.exists()


def test_of_many_findings_twenty_are_shown_and_all_are_in_the_report(tmp_path: Path):
    file, report = tmp_path / "permits.csv", tmp_path / "report.csv"
    file.write_text("origin,2024\n" + "".join(f"Atlantis {n}x,1\n" for n in range(50)))
    result = karvan("import", file, *PERMITS, "--report", report)
    assert result.stderr.count("Atlantis") == 20
    assert "… and 30 more" in result.stderr
    rows = pl.read_csv(report)
    assert rows["row"].to_list() == list(range(2, 52))
    assert rows.columns == ["row", "level", "kind", "column", "given", "message"]


def test_a_refused_import_says_so_as_json_too(tmp_path: Path):
    file = tmp_path / "permits.csv"
    file.write_text("origin,2024\nKG,-1\n")
    result = karvan("import", file, *PERMITS, "--json")
    assert result.exit_code == 2
    said = json.loads(result.stdout)
    assert [edition["outcome"] for edition in said["editions"]] == ["refused"]
    assert said["findings"] == [
        {
            "row": 2,
            "level": "error",
            "kind": "negative",
            "column": "2024",
            "given": "-1",
            "message": "A count cannot be negative.",
        }
    ]


def test_warnings_are_shown_and_stop_nothing(tmp_path: Path):
    file = tmp_path / "permits.csv"
    file.write_text("origin,2023,2024\nKG,100,5000\n")
    result = karvan("import", file, *PERMITS)
    assert "It was 100 in 2023 (row 2): 50.0 times more." in " ".join(result.stdout.split())
    assert len(stored()) == 2


def test_a_column_and_a_name_may_be_explained_once_for_all(tmp_path: Path):
    file = tmp_path / "permits.csv"
    file.write_text("A,B,C\nStateless,7,8\n")
    options = ("--map", "A=origin", "--map", "B=category:seasonal", "--map", "C=ignore")
    assert karvan(
        "import", file, *PERMITS, *options, "--code", "Stateless=_O", "--period", "2023"
    ).exit_code == 0  # fmt: skip
    assert stored() == [("_O", "TR", "_T", "2023", 7.0, "A")]
    assert karvan("import", file, "--period", "2024").exit_code == 0
    assert len(stored()) == 2


def test_columns_of_figures_may_be_said_to_be_of_a_country(tmp_path: Path):
    file = tmp_path / "patents.csv"
    file.write_text("Месяц;Граждане Узбекистана;Граждане Таджикистана\nянварь 2024;100;200\n")
    result = karvan(
        "import", file, *PERMITS, "--map", "Граждане Узбекистана=origin:Узбекистан",
        "--map", "Граждане Таджикистана=origin:TJ",
    )  # fmt: skip
    assert result.exit_code == 0
    assert stored() == [
        ("TJ", "TR", "_T", "2024-01", 200.0, "A"),
        ("UZ", "TR", "_T", "2024-01", 100.0, "A"),
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--map", "Z=origin"], "There is no column 'Z'. The file has: origin, 2024."),
        (["--map", "origin=nonsense"], "says nothing that is known. Write COLUMN=MEANING"),
        (["--code", "Stateless"], "--code: 'Stateless' is no NAME=CODE"),
        (["--origin", "Atlantis"], "--origin: 'Atlantis' is no origin that is known."),
        (["--period", "soon"], "--period: 'soon' is no period that is known."),
        (["--published", "soon"], "--published: 'soon' is no year, month or day"),
        (["--unit", "heads"], "There is no unit 'heads'. Units are: persons"),
        (["--series", "наши"], "cannot be the key of this series. Give --series"),
        (["--sheet"], "requires an argument"),
    ],
)
def test_an_option_that_cannot_be_understood_is_refused(
    tmp_path: Path, options: list[str], message: str
):
    file = tmp_path / "permits.csv"
    file.write_text("origin,2024\nKG,1\n")
    assert message in refused("import", file, *PERMITS, *options)


def test_a_series_never_changes_what_it_counts(tmp_path: Path):
    world()
    file = tmp_path / "more.csv"
    file.write_text("origin,destination,2024\nKG,TR,1\n")
    said = refused("import", file, "--series", "permits", "--concept", "migrant_stock")
    assert said.startswith("The series permits counts work_permits_issued in permits.")


def test_a_known_series_says_itself_what_it_counts(tmp_path: Path):
    world()
    file = tmp_path / "more.csv"
    file.write_text("origin,destination,2024\nKG,TR,1\n")
    assert karvan("import", file, "--series", "permits").exit_code == 0
    assert Series.objects.get(key="permits").editions.count() == 2
    assert SeriesCard.from_json(Series.objects.get(key="permits").card) == PERMITS_CARD


def test_the_list_shows_series_editions_sizes_and_whose_they_are():
    world()
    said = karvan("list").stdout.splitlines()
    assert [line.split()[:3] for line in said[1:]] == [
        ["permits", "compiled-2026-11", "3"],
        ["stock", "2020", "8"],
        ["stock", "2024", "9"],
    ]
    assert "United Nations" in said[2]


def test_the_list_as_json_is_chosen_by_words():
    world()
    said = json.loads(karvan("list", "stock", "--json").stdout)
    (series,) = said["series"]
    assert series["series"] == "stock"
    assert [edition["figures"] for edition in series["editions"]] == [8, 9]
    assert "No series has 'moon' in it." in refused("list", "moon")


def test_an_edition_is_taken_as_csv_and_loaded_back_as_the_same(tmp_path: Path):
    published()
    result = karvan("export", "stock", "--edition", "2024")
    assert result.stdout.splitlines()[0].startswith("origin,destination,sex,age,category,period")
    assert len(result.stdout.splitlines()) == 1 + FIGURES_2024.height
    file = tmp_path / "stock.csv"
    file.write_text(result.stdout)
    again = karvan("import", file, "--series", "stock", "--edition", STOCK_2024.key)
    assert "nothing changed" in again.stdout


@pytest.mark.parametrize("form", ["sdmx-csv", "sdmx-csv-1", "sdmx-ml"])
def test_our_own_sdmx_says_itself_which_edition_it_is(tmp_path: Path, form: str):
    published()
    file = tmp_path / "stock.xml"
    assert karvan("export", "stock", "--form", form, "--out", file).exit_code == 0
    again = karvan("import", file)
    assert "stock, edition 2024 is here already with these figures: nothing" in again.stdout


def test_the_form_follows_from_the_name_of_the_file(tmp_path: Path):
    published()
    file = tmp_path / "stock.xlsx"
    result = karvan("export", "stock", "--out", file)
    assert result.stderr == f"9 figures of stock, edition 2024: {file}\n"
    assert openpyxl.load_workbook(file).sheetnames == ["Figures", "About", "Codes"]
    assert [path.name for path in tmp_path.iterdir()] == ["stock.xlsx"]


def test_a_series_or_edition_that_is_not_there_is_met_with_the_nearest(tmp_path: Path):
    world()
    assert refused("export", "stok") == "There is no series 'stok'. Nearest: stock."
    assert (
        refused("export", "stock", "--edition", "1999")
        == "stock has no edition '1999'. It has: 2020, 2024."
    )
    assert "cannot be written" in refused("export", "stock", "--out", tmp_path / "no" / "x.csv")


CARD = """
title: Permits
concept: permits
unit: permits
reporter: Ministry
reference: during_period
definition: Permits.
editions:
  "2024":
    title: 2024
    licence: Open
    sources: {{one: {source}}}
"""


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Content with one series, whose figures are these lines."""

    def make(*lines: str, source: str = "{title: Yearbook}") -> None:
        base = tmp_path / "statistics"
        (base / "series" / "permits").mkdir(parents=True)
        (base / "region.yaml").write_text(
            "states: {KG: {longitude: 74.6, latitude: 42.9}}\nmembers: [KG]\nobservers: []\n"
        )
        (base / "concepts.yaml").write_text("permits: {title: Permits, kind: flow, order: 1}\n")
        (base / "themes.yaml").write_text(
            "work: {title: Work, text: Work., concepts: [permits], indicators: []}\n"
        )
        (base / "series" / "permits" / "series.yaml").write_text(CARD.format(source=source))
        (base / "series" / "permits" / "2024.csv").write_text("\n".join(lines) + "\n")
        monkeypatch.setenv("KARVAN_CONTENT", str(tmp_path))

    return make


def test_sound_content_is_checked_without_a_database(content):
    content("origin,period,value", "KG,2024,5")
    result = karvan("check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "1 series, 1 editions, 1 figures, 0 errors, 0 warnings.\n"


def test_content_whose_sums_are_impossible_is_unsound(content):
    content("origin,sex,period,value", "KG,F,2024,5", "KG,M,2024,5", "KG,_T,2024,99")
    result = karvan("check")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == (
        "statistics/series/permits/2024.csv:4: error: 99: Women (5) and men (5) do not add up to "
        "this total."
    )
    said = json.loads(karvan("check", "--json").stdout)
    assert said["counts"]["errors"] == 1


def test_a_source_that_says_itself_that_it_does_not_add_up_is_a_warning(content):
    content(
        "origin,sex,period,value", "KG,F,2024,5", "KG,M,2024,5", "KG,_T,2024,99",
        source="{title: Yearbook, note: The parts do not add up.}",
    )  # fmt: skip
    result = karvan("check")
    assert result.exit_code == 0
    assert "2024.csv:4: warning: 99: Women (5) and men (5)" in result.stdout


def test_a_real_process_checks_the_content_without_settings():
    result = subprocess.run(
        [sys.executable, "-m", "karvan.cli", "data", "check"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "DATABASE_URL": "nonsense"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert " 0 errors, " in result.stdout


def test_a_real_process_pipes_a_clear_message_where_there_are_no_tables(tmp_path: Path):
    environment = {
        "PATH": "/usr/bin:/bin",
        "SECRET_KEY": "x" * 60,
        "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3",
    }
    result = subprocess.run(
        [sys.executable, "-m", "karvan.cli", "data", "list"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        "karvan: The database has no tables for figures yet. Run 'make run' once, or "
        "'python manage.py migrate'.\n"
    )
