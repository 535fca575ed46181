"""At which ages people move.

Ages are single years in order, of shape (ages,); intensities are those of each age, of shape
(…, ages), in any one unit. Figures for groups of ages are to be repeated for each year in them.
"""

from __future__ import annotations

import numpy as np

from .ratios import Numbers, Values, floats, known_where, ratio

YOUNGEST, OLDEST = 5, 65  # childhood and retirement have peaks of their own
BESIDE_PEAK = 5  # years of age on either side: Bell and Muhidin 2009


def _profile(ages: Numbers, intensities: Numbers) -> tuple[Values, Values]:
    years, rates = floats(ages), floats(intensities)
    if years.ndim != 1 or rates.shape[-1:] != years.shape:
        raise ValueError(
            f"There must be one intensity for each age; there are {years.size} ages "
            f"and {rates.shape[-1] if rates.ndim else 1} intensities."
        )
    if np.any(np.diff(years) != 1):
        raise ValueError(
            "Ages must be single years in order, without gaps. "
            "Repeat the figure of a group for each year of age in it."
        )
    return years, rates


def gross_migraproduction_rate(ages: Numbers, intensities: Numbers) -> Values:
    return floats(_profile(ages, intensities)[1].sum(axis=-1))


def normalised_intensities(ages: Numbers, intensities: Numbers) -> Values:
    rates = _profile(ages, intensities)[1]
    return ratio(rates, rates.sum(axis=-1, keepdims=True))


def _between(years: Values, rates: Values) -> tuple[Values, Values]:
    """The ages at which a peak is looked for."""
    inside = (years >= YOUNGEST) & (years <= OLDEST)
    if not inside.any():
        raise ValueError(f"There is no age from {YOUNGEST} to {OLDEST} in this profile.")
    return years[inside], rates[..., inside]


def peak_intensity(ages: Numbers, intensities: Numbers) -> Values:
    return floats(_between(*_profile(ages, intensities))[1].max(axis=-1))


def peak_age(ages: Numbers, intensities: Numbers) -> Values:
    years, rates = _between(*_profile(ages, intensities))
    highest = rates.max(axis=-1)
    first = np.argmax(rates == highest[..., None], axis=-1)
    return known_where(highest > 0, years[first])


def peak_breadth(ages: Numbers, intensities: Numbers) -> Values:
    years, rates = _profile(ages, intensities)
    peak = peak_age(years, rates)
    beside = np.abs(years - peak[..., None]) <= BESIDE_PEAK
    whole = (peak - BESIDE_PEAK >= years[0]) & (peak + BESIDE_PEAK <= years[-1])
    return known_where(whole, np.where(beside, rates, 0.0).sum(axis=-1))


def peak_share(ages: Numbers, intensities: Numbers) -> Values:
    return 100 * ratio(peak_breadth(ages, intensities), _profile(ages, intensities)[1].sum(axis=-1))


def mean_age(ages: Numbers, intensities: Numbers) -> Values:
    years, rates = _profile(ages, intensities)
    return ratio(((years + 0.5) * rates).sum(axis=-1), rates.sum(axis=-1))


def _slopes(ages: Numbers, intensities: Numbers) -> tuple[Values, Values, Values]:
    """Years, the change of the normalised profile into each of them, and the age at the peak."""
    years, shares = _between(floats(ages), floats(100 * normalised_intensities(ages, intensities)))
    return years[1:], floats(np.diff(shares, axis=-1)), peak_age(ages, intensities)[..., None]


def _steepest(slopes: Values, counted: Values) -> Values:
    steepest = np.where(counted, slopes, -np.inf).max(axis=-1, initial=-np.inf)
    whole = ~np.isnan(slopes).any(axis=-1)
    return known_where(whole & (steepest > 0), floats(steepest))


def fastest_rise(ages: Numbers, intensities: Numbers) -> Values:
    years, slopes, peak = _slopes(ages, intensities)
    return _steepest(slopes, floats(years <= peak))


def fastest_fall(ages: Numbers, intensities: Numbers) -> Values:
    years, slopes, peak = _slopes(ages, intensities)
    return _steepest(-slopes, floats(years > peak))


def asymmetry(ages: Numbers, intensities: Numbers) -> Values:
    return ratio(fastest_rise(ages, intensities), fastest_fall(ages, intensities))


# The parameters of a model schedule bear the names Rogers and Castro gave them: heights a, rates of
# descent alpha and of ascent lambda; 1 is childhood, 2 the years of work.


def child_dependency(a1: Numbers, a2: Numbers) -> Values:
    return ratio(a1, a2)


def labour_dependency(a1: Numbers, a2: Numbers) -> Values:
    return ratio(a2, a1)


def labour_asymmetry(lambda2: Numbers, alpha2: Numbers) -> Values:
    return ratio(lambda2, alpha2)


def parental_shift_regularity(alpha1: Numbers, alpha2: Numbers) -> Values:
    return ratio(alpha1, alpha2)
