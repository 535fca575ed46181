"""Reads content/statistics: the figures that come with Karvan, their series and vocabulary.

Raises ContentErrors with the file and line of whatever is amiss.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from karvan.analysis.indicators import DEFINITIONS
from karvan.analysis.periods import PeriodError, parse_period
from karvan.analysis.tables import (
    DIMENSIONS,
    KEY,
    OTHERS,
    SCHEMA,
    SEXES,
    TOTAL,
    UNSTATED,
    Status,
    with_schema,
)
from karvan.observatory.cards import REFERENCES, UNITS, EditionCard, SeriesCard, SourceCard
from karvan.policy.edition import content_root
from karvan.policy.errors import ContentError, ContentErrors, Place
from karvan.policy.reader import Fields, Mapping, Node, as_decimal, read_yaml, scalar, texts

KINDS = ("stock", "flow", "money", "price", "rate")
_AREA = re.compile(r"[A-Z]{2}")
_PUBLISHED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_WITHHELD = (str(Status.SUPPRESSED), str(Status.UNKNOWN))


@dataclass(frozen=True)
class Concept:
    """What is counted. `origin` and `destination` say what the two ends of a corridor are here;
    where `reversed`, it runs against the corridor of the people: money that goes home. What is
    `sought` is missed, and said to be missing, on the page of a corridor without it."""

    key: str
    title: str
    kind: str
    origin: str
    destination: str
    reversed: bool
    sought: bool
    order: int


@dataclass(frozen=True)
class Theme:
    key: str
    title: str
    text: str
    concepts: tuple[str, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """`points` gives each State's capital as (longitude, latitude) in degrees."""

    points: dict[str, tuple[float, float]]
    members: tuple[str, ...]
    observers: tuple[str, ...]
    concepts: dict[str, Concept]
    themes: dict[str, Theme]
    texts: dict[str, dict[str, tuple[str, str]]]

    @property
    def states(self) -> tuple[str, ...]:
        return tuple(self.points)

    def said(self, path: str, english: str, language: str) -> str:
        original, translation = self.texts.get(language, {}).get(path, ("", ""))
        return translation if translation and original == english else english


@dataclass(frozen=True)
class Shipped:
    """An edition as the content has it. `figures` has the columns of SCHEMA."""

    series: SeriesCard
    edition: EditionCard
    figures: pl.DataFrame


@lru_cache(maxsize=4)
def vocabulary(root: Path | None = None) -> Vocabulary:
    """The States of the observatory, what is counted, and the themes."""
    base = (root or content_root()) / "statistics"
    region = Fields(_yaml(base / "region.yaml"), "The region")
    points = {}
    for code, (_, node) in region.mapping("states").items():
        point = Fields(node, f"The State {code}")
        at = [
            float(as_decimal(scalar(point.required(name), name), point.place))
            for name in ("longitude", "latitude")
        ]
        point.done()
        points[code] = (at[0], at[1])
    members, observers = region.texts("members"), region.texts("observers")
    region.done()
    concepts = {key: _concept(key, node) for key, node in _entries(_yaml(base / "concepts.yaml"))}
    themes = {
        key: _theme(key, node, concepts) for key, node in _entries(_yaml(base / "themes.yaml"))
    }
    ordered = dict(sorted(concepts.items(), key=lambda item: item[1].order))
    return Vocabulary(points, members, observers, ordered, themes, _translations(base))


def read_statistics(root: Path | None = None) -> list[Shipped]:
    """Every edition of every series in the content, in the order of series and editions."""
    root = root or content_root()
    concepts = vocabulary(root).concepts
    found: list[Shipped] = []
    errors: list[ContentError] = []
    for path in sorted((root / "statistics" / "series").glob("*/series.yaml")):
        try:
            found += _series(path, concepts)
        except ContentError as error:
            errors.append(error)
        except ContentErrors as several:
            errors += several.errors
    if errors:
        raise ContentErrors(errors)
    return found


