"""What the observatory shows of a State and of a corridor, gathered from all series."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from karvan.analysis.periods import parse_period
from karvan.analysis.tables import FEMALE, MALE, TOTAL
from karvan.observatory import wording
from karvan.observatory.content import Concept, vocabulary
from karvan.observatory.measures import BySex, Measure, by_sex, feminisation
from karvan.observatory.panels import Panel, panels_of
from karvan.observatory.queries import (
    Edition,
    Figure,
    counting_others,
    current_editions,
    figures,
)

STOCK = "migrant_stock"


@dataclass(frozen=True)
class Section:
    """Everything that is counted of one concept here, each series by itself."""

    concept: Concept
    title: str
    panels: tuple[Panel, ...]


@dataclass(frozen=True)
class Neighbour:
    """Another end of a State's corridors, in the newest period of the stock."""

    code: str
    cell: BySex


@dataclass(frozen=True)
class Corridor:
    origin: str
    destination: str
    sections: tuple[Section, ...]
    around: tuple[Section, ...]
    absent: tuple[str, ...]
    stock: tuple[BySex, ...]
    stock_edition: Edition | None
    measures: tuple[Measure, ...]


def corridor(origin: str, destination: str) -> Corridor:
    """All figures of people who go from one State to another, and of the money they send back."""
    known = vocabulary().concepts
    editions = current_editions()
    there = [each for each in editions if not _returns(each)]
    back = [each for each in editions if _returns(each)]
    found = figures(there, origin=origin, destination=destination)
    found += figures(back, origin=destination, destination=origin)
    counted = {figure.edition.series.concept for figure in found}
    # Where nobody says what is sent along this corridor, what is said of all of them together, and
    # what sending costs from elsewhere.
    around = [
        figure
        for figure in figures(back, destination=origin)
        if figure.edition.series.concept not in counted
        and (figure.origin == TOTAL or known[figure.edition.series.concept].kind == "price")
    ]
    cells, edition = _stock(found)
    return Corridor(
        origin,
        destination,
        sections_of(found),
        sections_of(around),
        tuple(_title(key) for key, each in known.items() if each.sought and key not in counted),
        tuple(cells),
        edition,
        tuple(feminisation(cells)),
    )


def sections_of(found: Sequence[Figure]) -> tuple[Section, ...]:
    """Figures by what they count, in the order of the vocabulary."""
    sections = []
    for key, concept in vocabulary().concepts.items():
        of = [figure for figure in found if figure.edition.series.concept == key]
        if of:
            sections.append(Section(concept, _title(key), tuple(panels_of(of))))
    return tuple(sections)


def state_figures(state: str) -> list[Figure]:
    """A State's own figures: totals of the stock; of everything else what is counted there, and
    what is counted of its people alone. What another State counts of them among others is on the
    page of the corridor."""
    editions = current_editions()
    stock = [edition for edition in editions if edition.series.concept == STOCK]
    rest = [edition for edition in editions if edition.series.concept != STOCK]
    found = figures(stock, origin=TOTAL, destination=state)
    found += figures(stock, origin=state, destination=TOTAL)
    found += figures(rest, destination=state)
    leaving = [figure for figure in figures(rest, origin=state) if figure.destination != state]
    of_others = counting_others({figure.edition for figure in leaving}, state)
    return found + [
        figure
        for figure in leaving
        if figure.destination == TOTAL or figure.edition not in of_others
    ]


@dataclass(frozen=True)
class RegionStock:
    """People born in one of the observatory's States who live in another, at one moment."""

    edition: Edition
    period: str
    periods: tuple[str, ...]
    pairs: tuple[BySex, ...]


def region_stock(period: str | None) -> RegionStock | None:
    """The newest edition of the stock in a period of it, the last unless one is asked for that is
    there."""
    edition = newest_stock()
    if edition is None:
        return None
    states = vocabulary().states
    cells = [
        cell
        for cell in by_sex(figures([edition], origin=states, destination=states))
        if cell.category == TOTAL
    ]
    periods = sorted({cell.period for cell in cells}, key=lambda text: parse_period(text).last)
    if not periods:
        return None
    chosen = period if period in periods else periods[-1]
    pairs = tuple(cell for cell in cells if cell.period == chosen)
    return RegionStock(edition, chosen, tuple(periods), pairs)


def newest_stock() -> Edition | None:
    editions = current_editions(concepts=[STOCK])
    return max(
        editions, key=lambda edition: (edition.card.published, edition.card.key), default=None
    )


def neighbours(state: str, *, arriving: bool) -> tuple[list[Neighbour], Edition | None]:
    """Where a State's migrants come from (arriving) or live, most first, in the newest period of
    the newest edition of each series of the stock; the edition they are of."""
    newest = newest_stock()
    if newest is None:
        return [], None
    ends = {"destination": state} if arriving else {"origin": state}
    found = [
        cell
        for cell in by_sex(figures([newest], sex=(FEMALE, MALE), **ends))
        if TOTAL not in (cell.origin, cell.destination)
    ]
    if not found:
        return [], newest
    latest = max((cell.period for cell in found), key=lambda period: parse_period(period).last)
    at_end = [
        Neighbour(cell.origin if arriving else cell.destination, cell)
        for cell in found
        if cell.period == latest and cell.everyone is not None
    ]
    return sorted(at_end, key=lambda end: -(end.cell.everyone or 0)), newest


def _stock(found: Iterable[Figure]) -> tuple[list[BySex], Edition | None]:
    stock = [figure for figure in found if figure.edition.series.concept == STOCK]
    if not stock:
        return [], None
    newest = max(
        (figure.edition for figure in stock),
        key=lambda edition: (edition.card.published, edition.card.key),
    )
    return by_sex(figure for figure in stock if figure.edition == newest), newest


def _returns(edition: Edition) -> bool:
    """Whether the series runs against the corridor of the people, as money does."""
    concept = vocabulary().concepts.get(edition.series.concept)
    return concept is not None and concept.reversed


def _title(concept: str) -> str:
    known = vocabulary()
    english = known.concepts[concept].title
    return known.said(f"concepts.{concept}.title", english, get_language() or "en")


def state_of(slug: str) -> str | None:
    """The code of the State that addresses spell so; None where the observatory has none."""
    return next((code for code in vocabulary().states if wording.slug(code) == slug), None)
