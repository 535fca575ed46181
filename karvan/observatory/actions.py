"""What happens to figures: an edition is published whole, and then never changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

import polars as pl
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from karvan.analysis.periods import parse_period
from karvan.analysis.tables import KEY, Table
from karvan.errors import Refused
from karvan.observatory.cards import EditionCard, SeriesCard
from karvan.observatory.models import Edition, Observation, Series

_COLUMNS = (
    "edition_id",
    "origin",
    "destination",
    "sex",
    "age",
    "category",
    "period",
    "first",
    "last",
    "value",
    "lower",
    "upper",
    "status",
    "source",
)
_BATCH = 20_000


@transaction.atomic
def publish_edition(
    *,
    series: SeriesCard,
    edition: EditionCard,
    figures: pl.DataFrame,
    revising: bool = False,
    at: datetime | None = None,
    progress: Callable[[int], None] | None = None,
) -> Edition | None:
    """Publish an edition with all its figures, or nothing; None where it is here already.

    `figures` has columns of karvan.analysis.tables.SCHEMA. `progress` is told how many figures
    are stored so far. Raises Refused where the edition is here with other figures, unless it is
    said to be a revision, and where the series counts something else.
    """
    table = Table(series.key, edition.key, series.unit, figures).frame.sort(KEY)
    digest = _digest(edition, table)
    known = Series.objects.filter(key=series.key).first()
    if known and (known.concept, known.unit) != (series.concept, series.unit):
        raise Refused(
            "series_differs",
            gettext_noop(
                "The series {series} counts {concept} in {unit}. Figures of another kind need a "
                "series of their own."
            ),
            series=series.key,
            concept=known.concept,
            unit=known.unit,
        )
    stored, _ = Series.objects.update_or_create(
        key=series.key,
        defaults={
            "concept": series.concept,
            "unit": series.unit,
            "card": series.to_json(),
            "words": hashlib.sha256(series.to_json().encode()).hexdigest()[:16],
        },
    )
    newest = stored.editions.filter(key=edition.key).order_by("loaded_at").last()
    if newest and newest.hash == digest:
        return None
    if newest and not revising:
        raise Refused(
            "edition_differs",
            gettext_noop(
                "Edition {edition} of {series} is here with other figures. Give the new figures an "
                "edition of their own, or say that they revise it."
            ),
            series=series.key,
            edition=edition.key,
        )
    at = at or timezone.now()
    same, made = stored.editions.get_or_create(
        key=edition.key,
        hash=digest,
        defaults={
            "published": edition.published,
            "card": edition.to_json(),
            "loaded_at": at,
            "size": table.height,
        },
    )
    if made:
        _store(same.pk, table, progress)
    else:  # it went back to what it once was
        same.loaded_at = at
        same.save(update_fields=["loaded_at"])
    return same


def _digest(edition: EditionCard, table: pl.DataFrame) -> str:
    digest = hashlib.sha256(edition.to_json().encode())
    digest.update(table.write_csv().encode())
    return digest.hexdigest()


def _store(edition_id: int, table: pl.DataFrame, progress: Callable[[int], None] | None) -> None:
    rows = _rows(edition_id, table)
    stored = 0
    while batch := list(islice(rows, _BATCH)):
        _insert(batch)
        stored += len(batch)
        if progress:
            progress(stored)


def _rows(edition_id: int, table: pl.DataFrame) -> Iterator[tuple[Any, ...]]:
    periods = [parse_period(text) for text in table["period"].unique()]
    days = pl.DataFrame(
        {
            "period": [period.text for period in periods],
            "first": [period.first.isoformat() for period in periods],
            "last": [period.last.isoformat() for period in periods],
        },
        schema={"period": pl.String, "first": pl.String, "last": pl.String},
    )
    dated = table.join(days, on="period", how="left", maintain_order="left")
    return dated.with_columns(pl.lit(edition_id).alias("edition_id")).select(_COLUMNS).iter_rows()


def _insert(rows: list[tuple[Any, ...]]) -> None:
    # A model's object for each of a million figures takes ten times as long as the database does.
    name = connection.ops.quote_name
    table = name(Observation._meta.db_table)
    columns = ", ".join(name(column) for column in _COLUMNS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(_COLUMNS))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)  # noqa: S608
