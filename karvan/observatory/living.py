"""Living figures: the newest value of a selection, ready to be quoted, and how it has moved.

A figure moves for three reasons, which are told apart: its edition was corrected, its edition came
to know a newer period, or another edition is out, which counts differently. Only the second may
say anything of how people moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_noop

from karvan.analysis.periods import parse_period
from karvan.errors import Refused
from karvan.observatory import models
from karvan.observatory.queries import Edition, Figure, editions_of, figures
from karvan.observatory.selection import Selection

_CELL = ("origin", "destination", "sex", "age", "category")


class Why(StrEnum):
    FIRST = "first"
    CORRECTED = "corrected"
    NEWER_PERIOD = "newer period"
    OTHER_EDITION = "other edition"


@dataclass(frozen=True)
class Move:
    """What was said of a selection from the day an edition was loaded."""

    figure: Figure
    why: Why

    @property
    def value(self) -> float | None:
        return self.figure.value

    @property
    def period(self) -> str:
        return self.figure.period

    @property
    def edition(self) -> Edition:
        return self.figure.edition

    @property
    def loaded_on(self) -> str:
        return self.figure.edition.loaded_on


@dataclass(frozen=True)
class Living:
    """The newest figure of one cell. `moved` has every distinct value in the order in which they
    were loaded, the first one included."""

    figure: Figure
    moved: tuple[Move, ...]

    @property
    def value(self) -> float | None:
        return self.figure.value

    @property
    def period(self) -> str:
        return self.figure.period

    @property
    def edition(self) -> Edition:
        return self.figure.edition

    @property
    def source(self) -> str:
        return self.figure.edition.card.sources[self.figure.source].title

    @property
    def loaded_on(self) -> str:
        return self.figure.edition.loaded_on


def living(chosen: Selection) -> Living:
    """The one living figure of a selection.

    Raises Refused where there is no such series or edition, where it has no figure, and where its
    newest period has several, of which nobody can say which is meant.
    """
    found = living_figures(chosen, chosen.figures(chosen.found_edition()))
    if not found:
        raise Refused("no_figures", NO_FIGURES, asked=chosen.query)
    if len(found) > 1:
        raise Refused(
            "several_figures",
            gettext_noop(
                "{count} figures answer to '{asked}'. Choose one origin, destination, sex, age "
                "and category; where sources disagree, quote each."
            ),
            count=len(found),
            asked=chosen.query,
        )
    return found[0]


NO_FIGURES = gettext_noop("No figure here answers to '{asked}'. That does not mean there is none.")


def living_figures(chosen: Selection, found: Sequence[Figure]) -> list[Living]:
    """Of the selection's figures, which were found in one edition, those of the newest period, each
    with its history. Two sources that disagree make two."""
    newest = _newest(found)
    if not newest:
        return []
    codes: dict[str, Iterable[str]] = {
        name: {getattr(figure, name) for figure in newest} for name in _CELL
    }
    if periods := dict(chosen.codes).get("period"):
        codes["period"] = periods
    history: dict[tuple[str, ...], list[Figure]] = {}
    for past in figures(_history(newest[0].edition.series.key), **codes):
        if _known(past):
            history.setdefault(_cell(past), []).append(past)
    return [Living(figure, _moves(figure, history.get(_cell(figure), []))) for figure in newest]


def _newest(found: Iterable[Figure]) -> list[Figure]:
    """The figures of the newest period of which anything is known; of the newest period where
    nothing is."""
    found = list(found)
    candidates = [figure for figure in found if _known(figure)] or found
    if not candidates:
        return []
    last = max(_end(figure) for figure in candidates)
    return [figure for figure in found if _end(figure) == last]


def _history(series: str) -> list[Edition]:
    """Every revision of every edition of a series, in the order in which they were loaded."""
    rows = models.Edition.objects.filter(series__key=series)
    return editions_of(rows.order_by("loaded_at", "published", "key", "pk"))


def _moves(figure: Figure, history: Iterable[Figure]) -> tuple[Move, ...]:
    """What each edition said of this figure's cell, whose known figures of all editions `history`
    has, in the newest period that it knew."""
    by_edition: dict[int, list[Figure]] = {}
    for past in history:
        by_edition.setdefault(past.edition.id, []).append(past)
    moves: list[Move] = []
    # The last word of each edition, by its key: a correction is compared with what it corrects.
    said: dict[str, Figure] = {}
    for of_edition in by_edition.values():
        newest = _newest(of_edition)
        now = next((each for each in newest if each.source == figure.source), newest[0])
        before = said.get(now.edition.card.key)
        if before is None:
            moves.append(Move(now, Why.OTHER_EDITION if moves else Why.FIRST))
        elif before.period != now.period:
            moves.append(Move(now, Why.NEWER_PERIOD))
        elif (before.value, before.lower, before.upper) != (now.value, now.lower, now.upper):
            moves.append(Move(now, Why.CORRECTED))
        said[now.edition.card.key] = now
    return tuple(moves)


def _cell(figure: Figure) -> tuple[str, ...]:
    return tuple(getattr(figure, name) for name in _CELL)


def _known(figure: Figure) -> bool:
    return figure.value is not None or figure.lower is not None or figure.upper is not None


def _end(figure: Figure) -> tuple[object, object]:
    period = parse_period(figure.period)
    return period.last, period.first
