"""Going back."""

from __future__ import annotations

from .ratios import Numbers, Values, known_where, ratio


def return_share(returns: Numbers, moves: Numbers) -> Values:
    """`returns` are those of the `moves` that led to the country of birth."""
    share = 100 * ratio(returns, moves)
    return known_where((share >= 0) & (share <= 100), share)
