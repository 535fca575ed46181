"""A million figures from a CSV file into the database, beside the same by hand.

The peers read the same file and store the same columns with the same indexes, and check nothing:
`csv` with `sqlite3.executemany` is the least that can be done by hand, `bulk_create` what a Django
project would write. Theirs is a tenth of the file where a whole one would take minutes.
"""

from __future__ import annotations

import csv
import sqlite3
import tempfile
from itertools import islice, product
from pathlib import Path
from time import process_time, time

from benchmarks.pages import in_a_site

FIGURES, FOR_BULK_CREATE = 1_000_000, 100_000
HEADER = ("orig", "dest", "sex", "year", "value")


def main() -> list[str]:
    return in_a_site(measure)


def measure() -> list[str]:
    from karvan.observatory.models import Observation

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "million.csv"
        write_file(file)
        ours = timed(lambda: import_it(file))
        assert Observation.objects.count() == FIGURES
        again = timed(lambda: import_it(file))
        by_hand = timed(lambda: executemany(file, Path(folder) / "by-hand.sqlite3"))
        Observation.objects.all().delete()
        created = timed(lambda: bulk_create(file))
        created = (created[0] * FIGURES / FOR_BULK_CREATE, created[1] * FIGURES / FOR_BULK_CREATE)
    return [
        f"Karvan, read, checked and stored in SQLite: {said(ours)}",
        f"Karvan, the same file again, nothing changed: {said(again)}",
        f"csv and sqlite3.executemany, nothing checked: {said(by_hand)}; "
        f"Karvan takes {ours[1] / by_hand[1]:.1f} × its CPU time",
        f"csv and Django's bulk_create, nothing checked: {said(created)}; "
        f"Karvan takes {ours[1] / created[1]:.2f} × its CPU time",
    ]


def write_file(file: Path) -> None:
    from babel.core import get_global

    codes = {found[0]: code for code, found in get_global("territory_aliases").items()
             if len(code) == 3 and code.isalpha() and len(found) == 1}  # fmt: skip
    areas = sorted(codes.values())[:200]
    cells = product(areas, areas, ("female", "male"), range(2010, 2023))
    with file.open("w", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(HEADER)
        for number, (origin, destination, sex, year) in enumerate(islice(cells, FIGURES)):
            writer.writerow((origin, destination, sex, year, 1000 + number * 7919 % 500))


def import_it(file: Path) -> None:
    from karvan.observatory.importing.describing import Said
    from karvan.observatory.importing.preparing import open_grid, prepare
    from karvan.observatory.importing.storing import store

    said = Said(concept="migrant_stock", source="Nobody", series="million")
    prepared = prepare(open_grid(file, None), said, file.name)
    assert (prepared.errors, prepared.size) == (0, FIGURES)
    store(prepared, revising=False)


def rows(file: Path):
    with file.open(newline="") as opened:
        reader = csv.reader(opened)
        next(reader)
        for origin, destination, sex, year, value in reader:
            yield (
                *(1, origin, destination, sex, "_T", "_T", year),
                *(f"{year}-01-01", f"{year}-12-31", float(value), None, None, "A", "given"),
            )


def executemany(file: Path, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            "CREATE TABLE observation (id INTEGER PRIMARY KEY, edition_id, origin, destination, "
            "sex, age, category, period, first, last, value, lower, upper, status, source);"
            "CREATE UNIQUE INDEX once ON observation (edition_id, origin, destination, sex, age, "
            "category, period, source);"
            "CREATE INDEX arrivals ON observation (edition_id, destination, origin);"
            "CREATE INDEX edition ON observation (edition_id);"
        )
        connection.executemany(
            f"INSERT INTO observation VALUES (NULL{', ?' * 14})",  # noqa: S608
            rows(file),
        )


def bulk_create(file: Path) -> None:
    from karvan.observatory.models import Edition, Observation

    edition = Edition.objects.get()
    names = ("edition_id", "origin", "destination", "sex", "age", "category", "period", "first",
             "last", "value", "lower", "upper", "status", "source")  # fmt: skip
    Observation.objects.bulk_create(
        (
            Observation(**{**dict(zip(names, row, strict=True)), "edition_id": edition.pk})
            for row in islice(rows(file), FOR_BULK_CREATE)
        ),
        batch_size=10_000,
    )


def timed(run) -> tuple[float, float]:
    """(seconds by the clock, seconds of this process's CPU)."""
    clock, cpu = time(), process_time()
    run()
    return time() - clock, process_time() - cpu


def said(taken: tuple[float, float]) -> str:
    clock, cpu = taken
    return f"{clock:.1f} s, {cpu:.1f} CPU s, {FIGURES / clock:,.0f} figures a second"
