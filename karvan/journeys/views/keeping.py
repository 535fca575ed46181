"""Saving a journey under a code, coming back with it, and deleting it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from karvan.journeys.actions import delete_saved_journey, save_journey
from karvan.journeys.forms import CodeForm
from karvan.journeys.limiting import RETURNING, SAVING, count_attempt
from karvan.journeys.queries import saved_notes
from karvan.journeys.views.posting import posted


@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Save, and show the code until the person leaves its page (which may change language)."""
    notes = request.carried.read()
    if request.method == "POST":
        count_attempt(request, SAVING, "save")
        notes = notes.found().without_code()
        code, expires_on = save_journey(notes=notes, today=timezone.localdate())
        request.carried.write(notes.saved(code, expires_on.isoformat()))
        return redirect("journeys:save")
    if not notes.code:
        return redirect("journeys:result")
    request.carried.write(notes)
    return render(request, "journeys/saved.html", {"notes": notes})


@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    request.carried.read()
    form = CodeForm(request.POST or None)
    if form.is_valid():
        count_attempt(request, RETURNING, "return")
        notes = saved_notes(code=form.cleaned_data["code"], today=timezone.localdate())
        if notes:
            request.carried.write(notes)
            return redirect("journeys:plan" if notes.chosen else "journeys:result")
        form.add_error(
            "code",
            _(
                "Nothing is kept under this code. It may be mistyped, deleted, "
                "or past its last day."
            ),
        )
    status = 422 if form.errors else 200
    return render(request, "journeys/return.html", {"form": form}, status=status)


@posted(otherwise="journeys:return")
def delete(request: HttpRequest) -> HttpResponse:
    count_attempt(request, RETURNING, "return")
    form = CodeForm(request.POST)
    if not form.is_valid():
        return render(request, "journeys/return.html", {"form": form}, status=422)
    delete_saved_journey(code=form.cleaned_data["code"])
    messages.success(request, _("The saved journey is deleted."))
    return redirect("journeys:return")
