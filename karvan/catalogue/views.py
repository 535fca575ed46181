"""Pages of the law."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from karvan.catalogue.queries import (
    current_editions,
    edition_in_folder,
    is_translated,
    published_on,
)
from karvan.catalogue.showing import policy_shown
from karvan.policy.edition import Edition
from karvan.policy.showing import changes_document
from karvan.policy.showing import policies as policies_of
from karvan.ui.forms import DayForm, PeriodForm


@require_safe
def states(request: HttpRequest) -> HttpResponse:
    shown = [
        {
            "edition": edition,
            "published_on": published_on(edition.id),
            "policies": policies_of(edition, get_language()),
        }
        for edition in current_editions()
    ]
    return render(request, "catalogue/states.html", {"states": shown})


@require_safe
def policies(request: HttpRequest, state: str) -> HttpResponse:
    edition = _edition_or_404(state)
    context = _about(edition) | {"policies": policies_of(edition, get_language())}
    return render(request, "catalogue/policies.html", context)


@require_safe
def policy(request: HttpRequest, state: str, policy: str) -> HttpResponse:
    edition = _edition_or_404(state)
    if policy not in {entry["id"] for entry in policies_of(edition)}:
        raise Http404
    first, last = edition.law.covers.start, edition.law.covers.end
    form = DayForm(request.GET if "on" in request.GET else None, first=first, last=last)
    on = form.cleaned_data["on"] if form.is_valid() else _today_within(first, last)
    said = policy_shown(edition.hash, policy, on, get_language())
    context = _about(edition) | {"form": form, "on": on, "policy": said}
    status = 400 if form.errors else 200
    return render(request, "catalogue/policy.html", context, status=status)


@require_safe
def changes(request: HttpRequest, state: str) -> HttpResponse:
    edition = _edition_or_404(state)
    first, last = edition.law.covers.start, edition.law.covers.end
    asked = "from" in request.GET or "to" in request.GET
    form = PeriodForm(request.GET if asked else None, first=first, last=last)
    end = _today_within(first, last)
    start = max(end - timedelta(days=365), first)
    if form.is_valid():
        start, end = form.cleaned_data["from"], form.cleaned_data["to"]
    titles = {entry["id"]: entry["title"] for entry in policies_of(edition, get_language())}
    said = changes_document(edition, start, end, get_language())
    for group in said["groups"]:
        for change in group["changes"]:
            change["policy_title"] = titles.get(change["policy"], change["policy"])
    context = _about(edition) | {"form": form, "start": start, "end": end, "said": said}
    return render(request, "catalogue/changes.html", context, status=400 if form.errors else 200)


def _edition_or_404(folder: str) -> Edition:
    edition = edition_in_folder(folder)
    if edition is None:
        raise Http404
    return edition


def _about(edition: Edition) -> dict[str, object]:
    return {
        "edition": edition,
        "state": edition.state,
        "folder": edition.folder,
        "first_day": edition.law.covers.start,
        "last_day": edition.law.covers.end,
        "published_on": published_on(edition.id),
        "untranslated": not is_translated(edition, get_language()),
    }


def _today_within(first: date, last: date) -> date:
    return min(max(timezone.localdate(), first), last)
