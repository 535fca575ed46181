"""Files as grids: rows of texts under labels, wherever in the file the table begins."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
from django.utils.translation import gettext_noop

from karvan.errors import Refused
from karvan.observatory.importing.cells import period_of, sex_of, sex_within

_SAMPLE = 60
_SEPARATORS = ",;\t|"
_NUMBER = re.compile(r"[-+]?[\d\s.,'’\u00a0\u202f]*\d[\d\s.,]*(?:e[+-]\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\.0)?")
_SDMX_CSV = {"STRUCTURE_ID", "DATAFLOW"}
Row = Sequence[str | None]


@dataclass(frozen=True)
class Grid:
    """`frame` has a column c0, c1 … of texts for each of `labels`, and `row`, its row in the file.

    A label has a part for each row of the header, the topmost first. `above` are the texts before
    the table. `flow` names the SDMX dataflow, where the file is of one. `told` says how the file
    was read: its sheet, or its encoding and separator.
    """

    labels: tuple[tuple[str, ...], ...]
    frame: pl.DataFrame
    above: tuple[str, ...] = ()
    flow: str = ""
    told: str = ""

    def name(self, index: int) -> str:
        return " ".join(part for part in self.labels[index] if part)

    @property
    def names(self) -> list[str]:
        return [self.name(index) for index in range(len(self.labels))]

    def texts(self, index: int) -> pl.Series:
        return self.frame[f"c{index}"]


def read_grids(path: Path, sheet: str | None = None) -> Iterator[Grid]:
    """The tables of a file, one for each sheet that has one, read as they are asked for. Raises
    Refused, saying what is wrong with it."""
    if not path.is_file():
        raise Refused(
            "no_file", gettext_noop("There is no file '{file}'. Check its name."), file=str(path)
        )
    start = path.open("rb").read(4096)
    if not start.strip():
        raise Refused("empty", gettext_noop("The file '{file}' is empty."), file=path.name)
    if zipfile.is_zipfile(path):
        yield from _workbook(path, sheet)
        return
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            "old_excel",
            gettext_noop("'{file}' is an old Excel file. Save it as .xlsx, or as CSV."),
            file=path.name,
        )
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        yield _sdmx_ml(path)
    else:
        yield _csv(path)


def _csv(path: Path) -> Grid:
    content, encoding = decoded(path.read_bytes())
    lines = content[:200_000].splitlines(keepends=True)[:_SAMPLE]
    separator = _separator(lines)
    reader = csv.reader(lines, delimiter=separator)
    sample: list[Row] = []
    ends: list[int] = []
    for cells in reader:
        sample.append(cells)
        ends.append(reader.line_num)
    header, first = find_header(sample, path.name)
    labels = _labels(sample, header)
    try:
        frame = pl.read_csv(
            content.encode(),
            has_header=False,
            separator=separator,
            skip_lines=ends[first - 1],
            infer_schema=False,
            schema={f"c{index}": pl.String for index in range(len(labels))},
            truncate_ragged_lines=True,
            raise_if_empty=False,
        )
    except pl.exceptions.PolarsError as error:
        raise Refused(
            "broken_csv",
            gettext_noop("'{file}' cannot be read as CSV: {cause}."),
            file=path.name,
            cause=str(error).splitlines()[0].rstrip("."),
        ) from None
    labels, frame, flow = _of_sdmx(labels, frame)
    told = f"CSV, {encoding}, '{'tab' if separator == chr(9) else separator}'"
    return _grid(labels, frame, first + 1, sample[: header[0]], flow=flow, told=told)


def _of_sdmx(
    labels: tuple[tuple[str, ...], ...], frame: pl.DataFrame
) -> tuple[tuple[tuple[str, ...], ...], pl.DataFrame, str]:
    """A file in SDMX-CSV without the names beside its codes ('SEX: Sex', 'F: Female'), and the
    dataflow that it is of; any other file as it is."""
    codes = [label[-1].split(": ")[0] for label in labels]
    named = next((index for index, code in enumerate(codes) if code in _SDMX_CSV), None)
    if named is None:
        return labels, frame, ""
    if any(": " in label[-1] for label in labels):
        frame = frame.with_columns(pl.all().str.replace(r"^([\w@$-]+): .*$", "$1"))
    flows = frame[f"c{named}"].drop_nulls()
    flow = flows[0].split(": ")[0] if len(flows) else ""
    return tuple((code,) for code in codes), frame, flow


def decoded(content: bytes) -> tuple[str, str]:
    """(the text, its encoding), by the mark at its start or by what its bytes look like."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, "replace"), encoding.removesuffix("-sig")
    sample = content[:4096]
    if sample.count(0) > len(sample) // 4:
        encoding = "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
        return content.decode(encoding, "replace"), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        # Cyrillic words are whole runs of high bytes; in Turkish ones such letters stand apart.
        runs = re.findall(rb"[\xa8\xb8\xc0-\xff]+", content[:200_000])
        long = sum(len(run) for run in runs if len(run) > 2)
        encoding = "cp1251" if long * 2 > sum(map(len, runs)) else "cp1254"
        return content.decode(encoding, "replace"), encoding


