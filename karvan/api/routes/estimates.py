"""Flows of a corridor, estimated from the stock by every method that can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query, Router

from karvan.api import refusals, schemas
from karvan.api.answering import of_editions
from karvan.api.asking import Corridor
from karvan.api.routes.series import edition_name
from karvan.errors import Refused
from karvan.observatory.content import vocabulary
from karvan.observatory.estimates import METHODS, Estimate, corridor_estimates, inputs_of
from karvan.observatory.places import STOCK
from karvan.observatory.queries import Edition, current_editions, newest_of_each_series
from karvan.observatory.showing import method_shown

router = Router(tags=["estimates"])


@router.get(
    "/estimates",
    response={200: schemas.Estimates, 400: schemas.Fault},
    summary="Estimated flows of a corridor",
)
def estimates(request: HttpRequest, asked: Query[Corridor]) -> dict[str, Any]:
    """From the newest edition of each series of the stock. An estimate is nothing anybody counted:
    take it with its method, with what it rests on, and with what the other methods give."""
    states = vocabulary().states
    for name, state in (("origin", asked.origin), ("destination", asked.destination)):
        if state not in states:
            raise Refused(
                "unknown_code",
                gettext_noop("Flows are not estimated for the {dimension} '{given}'."),
                dimension=name,
                given=refusals.short(state),
                near=", ".join(refusals.nearest(state, states)),
            )
    stocks = newest_of_each_series(current_editions(concepts=[STOCK]))
    inputs = {stock.id: inputs_of(stock) for stock in stocks}
    of_editions(request, [*stocks, *(each for of in inputs.values() for each in of.vital)])
    return {
        "origin": asked.origin,
        "destination": asked.destination,
        "unit": "persons",
        "methods": [
            {"key": method.key, "options": method.options, **asdict(method_shown(method.key))}
            for method in METHODS
        ],
        "groups": [
            {
                **edition_name(stock),
                "vital": [edition_name(each) for each in inputs[stock.id].vital],
                "pairs": inputs[stock.id].pairs,
                "absent_pairs": inputs[stock.id].absent_pairs,
                "intervals": list(_intervals(stock, asked)),
            }
            for stock in stocks
        ],
    }


def _intervals(stock: Edition, asked: Corridor) -> Iterator[dict[str, Any]]:
    def interval(each: Estimate) -> tuple[str, str, str]:
        return each.since, each.until, each.sex

    found = sorted(corridor_estimates(stock, asked.origin, asked.destination), key=interval)
    for (since, until, sex), group in groupby(found, key=interval):
        flows = {each.method: each.flow for each in group}
        known = [flow for flow in flows.values() if flow is not None]
        yield {
            "since": since,
            "until": until,
            "sex": sex,
            "flows": flows,
            "lowest": min(known, default=None),
            "highest": max(known, default=None),
        }
