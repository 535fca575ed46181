"""Editions of figures, published. Small enough to know by heart:

- `stock`, migrant_stock in persons, of the United Nations. Edition 2020 has Kyrgyzstan → Türkiye
  and Uzbekistan → Türkiye by sex for 2015 and 2020. Edition 2024 has both again, counted anew,
  for 2020 and 2024; Turkmenistan → Türkiye 2024 is in it and unknown.
- `permits`, work_permits_issued, with two sources that disagree about 2016.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import polars as pl

from karvan.analysis.tables import SCHEMA, with_schema
from karvan.observatory.actions import publish_edition
from karvan.observatory.cards import EditionCard, SeriesCard, SourceCard
from karvan.observatory.models import Edition

PUBLISHED = datetime(2026, 11, 2, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 9, tzinfo=UTC)
STOCK = SeriesCard(
    key="stock",
    title="International migrants by origin, destination and sex",
    concept="migrant_stock",
    unit="persons",
    reporter="United Nations",
    reference="mid_year",
    definition="People who live in another country than the one they were born in.",
    texts={
        "ru": {
            "title": (
                "International migrants by origin, destination and sex",
                "Мигранты по странам и полу",
            )
        }
    },
)
STOCK_2020 = EditionCard(
    key="2020",
    title="2020 revision",
    licence="CC BY 3.0 IGO",
    published="2021-01",
    sources={"un": SourceCard(title="International Migrant Stock 2020")},
)
STOCK_2024 = EditionCard(
    key="2024",
    title="2024 revision",
    licence="CC BY 3.0 IGO",
    published="2025-01",
    note="Counted anew: not to be read as a continuation of the 2020 revision.",
    counted_by={"By country of birth": ("TR",)},
    sources={"un": SourceCard(title="International Migrant Stock 2024", published="2025")},
)
PERMITS = SeriesCard(
    key="permits",
    title="Work permits issued",
    concept="work_permits_issued",
    unit="permits",
    reporter="Ministry of Labour",
    reference="during_period",
    definition="Permits issued in a year, extensions among them.",
    categories={"seasonal": "Seasonal workers"},
)
PERMITS_2026 = EditionCard(
    key="compiled-2026-11",
    title="As compiled in November 2026",
    licence="Facts from public reports",
    published="2026-11",
    sources={
        "ministry": SourceCard(title="Yearbook of the ministry", published="2017"),
        "press": SourceCard(title="A report in the press", sure="memory"),
    },
)


def figures(*rows: tuple[Any, ...], columns: str) -> pl.DataFrame:
    """`figures(("KG", "TR", 5.0), columns="origin destination value")`: a dimension that is not
    named is the total."""
    names = columns.split()
    schema = {name: SCHEMA[name] for name in names}
    return with_schema(pl.DataFrame(rows, schema=schema, orient="row"))


_BY_SEX = "origin destination sex period value status source"
FIGURES_2020 = figures(
    ("KG", "TR", "F", "2015", 14_000.0, "A", "un"),
    ("KG", "TR", "M", "2015", 6_000.0, "A", "un"),
    ("KG", "TR", "F", "2020", 15_000.0, "A", "un"),
    ("KG", "TR", "M", "2020", 7_000.0, "A", "un"),
    ("UZ", "TR", "F", "2015", 20_000.0, "A", "un"),
    ("UZ", "TR", "M", "2015", 16_000.0, "A", "un"),
    ("UZ", "TR", "F", "2020", 22_000.0, "E", "un"),
    ("UZ", "TR", "M", "2020", 17_000.0, "E", "un"),
    columns=_BY_SEX,
)
FIGURES_2024 = figures(
    ("KG", "TR", "F", "2020", 21_649.0, "A", "un"),
    ("KG", "TR", "M", "2020", 9_293.0, "A", "un"),
    ("KG", "TR", "F", "2024", 29_765.0, "A", "un"),
    ("KG", "TR", "M", "2024", 14_596.0, "A", "un"),
    ("TM", "TR", "F", "2024", None, "O", "un"),
    ("UZ", "TR", "F", "2020", 38_000.0, "A", "un"),
    ("UZ", "TR", "M", "2020", 21_000.0, "A", "un"),
    ("UZ", "TR", "F", "2024", 45_000.0, "P", "un"),
    ("UZ", "TR", "M", "2024", 25_000.0, "P", "un"),
    columns=_BY_SEX,
)
FIGURES_OF_PERMITS = figures(
    ("KG", "TR", "2016", 3_049.0, "ministry"),
    ("KG", "TR", "2016", 3_490.0, "press"),
    ("KG", "TR", "2017", 4_100.0, "ministry"),
    columns="origin destination period value source",
)


def published(
    series: SeriesCard = STOCK,
    edition: EditionCard = STOCK_2024,
    rows: pl.DataFrame = FIGURES_2024,
    at: datetime = PUBLISHED,
    **changes: Any,
) -> Edition:
    """An edition, published; a change of the edition's card by its name: `key="2025"`."""
    made = publish_edition(
        series=series, edition=replace(edition, **changes), figures=rows, at=at, revising=True
    )
    assert made is not None, "These figures are published already."
    return made


def world() -> list[Edition]:
    """The default world: both editions of the stock, and the permits."""
    return [published(*each) for each in _WORLD]


_WORLD: Iterable[tuple[SeriesCard, EditionCard, pl.DataFrame]] = (
    (STOCK, STOCK_2020, FIGURES_2020),
    (STOCK, STOCK_2024, FIGURES_2024),
    (PERMITS, PERMITS_2026, FIGURES_OF_PERMITS),
)
