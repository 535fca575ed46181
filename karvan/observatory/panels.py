"""A panel: figures of one edition as a chart and a table, with what has to be known about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from karvan.analysis.periods import Period, parse_period
from karvan.analysis.tables import FEMALE, MALE, TOTAL, Status
from karvan.observatory import wording
from karvan.observatory.cards import SourceCard
from karvan.observatory.charts.lines import Line, Point, line_chart
from karvan.observatory.charts.palette import ORDER
from karvan.observatory.measures import by_sex
from karvan.observatory.queries import Edition, Figure
from karvan.observatory.selection import Selection, selection

# What tells the lines of a panel apart, widest first.
_SPLIT = ("origin", "destination", "category", "age", "sex")
_TOTALLED = ("origin", "destination", "category", "age")
_MOST_COLUMNS = 6
_MOST_PERIODS = 8
_MOST_PERIOD_ROWS = 12
# Women and men each have a line in a table only where the lines stay fewer than these.
_MOST_LINES_BY_SEX = 20
_FEWEST_POINTS = 3
# More columns than these, or longer heads, do not fit beside a chart.
_MOST_BESIDE, _LONG_HEAD = 4, 16
MOST_ROWS = 40
_MARKS = {Status.ESTIMATED: "e", Status.PROVISIONAL: "p"}
# What stands in one line of a panel, by the codes that tell it from the others.
Lines = dict[tuple[str, ...], list[Figure]]
Said = Callable[[tuple[str, ...]], str]
_SEX_LOOKS = {FEMALE: "women", MALE: "men", TOTAL: "observed"}


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


@dataclass(frozen=True)
class Source:
    title: str
    url: str
    published: str
    sure: str
    note: str


@dataclass(frozen=True)
class About:
    """What has to be known of a figure: whose count, of what, how, when, from where."""

    series: str
    definition: str
    reporter: str
    counted_by: str
    reference: str
    edition: str
    published: str
    loaded_on: str
    note: str
    changed: str
    licence: str
    missing: str
    unit: str
    sources: tuple[Source, ...]


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
        key=_key(figures),
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
    if len(lines) > _MOST_LINES_BY_SEX and "sex" in split:
        together = {line: of for line, of in lines.items() if line[split.index("sex")] == TOTAL}
        lines = together or lines
    title = _part_title(named, figures)
    whole = f"{text_of(edition, 'title', edition.series.title)}, {edition_title(edition)}"
    caption = f"{whole}. {title}" if title else whole
    if len(lines) > _MOST_COLUMNS:
        chart, grid = mark_safe(""), _by_line(lines, periods, said)
    else:
        chart = _chart(lines, periods, said, split, caption)
        grid = _by_period(lines, periods, said, split)
    return Part(title, caption, chart, grid, _selection_of(edition, figures))


def _part_title(named: Sequence[str], figures: Sequence[Figure]) -> str:
    ends = {(figure.origin, figure.destination) for figure in figures}
    if len(ends) == 1 and set(named) & {"origin", "destination"} and "category" not in named:
        corridor = " → ".join(wording.area(code) for code in ends.pop())
        return corridor[:1].upper() + corridor[1:]
    return {
        (): "",
        ("origin",): _("By country of origin"),
        ("destination",): _("By country of destination"),
        ("category",): _("By kind"),
        ("age",): _("By age"),
        ("origin", "destination"): _("By corridor"),
    }.get(tuple(named), _("In detail"))


def text_of(edition: Edition, path: str, english: str) -> str:
    return edition.series.said(path, english, get_language() or "en")


def edition_title(edition: Edition) -> str:
    return text_of(edition, f"editions.{edition.card.key}.title", edition.card.title)


def category_title(edition: Edition, code: str) -> str:
    english = edition.series.categories.get(code)
    if english:
        return text_of(edition, f"categories.{code}", english)
    return {TOTAL: _("all"), "_O": _("others"), "_U": _("not stated")}.get(code, code)


def about(edition: Edition, figures: Iterable[Figure]) -> About:
    """What has to be known about these figures of one edition."""
    series, card = edition.series, edition.card
    base = f"editions.{card.key}"
    named = {figure.source for figure in figures}
    missing = sum(figure.value is None and figure.lower is None for figure in figures)
    withheld = sum(figure.status == Status.SUPPRESSED for figure in figures)
    to = {figure.destination for figure in figures}
    counted = [
        text_of(edition, f"{base}.counted_by.{number}", words)
        for number, (words, destinations) in enumerate(card.counted_by.items(), 1)
        if to & set(destinations)
    ]
    return About(
        series=text_of(edition, "title", series.title),
        definition=text_of(edition, "definition", series.definition),
        reporter=text_of(edition, "reporter", series.reporter),
        counted_by="; ".join(counted),
        reference=wording.reference(series.reference),
        edition=edition_title(edition),
        published=card.published,
        loaded_on=edition.loaded_on,
        note=text_of(edition, f"{base}.note", card.note),
        changed=text_of(edition, f"{base}.changed", card.changed),
        licence=card.licence,
        missing=_missing(missing - withheld, withheld),
        unit=wording.unit(series.unit),
        sources=tuple(
            _source(edition, key, source) for key, source in card.sources.items() if key in named
        ),
    )


def figure_text(figure: Figure) -> Cell:
    if figure.value is not None:
        text = wording.amount(figure.value, figure.edition.series.unit)
        return Cell(text, _MARKS.get(Status(figure.status), ""))
    if figure.lower is not None or figure.upper is not None:
        return Cell(wording.span(figure.lower, figure.upper, figure.edition.series.unit), "e")
    withheld = figure.status == Status.SUPPRESSED
    return Cell(_("withheld") if withheld else _("unknown"))


def time_of(period: Period) -> float:
    """A period's place on the axis of time, in years: a year stands at its own number."""
    if period.kind == "year":
        return float(period.first.year)
    start = period.first.year + (period.first.timetuple().tm_yday - 1) / 365.25
    return start if period.kind == "day" else start + (period.last - period.first).days / 730.5