def untranslated(
    languages: Iterable[str], root: Path | None = None
) -> Iterator[tuple[str, str, str]]:
    """(where, path, language) of each text without a fresh translation."""
    known = vocabulary(root)
    named = [
        (f"concepts.{key}.{part}", getattr(concept, part))
        for key, concept in known.concepts.items()
        for part in ("title", "origin", "destination")
    ] + [
        (f"themes.{key}.{part}", getattr(theme, part))
        for key, theme in known.themes.items()
        for part in ("title", "text")
    ]
    shipped = read_statistics(root)
    for language in languages:
        for path, english in named:
            if english and known.texts.get(language, {}).get(path, ("",))[0] != english:
                yield "statistics", path, language
        for each in shipped:
            said = each.series.texts.get(language, {})
            for path, english in texts_of(each.series, each.edition):
                if said.get(path, ("",))[0] != english:
                    yield f"statistics/series/{each.series.key}", path, language


def texts_of(series: SeriesCard, edition: EditionCard) -> Iterator[tuple[str, str]]:
    """(path, English) of every text of a series and one of its editions that is translated."""
    yield from (("title", series.title), ("definition", series.definition))
    yield "reporter", series.reporter
    yield from ((f"categories.{code}", title) for code, title in series.categories.items())
    base = f"editions.{edition.key}"
    for part in ("title", "changed", "note"):
        if getattr(edition, part):
            yield f"{base}.{part}", getattr(edition, part)
    for number, words in enumerate(edition.counted_by, 1):
        yield f"{base}.counted_by.{number}", words
    for key, source in edition.sources.items():
        if source.note:
            yield f"{base}.sources.{key}.note", source.note


def _concept(key: str, node: Node) -> Concept:
    fields = Fields(node, f"The concept '{key}'")
    concept = Concept(
        key,
        fields.required_text("title"),
        fields.choice("kind", KINDS),
        fields.text("origin", "") or "",
        fields.text("destination", "") or "",
        fields.flag("reversed"),
        fields.flag("sought"),
        fields.integer("order") or 0,
    )
    fields.done()
    return concept


def _theme(key: str, node: Node, concepts: dict[str, Concept]) -> Theme:
    fields = Fields(node, f"The theme '{key}'")
    theme = Theme(
        key,
        fields.required_text("title"),
        fields.required_text("text"),
        fields.texts("concepts"),
        fields.texts("indicators"),
    )
    fields.done()
    for concept in theme.concepts:
        if concept not in concepts:
            raise ContentError(node.place, f"There is no concept '{concept}'.")
    for indicator in theme.indicators:
        if indicator not in DEFINITIONS:
            raise ContentError(node.place, f"There is no indicator '{indicator}'.")
    return theme


def _series(path: Path, concepts: dict[str, Concept]) -> list[Shipped]:
    fields = Fields(_yaml(path), "A series")
    card = SeriesCard(
        key=path.parent.name,
        title=fields.required_text("title"),
        concept=fields.choice("concept", tuple(concepts)),
        unit=fields.choice("unit", UNITS),
        reporter=fields.required_text("reporter"),
        reference=fields.choice("reference", REFERENCES),
        definition=fields.required_text("definition"),
        categories={
            code: scalar(entry, "A category")
            for code, (_, entry) in fields.mapping("categories").items()
        },
        texts=_translations(path.parent),
    )
    editions = [_edition(key, node) for key, (_, node) in fields.mapping("editions").items()]
    fields.done()
    if not editions:
        raise ContentError(fields.place, "A series needs at least one edition.")
    return [
        Shipped(card, edition, _figures(path.with_name(f"{edition.key}.csv"), card, edition))
        for edition in editions
    ]


def _edition(key: str, node: Node) -> EditionCard:
    fields = Fields(node, f"The edition '{key}'")
    published = fields.text("published", "") or ""
    if published and not _PUBLISHED.fullmatch(published):
        raise ContentError(
            fields.place, f"'{published}' is no year, month or day.", "Write 2024-07."
        )
    card = EditionCard(
        key=key,
        title=fields.required_text("title"),
        licence=fields.required_text("licence"),
        published=published,
        changed=fields.text("changed", "") or "",
        note=fields.text("note", "") or "",
        counted_by={
            words: texts(node, "The destinations")
            for words, (_, node) in fields.mapping("counted_by").items()
        },
        sources={
            name: _source(name, entry) for name, (_, entry) in fields.mapping("sources").items()
        },
    )
    fields.done()
    if not card.sources:
        raise ContentError(fields.place, f"The edition '{key}' names no source.", "Add 'sources:'.")
    return card


