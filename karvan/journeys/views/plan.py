"""The plan: as a page, as a PDF to print or send, as dates for a calendar."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from karvan.catalogue.queries import current_edition, is_translated
from karvan.journeys.calendar import calendar_of
from karvan.journeys.forms import ChargeForm
from karvan.journeys.middleware import say_if_lost
from karvan.journeys.notes import Notes
from karvan.journeys.printing import pdf_of
from karvan.journeys.queries import document_for
from karvan.policy.charges import Charge
from karvan.policy.edition import Edition
from karvan.policy.values import Money
from karvan.policy.wording import Reader


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """The plan, with the check of a charge that somebody asks for (POST; nothing of it is kept)."""
    notes = request.carried.read()
    if not notes:
        say_if_lost(request)
    if not notes or not notes.chosen:
        return redirect("journeys:result")
    edition = current_edition(notes.destination)
    form = charge_form(edition, request.POST if request.method == "POST" else None)
    charges = charges_of(form) if form.is_valid() else ()
    notes, said = document_for(
        edition, notes, language=get_language(), chosen=notes.chosen, charges=charges
    )
    if not said["plan"]:
        return redirect("journeys:result")
    context = plan_context(edition, notes, said) | {
        "charge_form": form,
        "checked": form.is_valid(),
        "judged": judged_of(form, said["plan"]) if form.is_valid() else None,
    }
    return render(request, "journeys/plan.html", context, status=422 if form.errors else 200)


def plan_context(edition: Edition, notes: Notes, said: dict[str, Any]) -> dict[str, Any]:
    plan = said["plan"]
    status = next(status for status in said["statuses"] if status["id"] == plan["status"])
    steps = plan["steps"]
    for step in steps:
        step["mine"] = any(actor["me"] for actor in step["actors"])
    before = [step for step in steps if not step["after_goal"]]
    return {
        "notes": notes,
        "said": said,
        "plan": plan,
        "untranslated": not is_translated(edition, get_language()),
        "totals": [t for t in plan["totals"] if t["amount"] != "0" or t["unknown_items"]],
        "never_pay_once": list({never["text"]: never for never in plan["never_pay"]}.values()),
        "nothing_for_the_job": any(never["charge"] == "placement" for never in plan["never_pay"]),
        "currency": edition.law.currency,
        "status": status,
        "caution": _caution(status["outcome"]),
        "before": before,
        "after": [step for step in steps if step["after_goal"]],
        "lines": [service for service in said["services"] if service["number"]],
        "edition_changed": notes.edition if notes.edition != said["edition"] else "",
    }


def _caution(outcome: str) -> str:
    """What to say of a way whose plan is shown though it is not open."""
    if outcome == "open":
        return ""
    if outcome in ("closed", "not_applicable"):
        return _("This way is not open with your answers. The plan shows what it would take.")
    return _("It is not settled that this way is open to you. The plan shows what it would take.")


def charge_form(edition: Edition, data: Any) -> ChargeForm:
    law = edition.law
    reader = Reader(law, get_language())
    kinds = [(charge.id, reader.say(charge.name)) for charge in law.charges.values()]
    return ChargeForm(data, charges=kinds, currencies=[law.currency, "USD", "EUR"])


def charges_of(form: ChargeForm) -> tuple[Charge, ...]:
    told = form.cleaned_data
    amount = told["amount"]
    asked = Money(amount, told["currency"]) if amount is not None and told["currency"] else None
    return (Charge(told["charge"], asked),)


def judged_of(form: ChargeForm, plan: dict[str, Any]) -> dict[str, Any] | None:
    """What the law says of the charge; None where neither law nor fair rule forbids it."""
    kind = form.cleaned_data["charge"]
    return next((found for found in plan["violations"] if found["charge"] == kind), None)


@require_safe
def plan_pdf(request: HttpRequest) -> HttpResponse:
    made = _planned(request)
    if made is None:
        return redirect("journeys:result")
    response = HttpResponse(pdf_of(made), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="karvan-plan.pdf"'
    return response


@require_safe
def plan_ics(request: HttpRequest) -> HttpResponse:
    made = _planned(request)
    if made is None:
        return redirect("journeys:result")
    response = HttpResponse(
        calendar_of(made["plan"], state=made["said"]["state_name"], made_on=date.today()),
        content_type="text/calendar; charset=utf-8",
    )
    response["Content-Disposition"] = 'attachment; filename="karvan.ics"'
    return response


def _planned(request: HttpRequest) -> dict[str, Any] | None:
    notes = request.carried.read()
    if not notes or not notes.chosen:
        return None
    edition = current_edition(notes.destination)
    notes, said = document_for(edition, notes, language=get_language(), chosen=notes.chosen)
    return plan_context(edition, notes, said) if said["plan"] else None
