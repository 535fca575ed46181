"""Series: what is there, by what it counts; and how figures and estimates are made."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from karvan.analysis.indicators import DEFINITIONS
from karvan.analysis.tables import TOTAL
from karvan.observatory.about import about, edition_title, text_of
from karvan.observatory.content import vocabulary
from karvan.observatory.panels import panel_of
from karvan.observatory.queries import Edition, current_editions, figures
from karvan.observatory.selection import selection
from karvan.observatory.steady import steady

# A series larger than this is shown by its totals, and whole in its files.
_SHOWN_WHOLE = 600


@require_safe
@steady
def all_series(request: HttpRequest) -> HttpResponse:
    known = vocabulary()
    language = get_language() or "en"
    by_concept: dict[str, list[dict[str, object]]] = {}
    for _key, group in groupby(current_editions(), key=lambda edition: edition.series.key):
        editions = list(group)
        newest = editions[-1]
        by_concept.setdefault(newest.series.concept, []).append(
            {
                "key": newest.series.key,
                "title": text_of(newest, "title", newest.series.title),
                "reporter": text_of(newest, "reporter", newest.series.reporter),
                "editions": [edition_title(edition) for edition in editions],
                "licence": newest.card.licence,
                "size": newest.size,
            }
        )
    order = [*known.concepts, *sorted(set(by_concept) - set(known.concepts))]
    concepts = [
        {"title": _concept(key, language), "series": by_concept[key]}
        for key in order
        if key in by_concept
    ]
    return render(request, "observatory/all_series.html", {"concepts": concepts})


@require_safe
@steady
def series_page(request: HttpRequest, series: str) -> HttpResponse:
    editions = current_editions(series=[series])
    if not editions:
        raise Http404
    asked = request.GET.get("edition", editions[-1].card.key)
    edition = next((each for each in editions if each.card.key == asked), None)
    if edition is None:
        raise Http404
    found = _shown(edition)
    context = {
        "edition": edition,
        "title": text_of(edition, "title", edition.series.title),
        "editions": [
            {"key": each.card.key, "title": edition_title(each), "now": each == edition}
            for each in editions
        ],
        "concept": _concept(edition.series.concept, get_language() or "en"),
        "panel": panel_of(found) if found else None,
        "about": about(edition, found),
        "part": edition.size > len(found),
        "whole": selection(series, edition.card.key),
    }
    return render(request, "observatory/series.html", context)


@require_safe
@steady
def methods(request: HttpRequest) -> HttpResponse:
    return render(request, "observatory/methods.html", {"definitions": DEFINITIONS.values()})


def _shown(edition: Edition) -> list:
    if edition.size <= _SHOWN_WHOLE:
        return figures([edition])
    states = vocabulary().states
    arriving = figures([edition], origin=TOTAL, destination=[*states, TOTAL])
    return arriving or figures([edition], origin=states, destination=states, sex=TOTAL)


def _concept(key: str, language: str) -> str:
    known = vocabulary()
    if key not in known.concepts:
        return key
    return known.said(f"concepts.{key}.title", known.concepts[key].title, language)