def _source(edition: Edition, key: str, source: SourceCard) -> Source:
    sure = {
        "read": _("read in the source"),
        "memory": _("general knowledge, awaiting confirmation"),
        "given": _("as handed over by whoever loaded it"),
    }[source.sure]
    note = text_of(edition, f"editions.{edition.card.key}.sources.{key}.note", source.note)
    return Source(source.title, source.url, source.published, sure, note)


def _missing(unknown: int, withheld: int) -> str:
    if not unknown and not withheld:
        return _("No figure is missing here. A missing one would be a gap, never zero.")
    parts = []
    if unknown:
        parts.append(
            ngettext(
                "{count} figure is unknown. Unknown is a gap, never zero.",
                "{count} figures are unknown. Unknown is a gap, never zero.",
                unknown,
            ).format(count=unknown)
        )
    if withheld:
        parts.append(
            ngettext(
                "{count} figure is withheld, so that nobody can be recognised.",
                "{count} figures are withheld, so that nobody can be recognised.",
                withheld,
            ).format(count=withheld)
        )
    return " ".join(parts)


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


def _cell(figures: Sequence[Figure]) -> Cell:
    """One place of a table; two sources that disagree both stand in it."""
    if not figures:
        return Cell(wording.NO_FIGURE)
    cells = list(dict.fromkeys(figure_text(figure) for figure in figures))
    return Cell("; ".join(cell.text for cell in cells), cells[0].mark)


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
            _cell([figure for figure in line if figure.period == period.text])
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
    columns = [column[:1].upper() + column[1:] for column in columns]
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
                _cell([figure for figure in figures if figure.period == period.text])
                for period in shown
            ),
        )
        for line, figures in ordered[:MOST_ROWS]
    ]
    columns = tuple(wording.period(period.text) for period in shown)
    return Grid("", columns, tuple(rows), more_rows(len(ordered) - MOST_ROWS))


def more_rows(count: int) -> str:
    """What is said under a table that shows only its first rows."""
    if count <= 0:
        return ""
    return ngettext(
        "{count} more row is in the files.", "{count} more rows are in the files.", count
    ).format(count=count)


def _shares(lines: Lines) -> dict[str, float]:
    cells = by_sex(figure for line in lines.values() for figure in line)
    return {cell.period: cell.female_share for cell in cells if cell.female_share is not None}


def _chart(
    lines: Lines, periods: Sequence[Period], said: Said, split: Sequence[str], title: str
) -> SafeString:
    """Lines through periods of one kind: a year beside a quarter of it would look like a fall."""
    kind, count = Counter(period.kind for period in periods).most_common(1)[0]
    if count < _FEWEST_POINTS or kind == "range":
        return mark_safe("")
    periods = [period for period in periods if period.kind == kind]
    if split == ["sex"]:
        lines = _without_total(lines)
    edition = next(iter(lines.values()))[0].edition
    gaps = _gaps([time_of(period) for period in periods])
    drawn = []
    for number, (line, figures) in enumerate(lines.items()):
        look = _SEX_LOOKS[line[0]] if split == ["sex"] else ORDER[number % len(ORDER)]
        drawn.append(Line(said(line) if split else "", _points(figures, periods, gaps), look))
    unit = edition.series.unit
    return line_chart(
        drawn,
        label=_("Line chart: {title}. The table gives all its figures.").format(title=title),
        unit=wording.unit(unit),
        format_value=partial(_tick, unit=unit),
    )


def _without_total(lines: Lines) -> Lines:
    """Women and men alone where they are known whenever the total is: the total above them would
    press them flat."""
    known = {
        line[0]: {figure.period for figure in figures if figure.value is not None}
        for line, figures in lines.items()
    }
    if known.get(TOTAL, set()) <= known.get(FEMALE, set()) & known.get(MALE, set()):
        return {line: figures for line, figures in lines.items() if line != (TOTAL,)}
    return lines


def _points(
    figures: Sequence[Figure], periods: Sequence[Period], gaps: Sequence[float]
) -> tuple[Point, ...]:
    points = [Point(at, None) for at in gaps]
    for period in periods:
        here = [figure for figure in figures if figure.period == period.text]
        at = time_of(period)
        if not here:
            points.append(Point(at, None))
        points += [
            Point(at, figure.value, figure.status == Status.OBSERVED)
            for figure in {(each.value, each.status): each for each in here}.values()
        ]
    return tuple(points)


def _gaps(times: Sequence[float]) -> list[float]:
    """Where periods are missing: between two that are at least twice as far apart as the nearest
    two. Nobody published them, and no line may run across."""
    steps = [after - before for before, after in pairwise(times)]
    return [
        before + step / 2
        for before, step in zip(times, steps, strict=False)
        if step >= 2 * min(steps)
    ]


def _tick(value: float, *, unit: str) -> str:
    if unit in ("USD", "RUB"):
        value /= 1_000_000
    return wording.amount(value, "percent" if value != round(value) else "persons")


def _key(figures: Iterable[Figure]) -> tuple[tuple[str, str], ...]:
    found = {Status(figure.status) for figure in figures if figure.value is not None}
    return tuple(
        (mark, wording.status(status)) for status, mark in _MARKS.items() if status in found
    )


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
