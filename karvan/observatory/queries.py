"""Reads of the figures. What they return belongs to one edition, or says of which each part is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

import polars as pl
from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from karvan.analysis.tables import DIMENSIONS, SCHEMA, Status, Table
from karvan.observatory import models
from karvan.observatory.cards import EditionCard, SeriesCard
from karvan.observatory.models import Observation


@dataclass(frozen=True)
class Edition:
    """One revision of an edition with its cards; it never changes."""

    id: int
    hash: str
    loaded_on: str
    size: int
    # Not compared: the hash says it all, and tells what is remembered of an edition.
    series: SeriesCard = field(compare=False)
    card: EditionCard = field(compare=False)

    @property
    def key(self) -> tuple[str, str]:
        return self.series.key, self.card.key


@dataclass(frozen=True)
class Figure:
    """One observation with the edition it is of."""

    edition: Edition
    origin: str
    destination: str
    sex: str
    age: str
    category: str
    period: str
    value: float | None
    lower: float | None
    upper: float | None
    status: str
    source: str

    @property
    def unconfirmed(self) -> bool:
        """Whether nobody has read it in its source: general knowledge."""
        return self.edition.card.sources[self.source].sure == "memory"

    @property
    def firm(self) -> bool:
        return self.status == Status.OBSERVED and not self.unconfirmed


def current_editions(
    *, series: Iterable[str] | None = None, concepts: Iterable[str] | None = None
) -> list[Edition]:
    """The newest revision of each edition, in the order of series and days of publication."""
    chosen = Q()
    if series is not None:
        chosen &= Q(series__key__in=list(series))
    if concepts is not None:
        chosen &= Q(series__concept__in=list(concepts))
    newest = Window(
        RowNumber(),
        partition_by=["series", "key"],
        order_by=[F("loaded_at").desc(), F("pk").desc()],
    )
    rows = models.Edition.objects.filter(chosen).annotate(age=newest).filter(age=1)
    return editions_of(rows.order_by("series__key", "published", "key"))


# An edition never changes, and the words of its series have a digest: both are parsed once.
_Known = tuple[int, str, str, str]
_editions: dict[_Known, Edition] = {}
_MOST_REMEMBERED = 4096


def editions_of(rows: QuerySet[models.Edition]) -> list[Edition]:
    """Rows of editions with their cards, in the order of the rows."""
    columns = rows.values_list("pk", "hash", "loaded_at", "series__words")
    asked = [(pk, hash, f"{at:%Y-%m-%d}", words) for pk, hash, at, words in columns]
    missing = {known[0]: known for known in asked if known not in _editions}
    if missing:
        if len(_editions) + len(missing) > _MOST_REMEMBERED:
            _editions.clear()
            missing = {known[0]: known for known in asked}
        for row in models.Edition.objects.select_related("series").filter(pk__in=missing):
            known = missing[row.pk]
            _editions[known] = Edition(
                row.pk,
                row.hash,
                known[2],
                row.size,
                SeriesCard.from_json(row.series.card),
                EditionCard.from_json(row.card),
            )
    return [_editions[known] for known in asked]


def newest_of_each_series(editions: Iterable[Edition]) -> list[Edition]:
    return list({edition.series.key: edition for edition in editions}.values())


def figures(editions: Iterable[Edition], **codes: str | Iterable[str]) -> list[Figure]:
    """The figures of these editions with these codes, in the order of editions, dimensions and
    time: `figures(editions, origin="KG", sex=("F", "M"))`."""
    by_id = {edition.id: edition for edition in editions}
    chosen = {
        f"{name}__in": [wanted] if isinstance(wanted, str) else list(wanted)
        for name, wanted in codes.items()
    }
    rows = (
        Observation.objects.filter(edition_id__in=by_id, **chosen)
        .order_by("origin", "destination", "category", "sex", "age", "first", "last", "source")
        .values_list("edition_id", *SCHEMA)
    )
    order = {pk: number for number, pk in enumerate(by_id)}
    found = sorted(rows, key=lambda row: order[row[0]])
    return [Figure(by_id[pk], *rest) for pk, *rest in found]


def table_of(edition: Edition, **codes: str | Iterable[str]) -> Table:
    """The figures of one edition with these codes as a table."""
    chosen = {
        f"{name}__in": [wanted] if isinstance(wanted, str) else list(wanted)
        for name, wanted in codes.items()
    }
    rows = (
        Observation.objects.filter(edition_id=edition.id, **chosen)
        .order_by(*DIMENSIONS, "source")
        .values_list(*SCHEMA)
    )
    frame = pl.DataFrame(list(rows), schema=SCHEMA, orient="row")
    return Table(edition.series.key, edition.card.key, edition.series.unit, frame)


def counting_others(editions: Iterable[Edition], origin: str) -> set[Edition]:
    """Those of the editions that also count people of other origins."""
    by_id = {edition.id: edition for edition in editions}
    found = (
        Observation.objects.filter(edition_id__in=by_id)
        .exclude(origin=origin)
        .values_list("edition_id", flat=True)
        .distinct()
        .order_by()
    )
    return {by_id[pk] for pk in found}


def state_of_figures() -> str:
    """A digest of every edition and the words of its series: another one where anything changed."""
    rows = models.Edition.objects.order_by("pk").values_list("pk", "hash", "series__words")
    return sha256(repr(list(rows)).encode()).hexdigest()
