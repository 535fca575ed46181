"""Figures of one edition laid out as rows and columns of the reader's choice. Nothing is summed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from karvan.analysis.tables import DIMENSIONS
from karvan.observatory import dimensions
from karvan.observatory.grids import Grid, Row, cell_of, key_of
from karvan.observatory.queries import Figure
from karvan.ui import formatting

MOST_ROWS = 200
MOST_COLUMNS = 30
# What makes the rows where nobody chose: the first of these that differs.
_ROWS_FIRST = ("origin", "destination", "category", "age", "period", "sex")
_COLUMNS_FIRST = ("period", "sex", "age", "category", "destination", "origin")


@dataclass(frozen=True)
class Pivot:
    """`rows` and `columns` name the dimension of each. What else differs between the figures
    stands in the rows' heads. `key` has the marks in the cells with their words.
    """

    rows: str
    columns: str
    grid: Grid
    key: tuple[tuple[str, str], ...]


def pivot(found: Sequence[Figure], *, rows: str = "", columns: str = "") -> Pivot:
    """The figures, which are of one edition and not none; where `rows` or `columns` is empty, what
    suits them."""
    edition = found[0].edition
    codes = {name: {getattr(figure, name) for figure in found} for name in DIMENSIONS}
    varying = [name for name in DIMENSIONS if len(codes[name]) > 1]
    rows = rows or _first(_ROWS_FIRST, varying, columns)
    columns = columns or _first(_COLUMNS_FIRST, varying, rows)
    heads = [rows, *(name for name in varying if name not in (rows, columns))]
    names = {name: dict(dimensions.in_order(edition, name, codes[name])) for name in DIMENSIONS}
    place = {name: {code: at for at, code in enumerate(named)} for name, named in names.items()}

    cells: dict[tuple[str, ...], dict[str, list[Figure]]] = {}
    for figure in found:
        head = tuple(getattr(figure, name) for name in heads)
        cells.setdefault(head, {}).setdefault(getattr(figure, columns), []).append(figure)
    ordered = sorted(
        cells, key=lambda head: [place[name][code] for name, code in zip(heads, head, strict=True)]
    )
    across = list(names[columns])
    # Of periods the newest are wanted; of all else the first.
    shown = across[-MOST_COLUMNS:] if columns == "period" else across[:MOST_COLUMNS]
    grid = Grid(
        " · ".join(dimensions.title(edition, name) for name in heads),
        tuple(formatting.capital(names[columns][code]) for code in shown),
        tuple(
            Row(
                _head(heads, [names[name][code] for name, code in zip(heads, head, strict=True)]),
                tuple(cell_of(cells[head].get(code, [])) for code in shown),
            )
            for head in ordered[:MOST_ROWS]
        ),
        _left_out(len(ordered) - MOST_ROWS, len(across) - len(shown)),
    )
    return Pivot(rows, columns, grid, key_of(found))


def _first(wanted: Sequence[str], varying: Sequence[str], taken: str) -> str:
    free = [name for name in wanted if name != taken]
    return next((name for name in free if name in varying), free[0])


def _head(heads: Sequence[str], words: Sequence[str]) -> str:
    """Where both ends of a corridor are in it they stand as one."""
    if heads[:2] == ["origin", "destination"]:
        words = [f"{words[0]} → {words[1]}", *words[2:]]
    return formatting.capital(", ".join(words))


def _left_out(rows: int, columns: int) -> str:
    said = []
    if rows > 0:
        said.append(
            ngettext(
                "{count} more row is in the files.", "{count} more rows are in the files.", rows
            ).format(count=formatting.number(rows))
        )
    if columns > 0:
        said.append(
            ngettext(
                "{count} more column is in the files.",
                "{count} more columns are in the files.",
                columns,
            ).format(count=formatting.number(columns))
        )
    return " ".join(said)
