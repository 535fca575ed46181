"""A chart as a file of its own: title above, source below, colours and fonts written in."""

import re
from math import ceil

import vl_convert
from django.utils.html import format_html
from django.utils.safestring import SafeString

from karvan.observatory.charts.drawing import WIDTH, joined, num
from karvan.observatory.charts.lettering import wrapped
from karvan.observatory.charts.palette import FONT, GROUND, INK, QUIET

_MARGIN = 16
_TITLE, _SOURCE = 17, 10.5
_BETWEEN = 1.3
_HEIGHT = re.compile(r'viewBox="0 0 \d+ ([\d.]+)"')


def standalone(chart: SafeString, *, title: str, source: str) -> str:
    """An SVG file. source: series, edition, licence and day, as they should be printed.

    chart: what a function of this package drew, and not the empty string.
    """
    found = _HEIGHT.search(chart)
    if found is None:
        raise ValueError("There is no chart to export: it has no figure in it.")
    tall = float(found[1])
    head, top = _block(title, _TITLE, _MARGIN, INK, bold=True)
    foot, bottom = _block(source, _SOURCE, top + 10 + tall + 12, QUIET, bold=False)
    across, height = WIDTH + 2 * _MARGIN, ceil(bottom + _MARGIN)
    return str(
        format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" viewBox="0 0 {} {}" '
            'font-family="{}"><rect width="100%" height="100%" fill="{}"/>{}'
            '<svg x="{}" y="{}"{}{}</svg>',
            across,
            height,
            across,
            height,
            FONT,
            GROUND.paper,
            head,
            _MARGIN,
            num(top + 10),
            SafeString(chart.removeprefix("<svg")),
            foot,
        )
    )


def png(svg: str, *, scale: float = 2.5) -> bytes:
    """The picture of an SVG file; at 2.5 a chart is 1,080 pixels wide."""
    return bytes(vl_convert.svg_to_png(svg, scale=scale))


def _block(
    text: str, letter: float, top: float, colour: str, *, bold: bool
) -> tuple[SafeString, float]:
    """Lines of text from `top` down, and where they end."""
    lines = wrapped(text, WIDTH, letter * (1.08 if bold else 1))
    step = letter * _BETWEEN
    spans = [
        format_html('<tspan x="{}" y="{}">{}</tspan>', _MARGIN, num(top + letter + i * step), line)
        for i, line in enumerate(lines)
    ]
    block = format_html(
        '<text fill="{}" font-size="{}" font-weight="{}">{}</text>',
        colour,
        letter,
        700 if bold else 400,
        joined(spans),
    )
    return block, top + len(lines) * step
