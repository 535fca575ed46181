"""A State, and a corridor between two countries."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from karvan.analysis.tables import OTHERS, UNSTATED
from karvan.observatory.about import edition_title
from karvan.observatory.charts.bars import Group, Row, bar_chart
from karvan.observatory.content import vocabulary
from karvan.observatory.grids import Cell, Grid, more_rows
from karvan.observatory.grids import Row as TableRow
from karvan.observatory.places import (
    STOCK,
    Neighbour,
    corridor,
    neighbours,
    sections_of,
    state_figures,
    state_of,
)
from karvan.observatory.selection import selection
from karvan.observatory.showing import estimates_shown, feminisation_grid, headline
from karvan.observatory.steady import steady
from karvan.observatory.wording import amount, area, codes_by_slug, sex, slug

_BARS, _ROWS = 8, 14


@require_safe
@steady
def corridor_page(request: HttpRequest, origin: str, destination: str) -> HttpResponse:
    codes = codes_by_slug()
    if origin not in codes or destination not in codes or origin == destination:
        raise Http404
    found = corridor(codes[origin], codes[destination])
    ours = {state_of(origin), state_of(destination)} - {None}
    if not found.sections and not ours:
        raise Http404
    context = {
        "corridor": found,
        "origin_slug": origin,
        "destination_slug": destination,
        "headline": headline(found.stock),
        "feminisation": feminisation_grid(found.measures),
        "estimates": estimates_shown(found.stock_edition, found.origin, found.destination),
        "stock": [each for each in found.sections if each.concept.key == STOCK],
        "others": [each for each in found.sections if each.concept.key != STOCK],
        "is_state": {
            "origin": state_of(origin) is not None,
            "destination": state_of(destination) is not None,
        },
    }
    return render(request, "observatory/corridor.html", context)


@require_safe
@steady
def state_page(request: HttpRequest, state: str) -> HttpResponse:
    code = state_of(state)
    if code is None:
        raise Http404
    found = sections_of(state_figures(code))
    ends = []
    for arriving in (True, False):
        some, edition = neighbours(code, arriving=arriving)
        if some and edition:
            title = (
                _("Where people in {state} were born")
                if arriving
                else _("Where people born in {state} live")
            ).format(state=area(code))
            ends.append(
                {
                    "arriving": arriving,
                    "title": title,
                    "neighbours": some,
                    "edition": edition,
                    "edition_title": edition_title(edition),
                    "period": some[0].cell.period,
                    "grid": _ends_grid(code, some, arriving=arriving),
                    "selection": selection(
                        edition.series.key,
                        edition.card.key,
                        **{"destination" if arriving else "origin": code},
                    ),
                    "chart": _bars(some[:_BARS], title),
                }
            )
    context = {"state": code, "slug": state, "sections": found, "ends": ends}
    return render(request, "observatory/state.html", context)


def _ends_grid(state: str, neighbours: list[Neighbour], *, arriving: bool) -> Grid:
    """The largest, and after them the observatory's other States."""
    states = set(vocabulary().states)
    shown = [end for place, end in enumerate(neighbours) if place < _ROWS or end.code in states]
    rows = [
        TableRow(
            area(end.code),
            (
                Cell(amount(end.cell.women, "persons")),
                Cell(amount(end.cell.men, "persons")),
                Cell(amount(end.cell.female_share, "percent")),
            ),
            url=_corridor_url(end.code, state) if arriving else _corridor_url(state, end.code),
        )
        for end in shown
    ]
    columns = (_("Women"), _("Men"), _("Women, %"))
    return Grid(_("Country"), columns, tuple(rows), more_rows(len(neighbours) - len(shown)))


def _corridor_url(origin: str, destination: str) -> str:
    if {origin, destination} & {OTHERS, UNSTATED}:
        return ""
    return reverse("observatory:corridor", args=(slug(origin), slug(destination)))


def _bars(neighbours: list[Neighbour], title: str) -> str:
    return bar_chart(
        [Row(area(end.code), (end.cell.women, end.cell.men)) for end in neighbours],
        (Group(sex("F"), "women"), Group(sex("M"), "men")),
        label=_("Bar chart: {title}. The table gives all figures.").format(title=title),
        unknown=_("no figure"),
    )
