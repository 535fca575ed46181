"""The files of `karvan flows`: stocks, births and deaths, and a seed in; flows out."""

from __future__ import annotations

import csv
import io
import math
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from karvan.policy.errors import AnswerError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

STOCKS = ("birthplace", "residence", "stock")
VITAL = ("residence", "births", "deaths")
SEED = ("origin", "destination", "seed")
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)

Pairs = dict[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Stocks:
    """A file of stocks: what it says of each birthplace × residence."""

    file: str
    cells: Pairs

    def countries(self) -> list[str]:
        return list(dict.fromkeys(code for pair in self.cells for code in pair))

    def natives(self) -> int:
        return sum(one == other for one, other in self.cells)

    def absent(self) -> int:
        """Pairs of two countries that the file leaves out."""
        n = len(self.countries())
        return n * (n - 1) - (len(self.cells) - self.natives())


def read_stocks(file: str) -> Stocks:
    """`birthplace,residence,stock`. Raises AnswerError with file, line and cell."""
    return Stocks(file, _read_pairs(file, STOCKS))


def read_seed(file: str, countries: Sequence[str]) -> Pairs:
    """`origin,destination` and a column of weights, by any name. Raises AnswerError where one of
    the pairs of two countries is missing: a weight that is not known is not zero."""
    cells = _read_pairs(file, SEED)
    _refuse_others(file, [code for pair in cells for code in pair], countries)
    for origin in countries:
        for destination in countries:
            if origin != destination and (origin, destination) not in cells:
                raise AnswerError(
                    f"{file}: There is no weight from {origin} to {destination}. A seed has every "
                    "pair of two countries."
                )
    return cells


def read_vital(file: str, countries: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Births and deaths by residence, of each country once. Raises AnswerError."""
    found: dict[str, tuple[float, float]] = {}
    for line, cells in _rows(file, VITAL, named=True):
        country = _code(file, line, "residence", cells[0])
        if country in found:
            raise AnswerError(f"{file}:{line}: {country} stands there twice.")
        events = []
        for what, cell in zip(VITAL[1:], cells[1:], strict=True):
            try:
                events.append(_number(cell))
            except ValueError as error:
                raise AnswerError(
                    f"{file}:{line}: The number of {what} in {country} {error}"
                ) from None
        found[country] = events[0], events[1]
    _refuse_others(file, found, countries)
    for country in countries:
        if country not in found:
            raise AnswerError(f"{file}: There are no births and deaths of {country}.")
    return found


def same_countries(start: Stocks, end: Stocks) -> list[str]:
    """In the order of the first file. Raises AnswerError where the files differ."""
    countries = start.countries()
    for one, other in ((end, start), (start, end)):
        known = set(other.countries())
        for country in one.countries():
            if country not in known:
                raise AnswerError(
                    f"{one.file}: {country} is not in {other.file}. Both need the same countries."
                )
    return countries


def refuse_missing_natives(stocks: Stocks, countries: Sequence[str]) -> None:
    """Raises AnswerError: pairs without migrants may be left out, natives may not."""
    for country in countries:
        if (country, country) not in stocks.cells:
            raise AnswerError(
                f"{stocks.file}: The stock of {country} in {country} is missing. This method needs "
                "the natives of each country."
            )


def as_table(cells: Pairs, countries: Sequence[str]) -> npt.NDArray[np.float64]:
    """n × n, in the order of the countries; a pair that is absent is zero."""
    import numpy as np

    place = {country: k for k, country in enumerate(countries)}
    table = np.zeros((len(countries), len(countries)))
    for (one, other), value in cells.items():
        table[place[one], place[other]] = value
    return table


@contextmanager
def written_whole(*files: str) -> Iterator[list[IO[bytes]]]:
    """Files that appear under their names together, when all is written, or not at all. Raises
    AnswerError where one cannot be written."""
    waiting: list[tuple[IO[bytes], Path, Path]] = []
    try:
        for name in files:
            path = Path(name).resolve()
            if path.exists() and not path.is_file():
                raise AnswerError(f"{name}: This is no file that can be written.")
            try:
                handle, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            except OSError as error:
                raise AnswerError(f"{name}: It cannot be written: {error.strerror}.") from None
            waiting.append((os.fdopen(handle, "wb"), Path(made), path))
        yield [stream for stream, _, _ in waiting]
        for stream, temporary, path in waiting:
            stream.close()
            # mkstemp makes files for its owner alone; a new file has the rights of the process.
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(path)
    finally:
        for stream, temporary, _ in waiting:
            stream.close()
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now


def _read_pairs(file: str, columns: tuple[str, str, str]) -> Pairs:
    found: Pairs = {}
    codes: set[str] = set()
    for line, (one, other, cell) in _rows(file, columns, named=columns is STOCKS):
        if one not in codes or other not in codes:
            codes |= {_code(file, line, columns[0], one), _code(file, line, columns[1], other)}
        pair = one, other
        if pair in found:
            raise AnswerError(
                f"{file}:{line}: {columns[0]} {one} and {columns[1]} {other} stand there twice."
            )
        try:
            found[pair] = _number(cell)
        except ValueError as error:
            what = f"stock of {one} in {other}" if columns is STOCKS else f"seed {one} to {other}"
            raise AnswerError(f"{file}:{line}: The {what} {error}") from None
    if not found:
        raise AnswerError(f"{file}: There is nothing under the first line.")
    return found


def _rows(
    file: str, columns: tuple[str, str, str], *, named: bool
) -> Iterator[tuple[int, list[str]]]:
    """Line number and the cells of `columns`, whatever their order and whatever stands beside.
    Where the last is not `named`, any third column is it."""
    text = _text(file)
    expected = ",".join(columns)
    if not text.strip():
        raise AnswerError(f"{file}: The file is empty. Its first line is {expected}.")
    top = text.lstrip().splitlines()[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in top else ",")
    try:
        header = next(row for row in rows if any(cell.strip() for cell in row))
        names = [cell.strip().lower() for cell in header]
        wanted = list(columns if named else columns[:2])
        others = [name for name in names if name not in wanted]
        if not named and len(others) == 1:
            wanted.append(others[0])
        if len(wanted) < 3 or any(names.count(name) != 1 for name in wanted):
            raise AnswerError(
                f"{file}:{rows.line_num}: The first line is '{top.strip()}'.", nearest=[expected]
            )
        places = [names.index(name) for name in wanted]
        for row in rows:
            if len(row) != len(names):
                if not any(cell.strip() for cell in row):
                    continue
                raise AnswerError(
                    f"{file}:{rows.line_num}: This line has {len(row)} columns and the first "
                    f"{len(names)}."
                )
            cells = [row[place].strip() for place in places]
            if any(cells):
                yield rows.line_num, cells
    except csv.Error as error:
        raise AnswerError(f"{file}:{rows.line_num}: This is no CSV: {error}.") from None


def _code(file: str, line: int, column: str, cell: str) -> str:
    if not cell:
        raise AnswerError(f"{file}:{line}: The {column} is empty.")
    if not cell.isprintable():
        raise AnswerError(f"{file}:{line}: The {column} has a character that cannot be shown.")
    return cell


def _number(cell: str) -> float:
    """Raises ValueError with the end of a sentence about the cell."""
    if not NUMBER.fullmatch(cell):
        if not cell:
            raise ValueError("is empty. What is unknown cannot be used, and is not zero.")
        said = "".join(letter if letter.isprintable() else " " for letter in cell[:60])
        raise ValueError(f"is '{said}', which is no number. Write 1234.5.")
    value = float(cell)
    if not math.isfinite(value):
        raise ValueError(f"is '{cell[:60]}', which is too large.")
    if value < 0:
        raise ValueError(f"is {cell[:60]}. It cannot be negative.")
    return value


def _refuse_others(file: str, found: Iterable[str], countries: Sequence[str]) -> None:
    known = set(countries)
    for country in found:
        if country not in known:
            raise AnswerError(f"{file}: {country} is not among the countries of the stocks.")


def _text(file: str) -> str:
    try:
        return Path(file).read_text("utf-8-sig")
    except FileNotFoundError:
        raise AnswerError(f"There is no file '{file}'.") from None
    except UnicodeDecodeError:
        raise AnswerError(f"{file}: The file is not UTF-8 text.") from None
    except OSError as error:
        raise AnswerError(f"{file}: {error.strerror}.") from None
