"""Observations of an edition, of a concept side by side, and whole editions as files."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_noop
from ninja import Field, Path, Query, Router

from karvan.api import refusals, schemas
from karvan.api.answering import of_editions
from karvan.api.asking import Page, Words
from karvan.api.cells import page_of
from karvan.api.routes.series import EditionKey, SeriesKey, edition_name, edition_named, names_of
from karvan.errors import Refused
from karvan.observatory.exporting import FORMS, write
from karvan.observatory.models import Series
from karvan.observatory.queries import Edition, current_editions, table_of

router = Router(tags=["observations"])
# These take a second of the server for each 20,000 figures; the others, for a quarter of a million.
_MOST_IN_FORM = {"xlsx": 100_000, "sdmx-ml": 100_000}
_FILE = {
    "responses": {
        200: {
            "description": "The whole edition as a file.",
            "content": {
                media: {"schema": {"type": "string", "format": "binary"}}
                for media in sorted({media for _ending, media, _writer in FORMS.values()})
            },
        }
    }
}


class PageOfConcept(Page):
    concept: str = Field(
        description=gettext_noop("What is counted, as series name it: migrant_stock.")
    )


@router.get(
    "/series/{series}/editions/{edition}/observations",
    response={200: schemas.Observations, 400: schemas.Fault, 404: schemas.Fault},
    summary="Figures of one edition",
    url_name="observations",
)
def observations(
    request: HttpRequest,
    asked: Query[Page],
    series: str = SeriesKey,
    edition: str = EditionKey,
) -> dict[str, Any]:
    """The answer says which edition it is of, where `latest` was asked for, and the address of its
    next part names that edition, so that the parts are never of two."""
    found = edition_named(series, edition)
    of_editions(request, [found])
    total, rows = page_of([found], asked)
    address = reverse("api:observations", args=found.key)
    return {
        **edition_name(found),
        **_part(request, address, asked, total),
        "observations": [figure for _edition, figure in rows],
    }


@router.get(
    "/series/{series}/editions/{edition}/figures.{form}",
    response={400: schemas.Fault, 404: schemas.Fault, 409: schemas.Fault},
    summary="A whole edition as a file",
    openapi_extra=_FILE,
)
def figures_file(
    request: HttpRequest,
    words: Query[Words],
    series: str = SeriesKey,
    edition: str = EditionKey,
    form: str = Path(description=f"One of {', '.join(FORMS)}."),
) -> HttpResponse:
    if form not in FORMS:
        raise Refused(
            "unknown_form",
            gettext_noop("There is no form '{form}' of files."),
            form=refusals.short(form),
            known=", ".join(FORMS),
        )
    found = edition_named(series, edition)
    of_editions(request, [found])
    if found.size > _MOST_IN_FORM.get(form, found.size):
        raise Refused(
            "too_large_for_form",
            gettext_noop("This edition has {size} figures, too many to send as {form}."),
            size=found.size,
            form=form,
        )
    ending, media, _writer = FORMS[form]
    file = write(table_of(found), found.series, found.card, form)
    name = f"{found.series.key}-{found.card.key}-{form}.{ending}"
    if form == ending:
        name = f"{found.series.key}-{found.card.key}.{ending}"
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(file, content_type=media, headers=headers)


@router.get(
    "/observations",
    response={200: schemas.ObservationsOfConcept, 400: schemas.Fault},
    summary="Figures of one concept, side by side",
)
def observations_of_concept(request: HttpRequest, asked: Query[PageOfConcept]) -> dict[str, Any]:
    """Every edition of every series that counts this. They count differently: a difference between
    two groups is no movement of people."""
    editions = _editions_of_concept(asked.concept)
    of_editions(request, editions)
    total, rows = page_of(editions, asked)
    names = names_of(editions)
    return {
        "concept": asked.concept,
        **_part(request, request.path, asked, total),
        "groups": [
            {**names[edition], "observations": [figure for _edition, figure in group]}
            for edition, group in groupby(rows, key=itemgetter(0))
        ],
    }


def _editions_of_concept(concept: str) -> Sequence[Edition]:
    known = list(Series.objects.order_by("concept").values_list("concept", flat=True).distinct())
    if concept not in known:
        raise Refused(
            "unknown_concept",
            gettext_noop("No series counts '{concept}'. Nearest: {near}."),
            concept=refusals.short(concept),
            near=", ".join(refusals.nearest(concept, known)),
        )
    return current_editions(concepts=[concept])


def _part(request: HttpRequest, address: str, asked: Page, total: int) -> dict[str, Any]:
    """Where this part stands, and the address of the next."""
    after = asked.offset + asked.limit
    query = {**dict(request.GET.lists()), "offset": after}
    following = f"{address}?{urlencode(query, doseq=True)}"
    return {
        "total": total,
        "offset": asked.offset,
        "limit": asked.limit,
        "next": request.build_absolute_uri(following) if after < total else None,
    }
