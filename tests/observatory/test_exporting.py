"""Files that we write, read back by those who read SDMX, and by a spreadsheet."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
import sdmx
from hypothesis import given
from hypothesis import strategies as st
from pysdmx.io import get_datasets

from karvan.analysis.tables import SCHEMA, Table, with_schema
from karvan.errors import Refused
from karvan.observatory import exporting
from karvan.observatory.cards import EditionCard, SeriesCard, SourceCard
from karvan.observatory.exporting import COMPONENTS, FORMS, write

SERIES = SeriesCard(
    key="permits",
    title='Permits <issued> & "held", the ministry\'s',
    concept="work_permits_issued",
    unit="permits",
    reporter="Ministry of Labour",
    reference="during_period",
    definition="Permits issued in a year.",
    categories={"seasonal": "Seasonal workers"},
)
EDITION = EditionCard(
    key="2024",
    title="2024 yearbook",
    licence="CC BY 4.0",
    published="2025-01",
    note="Months are not whole.",
    sources={"a": SourceCard(title="Yearbook & annex"), "b": SourceCard(title="=Newspaper")},
)
ROWS: list[dict[str, Any]] = [
    {"origin": "KG", "destination": "TR", "sex": "F", "period": "2024", "value": 29765.0},
    {
        "origin": "KG",
        "destination": "TR",
        "sex": "F",
        "period": "2024",
        "value": 3.25,
        "source": "b",
    },
    {"origin": "TM", "destination": "TR", "period": "2019-01-01/P10M", "status": "O"},
    {"period": "2024-Q3", "lower": 10.0, "upper": 20.5, "status": "E"},
    {"period": "2024-07", "category": "seasonal", "age": "Y15T24", "value": 0.1, "status": "P"},
    {"origin": "_O", "destination": "_U", "period": "2024", "status": "Q"},
]


def table(rows: list[dict[str, Any]] = ROWS) -> Table:
    frame = pl.DataFrame(rows, schema={**SCHEMA})
    filled = frame.with_columns(
        *(pl.col(name).fill_null("_T") for name in ("origin", "destination", "sex", "age")),
        pl.col("category").fill_null("_T"),
        pl.col("status").fill_null("A"),
        pl.col("source").fill_null("a"),
    )
    return Table(SERIES.key, EDITION.key, SERIES.unit, with_schema(filled))


def written(form: str, of: Table | None = None) -> bytes:
    return write(of or table(), SERIES, EDITION, form)


def plain(given: Table) -> list[dict[str, Any]]:
    """Rows by the ids of SDMX, in an order of their own."""
    names = {column: identifier for column, (identifier, _) in COMPONENTS.items()}
    rows = [{names[name]: cell for name, cell in row.items()} for row in given.rows()]
    return in_order([{**row, "UNIT_MEASURE": given.unit} for row in rows])


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: [str(row[name]) for name in sorted(row)])


def by_pysdmx(data: Path, structure: Path) -> list[dict[str, Any]]:
    (dataset,) = get_datasets(data, structure)
    rows = dataset.data.astype(object).where(dataset.data.notna(), None).to_dict("records")
    return in_order([{**dict.fromkeys(("LOWER", "UPPER", "OBS_VALUE")), **row} for row in rows])


def by_sdmx1(data: Path, structure: Path) -> list[dict[str, Any]]:
    definition = next(iter(sdmx.read_sdmx(structure).structure.values()))
    message = sdmx.read_sdmx(data, structure=definition)
    rows = []
    for observation in message.data[0].obs:
        said = {name: str(value.value) for name, value in observation.attached_attribute.items()}
        numbers = {name: said.pop(name, None) for name in ("LOWER", "UPPER")}
        numbers["OBS_VALUE"] = observation.value
        key = {value.id: str(value.value) for value in observation.key.values.values()}
        figures = {name: None if n is None else float(n) for name, n in numbers.items()}
        rows.append({**key, **said, **figures})
    return in_order(rows)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    found = {}
    for form, (ending, _, _) in FORMS.items():
        found[form] = tmp_path / f"{form}.{ending}"
        found[form].write_bytes(written(form))
    return found


@pytest.mark.parametrize("form", ["sdmx-csv", "sdmx-csv-1", "sdmx-ml"])
def test_pysdmx_reads_back_what_was_written(files: dict[str, Path], form: str):
    assert by_pysdmx(files[form], files["sdmx-structure"]) == plain(table())


def test_sdmx1_reads_back_what_was_written(files: dict[str, Path]):
    assert by_sdmx1(files["sdmx-ml"], files["sdmx-structure"]) == plain(table())


def test_the_structure_names_every_code_that_the_data_uses(files: dict[str, Path]):
    message = sdmx.read_sdmx(files["sdmx-structure"])
    assert {name: len(listed) for name, listed in message.codelist.items()} == {
        "CL_AREA": 6,  # three special codes, three countries
        "CL_SEX": 3,
        "CL_AGE": 2,
        "CL_CATEGORY": 4,
        "CL_SOURCE": 2,
        "CL_OBS_STATUS": 5,
        "CL_UNIT_MEASURE": 1,
    }
    assert str(message.codelist["CL_AREA"]["KG"].name) == "Kyrgyzstan"
    assert str(message.codelist["CL_CATEGORY"]["seasonal"].name) == "Seasonal workers"
    (flow,) = message.dataflow.values()
    assert (flow.id, str(flow.name)) == ("permits__2024", f"{SERIES.title}: {EDITION.title}")


def test_our_own_csv_reads_back_the_same():
    read = pl.read_csv(io.BytesIO(written("csv")), schema_overrides=SCHEMA)
    assert read.equals(table().frame)
    assert written("csv").splitlines()[1] == b"KG,TR,F,_T,_T,2024,29765,,,A,a"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_as_the_same_number(value: float):
    one = table([{"period": "2024", "value": value}])
    read = pl.read_csv(io.BytesIO(written("csv", one)), schema_overrides=SCHEMA)
    assert read["value"].to_list() == [value]


def test_the_workbook_holds_figures_as_numbers_and_says_what_they_are():
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx")))
    assert book.sheetnames == ["Figures", "About", "Codes"]
    header, first, *_ = book["Figures"].iter_rows(values_only=True)
    assert header == tuple(SCHEMA)
    assert first == ("KG", "TR", "F", "_T", "_T", "2024", 29765, None, None, "A", "a")
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    assert about["Series"] == SERIES.title
    assert about["Edition"] == "2024 yearbook"
    assert about["Licence"] == "CC BY 4.0"
    assert about["Note"] == "Months are not whole."
    assert about["Source a"] == "Yearbook & annex"
    codes = {row[0]: row[1] for row in book["Codes"].iter_rows(values_only=True)}
    assert codes["KG"] == "Kyrgyzstan"
    assert codes["status O"] == "Unknown"


def test_a_text_that_begins_like_a_formula_stays_a_text_in_the_workbook():
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx")))
    (cell,) = [row[1] for row in book["About"].iter_rows() if row[0].value == "Source b"]
    assert (cell.value, cell.data_type) == ("=Newspaper", "s")


def test_a_table_longer_than_a_sheet_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(exporting, "_SHEET_ROWS", 6)
    with pytest.raises(Refused, match="A sheet holds 5 rows and this table has 6"):
        written("xlsx")


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_table_is_a_file_too(form: str):
    assert written(form, table().where(origin="ZZ"))
