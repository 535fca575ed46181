"""Corridors beside each other."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from karvan.analysis.tables import TOTAL
from karvan.observatory import wording
from karvan.observatory.comparison import compared, unit_of, what_is_compared
from karvan.observatory.dimensions import editions_by_corridor
from karvan.observatory.forms import MOST_CORRIDORS, CompareForm, asked, edition_asked
from karvan.observatory.places import newest_stock
from karvan.observatory.queries import current_editions


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    query = asked(request)
    every = current_editions()
    by_corridor = editions_by_corridor(tuple(every))
    editions = [edition for edition in every if edition.id in by_corridor]
    if not editions:
        return render(request, "observatory/compare.html", {})
    usual = newest_stock()
    edition = edition_asked(query, editions) or (usual if usual in editions else editions[0])
    form = CompareForm(query, editions=editions, edition=edition)
    if not form.is_valid():
        return render(request, "observatory/compare.html", {"form": form}, status=400)
    corridors = form.cleaned_data["corridor"]
    canonical = form.query(corridors)
    if corridors and canonical != request.META.get("QUERY_STRING"):
        return redirect(f"{reverse('observatory:compare')}?{canonical}")
    what = form.cleaned_data["sex"] or TOTAL
    context = {
        "form": form,
        "corridors": [
            {
                "origin": corridor[0],
                "destination": corridor[1],
                "slugs": [wording.slug(code) for code in corridor],
                "without": form.query(other for other in corridors if other != corridor),
            }
            for corridor in corridors
        ],
        "room": len(corridors) < MOST_CORRIDORS,
        "measure": what_is_compared(what),
        "unit": wording.unit(unit_of(edition, what)),
    }
    if corridors:
        found = compared(edition, corridors, what)
        about = {"about": found.about, "edition": edition, "selection": found.selection}
        context |= {"found": found, "panel": about}
    return render(request, "observatory/compare.html", context)
