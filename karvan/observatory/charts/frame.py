"""What line charts and spreads have in common: grid, axes, and labels beside their last points."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from karvan.observatory.charts.drawing import (
    LETTER,
    NOTHING,
    WIDTH,
    joined,
    num,
    quiet,
    rule,
    words,
)
from karvan.observatory.charts.lettering import LINE, apart, widest, width_of, wrapped
from karvan.observatory.charts.scale import Scale, Words

_LABEL_ROOM, _BOLD = 104, LETTER * 1.08
_GAP, _NUDGED, _FAR, _LONG = 12, 5, 8, 30
_DOTTED = mark_safe(' stroke-dasharray=".5 3"')


@dataclass(frozen=True)
class EndLabel:
    """Words for a series, wanted beside (x, y); ink is the series' class."""

    lines: tuple[str, ...]
    x: float
    y: float
    ink: str
    colour: str


@dataclass(frozen=True)
class Frame:
    """The plane of a chart: y grows upwards from bottom to top, x rightwards from left to right."""

    top: float
    bottom: float
    left: float
    right: float
    height: float
    y: Scale
    ticks: tuple[float, ...]
    tick_words: tuple[str, ...]
    unit: str

    def grid(self) -> list[SafeString]:
        """Hairlines at the ticks, the line of zero stronger, and their figures to the left."""
        fine = "".join(
            f"M{self.left:.0f} {self.y.at(tick):.1f}H{self.right:.0f}"
            for tick in self.ticks
            if tick
        )
        lines = [rule(fine)]
        if 0 in self.ticks:
            lines.append(rule(f"M{self.left:.0f} {self.y.at(0):.1f}H{self.right:.0f}", strong=True))
        figures = [
            words(self.left - 7, self.y.at(tick), (said,), anchor="end")
            for tick, said in zip(self.ticks, self.tick_words, strict=True)
        ]
        if self.unit:
            figures.append(words(0, LINE / 2, (self.unit,)))
        return [*lines, quiet(figures)]

    def below(self, places: Sequence[tuple[float, Sequence[str]]]) -> SafeString:
        """What the places along the x axis are called, kept within the sheet."""
        parts = []
        for x, lines in places:
            half = widest(lines) / 2
            middle = min(max(x, half), WIDTH - half)
            y = self.bottom + 8 + len(lines) * LINE / 2
            parts.append(words(middle, y, lines, anchor="middle"))
        return quiet(parts)


def framed(
    ticks: tuple[float, ...],
    format_value: Words,
    *,
    height: float,
    unit: str,
    labels: Sequence[Sequence[str]],
    foot_lines: int = 1,
) -> Frame:
    """A frame with room at the right for these labels (each a block of lines), one above another,
    and below for the names along the x axis."""
    tick_words = tuple(format_value(tick) for tick in ticks)
    top = 10.0 + (LINE + 4 if unit else 0)
    stacked = sum(len(lines) * LINE for lines in labels)
    foot = 10 + foot_lines * LINE
    height = max(height, top + stacked + foot)
    bottom = height - foot
    left = max(width_of(said) for said in tick_words) + 9
    room = max((widest(lines, _BOLD) for lines in labels), default=0)
    right = WIDTH - (room + _GAP if labels else 6)
    return Frame(
        top=top,
        bottom=bottom,
        left=left,
        right=right,
        height=height,
        y=Scale(ticks[0], ticks[-1], bottom, top),
        ticks=ticks,
        tick_words=tick_words,
        unit=unit,
    )


def label_lines(text: str) -> tuple[str, ...]:
    return wrapped(text, _LABEL_ROOM, _BOLD)


def end_labels(labels: Sequence[EndLabel], frame: Frame) -> SafeString:
    """Each label in its ink, no two touching; a thread leads to one that had to stand apart."""
    heights = apart(
        [label.y for label in labels],
        [len(label.lines) * LINE for label in labels],
        frame.top - LINE / 2,
        frame.bottom + LINE / 2,
    )
    start = frame.right + 5
    parts = []
    for label, y in zip(labels, heights, strict=True):
        thread = NOTHING
        if abs(y - label.y) > _NUDGED or label.x < frame.right - _FAR:
            thread = format_html(
                '<path stroke="{}" stroke-width=".8"{} d="M{} {}L{} {}"/>',
                label.colour,
                # Dotted where it is long, lest it be taken for the line of figures.
                _DOTTED if label.x < frame.right - _LONG else "",
                num(label.x + 5),
                num(label.y),
                num(start - 2),
                num(y),
            )
        parts.append(
            format_html(
                '<g class="c-n c-{}" fill="{}" font-weight="700">{}{}</g>',
                label.ink,
                label.colour,
                thread,
                words(start, y, label.lines),
            )
        )
    return joined(parts)
