"""A panel: figures of one edition as a chart and a table, with what has to be known about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from karvan.analysis.periods import parse_period
from karvan.analysis.tables import FEMALE, MALE, TOTAL
from karvan.observatory import wording
from karvan.observatory.about import About, about, category_title, edition_title, text_of
from karvan.observatory.grids import MOST_COLUMNS, Grid, Lines, grid_of, key_of
from karvan.observatory.plotting import chart_of
from karvan.observatory.queries import Edition, Figure
from karvan.observatory.selection import Selection, selection
from karvan.ui import formatting

# What tells the lines of a panel apart, widest first.
_SPLIT = ("origin", "destination", "category", "age", "sex")
_TOTALLED = ("origin", "destination", "category", "age")
# Women and men each have a line in a table only where the lines stay fewer than these.
_MOST_LINES_BY_SEX = 20


@dataclass(frozen=True)
class Part:
    """Figures that differ in the same respects, such as those by country of origin."""

    title: str
    caption: str
    chart: SafeString
    grid: Grid
    selection: Selection


@dataclass(frozen=True)
class Panel:
    id: str
    title: str
    parts: tuple[Part, ...]
    about: About
    edition: Edition
    selection: Selection
    key: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    earlier: tuple[Panel, ...] = ()


def panels_of(figures: Iterable[Figure]) -> list[Panel]:
    """A panel for each series, in the order they come: its newest edition with figures here, and
    the earlier ones behind it, never joined."""
    by_series: dict[str, dict[int, list[Figure]]] = {}
    for figure in figures:
        editions = by_series.setdefault(figure.edition.series.key, {})
        editions.setdefault(figure.edition.id, []).append(figure)
    found = []
    for editions in by_series.values():
        *earlier, newest = sorted(
            editions.values(), key=lambda of: (of[0].edition.card.published, of[0].edition.card.key)
        )
        behind = tuple(panel_of(of) for of in reversed(earlier))
        found.append(replace(panel_of(newest), earlier=behind))
    return found


def panel_of(figures: Sequence[Figure]) -> Panel:
    """The panel of figures of one edition, which must not be none."""
    edition = figures[0].edition
    kinds: dict[tuple[str, ...], list[Figure]] = {}
    for figure in figures:
        named = tuple(name for name in _TOTALLED if getattr(figure, name) != TOTAL)
        kinds.setdefault(named, []).append(figure)
    # What every figure here names (the corridor of a corridor's page) goes without saying.
    said = set.intersection(*(set(named) for named in kinds))
    parts = tuple(
        _part(of, [name for name in named if name not in said])
        for named, of in sorted(kinds.items(), key=lambda item: len(item[0]))
    )
    return Panel(
        id=f"{edition.series.key}-{edition.card.key}",
        title=text_of(edition, "title", edition.series.title),
        parts=parts,
        about=about(edition, figures),
        edition=edition,
        selection=_selection_of(edition, figures),
        key=key_of(figures),
        notes=_disagreements(figures),
    )


def _part(figures: Sequence[Figure], named: Sequence[str]) -> Part:
    """What differs between the figures (sex, origin, category …) makes the lines of the chart and
    the columns of the table, and time its rows; where the lines are many, the other way round."""
    edition = figures[0].edition
    split = [name for name in _SPLIT if len({getattr(figure, name) for figure in figures}) > 1]
    lines: Lines = {}
    for figure in figures:
        lines.setdefault(tuple(getattr(figure, name) for name in split), []).append(figure)
    if split == ["sex"]:
        order = (FEMALE, MALE, TOTAL)
        lines = dict(sorted(lines.items(), key=lambda item: order.index(item[0][0])))
    periods = sorted(
        {parse_period(figure.period) for figure in figures},
        key=lambda each: (each.first, each.last),
    )
    said = partial(_line_name, edition, split)
    together = [figure for figure in figures if figure.sex == TOTAL]
    if len(lines) > _MOST_LINES_BY_SEX and "sex" in split and together:
        return _part(together, named)
    title = _part_title(named, figures)
    whole = f"{text_of(edition, 'title', edition.series.title)}, {edition_title(edition)}"
    caption = f"{whole}. {title}" if title else whole
    few = len(lines) <= MOST_COLUMNS
    return Part(
        title,
        caption,
        chart_of(lines, periods, said, split, caption) if few else mark_safe(""),
        grid_of(lines, periods, said, split),
        _selection_of(edition, figures),
    )


def _part_title(named: Sequence[str], figures: Sequence[Figure]) -> str:
    ends = {(figure.origin, figure.destination) for figure in figures}
    if len(ends) == 1 and set(named) & {"origin", "destination"} and "category" not in named:
        corridor = " → ".join(wording.area(code) for code in ends.pop())
        return formatting.capital(corridor)
    return {
        (): "",
        ("origin",): _("By country of origin"),
        ("destination",): _("By country of destination"),
        ("category",): _("By kind"),
        ("age",): _("By age"),
        ("origin", "destination"): _("By corridor"),
    }.get(tuple(named), _("In detail"))


def _line_name(edition: Edition, split: Sequence[str], line: tuple[str, ...]) -> str:
    words = []
    for name, code in zip(split, line, strict=True):
        if name in ("origin", "destination"):
            words.append(wording.area(code))
        elif name == "sex":
            words.append(wording.sex(code))
        elif name == "category":
            words.append(category_title(edition, code))
        else:
            words.append(code)
    if "origin" in split and "destination" in split:
        words[:2] = [f"{words[0]} → {words[1]}"]
    return ", ".join(words)


def _disagreements(figures: Sequence[Figure]) -> tuple[str, ...]:
    cells: dict[tuple[object, ...], set[float | None]] = {}
    for figure in figures:
        place = (figure.origin, figure.destination, figure.sex, figure.age, figure.category)
        cells.setdefault((*place, figure.period), set()).add(figure.value)
    if any(len(values) > 1 for values in cells.values()):
        return (_("Where two sources disagree both figures stand. Karvan does not choose."),)
    return ()


def _selection_of(edition: Edition, figures: Sequence[Figure]) -> Selection:
    codes = {
        name: {getattr(figure, name) for figure in figures}
        for name in ("origin", "destination", "sex", "category")
    }
    return selection(edition.series.key, edition.card.key, **codes)
