"""An edition that a file holds, and what may be done with its figures."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from karvan.observatory.cards import EditionCard, SeriesCard
from karvan.observatory.content import vocabulary

_NOT_ADDED = ("percent", "per_thousand", "years")
# Immigrants less emigrants: the one thing counted here that is lawfully below zero.
_SIGNED = ("net_migration",)


@dataclass(frozen=True)
class Part:
    """An edition of a series that a file holds. `figures` has the columns of SCHEMA, `row` and
    `column`."""

    series: SeriesCard
    edition: EditionCard
    figures: pl.DataFrame

    @property
    def additive(self) -> bool:
        concept = vocabulary().concepts.get(self.series.concept)
        return self.series.unit not in _NOT_ADDED and not (concept and concept.kind == "price")

    @property
    def signed(self) -> bool:
        return self.series.concept in _SIGNED
