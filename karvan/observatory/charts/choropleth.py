"""A map of States shaded by a figure, for exports: Vega-Lite drawn by vl-convert, offline."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import vl_convert

from karvan.observatory.charts.borders import Outline, outlines
from karvan.observatory.charts.palette import EDGE, FONT, GROUND, INK, QUIET
from karvan.observatory.charts.projection import REGION, Position, Projection, Window
from karvan.observatory.charts.scale import Words, figure

_VEGA_LITE = "6.1"
_WIDTH = 640
_PALE, _DEEP, _UNKNOWN = (0xD3, 0xEA, 0xE7), (0x0A, 0x3A, 0x44), "#f4f4f2"


def choropleth(
    values: Mapping[str, float | None],
    *,
    names: Mapping[str, str],
    label: str,
    measure: str,
    unknown: str,
    bounds: Sequence[float],
    format_value: Words = figure,
    window: Window = REGION,
) -> str:
    """An SVG file of the States in `values` (by ISO 3166-1 alpha-2), one shade for each class.

    bounds: where one class ends and the next begins, rising; a figure equal to a bound belongs
    to the class above it. measure: the title of the legend, with its unit. unknown: what the
    legend calls a State without a figure, drawn as a broken outline. Say borders.CREDIT beside it.
    Raises ValueError if no State has a figure.
    """
    if all(value is None for value in values.values()):
        raise ValueError("This map has no figure to draw: at least one State needs one.")
    projection = Projection(window, _WIDTH)
    classes = _classes(bounds, format_value)
    land = outlines(tuple(sorted(values)), projection)
    features = [
        _feature(
            outline,
            unknown
            if (value := values[outline.code]) is None
            else classes[bisect_right(bounds, value)],
        )
        for outline in land
    ]
    labels = [
        {"x": x, "y": y, "name": names[outline.code]}
        for outline in land
        for x, y in [_middle(outline)]
    ]
    spec = {
        "description": label,
        "width": _WIDTH,
        "height": round(projection.height),
        "background": GROUND.paper,
        "padding": 12,
        "config": {"view": {"stroke": None}, "font": FONT, "text": {"font": FONT}},
        "projection": {"type": "identity", "scale": 1, "translate": [0, 0]},
        "layer": [_areas(features, classes, unknown, measure), _names(labels)],
    }
    return str(vl_convert.vegalite_to_svg(spec, vl_version=_VEGA_LITE, allowed_base_urls=[]))


def _classes(bounds: Sequence[float], format_value: Words) -> list[str]:
    said = [format_value(bound) for bound in bounds]
    return [
        f"< {said[0]}",
        *(f"{low} – {high}" for low, high in pairwise(said)),
        f"≥ {said[-1]}",
    ]


def _shades(count: int) -> list[str]:
    """From pale to deep turquoise in even steps."""
    return [
        "#"
        + "".join(
            f"{round(pale + (deep - pale) * step / max(count - 1, 1)):02x}"
            for pale, deep in zip(_PALE, _DEEP, strict=True)
        )
        for step in range(count)
    ]


def _feature(outline: Outline, of_class: str) -> dict[str, Any]:
    rings = [[[round(x, 1), round(y, 1)] for x, y in (*r, r[0])] for r in outline.rings]
    return {
        "type": "Feature",
        "properties": {"code": outline.code, "class": of_class},
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]},
    }


def _middle(outline: Outline) -> Position:
    """Where its name has most room: a name is about three times as wide as it is high."""
    ring = max(outline.rings, key=len)
    upright = tuple((y, x) for x, y in ring)
    ys = [y for _, y in ring]
    best = (-1.0, ring[0])
    for step in range(10, 95, 5):
        y = min(ys) + (max(ys) - min(ys)) * step / 100
        for west, east in _inside(ring, y):
            x = (west + east) / 2
            above = max((min(y - north, south - y) for north, south in _inside(upright, x)))
            best = max(best, (min(east - west, 6 * above), (x, y)))
    return round(best[1][0], 1), round(best[1][1], 1)


def _inside(ring: Sequence[Position], y: float) -> list[tuple[float, float]]:
    """The stretches of the level y that lie within the ring."""
    shores = sorted(
        a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)
        if (a[1] <= y) != (b[1] <= y)
    )
    return list(zip(shores[::2], shores[1::2], strict=True))


def _areas(
    features: Sequence[dict[str, Any]], classes: Sequence[str], unknown: str, measure: str
) -> dict[str, Any]:
    is_unknown = {"test": {"field": "properties.class", "equal": unknown}}
    return {
        "data": {"values": list(features)},
        "transform": [],
        "mark": {"type": "geoshape", "strokeJoin": "round"},
        "encoding": {
            "color": {
                "field": "properties.class",
                "type": "ordinal",
                "title": measure,
                "scale": {
                    "domain": [*classes, unknown],
                    "range": [*_shades(len(classes)), _UNKNOWN],
                },
                "legend": {
                    "orient": "bottom",
                    "direction": "horizontal",
                    "columns": 4,
                    "labelFontSize": 14,
                    "titleFontSize": 14,
                    "titleColor": INK,
                    "labelColor": QUIET,
                    "labelLimit": 400,
                    "titleLimit": 620,
                    "symbolType": "square",
                    "symbolSize": 220,
                    "symbolStrokeColor": EDGE,
                    "symbolStrokeWidth": 0.8,
                },
            },
            "stroke": {"condition": {**is_unknown, "value": EDGE}, "value": GROUND.paper},
            "strokeDash": {"condition": {**is_unknown, "value": [4, 3]}, "value": [1, 0]},
        },
    }


def _names(labels: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "data": {"values": list(labels)},
        "layer": [
            {"mark": {"type": "text", "fontSize": 14, **look}}
            for look in (
                {"stroke": GROUND.paper, "strokeWidth": 3.5, "strokeJoin": "round"},
                {"fill": INK},
            )
        ],
        "encoding": {
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "y", "type": "quantitative"},
            "text": {"field": "name"},
        },
    }
