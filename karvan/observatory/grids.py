"""Tables of a page: figures laid out by period and by what tells them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.analysis.periods import Period
from karvan.analysis.tables import TOTAL, Status
from karvan.observatory import wording
from karvan.observatory.measures import by_sex
from karvan.observatory.queries import Figure
from karvan.ui import formatting

# What stands in one line of a table or chart, by the codes that tell it from the others.
Lines = dict[tuple[str, ...], list[Figure]]
Said = Callable[[tuple[str, ...]], str]
MOST_COLUMNS = 6
_MOST_ROWS, _MOST_PERIODS, _MOST_PERIOD_ROWS = 40, 8, 12
# More columns than these, or longer heads, do not fit beside a chart.
_MOST_BESIDE, _LONG_HEAD = 4, 16
_MARKS = {Status.ESTIMATED: "e", Status.PROVISIONAL: "p"}


@dataclass(frozen=True)
class Cell:
    """`text` as the reader's language writes it; `mark` a letter that the key explains."""

    text: str
    mark: str = ""
    url: str = ""


@dataclass(frozen=True)
class Row:
    head: str
    cells: tuple[Cell, ...]
    now: bool = False
    url: str = ""


@dataclass(frozen=True)
class Grid:
    corner: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""

    @property
    def wide(self) -> bool:
        """Whether the table needs the whole width, and so stands under its chart."""
        return len(self.columns) > _MOST_BESIDE or any(
            len(column) > _LONG_HEAD for column in self.columns
        )


def grid_of(lines: Lines, periods: Sequence[Period], said: Said, split: Sequence[str]) -> Grid:
    """Periods make the rows; where the lines are many, they do, and the periods the columns."""
    if len(lines) > MOST_COLUMNS:
        return _by_line(lines, periods, said)
    return _by_period(lines, periods, said, split)


def figure_text(figure: Figure) -> Cell:
    unit = figure.edition.series.unit
    mark = " ".join(mark for mark, _words in marks_of(figure))
    if figure.value is not None:
        return Cell(wording.amount(figure.value, unit), mark)
    if figure.lower is not None or figure.upper is not None:
        return Cell(wording.span(figure.lower, figure.upper, unit), mark)
    withheld = figure.status == Status.SUPPRESSED
    return Cell(_("withheld") if withheld else _("unknown"))


def marks_of(figure: Figure) -> list[tuple[str, str]]:
    """The letters that stand at a figure which is less than firm, and what each says."""
    marks = []
    if mark := _MARKS.get(Status(figure.status)):
        marks.append((mark, wording.status(figure.status)))
    if figure.unconfirmed:
        marks.append(("u", wording.sureness("memory")))
    return marks


def more_rows(count: int) -> str:
    """What is said under a table that shows only its first rows."""
    if count <= 0:
        return ""
    return ngettext(
        "{count} more row is in the files.", "{count} more rows are in the files.", count
    ).format(count=count)


def key_of(figures: Iterable[Figure]) -> tuple[tuple[str, str], ...]:
    """Every letter that stands at one of the figures, with its words."""
    return tuple(sorted({mark for figure in figures for mark in marks_of(figure)}))


def _by_period(lines: Lines, periods: Sequence[Period], said: Said, split: Sequence[str]) -> Grid:
    columns = [said(line) for line in lines] if split else [_("Figure")]
    if split == ["sex"]:
        columns = [_("Together") if line == (TOTAL,) else said(line) for line in lines]
    shares = _shares(lines) if split == ["sex"] else {}
    if shares:
        columns.append(_("Women, %"))
    rows = []
    for period in periods[-_MOST_PERIOD_ROWS:]:
        cells = [
            cell_of([figure for figure in line if figure.period == period.text])
            for line in lines.values()
        ]
        if shares:
            cells.append(Cell(wording.amount(shares.get(period.text), "percent")))
        rows.append(
            Row(
                wording.period(period.text),
                tuple(cells),
                now=period is periods[-1] and len(periods) > 1,
            )
        )
    columns = [formatting.capital(column) for column in columns]
    earlier = len(periods) - len(rows)
    note = (
        ngettext(
            "{count} earlier period is in the files.",
            "{count} earlier periods are in the files.",
            earlier,
        ).format(count=earlier)
        if earlier
        else ""
    )
    return Grid(_("Period"), tuple(columns), tuple(rows), note)


def _by_line(lines: Lines, periods: Sequence[Period], said: Said) -> Grid:
    shown = periods[-_MOST_PERIODS:]
    newest = shown[-1].text

    def size(item: tuple[tuple[str, ...], list[Figure]]) -> float:
        values = [figure.value for figure in item[1] if figure.period == newest]
        return -(values[0] or 0) if values else 0

    ordered = sorted(lines.items(), key=size)
    rows = [
        Row(
            said(line),
            tuple(
                cell_of([figure for figure in figures if figure.period == period.text])
                for period in shown
            ),
        )
        for line, figures in ordered[:_MOST_ROWS]
    ]
    columns = tuple(wording.period(period.text) for period in shown)
    return Grid("", columns, tuple(rows), more_rows(len(ordered) - _MOST_ROWS))


def _shares(lines: Lines) -> dict[str, float]:
    cells = by_sex(figure for line in lines.values() for figure in line)
    return {cell.period: cell.female_share for cell in cells if cell.female_share is not None}


def cell_of(figures: Sequence[Figure]) -> Cell:
    """One place of a table; two sources that disagree both stand in it."""
    if not figures:
        return Cell(wording.NO_FIGURE)
    cells = list(dict.fromkeys(figure_text(figure) for figure in figures))
    if len({cell.mark for cell in cells}) == 1:
        return Cell("; ".join(cell.text for cell in cells), cells[0].mark)
    return Cell(
        "; ".join(f"{cell.text} ({cell.mark})" if cell.mark else cell.text for cell in cells)
    )
