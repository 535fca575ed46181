"""A table of flows: origins down, destinations across, nobody on the diagonal."""

from __future__ import annotations

import numpy as np

from .ratios import Numbers, Values, floats


def flow_table(flows: Numbers) -> Values:
    """Flows as floats of shape (…, n, n), origin × destination, with zero on the diagonal.

    Whoever stayed is no migrant, so what stood on the diagonal is not looked at. Raises ValueError
    for a table that is not square, has fewer than two places or holds a negative flow.
    """
    table = floats(flows).copy()
    if table.ndim < 2 or table.shape[-1] != table.shape[-2] or table.shape[-1] < 2:
        size = " × ".join(map(str, table.shape)) or "a single number"
        raise ValueError(
            f"Flows must be a square table of at least two places, origin × destination; "
            f"this one is {size}."
        )
    places = np.arange(table.shape[-1])
    table[..., places, places] = 0.0
    negative = np.argwhere(table < 0)
    if len(negative):
        origin, destination = negative[0][-2:] + 1
        raise ValueError(
            f"The flow in row {origin}, column {destination} is negative. "
            f"Flows count people; net flows have no place in this table."
        )
    return table


def by_origin(table: Values) -> Values:
    """The flows without the diagonal: (…, n, n) becomes (…, n, n − 1), a row for each origin."""
    places = table.shape[-1]
    return table[..., ~np.eye(places, dtype=bool)].reshape(*table.shape[:-1], places - 1)


def by_destination(table: Values) -> Values:
    return by_origin(np.swapaxes(table, -1, -2))


def total(table: Values) -> Values:
    """Everybody who moved, of shape (…)."""
    return floats(table.sum(axis=(-1, -2)))
