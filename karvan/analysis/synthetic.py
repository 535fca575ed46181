"""Synthetic people: a population that nobody is in and that fits what is known of a real one.

Known margins are fitted by iterative proportional fitting, which adds nothing to them: whatever
they do not say comes out independent. The fitted table is then made whole by choosing, for each of
its cells, the number below or above, so that margins stay whole-numbered too.

The same margins, size and seed give the same people. Chance comes from the raw bits of PCG64, whose
stream NumPy keeps fixed from version to version (NEP 19), and not from NumPy's distributions, which
it may change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

COUNT = "count"
MOST_ROUNDS = 10_000
# Of the whole population: how near the fit must come to a margin, and margins to each other.
NEAR_ENOUGH = 1e-9
AGREEMENT = 1e-6

Numbers = NDArray[np.float64]


class Contradiction(ValueError):
    """No population has all these margins."""


def population(margins: Sequence[pl.DataFrame], size: int, seed: int) -> pl.DataFrame:
    """`size` people, a row each, whose columns are the dimensions of the margins.

    A margin has a column for each of its dimensions and `count`, in people or in any other unit:

        sex  count        sex  destination  count         sex  destination
        F       40        F    A               30    →    F    A
        M       60        F    B               10         F    A
                                                          …

    A count that is null, and a combination without a row, are unknown: they stay unconstrained, up
    to what the other margins leave. At least one margin must be complete, to tell the total.

    Each known margin comes within one person of its share of `size`, always where all margins
    together have two dimensions; where more dimensions allow no such population, as near as one can
    come. Columns are `pl.Enum`, rows in the order of their codes.

    Raises Contradiction where margins disagree or no table fits all, ValueError for margins that
    cannot be read.
    """
    if size < 0:
        raise ValueError(f"A population of {size} people cannot be drawn.")
    codes = _codes(margins)
    known = [_Margin.read(margin, number, codes) for number, margin in enumerate(margins, 1)]
    everyone = _everyone(known)
    _check_agreement(known, everyone)
    fitted = _fitted([each.completed(everyone) for each in known], _shape(codes), everyone)
    people = _whole(fitted * (size / everyone), [each.groups(codes) for each in known], seed)
    return _rows(people, codes)
