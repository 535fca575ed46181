"""How much people move."""

from __future__ import annotations

import numpy as np

from .ratios import Numbers, Values, floats, ratio


def crude_migration_intensity(migrants: Numbers, population: Numbers) -> Values:
    return 100 * ratio(migrants, population)


def courgeau_k(intensities: Numbers, zones: Numbers) -> float:
    """One slope for intensities (per cent) measured at several numbers of zones.

    Both have shape (levels,), or are single numbers.
    """
    percent, size = np.broadcast_arrays(floats(intensities), floats(zones))
    if np.any(size < 2):
        raise ValueError("Courgeau's k needs at least two zones: within one zone nobody migrates.")
    pairs = 2 * np.log(size)
    return float((percent * pairs).sum() / (pairs**2).sum())
