"""Women among migrants: of a stock, a flow, permits or placements alike."""

from __future__ import annotations

import numpy as np

from .ratios import Numbers, Values, floats, known_where, ratio


def female_share(women: Numbers, everyone: Numbers) -> Values:
    share = 100 * ratio(women, everyone)
    return known_where((share >= 0) & (share <= 100), share)


def female_share_change(earlier: Numbers, later: Numbers) -> Values:
    """From one female share to another, both in per cent of the same series and edition."""
    return floats(floats(later) - floats(earlier))


def sex_ratio(men: Numbers, women: Numbers) -> Values:
    found = 100 * ratio(men, women)
    return known_where(found >= 0, found)


def womens_contribution_to_growth(
    women_before: Numbers, women_after: Numbers, everyone_before: Numbers, everyone_after: Numbers
) -> Values:
    women = floats(women_after) - floats(women_before)
    everyone = floats(everyone_after) - floats(everyone_before)
    men = everyone - women
    together = np.sign(women) * np.sign(men) >= 0
    return known_where(together, 100 * ratio(np.abs(women), np.abs(everyone)))


def occupational_dissimilarity(women: Numbers, men: Numbers) -> Values:
    """Women and men by occupation on the last axis, in the same order."""
    women, men = floats(women), floats(men)
    shares_of_women = ratio(women, women.sum(axis=-1, keepdims=True))
    shares_of_men = ratio(men, men.sum(axis=-1, keepdims=True))
    return floats(50 * np.abs(shares_of_women - shares_of_men).sum(axis=-1))


def representation_ratio(share_of_permits: Numbers, share_of_stock: Numbers) -> Values:
    """The female share of one thing over that of another, both in per cent."""
    return ratio(share_of_permits, share_of_stock)
