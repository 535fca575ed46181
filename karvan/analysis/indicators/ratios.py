"""Division in which nothing divided by nothing is unknown."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
# Numbers, lists or arrays of them; None and NaN are unknown.
Numbers = Any


def floats(numbers: Numbers) -> Values:
    return np.asarray(numbers, dtype=np.float64)


def ratio(numerator: Numbers, denominator: Numbers) -> Values:
    """Numerator over denominator, and NaN wherever the denominator is not above zero."""
    above, below = np.broadcast_arrays(floats(numerator), floats(denominator))
    answer = np.full(above.shape, np.nan)
    np.divide(above, below, out=answer, where=below > 0)
    return answer


def known_where(condition: Numbers, values: Values) -> Values:
    """The values, with NaN where the condition does not hold."""
    return np.where(condition, values, np.nan)
