"""One selection by itself: to look at, to quote, to take away, to show in another site."""

from __future__ import annotations

from dataclasses import replace

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from karvan.errors import Refused
from karvan.observatory import exporting
from karvan.observatory.about import edition_title
from karvan.observatory.captions import caption, quotation, source_line, title
from karvan.observatory.dimensions import count_of
from karvan.observatory.grids import figure_text
from karvan.observatory.living import NO_FIGURES, Living, Move, Why, living_figures
from karvan.observatory.panels import panel_of
from karvan.observatory.queries import Edition, Figure
from karvan.observatory.selection import LATEST, Selection, selection_in
from karvan.observatory.views.files import name_of

_MOST_SHOWN = 3_000
# More newest figures than these are a table, not figures to quote.
_MOST_QUOTED = 8
_PREVIEWED = 3
_FRAME_HEIGHT = 480


@require_safe
def figure(request: HttpRequest) -> HttpResponse:
    chosen, edition = _asked(request)
    found = _found(chosen, edition)
    panel = panel_of(found)
    fixed = chosen.of(edition)
    living = living_figures(chosen, found)
    context = {
        "panel": panel,
        "caption": caption(found),
        "living": [_shown(each) for each in living] if len(living) <= _MOST_QUOTED else [],
        "chosen": fixed,
        "files": _files(fixed, any(part.chart for part in panel.parts)),
        "preview": _preview(fixed, edition),
        "address": _address(request, "figure", fixed),
        "always": _address(request, "figure", Selection(chosen.series, LATEST, chosen.codes)),
        "embed": _embed_code(_address(request, "embed", chosen), title(found)),
    }
    return render(request, "observatory/figure.html", context)


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@cache_control(public=True, max_age=300)
def embed(request: HttpRequest) -> HttpResponse:
    """The chart alone, which any site may show in a frame."""
    chosen, edition = _asked(request)
    found = _found(chosen, edition)
    panel = panel_of(found)
    context = {
        "title": title(found),
        "part": next((part for part in panel.parts if part.chart), panel.parts[0]),
        "panel": panel,
        "source": source_line(edition),
        "chosen": chosen,
    }
    return render(request, "observatory/embed.html", context)


def _asked(request: HttpRequest) -> tuple[Selection, Edition]:
    chosen = selection_in(request.GET)
    return chosen, chosen.found_edition()


def _found(chosen: Selection, edition: Edition) -> list[Figure]:
    count = count_of(chosen, edition)
    if not count:
        raise Refused("no_figures", NO_FIGURES, asked=chosen.query)
    if count > _MOST_SHOWN:
        raise Refused(
            "too_many_figures",
            gettext_noop("{count} figures are too many for one page. Choose a part of them."),
            count=count,
        )
    return chosen.figures(edition)


def _shown(living: Living) -> dict[str, object]:
    return {
        "figure": figure_text(living.figure).text,
        "quotation": quotation(living.figure),
        "period": living.period,
        "source": living.source,
        "loaded_on": living.loaded_on,
        "moves": [
            {
                "loaded_on": move.loaded_on,
                "figure": figure_text(move.figure).text,
                "period": move.period,
                "why": _why(move),
            }
            for move in living.moved
        ],
    }


def _why(move: Move) -> str:
    said = {
        Why.FIRST: _("{edition}: the first that was loaded here"),
        Why.CORRECTED: _("{edition}, corrected"),
        Why.NEWER_PERIOD: _("{edition}, which came to know a newer period"),
        Why.OTHER_EDITION: _("{edition}: another edition, which counts differently"),
    }[move.why]
    return said.format(edition=edition_title(move.edition))


def _files(chosen: Selection, drawn: bool) -> list[dict[str, str]]:
    """Each form of the selection with what it is good for."""
    forms = [
        ("csv", "CSV", _("a plain table for any program")),
        ("xlsx", "Excel", _("with sheets that explain the series and its codes")),
        ("sdmx-csv", "SDMX-CSV", _("for statistical systems, as a table")),
        ("sdmx-ml", "SDMX-ML", _("for statistical systems, with structure")),
    ]
    if drawn:
        forms += [
            ("svg", "SVG", _("the chart, sharp at any size")),
            ("png", "PNG", _("the chart as a picture for documents and slides")),
        ]
    name = name_of(chosen)
    return [
        {
            "title": title_,
            "words": words,
            "name": f"{name}.{exporting.FORMS[form][0] if form in exporting.FORMS else form}",
            "url": f"{reverse('observatory:file', args=(form,))}?{chosen.query}",
        }
        for form, title_, words in forms
    ]


def _preview(chosen: Selection, edition: Edition) -> str:
    """The head of the selection as CSV."""
    table = chosen.table(edition)
    first = replace(table, frame=table.frame.head(_PREVIEWED))
    return exporting.write(first, edition.series, edition.card, "csv").decode()


def _address(request: HttpRequest, page: str, chosen: Selection) -> str:
    return request.build_absolute_uri(f"{reverse(f'observatory:{page}')}?{chosen.query}")


def _embed_code(address: str, head: str) -> SafeString:
    """What is put into another site's page, as text."""
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy"></iframe>',
        address,
        head,
        _FRAME_HEIGHT,
    )
