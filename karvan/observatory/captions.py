"""What figures are called where they stand alone: a title, a source line, a sentence to quote."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from karvan.analysis.tables import OTHERS, TOTAL, UNSTATED
from karvan.observatory import wording
from karvan.observatory.about import edition_title, text_of
from karvan.observatory.content import vocabulary
from karvan.observatory.dimensions import name_of
from karvan.observatory.grids import figure_text, marks_of
from karvan.observatory.places import STOCK
from karvan.observatory.queries import Edition, Figure
from karvan.ui import formatting

_NO_COUNTRY = (TOTAL, OTHERS, UNSTATED)


def caption(figures: Sequence[Figure]) -> str:
    """What all these figures of one edition have in common: Kyrgyzstan → Türkiye, women, 2024."""
    return ", ".join([*_between(figures), *_of_whom(figures)])


def title(figures: Sequence[Figure]) -> str:
    """What these figures of one edition count, and of whom."""
    common = caption(figures)
    series = text_of(figures[0].edition, "title", figures[0].edition.series.title)
    return f"{series}: {common}" if common else series


def source_line(edition: Edition) -> str:
    """Whose figures they are, of which edition, under which licence, loaded when: for a picture
    that leaves the page."""
    return _("{reporter}, {edition}, as loaded at Karvan on {day}; {licence}").format(
        reporter=_reporter(edition),
        edition=edition_title(edition),
        licence=edition.card.licence,
        day=formatting.day(edition.loaded_on),
    )


def quotation(figure: Figure) -> str:
    """One figure as a sentence that can stand in somebody's text, with source and date."""
    edition = figure.edition
    cell = figure_text(figure)
    soft = "; ".join(words for _mark, words in marks_of(figure))
    said = f"{cell.text} ({soft})" if soft else cell.text
    sources = edition.card.sources
    # Where an edition was compiled from several sources, the one that says it is named.
    sentence = (
        _("{what}: {figure}. {reporter}: “{source}” ({edition}; loaded {day}).")
        if len(sources) > 1
        else _("{what}: {figure}. {reporter}, {edition} (loaded {day}).")
    )
    return sentence.format(
        what=what(figure),
        figure=_with_unit(figure, said),
        reporter=_reporter(edition),
        source=sources[figure.source].title,
        edition=edition_title(edition),
        day=formatting.day(edition.loaded_on, "medium"),
    )


def _with_unit(figure: Figure, said: str) -> str:
    unit = figure.edition.series.unit
    if unit == "persons":
        return said
    if unit == "percent" and figure.value is not None:
        return said.replace(figure_text(figure).text, wording.percent(figure.value / 100))
    return f"{said} {wording.unit(unit)}"


def what(figure: Figure) -> str:
    """What one figure counts: People from Kyrgyzstan living in Türkiye, women, 2024."""
    edition = figure.edition
    whom = _of_whom([figure])
    ends = (figure.origin, figure.destination)
    if edition.series.concept == STOCK and not set(ends) & set(_NO_COUNTRY):
        people = _("People from {origin} living in {destination}").format(
            origin=wording.area(figure.origin), destination=wording.area(figure.destination)
        )
        return ", ".join([people, *whom])
    return ", ".join([_concept(edition), *_between([figure]), *whom])


def _between(figures: Sequence[Figure]) -> list[str]:
    origin, destination = (_same(figures, end) for end in ("origin", "destination"))
    if origin and destination:
        return [f"{wording.area(origin)} → {wording.area(destination)}"]
    if origin:
        return [_("from {origin}").format(origin=wording.area(origin))]
    return [wording.area(destination)] if destination else []


def _of_whom(figures: Sequence[Figure]) -> list[str]:
    edition = figures[0].edition
    return [
        name_of(edition, dimension, code)
        for dimension in ("category", "sex", "age", "period")
        if (code := _same(figures, dimension))
    ]


def _same(figures: Sequence[Figure], dimension: str) -> str:
    """The code that all of them have; empty where they differ or where it is that of all."""
    codes = {getattr(figure, dimension) for figure in figures}
    return codes.pop() if len(codes) == 1 and codes != {TOTAL} else ""


def _reporter(edition: Edition) -> str:
    return text_of(edition, "reporter", edition.series.reporter)


def _concept(edition: Edition) -> str:
    known = vocabulary()
    concept = known.concepts.get(edition.series.concept)
    if concept is None:
        return text_of(edition, "title", edition.series.title)
    return known.said(f"concepts.{concept.key}.title", concept.title, get_language() or "en")
