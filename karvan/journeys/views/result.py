"""The result: which ways are open, which are not, and why."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from karvan.catalogue.queries import current_edition, is_translated
from karvan.journeys.concerns import Lead, concerns, leads_from, told_first
from karvan.journeys.goals import WORDS, goals_of, opened_for
from karvan.journeys.middleware import say_if_lost
from karvan.journeys.notes import Notes
from karvan.journeys.queries import document_for, evaluation_of, positions
from karvan.journeys.views.interview import answers_so_far
from karvan.journeys.views.posting import posted
from karvan.policy.edition import Edition
from karvan.policy.engine import Evaluation
from karvan.policy.wording import Reader
from karvan.ui.forms import DayForm

# The sections of the page, in their order; the last is folded.
SECTIONS = ("open", "discretion", "unknown", "silent", "closed", "not_applicable")

# Conditions come first; the rows they rest on follow, and a long list is folded after these.
REASONS_SHOWN = 5


@require_safe
def result(request: HttpRequest) -> HttpResponse:
    notes = request.carried.read()
    if not notes:
        say_if_lost(request)
        return redirect("journeys:start")
    return render(
        request, "journeys/result.html", result_of(current_edition(notes.destination), notes)
    )


def result_of(edition: Edition, notes: Notes, day_form: DayForm | None = None) -> dict[str, Any]:
    language = get_language()
    notes, said = document_for(edition, notes, language=language)
    where = positions(notes)
    next_one = len(notes.asked) + 1
    run, law, reader = evaluation_of(edition, notes), edition.law, Reader(edition.law, language)
    ways: dict[str, list[dict[str, Any]]] = {name: [] for name in SECTIONS}
    forbidden: list[dict[str, Any]] = []
    for status in said["statuses"]:
        way = status | {"answer_at": _answer_at(status, where, next_one)}
        way["grave"] = concerns(run, law.statuses[status["id"]])
        planned = status["outcome"] == "open" or way["grave"]
        if planned and status["procedure"]:
            way["plan"] = document_for(edition, notes, language=language, chosen=status["id"])[1][
                "plan"
            ]
            way["mine_to_pay"] = [
                total for total in way["plan"]["totals"] if total["payer"] == notes.reader
            ]
            way["mine"] = sum(
                any(actor["me"] for actor in step["actors"]) for step in way["plan"]["steps"]
            )
            forbidden = forbidden or way["plan"]["never_pay"]
        reasons = _each_said_once(status["reasons"])
        way["own_reasons"] = reasons
        way["first_reasons"] = reasons[:REASONS_SHOWN]
        way["further_reasons"] = reasons[REASONS_SHOWN:]
        ways[status["outcome"]].append(way)
    return {
        "notes": notes,
        "said": said,
        "headline": _headline(notes, ways),
        "told_first": told_first(run, reader, notes.goal),
        "forbidden": forbidden,
        "lines": [service for service in said["services"] if service["number"]],
        "ways": ways,
        "cannot_tell": len(ways["unknown"]) + len(ways["silent"]),
        "tally": _tally(ways),
        "so_far": answers_so_far(notes, said),
        "next": next_one if said["needed"] else None,
        "day_form": day_form or _day_form(None, edition),
        "untranslated": not is_translated(edition, language),
        "last_day": edition.law.covers.end,
        "today_is_later": bool(
            not notes.on
            and edition.law.covers.end
            and timezone.localdate() > edition.law.covers.end
        ),
        "edition_changed": notes.edition if notes.edition != said["edition"] else "",
    } | (elsewhere(run, reader, notes.goal) if notes.reader == "worker" else {})


def elsewhere(run: Evaluation, reader: Reader, goal: str) -> dict[str, Any]:
    """What a person may ask besides: what concerns them, what may, and all the rest."""
    sure, perhaps = leads_from(run, goal)

    def said(lead: Lead) -> dict[str, Any]:
        return {
            "goal": lead.goal,
            "asks": WORDS[lead.goal].asks,
            "answers": [reader.say(run.law.inputs[name].name) for name in lead.answers],
            "ways": [
                {"name": reader.say(way.name, run), "summary": reader.say(way.summary, run)}
                for way in lead.ways
            ],
        }

    others = [other for other in goals_of(run.law) if other != goal]
    return {
        "leads": [said(lead) for lead in sure],
        "may_lead": [said(lead) for lead in perhaps],
        "also": [{"goal": other, "asks": WORDS[other].asks} for other in others],
    }


def _headline(notes: Notes, ways: dict[str, list[dict[str, Any]]]) -> str:
    if not any(found for name, found in ways.items() if name != "not_applicable"):
        return _("None of the ways we know is for your situation")
    return opened_for(notes.goal, notes.reader).say(len(ways["open"]))


def _tally(ways: dict[str, list[dict[str, Any]]]) -> list[dict[str, object]]:
    opened, officer, closed = (len(ways[name]) for name in ("open", "discretion", "closed"))
    unsaid = len(ways["unknown"]) + len(ways["silent"])
    return [
        {"id": "open", "count": opened, "says": ngettext("way is open", "ways are open", opened)},
        {
            "id": "discretion",
            "count": officer,
            "says": ngettext("depends on an officer", "depend on an officer", officer),
        },
        {"id": "unknown", "count": unsaid, "says": _("cannot be told yet")},
        {"id": "closed", "count": closed, "says": ngettext("is closed", "are closed", closed)},
    ]


def _answer_at(status: dict[str, Any], where: dict[str, int], next_one: int) -> int | None:
    """The page on which a missing answer of a way that cannot be told can be given."""
    places = [where.get(name, next_one) for name in status["needs"]]
    return min(places) if places else None


def _each_said_once(reasons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Conditions before the rows behind them; a text that two rows share stands once."""
    reasons = sorted(reasons, key=lambda reason: reason["kind"] == "row")
    texts: set[str] = set()
    kept = []
    for reason in reasons:
        if reason["text"] and reason["text"] not in texts:
            texts.add(reason["text"])
            kept.append(reason)
    return kept


def _day_form(data: Any, edition: Edition) -> DayForm:
    covers = edition.law.covers
    return DayForm(data, first=covers.start, last=covers.end)


@posted(otherwise="journeys:result")
def choose_day(request: HttpRequest) -> HttpResponse:
    notes = request.carried.read()
    if not notes:
        return redirect("journeys:start")
    edition = current_edition(notes.destination)
    form = _day_form(request.POST, edition)
    if not form.is_valid():
        return render(request, "journeys/result.html", result_of(edition, notes, form), status=422)
    request.carried.write(replace(notes, on=form.cleaned_data["on"].isoformat()))
    return redirect("journeys:result")


@posted(otherwise="journeys:result")
def ask_for(request: HttpRequest) -> HttpResponse:
    """Another goal, with the answers already given."""
    notes = request.carried.read()
    if not notes:
        return redirect("journeys:start")
    goal = request.POST.get("goal", "")
    if goal in goals_of(current_edition(notes.destination).law):
        request.carried.write(notes.ask_for(goal))
    return redirect("journeys:result")


@posted(otherwise="journeys:result")
def choose(request: HttpRequest) -> HttpResponse:
    notes = request.carried.read()
    if not notes:
        return redirect("journeys:start")
    law = current_edition(notes.destination).law
    status = law.statuses.get(request.POST.get("status", ""))
    if status is None or not status.procedure or notes.goal not in status.goals:
        return redirect("journeys:result")
    request.carried.write(replace(notes, chosen=status.id))
    return redirect("journeys:plan")
