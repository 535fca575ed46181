"""Which series and edition the figures of a file are of: what was said, what is known, what is
missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

import polars as pl
from django.utils.translation import gettext_noop

from karvan.analysis.periods import parse_period
from karvan.errors import Refused
from karvan.observatory.cards import UNITS, EditionCard, SeriesCard, SourceCard
from karvan.observatory.content import vocabulary
from karvan.observatory.importing.cells import code_of
from karvan.observatory.importing.layouts import Layout
from karvan.observatory.importing.parts import Part
from karvan.observatory.models import Series

_UNIT_OF_KIND = {"stock": "persons", "flow": "persons", "money": "USD"}


@dataclass(frozen=True)
class Said:
    """What whoever loads a file says of it; an empty text is nothing. `meanings`, `constants` and
    `codes` are by a column's plain name, a dimension, and an area's plain name."""

    meanings: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    series: str = ""
    title: str = ""
    concept: str = ""
    unit: str = ""
    edition: str = ""
    published: str = ""
    source: str = ""
    licence: str = ""
    decimal: str = ""

    def over(self, remembered: Mapping[str, Any]) -> Said:
        """This, completed by what was said the last time."""
        completed: dict[str, Any] = {
            name: {**remembered.get(name, {}), **getattr(self, name)}
            for name in ("meanings", "constants", "codes")
        }
        for name in ("series", "source", "licence", "decimal"):
            completed[name] = getattr(self, name) or remembered.get(name, "")
        return replace(self, **completed)


def part_of_layout(
    figures: pl.DataFrame, series: SeriesCard, layout: Layout, said: Said, published: str
) -> Part:
    last = _last(figures)
    key = said.edition or layout.edition.format(last=code_of(last))
    edition = EditionCard(
        key=_checked_key(key, "edition"),
        title=layout.title.format(last=last),
        licence=said.licence or layout.licence,
        published=said.published or published,
        sources={"publisher": SourceCard(title=layout.source, url=layout.url, sure="given")},
    )
    known = Series.objects.filter(key=said.series or series.key).first()
    if known:
        series = _with_categories(SeriesCard.from_json(known.card), series.categories)
    elif said.series:
        series = replace(series, key=_checked_key(said.series, "series"))
    figures = figures.with_columns(pl.lit("publisher").alias("source"))
    return Part(series, edition, figures)


def part_as_said(
    figures: pl.DataFrame,
    titles: Mapping[str, Mapping[str, str]],
    said: Said,
    named: str,
    remembered: SeriesCard | None,
) -> Part:
    """`named` is what the file calls itself; `remembered` the card of the series that a file with
    these columns was of. Raises Refused, naming the option that is missing."""
    key = said.series or code_of(said.title or named)
    known = Series.objects.filter(key=key).first()
    if known:
        series = SeriesCard.from_json(known.card)
    elif remembered and remembered.key == key:
        series = remembered
    else:
        series = _new_series(key, said, named)
    series = _with_categories(_changed(series, said), titles.get("category", {}))
    return _with_edition(figures, titles, said, series, known)


def _new_series(key: str, said: Said, named: str) -> SeriesCard:
    missing = [name for name in ("concept", "source") if not getattr(said, name)]
    if missing:
        raise Refused(
            "not_said",
            gettext_noop("The file does not say {what}. Give {options}. Concepts are: {concepts}."),
            what=" and ".join(
                {"concept": "what it counts", "source": "who counted"}[name] for name in missing
            ),
            options=" and ".join(
                {"concept": "--concept", "source": "--source 'Ministry of …'"}[name]
                for name in missing
            ),
            concepts=", ".join(vocabulary().concepts),
        )
    title = said.title or named
    return SeriesCard(
        key=_checked_key(key, "series"),
        title=title,
        concept=_checked_concept(said.concept),
        unit=_unit(said.concept, said.unit),
        reporter=said.source,
        reference="not_stated",
        definition=f"As {said.source} counts. The definition was not given with the figures.",
    )


def _changed(series: SeriesCard, said: Said) -> SeriesCard:
    """A card with what was said anew. What a series counts, and in what, never changes."""
    for name in ("concept", "unit"):
        given = getattr(said, name)
        if given and given != getattr(series, name):
            raise Refused(
                "series_differs",
                gettext_noop(
                    "The series {series} counts {concept} in {unit}. For figures of another kind "
                    "give another --series."
                ),
                series=series.key,
                concept=series.concept,
                unit=series.unit,
            )
    return replace(series, title=said.title) if said.title else series


def _with_edition(
    figures: pl.DataFrame,
    titles: Mapping[str, Mapping[str, str]],
    said: Said,
    series: SeriesCard,
    known: Series | None,
) -> Part:
    last = _last(figures)
    key = _checked_key(said.edition or f"to-{code_of(last)}", "edition")
    sources = titles.get("source") or {"given": said.source or series.reporter}
    if "source" not in titles:
        figures = figures.with_columns(pl.lit("given").alias("source"))
    here = known.editions.filter(key=key).order_by("loaded_at").last() if known else None
    before = EditionCard.from_json(here.card) if here else None
    if before and set(sources) <= set(before.sources):
        edition = replace(
            before,
            licence=said.licence or before.licence,
            published=said.published or before.published,
        )
    else:
        edition = EditionCard(
            key=key,
            title=f"As loaded, with figures to {last}",
            licence=said.licence or "Not stated",
            published=said.published,
            sources={
                code: SourceCard(title=words, sure="given") for code, words in sources.items()
            },
        )
    if len(edition.sources) == 1 and "source" not in titles:
        figures = figures.with_columns(pl.lit(next(iter(edition.sources))).alias("source"))
    return Part(series, edition, figures)


def _with_categories(series: SeriesCard, titles: Mapping[str, str]) -> SeriesCard:
    more = {code: words for code, words in titles.items() if not code.startswith("_")}
    return replace(series, categories={**more, **series.categories})


def _checked_concept(concept: str) -> str:
    known = vocabulary().concepts
    if concept not in known:
        raise Refused(
            "no_concept",
            gettext_noop("There is no concept '{concept}'. Nearest: {near}."),
            concept=concept,
            near=", ".join(get_close_matches(concept, known, 3, 0.4) or known),
        )
    return concept


def _unit(concept: str, said: str) -> str:
    """The unit that was said; else the one that most series of the concept have; else people or
    money, as the concept is of."""
    if said and said not in UNITS:
        raise Refused(
            "no_unit",
            gettext_noop("There is no unit '{unit}'. Units are: {units}."),
            unit=said,
            units=", ".join(UNITS),
        )
    used = Counter(Series.objects.filter(concept=concept).values_list("unit", flat=True))
    usual = used.most_common(1)[0][0] if used else ""
    unit = said or usual or _UNIT_OF_KIND.get(vocabulary().concepts[concept].kind, "")
    if not unit:
        raise Refused(
            "no_unit",
            gettext_noop("Nothing says what the figures are counted in. Give --unit: {units}."),
            units=", ".join(UNITS),
        )
    return unit


def _checked_key(key: str, what: str) -> str:
    most = 80 if what == "series" else 40
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", key) or len(key) > most or "__" in key:
        raise Refused(
            "no_key",
            gettext_noop(
                "'{key}' cannot be the key of this {what}. Give --{what} with Latin letters, "
                "digits and hyphens, at most {most}."
            ),
            key=key,
            what=what,
            most=most,
        )
    return key


def _last(figures: pl.DataFrame) -> str:
    """The year, or shorter period, with which the figures end."""
    periods = [parse_period(text) for text in figures["period"].unique()]
    last = max(periods, key=lambda period: (period.last, period.first))
    return str(last.last.year) if last.kind == "range" else last.text
