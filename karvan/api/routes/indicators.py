"""Indicators: what they mean, and their values for a corridor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext, gettext_noop
from ninja import Path, Query, Router

from karvan.analysis.indicators import DEFINITIONS, Definition
from karvan.api import refusals, schemas
from karvan.api.answering import of_editions
from karvan.api.asking import Corridor, Words
from karvan.api.routes.series import edition_name
from karvan.errors import Refused
from karvan.observatory.cards import UNITS
from karvan.observatory.measures import BySex, by_sex, feminisation
from karvan.observatory.queries import current_editions, figures
from karvan.observatory.showing import FEMINISATION

router = Router(tags=["indicators"])
# A share of these would be a share of no number of anything.
_NOT_COUNTED = ("percent", "per_thousand", "years", "USD", "RUB")
_COUNTED = tuple(unit for unit in UNITS if unit not in _NOT_COUNTED)
_TRANSLATED = ("title", "definition", "unit", "missing")


@router.get(
    "/indicators",
    response={200: schemas.Indicators, 400: schemas.Fault},
    summary="All indicators with their meaning",
)
def indicators(request: HttpRequest, words: Query[Words]) -> dict[str, Any]:
    of_editions(request, [])
    return {"indicators": [_meaning(each) for each in DEFINITIONS.values()]}


@router.get(
    "/indicators/{indicator}",
    response={200: schemas.IndicatorValues, 400: schemas.Fault, 404: schemas.Fault},
    summary="Values of an indicator for a corridor",
)
def indicator_values(
    request: HttpRequest,
    asked: Query[Corridor],
    indicator: str = Path(description="The id of an indicator with values, as /indicators says."),
) -> dict[str, Any]:
    """From every edition that tells women from men in this corridor, each by itself. Where two
    sources of an edition disagree, or one number is unknown, there is no value."""
    definition = _measured(indicator)
    editions = [each for each in current_editions() if each.series.unit in _COUNTED]
    of_editions(request, editions)
    cells = by_sex(figures(editions, origin=asked.origin, destination=asked.destination))
    groups = []
    for edition, group in groupby(cells, key=lambda cell: cell.edition):
        values = list(_values(definition.id, list(group)))
        if values:
            groups.append({**edition_name(edition), "values": values})
    return {
        "indicator": _meaning(definition),
        "origin": asked.origin,
        "destination": asked.destination,
        "groups": groups,
    }


def _values(indicator: str, cells: list[BySex]) -> Iterator[dict[str, Any]]:
    for (age, category), line in groupby(cells, key=lambda cell: (cell.age, cell.category)):
        for measure in feminisation(list(line)):
            if measure.indicator == indicator:
                yield {
                    "age": age,
                    "category": category,
                    "since": measure.since,
                    "period": measure.period,
                    "value": measure.value,
                }


def _measured(indicator: str) -> Definition:
    if indicator not in DEFINITIONS:
        raise Refused(
            "unknown_indicator",
            gettext_noop("There is no indicator '{indicator}'. Nearest: {near}."),
            indicator=refusals.short(indicator),
            near=", ".join(refusals.nearest(indicator, DEFINITIONS)),
        )
    if indicator not in FEMINISATION:
        raise Refused(
            "not_worked_out",
            gettext_noop("No figures here are enough for the indicator '{indicator}'."),
            indicator=indicator,
            known=", ".join(FEMINISATION),
        )
    return DEFINITIONS[indicator]


def _meaning(definition: Definition) -> dict[str, Any]:
    said = {name: gettext(getattr(definition, name)) for name in _TRANSLATED}
    return {**asdict(definition), **said, "has_values": definition.id in FEMINISATION}
