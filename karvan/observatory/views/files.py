"""Figures to take away: tables as files, charts as pictures, the States as a map."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from hashlib import sha256
from importlib.metadata import version

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.safestring import SafeString
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from karvan.errors import Refused
from karvan.observatory import exporting
from karvan.observatory.captions import source_line, title
from karvan.observatory.charts.export import png, standalone
from karvan.observatory.dimensions import count_of
from karvan.observatory.living import NO_FIGURES
from karvan.observatory.panels import panel_of
from karvan.observatory.queries import Edition
from karvan.observatory.selection import Selection, selection_in
from karvan.observatory.shading import MEASURES, shaded

TABLES = ("csv", "xlsx", "sdmx-csv", "sdmx-ml")
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}
# A chart of more figures than these would be a smear; a file of more is asked of the API in parts.
_MOST_DRAWN, _MOST_WRITTEN = 3_000, 300_000
# An edition never changes, but a newer one or a corrected one may come at any time.
_LASTS_SECONDS = 300
# A new release may draw the same figures in another way.
_RELEASE = version("karvan")


@require_safe
def file(request: HttpRequest, form: str) -> HttpResponse:
    """A selection as a table or as a picture. Raises Refused where it has no figure, or no chart,
    or too much of either."""
    _refuse_unknown(form, (*TABLES, *PICTURES))
    chosen = selection_in(request.GET)
    edition = chosen.found_edition()
    chosen = chosen.of(edition)
    count = count_of(chosen, edition)
    if not count:
        raise Refused("no_figures", NO_FIGURES, asked=chosen.query)
    if count > (_MOST_DRAWN if form in PICTURES else _MOST_WRITTEN):
        raise Refused(
            "too_many_figures",
            gettext_noop("{count} figures are too many for one file. Choose a part of them."),
            count=count,
        )

    def table() -> bytes:
        return exporting.write(chosen.table(edition), edition.series, edition.card, form)

    def picture() -> bytes:
        return _as_picture(form, *chart_of(chosen, edition), source_line(edition))

    if form in PICTURES:
        return _lasting(request, edition, form, PICTURES[form], name_of(chosen), picture)
    suffix, kind, _writer = exporting.FORMS[form]
    return _lasting(request, edition, suffix, kind, name_of(chosen), table)


@require_safe
def states_map(request: HttpRequest, form: str) -> HttpResponse:
    """The States shaded by a measure of the migrant stock."""
    _refuse_unknown(form, PICTURES)
    measure = request.GET.get("measure", MEASURES[0])
    if measure not in MEASURES:
        raise Refused(
            "unknown_measure",
            gettext_noop("There is no measure '{given}'. Write one of: {known}."),
            given=measure[:40],
            known=", ".join(MEASURES),
        )
    found = shaded(measure, request.GET.get("period", ""))

    def picture() -> bytes:
        return _as_picture(form, found.chart(), found.title, found.source)

    name = f"states-{measure}-{found.edition.card.key}-{found.period}"
    return _lasting(request, found.edition, form, PICTURES[form], name, picture)


def chart_of(chosen: Selection, edition: Edition) -> tuple[SafeString, str]:
    """The chart of a selection with its title. Raises Refused where nothing can be drawn."""
    found = chosen.figures(edition)
    chart = next((part.chart for part in panel_of(found).parts if part.chart), None)
    if chart is None:
        raise Refused(
            "no_chart",
            gettext_noop(
                "These figures make no chart: one needs the same figure in three periods or more, "
                "and at most six lines. Choose otherwise, or take them as a table."
            ),
        )
    return chart, title(found)


def name_of(chosen: Selection) -> str:
    """A file's name that says what is in it, as far as it fits."""
    parts = [
        chosen.series,
        chosen.edition,
        *(code for _name, codes in chosen.codes for code in codes),
    ]
    whole = re.sub(r"[^A-Za-z0-9-]+", "-", "-".join(part.strip("_") for part in parts)).lower()
    if len(whole) <= 80:
        return whole
    return f"{whole[:70].rstrip('-')}-{sha256(chosen.query.encode()).hexdigest()[:8]}"


def _as_picture(form: str, chart: SafeString, head: str, source: str) -> bytes:
    svg = standalone(chart, title=head, source=source)
    return png(svg) if form == "png" else svg.encode()


def _refuse_unknown(form: str, known: Sequence[str] | dict[str, str]) -> None:
    if form not in known:
        raise Refused(
            "unknown_form",
            gettext_noop("There is no file of the form '{form}'. Write one of: {known}."),
            form=form[:40],
            known=", ".join(known),
        )


def _lasting(
    request: HttpRequest,
    edition: Edition,
    suffix: str,
    kind: str,
    name: str,
    made: Callable[[], bytes],
) -> HttpResponse:
    """The file, or that the reader has it already: it changes with the edition alone."""
    told = (
        f"{_RELEASE} {request.get_full_path()} {edition.hash} {edition.loaded_on} {edition.series}"
    )
    etag = f'W/"{sha256(told.encode()).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(made(), content_type=kind)
        response["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=_LASTS_SECONDS)
    return response
