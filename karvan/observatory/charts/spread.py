"""Estimates of one thing by several methods: a mark for each, and how far apart they lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.html import format_html
from django.utils.safestring import SafeString

from karvan.observatory.charts.drawing import NOTHING, num, sheet
from karvan.observatory.charts.frame import EndLabel, Frame, end_labels, framed, label_lines
from karvan.observatory.charts.lettering import widest
from karvan.observatory.charts.palette import GROUND, LOOKS, MARKERS
from karvan.observatory.charts.scale import Words, axis, tick_figure

_R, _STEP = 3.6, 9


@dataclass(frozen=True)
class Method:
    """One way to a figure. observed: counted, not estimated, and so drawn solid."""

    name: str
    look: str
    observed: bool = False


@dataclass(frozen=True)
class Period:
    """values: one for each method, in their order; None where a method gives none."""

    name: str
    values: tuple[float | None, ...]


def spread_chart(
    methods: Sequence[Method],
    periods: Sequence[Period],
    *,
    label: str,
    unit: str = "",
    format_value: Words = tick_figure,
    height: float = 250,
) -> SafeString:
    """The bar of a period reaches from its least to its greatest estimate; what was observed
    stands beside the estimates and is not in the bar."""
    known = [value for period in periods for value in period.values if value is not None]
    if not known:
        return NOTHING
    used = [i for i in range(len(methods)) if any(p.values[i] is not None for p in periods)]
    blocks = [label_lines(methods[i].name) for i in used]
    names = [_broken(period.name) for period in periods]
    foot_lines = max(len(lines) for lines in names)
    frame = framed(
        axis(known),
        format_value,
        height=height,
        unit=unit,
        labels=blocks,
        foot_lines=foot_lines,
    )
    share = (frame.right - frame.left) / len(periods)
    middles = [frame.left + share * (i + 0.5) for i in range(len(periods))]
    step = min(_STEP, share * 0.8 / len(used))
    beside = {i: (place - (len(used) - 1) / 2) * step for place, i in enumerate(used)}
    every = ceil((max(widest(lines) for lines in names) + 4) / share)
    named = list(zip(middles, names, strict=True))[::-1][::every]
    parts = [
        *frame.grid(),
        frame.below(named),
        _ranges(methods, periods, middles, frame, len(used) * step / 2),
        *(_marks(methods[i], i, periods, middles, beside[i], frame) for i in used),
        end_labels(
            [
                _label(methods[i], block, i, periods, middles, beside[i], frame)
                for i, block in zip(used, blocks, strict=True)
            ],
            frame,
        ),
    ]
    return sheet(parts, height=frame.height, label=label)


def _broken(name: str) -> tuple[str, ...]:
    """A span of years takes two lines: 1990– over 1995."""
    before, dash, after = name.partition("–")
    return (before + dash, after) if after else (name,)


def _ranges(
    methods: Sequence[Method],
    periods: Sequence[Period],
    middles: Sequence[float],
    frame: Frame,
    half: float,
) -> SafeString:
    d = ""
    for period, middle in zip(periods, middles, strict=True):
        estimates = [
            value
            for method, value in zip(methods, period.values, strict=True)
            if value is not None and not method.observed
        ]
        if len(estimates) > 1:
            low, high = frame.y.at(min(estimates)), frame.y.at(max(estimates))
            d += f"M{num(middle - half)} {num(low)}h{num(2 * half)}V{num(high)}h-{num(2 * half)}z"
    if not d:
        return NOTHING
    return format_html('<path class="c-w" fill="{}" d="{}"/>', GROUND.wash, d)


def _marks(
    method: Method,
    index: int,
    periods: Sequence[Period],
    middles: Sequence[float],
    beside: float,
    frame: Frame,
) -> SafeString:
    look = LOOKS[method.look]
    figures = [
        MARKERS[look.marker](middle + beside, frame.y.at(value), _R)
        for period, middle in zip(periods, middles, strict=True)
        if (value := period.values[index]) is not None
    ]
    return format_html(
        '<g class="c-s c-{}" stroke="{}" stroke-width="1.7">'
        '<path class="{}" fill="{}" d="{}"/></g>',
        look.ink,
        look.colour,
        "c-f" if method.observed else "c-h",
        look.colour if method.observed else GROUND.paper,
        "".join(figures),
    )


def _label(
    method: Method,
    block: tuple[str, ...],
    index: int,
    periods: Sequence[Period],
    middles: Sequence[float],
    beside: float,
    frame: Frame,
) -> EndLabel:
    """Beside the last period that has a figure by this method."""
    middle, value = next(
        (middle, value)
        for period, middle in zip(reversed(periods), reversed(middles), strict=True)
        if (value := period.values[index]) is not None
    )
    look = LOOKS[method.look]
    return EndLabel(block, middle + beside, frame.y.at(value), look.ink, look.colour)
