"""Storing what was prepared: all of a file's editions or none, and how it was understood."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from karvan.analysis.tables import SCHEMA
from karvan.observatory.actions import publish_edition
from karvan.observatory.importing.areas import plain
from karvan.observatory.importing.mapping import fingerprint
from karvan.observatory.importing.preparing import Prepared
from karvan.observatory.models import Edition, Layout


@transaction.atomic
def store(
    prepared: Prepared, *, revising: bool, progress: Callable[[int], None] | None = None
) -> list[Edition | None]:
    """An edition for each part, or None where it is here already; all of them or none.

    `progress` is told how many figures of the file are stored. Raises Refused as publish_edition
    does.
    """
    stored: list[Edition | None] = []
    done = 0
    for part in prepared.parts:
        before = done

        def told(figures: int, before: int = before) -> None:
            if progress:
                progress(before + figures)

        stored.append(
            publish_edition(
                series=part.series,
                edition=part.edition,
                figures=part.figures.select(*SCHEMA),
                revising=revising,
                progress=told,
            )
        )
        done += part.figures.height
        told(part.figures.height)
    if not prepared.layout:
        _remember(prepared)
    return stored


def _remember(prepared: Prepared) -> None:
    (part,) = prepared.parts
    said = prepared.said
    meanings = {
        plain(column.label): column.meaning for column in prepared.columns if not column.fixed
    }
    Layout.objects.update_or_create(
        fingerprint=fingerprint(prepared.grid),
        defaults={
            "mapping": {
                "meanings": {**meanings, **said.meanings},
                "constants": {
                    name: code for name, code in said.constants.items() if name != "period"
                },
                "codes": dict(said.codes),
                "series": part.series.key,
                "source": said.source,
                "licence": said.licence,
                "decimal": said.decimal,
            },
            "card": part.series.to_json(),
            "used_at": timezone.now(),
        },
    )
