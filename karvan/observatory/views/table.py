"""A table of the reader's own making, with an address that says what is in it."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from karvan.observatory.about import about, edition_title, text_of
from karvan.observatory.content import vocabulary
from karvan.observatory.dimensions import count_of
from karvan.observatory.forms import TableForm, asked, edition_asked
from karvan.observatory.pivot import pivot
from karvan.observatory.queries import Edition, current_editions, newest_of_each_series
from karvan.observatory.selection import Selection, selection

# More figures than these take longer to lay out than anybody wants to wait.
_MOST_LAID_OUT = 20_000


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """First the series is chosen, then codes of its dimensions; both steps are addresses."""
    query = asked(request)
    editions = current_editions()
    if "series" not in query:
        return _choose(request, editions)
    edition = edition_asked(query, editions)
    if edition is None:
        said = _("There is no such series here. Choose one of these.")
        return _choose(request, editions, said=said, status=404)
    of_series = [each for each in editions if each.series.key == edition.series.key]
    form = TableForm(query, editions=of_series, edition=edition)
    context = {"form": form, "edition": edition, "title": _title(edition)}
    if not form.is_valid():
        return render(request, "observatory/table.html", context, status=400)
    if form.query != request.META.get("QUERY_STRING"):
        return redirect(f"{reverse('observatory:table')}?{form.query}")
    chosen = form.chosen.of(edition)
    context |= {"chosen": chosen, "count": count_of(chosen, edition)}
    if 0 < context["count"] <= _MOST_LAID_OUT:
        context |= _laid_out(form, chosen, edition)
    return render(request, "observatory/table.html", context)


def _laid_out(form: TableForm, chosen: Selection, edition: Edition) -> dict[str, object]:
    found = chosen.figures(edition)
    laid = pivot(found, rows=form.cleaned_data["rows"], columns=form.cleaned_data["columns"])
    return {
        "pivot": laid,
        "panel": {"about": about(edition, found), "edition": edition, "selection": chosen},
        "edition_title": edition_title(edition),
    }


def _choose(
    request: HttpRequest, editions: list[Edition], said: str = "", status: int = 200
) -> HttpResponse:
    known = vocabulary()
    language = get_language() or "en"
    order = {key: at for at, key in enumerate(known.concepts)}
    newest = sorted(
        newest_of_each_series(editions),
        key=lambda each: (order.get(each.series.concept, len(order)), each.series.concept),
    )
    concepts = [
        {
            "title": known.said(f"concepts.{key}.title", known.concepts[key].title, language)
            if key in known.concepts
            else key,
            "series": [
                {
                    "title": _title(each),
                    "reporter": text_of(each, "reporter", each.series.reporter),
                    "query": selection(each.series.key).query,
                }
                for each in group
            ],
        }
        for key, group in groupby(newest, key=lambda each: each.series.concept)
    ]
    context = {"concepts": concepts, "said": said}
    return render(request, "observatory/table_series.html", context, status=status)


def _title(edition: Edition) -> str:
    return text_of(edition, "title", edition.series.title)
