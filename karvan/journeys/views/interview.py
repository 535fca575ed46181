"""The interview: the two things asked first, one question a page, and all answers to look over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from karvan.catalogue.queries import current_edition, current_editions
from karvan.journeys import occupations
from karvan.journeys.forms import (
    UNKNOWN,
    AnswerForm,
    BeginForm,
    ChoiceForm,
    CountryForm,
    DayForm,
    OccupationForm,
    TypedForm,
)
from karvan.journeys.goals import WORDS, goals_of
from karvan.journeys.middleware import say_if_lost
from karvan.journeys.notes import Notes
from karvan.journeys.queries import (
    CITIZENSHIP,
    Question,
    document_for,
    entry_of,
    occupation_wordings,
    positions,
    question_at,
)
from karvan.journeys.views.posting import posted
from karvan.policy.edition import Edition


def begin_form(data: QueryDict | None = None) -> BeginForm:
    editions = current_editions()
    codes = frozenset().union(*(edition.law.countries for edition in editions))
    near = tuple(dict.fromkeys(code for edition in editions for code in edition.law.citizens))
    destinations = {edition.state: goals_of(edition.law) for edition in editions}
    return BeginForm(data, codes=codes, near=near, destinations=destinations)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    return _begin(request, "worker", "journeys/start.html")


@require_http_methods(["GET", "HEAD", "POST"])
def employers(request: HttpRequest) -> HttpResponse:
    return _begin(request, "employer", "journeys/employers.html")


def _begin(request: HttpRequest, reader: str, template: str) -> HttpResponse:
    form = begin_form(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        edition = current_edition(told["destination"])
        answers = {CITIZENSHIP: told["citizenship"]}
        notes = Notes(edition.state, edition.id, reader, told["goal"], answers=answers)
        request.carried.write(notes)
        return redirect("journeys:question", 1)
    if request.method in ("GET", "HEAD"):
        say_if_lost(request)
    under_way = request.carried.read() if request.method != "POST" else None
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, "under_way": under_way}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, n: int) -> HttpResponse:
    notes = request.carried.read()
    if not notes:
        say_if_lost(request)
        return redirect("journeys:start")
    language, edition = get_language(), current_edition(notes.destination)
    asked = question_at(edition, notes, n, language=language)
    if asked is None:
        next_one = len(notes.asked) + 1
        return (
            redirect("journeys:result")
            if n == next_one
            else redirect("journeys:question", next_one)
        )
    data = request.POST if request.method == "POST" else None
    if data and data.get("question") != asked.id:
        # Another window has moved on: show what is asked here now.
        return redirect("journeys:question", n)
    did = _done_with(data) if data else ""
    if did == "skip" or (data and data.get("value") == UNKNOWN):
        return _go_on(request, notes.skip(asked.id).read_in(edition.id))
    if did in ("find", "group"):
        # Led back to the page, so that the browser's own Back button comes to it again.
        find, group = data.get("find", "").strip()[:60], data.get("group", "")[:4]
        request.carried.write(notes.look_for(find=find, group=group if did == "group" else ""))
        return redirect("journeys:question", n)
    form = form_of(edition, asked, data if did == "answer" else None)
    if did == "answer" and form.is_valid():
        return _go_on(request, notes.answer(asked.id, form.raw).read_in(edition.id))
    context = {
        "asked": asked,
        "form": form,
        "said": asked.said,
        "so_far": answers_so_far(notes, asked.said),
        "notes": notes,
    }
    if isinstance(form, OccupationForm):
        context |= _found_occupations(edition, form, data, notes, asked)
    return render(request, "journeys/question.html", context, status=422 if form.errors else 200)


def _done_with(data: QueryDict) -> str:
    """Which button was used: answer, skip, find (an occupation) or group (of occupations)."""
    return "group" if "group" in data else data.get("do", "answer")


def _go_on(request: HttpRequest, notes: Notes) -> HttpResponse:
    request.carried.write(notes)
    if request.carried.lost:
        say_if_lost(request)
        return redirect("journeys:start")
    return redirect("journeys:question", len(notes.asked) + 1)


def form_of(edition: Edition, asked: Question, data: QueryDict | None) -> AnswerForm:
    """The form for the question's type."""
    law = edition.law
    entry, kind = asked.entry, asked.entry["type"]
    if kind in ("boolean", "choice"):
        given = UNKNOWN if asked.skipped else asked.given
        return ChoiceForm(entry, data, given)
    if kind == "country":
        return CountryForm(entry, law.countries, data, asked.given)
    if kind == "occupation":
        wordings = occupation_wordings(edition, get_language())
        names = {code: own[0] for code, own in wordings.items()}
        return OccupationForm(entry, names, data, asked.given)
    found = law.inputs[asked.id]
    typed = DayForm if kind == "date" else TypedForm
    return typed(entry, data, asked.given, found.low, found.high)


def _found_occupations(
    edition: Edition, form: OccupationForm, data: QueryDict | None, notes: Notes, asked: Question
) -> dict[str, object]:
    """What stands under the search field: matches, or the groups to look through."""
    names = form.names
    typed = notes.find
    group = notes.group if notes.group in names else ""
    codes: list[str] = []
    if group:
        codes = occupations.below(names, group)
    elif typed:
        wordings = occupation_wordings(edition, get_language())
        codes = occupations.matching(wordings, typed)
    elif asked.given:
        codes = [asked.given]
    units = [(code, names[code]) for code in codes if len(code) == 4]
    groups = [(code, names[code]) for code in codes if len(code) < 4]
    if not units and not groups:
        groups = [(code, names[code]) for code in occupations.below(names, "")]
    chosen = (data.get("value", "") if data else asked.given) or ""
    if len(units) == 1:
        chosen = units[0][0]
    return {
        "find": typed,
        "units": units,
        "groups": groups,
        "group_name": names.get(group, ""),
        "nothing_found": bool(typed) and not group and not units,
        "chosen": chosen,
    }


def answers_so_far(notes: Notes, said: dict) -> list[dict[str, object]]:
    """Name, answer and place of each answer, in the order in which the questions were put."""
    where = positions(notes)
    rows = [answer | {"n": where.get(answer["input"])} for answer in said["answers_shown"]]
    return sorted(rows, key=lambda row: -1 if row["n"] is None else row["n"])


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """All answers to look over and change, and the questions that were skipped."""
    notes = request.carried.read()
    if not notes:
        say_if_lost(request)
        return redirect("journeys:start")
    language, edition = get_language(), current_edition(notes.destination)
    notes, said = document_for(edition, notes, language=language)
    where = positions(notes)
    skipped = [
        {"n": where[name], "entry": entry_of(edition, notes, name, language=language)}
        for name in notes.skipped
    ]
    context = {
        "notes": notes,
        "said": said,
        "so_far": answers_so_far(notes, said),
        "skipped": skipped,
        "wish": WORDS[notes.goal].wish,
        "next": len(notes.asked) + 1 if said["needed"] else None,
    }
    return render(request, "journeys/answers.html", context)


@posted(otherwise="home")
def erase(request: HttpRequest) -> HttpResponse:
    request.carried.erase()
    messages.success(request, _("Your answers are erased. Nothing of them is kept."))
    response = redirect("home")
    # Pages already shown must not come back with the Back button.
    response["Clear-Site-Data"] = '"cache"'
    return response
