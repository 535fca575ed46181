"""The region as a whole, and its themes."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from karvan.observatory import wording
from karvan.observatory.about import source_of
from karvan.observatory.charts.borders import CREDIT
from karvan.observatory.charts.chord import Node, chord_diagram
from karvan.observatory.charts.flow_map import Place, flow_map
from karvan.observatory.charts.ranking import Flow
from karvan.observatory.content import Vocabulary, vocabulary
from karvan.observatory.grids import Cell, Grid, Row
from karvan.observatory.places import region_stock
from karvan.observatory.steady import steady
from karvan.observatory.themes import theme_of


@require_safe
@steady
def region_page(request: HttpRequest) -> HttpResponse:
    known = vocabulary()
    stock = region_stock(request.GET.get("period"))
    context = {"states": _named(known), "themes": _themes(known), "stock": stock}
    if stock:
        flows = [Flow(cell.origin, cell.destination, cell.everyone) for cell in stock.pairs]
        period = wording.period(stock.period)
        context |= {
            "map": flow_map(
                [
                    Place(code, wording.area(code), longitude, latitude)
                    for code, (longitude, latitude) in known.points.items()
                ],
                flows,
                label=_(
                    "Map: people born in one State of the region who live in another, {period}. "
                    "The table below gives all figures."
                ).format(period=period),
            ),
            "chord": chord_diagram(
                [Node(code, wording.area(code)) for code in known.states],
                flows,
                label=_(
                    "Diagram: people born in one State of the region who live in another, "
                    "{period}. The table below gives all figures."
                ).format(period=period),
            ),
            "credit": CREDIT,
            "matrix": _matrix(stock, known.states),
            "source": source_of(stock.edition),
        }
    return render(request, "observatory/region.html", context)


@require_safe
@steady
def theme_page(request: HttpRequest, theme: str) -> HttpResponse:
    known = vocabulary()
    if theme not in known.themes:
        raise Http404
    codes = {wording.slug(code): code for code in known.states}
    chosen = codes.get(request.GET.get("destination", ""))
    context = {
        "theme": theme_of(known.themes[theme], chosen),
        "themes": _themes(known),
        "states": _named(known),
        "chosen": chosen,
    }
    return render(request, "observatory/theme.html", context)


def _named(known: Vocabulary) -> list[dict[str, str]]:
    """The States in the order of the reader's alphabet."""
    names = wording.in_order(known.states)
    return [{"code": code, "name": name, "slug": wording.slug(code)} for code, name in names]


def _themes(known: Vocabulary) -> list[dict[str, str]]:
    language = get_language() or "en"
    return [
        {"key": key, "title": known.said(f"themes.{key}.title", theme.title, language)}
        for key, theme in known.themes.items()
    ]


def _matrix(stock: object, states: tuple[str, ...]) -> Grid:
    cells = {(cell.origin, cell.destination): cell for cell in stock.pairs}
    ordered = [code for code, _name in wording.in_order(states)]
    rows = []
    for origin in ordered:
        row = []
        for destination in ordered:
            cell = cells.get((origin, destination))
            if origin == destination:
                row.append(Cell(""))
            elif cell is None or cell.everyone is None:
                row.append(Cell(wording.NO_FIGURE))
            else:
                row.append(
                    Cell(
                        wording.amount(cell.everyone, "persons"),
                        url=reverse(
                            "observatory:corridor",
                            args=(wording.slug(origin), wording.slug(destination)),
                        ),
                    )
                )
        url = reverse("observatory:state", args=(wording.slug(origin),))
        rows.append(Row(wording.area(origin), tuple(row), url=url))
    columns = tuple(wording.area(code) for code in ordered)
    return Grid(_("Born in ↓, living in →"), columns, tuple(rows))
