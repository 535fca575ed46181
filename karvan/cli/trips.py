"""Reading a file of trips: `entry,exit`, one a line."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from karvan.cli.options import read_day
from karvan.policy.errors import AnswerError
from karvan.policy.stays import Trip

COLUMNS = ("entry", "exit")


def read_trips(name: str) -> list[Trip]:
    """Trips from a CSV file, or from the standard input where the name is '-'.

    Raises AnswerError with file and line.
    """
    text = sys.stdin.read() if name == "-" else _text(Path(name))
    lines = text.splitlines()
    if not lines:
        raise AnswerError(f"{name}: The file is empty. Its first line is entry,exit.")
    separator = ";" if ";" in lines[0] else ","
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    header = [cell.strip().lower() for cell in next(rows)]
    if sorted(header) != sorted(COLUMNS):
        raise AnswerError(
            f"{name}:1: The first line is '{lines[0].strip()}'.", nearest=["entry,exit"]
        )
    trips = []
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        place = f"{name}:{rows.line_num}"
        if len(row) > len(header):
            raise AnswerError(f"{place}: This line has more than two columns.")
        cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
        if not cells.get("entry"):
            raise AnswerError(f"{place}: The day of entry is missing.")
        entry = read_day(cells["entry"], place)
        trips.append(Trip(entry, read_day(cells["exit"], place) if cells.get("exit") else None))
    return trips


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        from karvan.policy.answers import get_close_matches

        folder = path.parent
        there = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
        near = [str(folder / name) for name in get_close_matches(path.name, there, 3, 0.5)]
        raise AnswerError(f"There is no file '{path}'.", input="trips", nearest=near) from None
    except UnicodeDecodeError:
        raise AnswerError(f"{path}: The file is not UTF-8 text.", input="trips") from None
    except OSError as error:
        raise AnswerError(f"{path}: {error.strerror}.", input="trips") from None