def _source(key: str, node: Node) -> SourceCard:
    fields = Fields(node, f"The source '{key}'")
    card = SourceCard(
        title=fields.required_text("title"),
        url=fields.text("url", "") or "",
        published=fields.text("published", "") or "",
        facts=fields.texts("facts"),
        sure=fields.choice("sure", ("read", "memory"), "read"),
        confidence=fields.choice("confidence", ("high", "medium", "low", ""), ""),
        note=fields.text("note", "") or "",
    )
    fields.done()
    return card


def _figures(path: Path, series: SeriesCard, edition: EditionCard) -> pl.DataFrame:
    name = _name(path)
    if not path.is_file():
        raise ContentError(Place(name, 1), "The figures of this edition are missing.")
    lines = csv.reader(io.StringIO(path.read_text("utf-8")))
    header = next(lines, [])
    if odd := [column for column in header if column not in SCHEMA]:
        raise ContentError(
            Place(name, 1), f"There is no column '{odd[0]}'.", f"Known: {', '.join(SCHEMA)}."
        )
    only = next(iter(edition.sources)) if len(edition.sources) == 1 else ""
    errors, rows, seen = [], [], {}
    for number, cells in enumerate(lines, 2):
        row = dict(zip(header, cells, strict=False))
        try:
            if len(cells) != len(header):
                raise ValueError(f"The line has {len(cells)} cells, the header {len(header)}.")
            figure = _figure(row, series, edition, only)
            key = tuple(figure[part] for part in KEY)
            if key in seen:
                raise ValueError(f"The same cell stands in line {seen[key]}.")
            seen[key] = number
            rows.append(figure)
        except ValueError as error:
            errors.append(ContentError(Place(name, number), str(error)))
    if errors:
        raise ContentErrors(errors)
    return with_schema(pl.DataFrame(rows, schema=SCHEMA))


def _figure(
    row: dict[str, str], series: SeriesCard, edition: EditionCard, only: str
) -> dict[str, Any]:
    figure: dict[str, Any] = {name: row.get(name) or TOTAL for name in DIMENSIONS}
    for end in ("origin", "destination"):
        if figure[end] not in (TOTAL, OTHERS, UNSTATED) and not _AREA.fullmatch(figure[end]):
            raise ValueError(f"'{figure[end]}' is no country's code of two letters.")
    if figure["sex"] not in SEXES:
        raise ValueError(f"'{figure['sex']}' is no sex: write {', '.join(SEXES)}.")
    if figure["category"] not in (TOTAL, OTHERS, UNSTATED, *series.categories):
        raise ValueError(f"The category '{figure['category']}' is not in series.yaml.")
    try:
        parse_period(row.get("period", ""))
    except PeriodError as error:
        raise ValueError(str(error)) from None
    for name in ("value", "lower", "upper"):
        try:
            figure[name] = float(row[name]) if row.get(name) else None
        except ValueError:
            raise ValueError(f"'{row[name]}' is not a number.") from None
    known = figure["value"] is not None or figure["lower"] is not None
    figure["status"] = row.get("status") or str(Status.OBSERVED if known else Status.UNKNOWN)
    if figure["status"] not in list(Status):
        raise ValueError(f"'{figure['status']}' is no status: write {', '.join(Status)}.")
    if known == (figure["status"] in _WITHHELD):
        raise ValueError("A figure is either given, or suppressed (Q) or unknown (O).")
    figure["source"] = row.get("source") or only
    if figure["source"] not in edition.sources:
        raise ValueError(f"The source '{figure['source']}' is not in series.yaml.")
    return figure


def _translations(folder: Path) -> dict[str, dict[str, tuple[str, str]]]:
    found = {}
    for path in sorted((folder / "texts").glob("*.yaml")):
        said = {}
        for key, node in _entries(_yaml(path)):
            fields = Fields(node, f"The text '{key}'")
            said[key] = (fields.required_text("of"), fields.required_text("is"))
            fields.done()
        found[path.stem] = said
    return found


def _entries(node: Mapping) -> Iterator[tuple[str, Node]]:
    return ((key, entry) for key, (_, entry) in node.fields.items())


def _yaml(path: Path) -> Mapping:
    if not path.is_file():
        raise ContentError(Place(_name(path), 1), "The file is missing.")
    return read_yaml(path.read_text("utf-8"), _name(path))


def _name(path: Path) -> str:
    parts = path.parts
    return "/".join(parts[len(parts) - 1 - parts[::-1].index("statistics") :])
