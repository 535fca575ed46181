"""Axes: round numbers to stand at the ticks, and the way from a value to a place on the sheet."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel import numbers

from karvan.observatory.charts.lettering import width_of
from karvan.ui import formatting

Words = Callable[[float], str]

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_MILLION = 1_000_000
_FEW, _ODD = 8, 2


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high` laid along the sheet from `start` to `end` (units)."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        if self.high == self.low:
            return (self.start + self.end) / 2
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def nice_ticks(low: float, high: float, intervals: int = 4) -> tuple[float, ...]:
    """Round numbers that begin at or below low and end at or above high, about `intervals` apart.

    One value alone (low = high) gets an axis from zero to it; zero alone an axis from 0 to 1.
    """
    if low == high:
        low, high = min(low, 0.0), max(high, 0.0)
        if low == high:
            return (0.0, 1.0)
    rough = (high - low) / intervals
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(s * power for s in _STEPS if s * power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(float(f"{k * step:.12g}") for k in range(first, last + 1))


def axis(values: Sequence[float], *, from_zero: bool = True) -> tuple[float, ...]:
    """The ticks of an axis for these values; it includes zero unless asked not to."""
    low, high = min(values), max(values)
    return nice_ticks(min(low, 0.0), max(high, 0.0)) if from_zero else nice_ticks(low, high)


def figure(value: float) -> str:
    """The number as the reader's language writes it."""
    return formatting.number(Decimal(f"{value:.10g}"))


def tick_figure(value: float) -> str:
    """As `figure`, but millions are short (7.5M, 7,5 млн): an axis has little room."""
    if abs(value) < _MILLION:
        return figure(value)
    return numbers.format_compact_decimal(
        Decimal(f"{value:.10g}"), format_type="short", fraction_digits=2, locale=formatting.locale()
    )


def year(value: float) -> str:
    return str(int(value))


def chosen_periods(
    periods: Sequence[float], scale: Scale, format_period: Words
) -> tuple[float, ...]:
    """Those of the periods whose labels fit: the last, the first, then the roundest.

    Of many periods only round ones are named between the first and the last.
    """

    def roundness(period: float) -> tuple[int, float]:
        return (next((rank for rank, by in enumerate((10, 5)) if period % by == 0), _ODD), -period)

    between = sorted(periods[1:-1], key=roundness)
    if len(periods) > _FEW:
        between = [period for period in between if roundness(period)[0] < _ODD]
    ordered = [periods[-1], periods[0], *between]
    chosen: list[float] = []
    for period in ordered:
        half = width_of(format_period(period)) / 2
        if all(
            abs(scale.at(period) - scale.at(other)) >= half + width_of(format_period(other)) / 2 + 6
            for other in chosen
        ):
            chosen.append(period)
    return tuple(sorted(chosen))
