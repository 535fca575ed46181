"""The sheet a chart is drawn on, and the strokes all charts share."""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from karvan.observatory.charts.palette import EDGE, GROUND, QUIET

WIDTH = 400
LETTER = 14
LINE_EM = 1.15

NOTHING = mark_safe("")


def num(value: float) -> str:
    """A coordinate to a tenth of a unit, in as few characters as it takes."""
    short = f"{value:.1f}".removesuffix(".0")
    return "0" if short == "-0" else short


def path_through(points: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points)


def joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def sheet(parts: Iterable[SafeString], *, height: float, label: str) -> SafeString:
    return format_html(
        '<svg class="chart" role="img" aria-label="{}" width="{}" height="{}" '
        'viewBox="0 0 {} {}" font-size="{}" fill="none" stroke-linejoin="round">{}</svg>',
        label,
        WIDTH,
        num(height),
        WIDTH,
        num(height),
        LETTER,
        joined(parts),
    )


def words(
    x: float, y: float, lines: Sequence[str], *, anchor: str = "start", ink: str = ""
) -> SafeString:
    """Lines of text whose block is centred on y, whatever size of letter the stylesheet sets.

    ink: the class that colours these words apart from their group, if any.
    """
    first = 0.35 - (len(lines) - 1) * LINE_EM / 2
    attributes = [("x", num(x)), ("y", num(y)), ("dy", f"{first:.2f}em".removeprefix("0"))]
    if anchor != "start":
        attributes.append(("text-anchor", anchor))
    if ink:
        attributes.append(("class", ink))
    said: list[SafeString] = [format_html("{}", lines[0])]
    said += [
        format_html('<tspan x="{}" dy="{}em">{}</tspan>', num(x), LINE_EM, line)
        for line in lines[1:]
    ]
    return format_html(
        "<text{}>{}</text>", format_html_join("", ' {}="{}"', attributes), joined(said)
    )


def quiet(parts: Iterable[SafeString]) -> SafeString:
    return format_html('<g class="c-q" fill="{}">{}</g>', QUIET, joined(parts))


def rule(d: str, *, strong: bool = False) -> SafeString:
    """A hairline of the grid, or the axis that stands for zero."""
    kind, colour = ("c-x", EDGE) if strong else ("c-g", GROUND.line)
    return format_html('<path class="{}" stroke="{}" d="{}"/>', kind, colour, d)
