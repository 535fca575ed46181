"""Series and their editions, as cards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Path, Query, Router

from karvan.analysis.tables import DIMENSIONS
from karvan.api import schemas
from karvan.api.answering import of_editions
from karvan.api.asking import Words
from karvan.api.cells import codes_of
from karvan.observatory.content import vocabulary
from karvan.observatory.queries import Edition, current_editions
from karvan.observatory.selection import LATEST, selection

router = Router(tags=["series"])
SeriesKey = Path(description="The key of a series, as /series names it.")
EditionKey = Path(description="The key of an edition, or `latest` for the newest.")


@router.get(
    "/series",
    response={200: schemas.AllSeries, 400: schemas.Fault},
    summary="All series with their editions",
)
def all_series(request: HttpRequest, words: Query[Words]) -> dict[str, Any]:
    editions = current_editions()
    of_editions(request, editions)
    by_series = groupby(editions, key=lambda edition: edition.series.key)
    return {"series": [series_card(list(group)) for _key, group in by_series]}


@router.get(
    "/series/{series}",
    response={200: schemas.Series, 400: schemas.Fault, 404: schemas.Fault},
    summary="One series with its editions",
)
def one_series(
    request: HttpRequest, words: Query[Words], series: str = SeriesKey
) -> dict[str, Any]:
    newest = edition_named(series, LATEST)
    editions = current_editions(series=[newest.series.key])
    of_editions(request, editions)
    return series_card(editions)


@router.get(
    "/series/{series}/editions/{edition}",
    response={200: schemas.EditionWithCodes, 400: schemas.Fault, 404: schemas.Fault},
    summary="One edition: what must be known of it, and the codes its figures have",
)
def one_edition(
    request: HttpRequest,
    words: Query[Words],
    series: str = SeriesKey,
    edition: str = EditionKey,
) -> dict[str, Any]:
    found = edition_named(series, edition)
    of_editions(request, [found])
    codes = {dimension: codes_of([found], dimension) for dimension in DIMENSIONS}
    return {**edition_card(found), "codes": codes}


@router.get(
    "/concepts",
    response={200: schemas.Concepts, 400: schemas.Fault},
    summary="What is counted",
)
def concepts(request: HttpRequest, words: Query[Words]) -> dict[str, Any]:
    """Series of figures that were loaded here may count something else besides."""
    known = vocabulary()
    return {
        "concepts": [
            {
                **asdict(concept),
                **{
                    part: known.said(
                        f"concepts.{key}.{part}", getattr(concept, part), get_language()
                    )
                    for part in ("title", "origin", "destination")
                },
            }
            for key, concept in known.concepts.items()
        ]
    }


def edition_named(series: str, edition: str) -> Edition:
    """Raises Refused where there is no such series or edition."""
    # No key holds such a character, and PostgreSQL refuses to look for one.
    return selection(series.replace("\0", "\ufffd"), edition).found_edition()


def series_card(editions: list[Edition]) -> dict[str, Any]:
    """The card of a series by its editions, oldest first."""
    newest = editions[-1]
    card = newest.series
    return {
        **asdict(card),
        "title": said(newest, "title", card.title),
        "reporter": said(newest, "reporter", card.reporter),
        "definition": said(newest, "definition", card.definition),
        "categories": {
            code: said(newest, f"categories.{code}", title)
            for code, title in card.categories.items()
        },
        "latest": newest.card.key,
        "editions": [edition_card(edition) for edition in editions],
    }


def edition_name(edition: Edition) -> dict[str, Any]:
    card, series = edition.card, edition.series
    return {
        "series": series.key,
        "edition": card.key,
        "hash": edition.hash,
        "title": said(edition, f"editions.{card.key}.title", card.title),
        "series_title": said(edition, "title", series.title),
        "concept": series.concept,
        "unit": series.unit,
        "licence": card.licence,
    }


def edition_card(edition: Edition) -> dict[str, Any]:
    card = edition.card
    base = f"editions.{card.key}"
    return {
        **edition_name(edition),
        "published": card.published,
        "loaded_on": edition.loaded_on,
        "size": edition.size,
        "changed": said(edition, f"{base}.changed", card.changed),
        "note": said(edition, f"{base}.note", card.note),
        "counted_by": [
            {"words": said(edition, f"{base}.counted_by.{number}", words), "destinations": to}
            for number, (words, to) in enumerate(card.counted_by.items(), 1)
        ],
        "sources": [
            {
                **asdict(source),
                "key": key,
                "note": said(edition, f"{base}.sources.{key}.note", source.note),
            }
            for key, source in card.sources.items()
        ],
    }


def names_of(editions: Iterable[Edition]) -> dict[int, dict[str, Any]]:
    return {edition.id: edition_name(edition) for edition in editions}


def said(edition: Edition, path: str, english: str) -> str:
    return edition.series.said(path, english, get_language())