def _separator(lines: Sequence[str]) -> str:
    """The separator that gives most lines the same number of cells, more than one."""

    def fit(separator: str) -> tuple[int, int]:
        sizes = Counter(len(cells) for cells in csv.reader(lines, delimiter=separator))
        sizes.pop(1, None)
        size, times = max(sizes.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return times, size

    return max(_SEPARATORS, key=fit)


def _workbook(path: Path, sheet: str | None) -> Iterator[Grid]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        # Opened here, since by its path a workbook must be called .xlsx.
        book = load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError, zipfile.BadZipFile):
        raise Refused(
            "broken_xlsx",
            gettext_noop("'{file}' cannot be opened as an Excel workbook. Save it again as .xlsx."),
            file=path.name,
        ) from None
    names = [found.title for found in book.worksheets]
    if sheet is not None and sheet not in names:
        raise Refused(
            "no_sheet",
            gettext_noop("There is no sheet '{sheet}'. The file has: {sheets}."),
            sheet=sheet,
            sheets=", ".join(names),
        )
    found = False
    for name in [sheet] if sheet else names:
        opened = book[name]
        opened.reset_dimensions()  # many publishers' files say too little about their size
        rows = [[_text(cell) for cell in row] for row in opened.iter_rows(values_only=True)]
        if grid := _sheet(rows, name):
            found = True
            yield grid
    if not found:
        find_header([], path.name)


def _sheet(rows: list[list[str | None]], name: str) -> Grid | None:
    try:
        header, first = find_header(rows[:_SAMPLE], name)
    except Refused:
        return None
    labels = _labels(rows, header)
    width = len(labels)
    body = [[*row[:width], *[None] * (width - len(row))] for row in rows[first:]]
    frame = pl.DataFrame(
        body, schema={f"c{index}": pl.String for index in range(width)}, orient="row"
    )
    return _grid(labels, frame, first + 1, rows[: header[0]], told=f"xlsx, sheet '{name}'")


def _text(cell: Any) -> str | None:
    """A cell as text. A number that is not whole gets an exponent, which no text in the file has,
    so that its point is never mistaken for a mark between thousands."""
    if cell is None:
        return None
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else f"{cell:.16e}"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _sdmx_ml(path: Path) -> Grid:
    from pysdmx.errors import PysdmxError
    from pysdmx.io import read_sdmx

    try:
        message = read_sdmx(path)
        (dataset,) = message.data or ()
    except (PysdmxError, ValueError) as error:
        raise Refused(
            "broken_sdmx",
            gettext_noop("'{file}' is no SDMX file with one set of data: {cause}."),
            file=path.name,
            cause=" ".join(str(error).split())[:300].rstrip("."),
        ) from None
    names = [str(name) for name in dataset.data.columns]
    frame = pl.DataFrame(
        {
            f"c{index}": [
                str(cell) if cell not in ("", None) else None for cell in dataset.data[name]
            ]
            for index, name in enumerate(names)
        },
        schema={f"c{index}": pl.String for index in range(len(names))},
    )
    flow = dataset.short_urn.partition("=")[2]
    labels = tuple((name,) for name in names)
    return _grid(labels, frame, 1, (), flow=flow, told="SDMX-ML")


