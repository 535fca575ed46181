"""The figures that were asked for, part by part, in an order that stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from karvan.analysis.tables import KEY, SCHEMA, Status
from karvan.api import refusals
from karvan.api.asking import Cells, Page
from karvan.errors import Refused
from karvan.observatory import wording
from karvan.observatory.models import Observation
from karvan.observatory.queries import Edition


def page_of(
    editions: Sequence[Edition], asked: Page
) -> tuple[int, list[tuple[int, dict[str, Any]]]]:
    """How many figures of these editions were asked for, and a part of them, each with the id of
    its edition. Raises Refused where no edition has a code."""
    rows = asked_of(editions, asked)
    # The order of the table's own index, edition by edition: the database sorts nothing.
    part = rows.order_by("edition_id", *KEY).values_list("edition_id", *SCHEMA)
    found = part[asked.offset : asked.offset + asked.limit]
    words = {str(status): wording.status(status) for status in Status}
    return rows.count(), [(row[0], _observation(row[1:], words)) for row in found]


def asked_of(editions: Sequence[Edition], asked: Cells) -> QuerySet[Observation]:
    since, until = asked.span
    for dimension, codes in asked.codes.items():
        _known(editions, dimension, codes)
    chosen: dict[str, Any] = {f"{name}__in": codes for name, codes in asked.codes.items()}
    if since:
        chosen["first__gte"] = since.first
    if until:
        chosen["last__lte"] = until.last
    return Observation.objects.filter(edition_id__in=[each.id for each in editions], **chosen)


def codes_of(editions: Sequence[Edition], dimension: str) -> tuple[str, ...]:
    """The codes of this dimension that have figures in these editions."""
    return _codes(tuple(editions), dimension)


@lru_cache(maxsize=4096)
def _codes(editions: tuple[Edition, ...], dimension: str) -> tuple[str, ...]:
    # An edition never changes: what was found once stays true.
    ids = [edition.id for edition in editions]
    rows = Observation.objects.filter(edition_id__in=ids).order_by(dimension)
    return tuple(rows.values_list(dimension, flat=True).distinct())


def _known(editions: Sequence[Edition], dimension: str, codes: Sequence[str]) -> None:
    known = codes_of(editions, dimension)
    # A code that nobody has never reaches the database, whatever it is made of.
    for code in codes:
        if code not in known:
            raise Refused(
                "unknown_code",
                gettext_noop("No figure here has the {dimension} '{given}'."),
                dimension=dimension,
                given=refusals.short(code),
                near=", ".join(refusals.nearest(code, known)),
            )


def _observation(row: Sequence[Any], words: Mapping[str, str]) -> dict[str, Any]:
    found = dict(zip(SCHEMA, row, strict=True))
    return {**found, "status": words[found["status"]], "status_code": found["status"]}
