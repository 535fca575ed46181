"""Tables as files: our own CSV, xlsx, SDMX-CSV and SDMX-ML with the structure that explains it.

SDMX is that of the Statistical Data and Metadata eXchange standard, versions 2.1 (ML) and 1.0 and
2.0 (CSV). A source is a dimension: where two sources disagree, both figures keep a place.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl
from babel import Locale
from django.utils.translation import gettext_noop

from karvan.analysis.tables import OTHERS, SCHEMA, TOTAL, UNSTATED, Status, Table
from karvan.errors import Refused
from karvan.observatory.cards import EditionCard, SeriesCard

if TYPE_CHECKING:
    from pysdmx.io.pd import PandasDataset
    from pysdmx.model import Codelist
    from pysdmx.model.dataflow import DataStructureDefinition
    from xlsxwriter import Workbook

AGENCY = "KARVAN"
VERSION = "1.0"
# Our columns by the ids that SDMX gives them, each with its name; in the order of SCHEMA.
COMPONENTS = {
    "origin": ("ORIGIN", "Origin"),
    "destination": ("DESTINATION", "Destination"),
    "sex": ("SEX", "Sex"),
    "age": ("AGE", "Age"),
    "category": ("CATEGORY", "Category"),
    "period": ("TIME_PERIOD", "Time period"),
    "value": ("OBS_VALUE", "Observed value"),
    "lower": ("LOWER", "Lower bound"),
    "upper": ("UPPER", "Upper bound"),
    "status": ("OBS_STATUS", "Observation status"),
    "source": ("SOURCE", "Source"),
    "unit": ("UNIT_MEASURE", "Unit of measure"),
}
# Time comes last among the dimensions, as SDMX has it.
_KEYS = ("origin", "destination", "sex", "age", "category", "source", "period")
_NUMBERS = ("value", "lower", "upper")
_SPECIAL = {TOTAL: "All", OTHERS: "Others", UNSTATED: "Not stated"}
_SEXES = {TOTAL: "Both sexes", "F": "Women", "M": "Men"}
_STATUSES = {
    Status.OBSERVED: "Observed",
    Status.ESTIMATED: "Estimated",
    Status.PROVISIONAL: "Provisional",
    Status.SUPPRESSED: "Suppressed: too few people to publish",
    Status.UNKNOWN: "Unknown",
}
_SHEET_ROWS = 1_048_576


def write(table: Table, series: SeriesCard, edition: EditionCard, form: str) -> bytes:
    """The table as a file of one of FORMS. Raises Refused where it does not fit the form."""
    return FORMS[form][2](table, series, edition)


def flow_id(series: str, edition: str) -> str:
    """The id of an edition as an SDMX dataflow."""
    return f"{series}__{edition}"


def _csv(table: Table, series: SeriesCard, edition: EditionCard) -> bytes:
    return _texts(table.frame).write_csv().encode()


def _texts(frame: pl.DataFrame) -> pl.DataFrame:
    """Numbers as the shortest text that reads back the same; whole ones without a point."""
    return frame.with_columns(
        pl.when(pl.col(name).round(0).eq(pl.col(name)) & (pl.col(name).abs() < 2**53))
        .then(pl.col(name).cast(pl.Int64, strict=False).cast(pl.String))
        .otherwise(pl.col(name).cast(pl.String))
        .alias(name)
        for name in _NUMBERS
    )


def _xlsx(table: Table, series: SeriesCard, edition: EditionCard) -> bytes:
    from xlsxwriter import Workbook

    if len(table) >= _SHEET_ROWS:
        raise Refused(
            "too_large_for_xlsx",
            gettext_noop(
                "A sheet holds {most} rows and this table has {size}. Take it as CSV, or choose "
                "a part of it."
            ),
            most=_SHEET_ROWS - 1,
            size=len(table),
        )
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    _figures_sheet(book, table)
    _text_sheet(book, "About", [("", ""), *_about(series, edition)], (18, 100))
    _text_sheet(book, "Codes", [("Code", "Meaning"), *_codes(table.frame, series)], (18, 60))
    book.close()
    return file.getvalue()


def _figures_sheet(book: Workbook, table: Table) -> None:
    sheet = book.add_worksheet("Figures")
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(SCHEMA) - 1, 12)
    for column, name in enumerate(SCHEMA):
        sheet.write_string(0, column, name, book.add_format({"bold": True}))
    for number, row in enumerate(table.frame.iter_rows(), 1):
        for column, cell in enumerate(row):
            # A text stays a text, whatever sign it begins with: it is never a formula.
            if isinstance(cell, str):
                sheet.write_string(number, column, cell)
            elif cell is not None:
                sheet.write_number(number, column, cell)


def _text_sheet(
    book: Workbook, name: str, rows: Sequence[tuple[str, str]], widths: tuple[int, int]
) -> None:
    sheet = book.add_worksheet(name)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width, wrapped)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)


def _about(series: SeriesCard, edition: EditionCard) -> Iterator[tuple[str, str]]:
    said = {
        "Series": series.title,
        "Series key": series.key,
        "Counts": series.concept,
        "Unit": series.unit,
        "Counted by": series.reporter,
        "Refers to": series.reference.replace("_", " "),
        "Definition": series.definition,
        "Edition": edition.title,
        "Edition key": edition.key,
        "Published": edition.published,
        "Licence": edition.licence,
        "Changed": edition.changed,
        "Note": edition.note,
    }
    yield from ((name, text) for name, text in said.items() if text)
    for words, destinations in edition.counted_by.items():
        yield "Manner of counting", f"{words}: {', '.join(destinations)}"
    for key, source in edition.sources.items():
        parts = (source.title, source.published, source.url, source.note)
        yield f"Source {key}", ". ".join(part.rstrip(".") for part in parts if part)


def _codes(frame: pl.DataFrame, series: SeriesCard) -> Iterator[tuple[str, str]]:
    for codes in (_areas(frame), _categories(frame, series)):
        yield from ((code, name) for code, name in codes.items() if code not in _SPECIAL)
    yield from ((code, name) for code, name in _SEXES.items() if code not in _SPECIAL)
    yield from _SPECIAL.items()
    yield from ((f"status {code}", name) for code, name in _STATUSES.items())


def _areas(frame: pl.DataFrame) -> dict[str, str]:
    names = Locale("en").territories
    found = {*frame["origin"], *frame["destination"]} - set(_SPECIAL)
    return {**_SPECIAL, **{code: names.get(code, code) for code in sorted(found)}}


def _categories(frame: pl.DataFrame, series: SeriesCard) -> dict[str, str]:
    found = set(frame["category"]) - set(_SPECIAL)
    return {**_SPECIAL, **{code: series.categories.get(code, code) for code in sorted(found)}}


def _plain(codes: Sequence[str]) -> dict[str, str]:
    return {code: _SPECIAL.get(code, code) for code in sorted({TOTAL, *codes})}


def _codelists(
    frame: pl.DataFrame, series: SeriesCard, edition: EditionCard
) -> dict[str, Codelist]:
    """By our column. Origin and destination share one list of areas."""
    from pysdmx.model import Code, Codelist

    def listed(name: str, title: str, codes: dict[str, str]) -> Codelist:
        return Codelist(
            id=f"CL_{name}",
            name=title,
            agency=AGENCY,
            version=VERSION,
            items=tuple(Code(id=code, name=said) for code, said in codes.items()),
        )

    areas = listed("AREA", "Areas", _areas(frame))
    sources = {key: source.title for key, source in edition.sources.items()}
    return {
        "origin": areas,
        "destination": areas,
        "sex": listed("SEX", "Sexes", _SEXES),
        "age": listed("AGE", "Ages", _plain(frame["age"].unique().to_list())),
        "category": listed("CATEGORY", "Categories", _categories(frame, series)),
        "source": listed("SOURCE", "Sources", sources),
        "status": listed(
            "OBS_STATUS", "Status", {str(code): name for code, name in _STATUSES.items()}
        ),
        "unit": listed("UNIT_MEASURE", "Units", {series.unit: series.unit.replace("_", " ")}),
    }


def _definition(
    table: Table, series: SeriesCard, edition: EditionCard
) -> tuple[DataStructureDefinition, list[Any]]:
    """The data structure definition, and every artefact that a reader needs, it among them."""
    from pysdmx.model import Concept, ConceptScheme, DataType
    from pysdmx.model.dataflow import (
        Component,
        Components,
        Dataflow,
        DataStructureDefinition,
        Role,
    )

    lists = _codelists(table.frame, series, edition)
    concepts = {
        column: Concept(
            id=identifier,
            name=name,
            urn=f"urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={AGENCY}:"
            f"CS_OBSERVATORY({VERSION}).{identifier}",
        )
        for column, (identifier, name) in COMPONENTS.items()
    }
    roles = {
        **dict.fromkeys(_KEYS, Role.DIMENSION),
        "value": Role.MEASURE,
        **dict.fromkeys(("lower", "upper", "status", "unit"), Role.ATTRIBUTE),
    }
    types = {
        "period": DataType.PERIOD,
        **dict.fromkeys(_NUMBERS, DataType.DOUBLE),
    }
    components = Components(
        [
            Component(
                id=COMPONENTS[column][0],
                required=role is Role.DIMENSION or column in ("status", "unit"),
                role=role,
                concept=concepts[column],
                local_dtype=types.get(column, DataType.STRING),
                local_codes=lists.get(column),
                attachment_level="O" if role is Role.ATTRIBUTE else None,
            )
            for column, role in roles.items()
        ]
    )
    structure = DataStructureDefinition(
        id=f"DSD_{flow_id(series.key, edition.key)}",
        name=series.title,
        agency=AGENCY,
        version=VERSION,
        components=components,
    )
    flow = Dataflow(
        id=flow_id(series.key, edition.key),
        name=f"{series.title}: {edition.title}",
        description=series.definition,
        agency=AGENCY,
        version=VERSION,
        structure=structure,
    )
    scheme = ConceptScheme(
        id="CS_OBSERVATORY",
        name="Concepts of the observatory",
        agency=AGENCY,
        version=VERSION,
        items=tuple(concepts.values()),
    )
    codelists = {listed.id: listed for listed in lists.values()}
    return structure, [*codelists.values(), scheme, structure, flow]


def _dataset(table: Table, series: SeriesCard, edition: EditionCard) -> PandasDataset:
    import pandas as pd
    from pysdmx.io.pd import PandasDataset
    from pysdmx.model.dataflow import Schema

    structure, _ = _definition(table, series, edition)
    schema = Schema(
        context="dataflow",
        agency=AGENCY,
        id=flow_id(series.key, edition.key),
        version=VERSION,
        components=structure.components,
    )
    texts = _texts(table.frame).with_columns(pl.lit(series.unit).alias("unit"))
    columns = [*_KEYS, "value", "lower", "upper", "status", "unit"]
    # As plain objects: an empty cell is an empty text, which is left out of SDMX-ML.
    data = pd.DataFrame(
        {COMPONENTS[name][0]: texts[name].fill_null("").to_list() for name in columns}, dtype=object
    )
    return PandasDataset(structure=schema, data=data)


def _header(series: SeriesCard, edition: EditionCard) -> Any:
    from pysdmx.model import Organisation
    from pysdmx.model.message import Header

    return Header(id=flow_id(series.key, edition.key), sender=Organisation(id=AGENCY))


def _sdmx_csv_1(table: Table, series: SeriesCard, edition: EditionCard) -> bytes:
    return _sdmx_csv(table, series, edition, {"DATAFLOW": _reference(series, edition)})


def _sdmx_csv_2(table: Table, series: SeriesCard, edition: EditionCard) -> bytes:
    leading = {
        "STRUCTURE": "dataflow",
        "STRUCTURE_ID": _reference(series, edition),
        "ACTION": "I",
    }
    return _sdmx_csv(table, series, edition, leading)


def _reference(series: SeriesCard, edition: EditionCard) -> str:
    return f"{AGENCY}:{flow_id(series.key, edition.key)}({VERSION})"


def _sdmx_csv(
    table: Table, series: SeriesCard, edition: EditionCard, leading: dict[str, str]
) -> bytes:
    columns = [*_KEYS, "value", "lower", "upper", "status", "unit"]
    texts = _texts(table.frame).with_columns(pl.lit(series.unit).alias("unit"))
    return (
        texts.select(
            *(pl.lit(text).alias(name) for name, text in leading.items()),
            *(pl.col(name).alias(COMPONENTS[name][0]) for name in columns),
        )
        .write_csv()
        .encode()
    )


def _sdmx_ml(table: Table, series: SeriesCard, edition: EditionCard) -> bytes:
    from pysdmx.io.xml.sdmx21.writer.structure_specific import write as write_data

    dataset = _dataset(table, series, edition)
    written = write_data([dataset], header=_header(series, edition), prettyprint=False)
    return (written or "").encode()


def _structure(table: Table, series: SeriesCard, edition: EditionCard) -> bytes:
    from pysdmx.io.xml.sdmx21.writer.structure import write as write_structure

    _, artefacts = _definition(table, series, edition)
    return (write_structure(artefacts, header=_header(series, edition)) or "").encode()


Writer = Callable[[Table, SeriesCard, EditionCard], bytes]
# What a file is called, by what it is for a browser, and who writes it.
FORMS: dict[str, tuple[str, str, Writer]] = {
    "csv": ("csv", "text/csv; charset=utf-8", _csv),
    "xlsx": (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _xlsx,
    ),
    "sdmx-csv": ("csv", "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8", _sdmx_csv_2),
    "sdmx-csv-1": (
        "csv",
        "application/vnd.sdmx.data+csv; version=1.0.0; charset=utf-8",
        _sdmx_csv_1,
    ),
    "sdmx-ml": ("xml", "application/vnd.sdmx.structurespecificdata+xml; version=2.1", _sdmx_ml),
    "sdmx-structure": ("xml", "application/vnd.sdmx.structure+xml; version=2.1", _structure),
}