def _grid(
    labels: tuple[tuple[str, ...], ...],
    frame: pl.DataFrame,
    first_row: int,
    above: Iterable[Row],
    flow: str = "",
    told: str = "",
) -> Grid:
    """Without columns that have neither a label nor a cell, and without empty rows."""
    kept = [
        index
        for index, label in enumerate(labels)
        if any(label) or frame[f"c{index}"].null_count() < frame.height
    ]
    frame = frame.with_row_index("row", first_row).select(
        pl.col("row").cast(pl.Int64), *(f"c{index}" for index in kept)
    )
    frame = frame.rename({f"c{index}": f"c{place}" for place, index in enumerate(kept)})
    cells = pl.all().exclude("row")
    stripped = cells.str.strip_chars()
    frame = frame.with_columns(pl.when(stripped != "").then(stripped).name.keep())
    frame = frame.filter(pl.any_horizontal(cells.is_not_null()))
    texts = tuple(cell.strip() for row in above for cell in row if cell and cell.strip())
    return Grid(tuple(labels[index] for index in kept), frame, texts, flow, told)


def find_header(rows: Sequence[Row], name: str) -> tuple[list[int], int]:
    """(the rows of the header, the first row of figures), counted from 0.

    The header is the first row that is nearly as wide as the table and holds no figure. A row above
    it belongs to it where it groups columns, one below where it only names sexes and years.
    """
    filled = [[bool(cell and cell.strip()) for cell in row] for row in rows]
    width = max((sum(row) for row in filled), default=0)
    for index, row in enumerate(rows):
        if sum(filled[index]) < max(2, width / 2) or not _may_head(rows, index):
            continue
        header = [index]
        while header[0] and _groups(rows[header[0] - 1]):
            header.insert(0, header[0] - 1)
        first = index + 1
        while first < len(rows) and (_names_parts(rows[first]) or _numbers_columns(rows[first])):
            if _names_parts(rows[first]):
                header.append(first)
            first += 1
        if first < len(rows) or _is_wide(row):
            return header, first
    raise Refused(
        "no_table",
        gettext_noop(
            "'{name}' has no table that can be read: a row of column names with rows of figures "
            "below it."
        ),
        name=name,
    )


def _is_wide(row: Row) -> bool:
    return sum(bool(cell) for cell in row) > 1


def _may_head(rows: Sequence[Row], index: int) -> bool:
    """No figure is in the row, and no year where the rows below have years too."""
    below = rows[index + 1 : index + 6]
    for column, cell in enumerate(rows[index]):
        text = (cell or "").strip()
        if not _NUMBER.fullmatch(text):
            continue
        if not _YEAR.fullmatch(text):
            return False
        under = [(row[column] or "").strip() for row in below if column < len(row)]
        if under and all(_YEAR.fullmatch(other) for other in under if other) and any(under):
            return False
    return True


def _groups(row: Row) -> bool:
    cells = [cell.strip() for cell in row if cell and cell.strip()]
    if len(cells) == 1:
        return bool(sex_within(cells[0]) or period_of(cells[0]))
    return len(cells) > 1 and not any(
        _NUMBER.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in cells
    )


def _names_parts(row: Row) -> bool:
    if row and row[0] and row[0].strip():  # the name of the row would stand under its own label
        return False
    cells = [cell.strip() for cell in row if cell and cell.strip()]
    return len(cells) > 1 and all(sex_of(cell) or period_of(cell) for cell in cells)


def _numbers_columns(row: Row) -> bool:
    cells = [cell.strip() for cell in row if cell and cell.strip()]
    return len(cells) > 2 and cells == [str(cells_from) for cells_from in range(1, len(cells) + 1)]


def _labels(rows: Sequence[Row], header: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    """For each column its label's parts. A part that spans columns is repeated over them."""
    width = max(len(rows[index]) for index in header)
    parts = []
    for place, index in enumerate(header):
        row = [" ".join((cell or "").split()) for cell in rows[index]]
        row += [""] * (width - len(row))
        if place < len(header) - 1:
            below = [list(rows[later]) for later in header[place + 1 :]]
            for column in range(1, width):
                under = any(column < len(other) and other[column] for other in below)
                if not row[column] and under:
                    row[column] = row[column - 1]
        parts.append(row)
    return tuple(zip(*parts, strict=True))
