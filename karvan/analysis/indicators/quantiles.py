"""Quantiles of weighted answers."""

from __future__ import annotations

import numpy as np

from .ratios import Values


def weighted_quantile(values: Values, weights: Values, part: float) -> float:
    """The value below which this part of the weight lies.

    Where the part ends exactly between two values, their middle. With equal weights this is the
    ordinary median, and quartiles by averaging the inverse of the distribution (Hyndman and Fan
    1996, type 2).
    """
    order = np.argsort(values, kind="stable")
    values, weights = values[order], weights[order]
    values, weights = values[weights > 0], weights[weights > 0]
    reached = weights.cumsum()
    target = part * reached[-1]
    slack = 1e-12 * reached[-1]
    first = int(np.searchsorted(reached, target - slack))
    after = int(np.searchsorted(reached, target + slack, side="right"))
    return float((values[first] + values[min(after, len(values) - 1)]) / 2)
