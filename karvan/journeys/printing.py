"""The plan as a PDF, set with typst in the reader's language."""

import json
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from karvan.ui import formatting

_TEMPLATE = Path(__file__).parent / "templates" / "journeys" / "plan.typ"


def pdf_of(planned: dict[str, Any]) -> bytes:
    return _compile(planned, "pdf")


def png_pages_of(planned: dict[str, Any]) -> list[bytes]:
    """The same pages as pictures, for looking at them."""
    pages = _compile(planned, "png")
    return pages if isinstance(pages, list) else [pages]


def _compile(planned: dict[str, Any], form: str) -> Any:
    # The template reads what it is given and nothing else: no file, no font of the machine.
    return typst.compile(
        _TEMPLATE.read_bytes(),
        format=form,
        ppi=110.0,
        ignore_system_fonts=True,
        sys_inputs={"plan": json.dumps(_said(planned), ensure_ascii=False)},
    )


def _said(planned: dict[str, Any]) -> dict[str, Any]:
    """Every word of the PDF, already in the reader's language."""
    plan, said = planned["plan"], planned["said"]
    days, unknown = plan["total_days"], plan["unknown_times"]
    by_employer = said["reader"] == "employer"
    total = ngettext("At least {days} day", "At least {days} days", days).format(days=days)
    if unknown:
        total += "; " + ngettext(
            "one step has no known time", "{n} steps have no known time", unknown
        ).format(n=unknown)
    return {
        "language": get_language(),
        "kicker": f"{_('Your plan')} · {formatting.country(said['state'])}",
        "title": planned["status"]["name"],
        "summary": planned["status"]["summary"],
        "caution": planned["caution"],
        "total": total if days else "",
        "basis": _("Law as of {day}, edition {edition}, reviewed {reviewed}.").format(
            day=formatting.day(said["date"]),
            edition=said["edition"],
            reviewed=formatting.day(said["reviewed"]),
        ),
        "disclaimer": _(
            "Karvan explains the law and cites it. It decides nothing and sells nothing: the "
            "office named in each step decides."
        ),
        "words": {
            "deadlines": _("Days not to miss"),
            "missed": _("If missed:"),
            "road": _("The road"),
            "pays": _("Who pays what"),
            "papers": _("The papers") if by_employer else _("Your papers"),
            "help": _("Where to get help"),
            "never": _("Nobody may ask the worker for")
            if by_employer
            else _("Nobody may ask you for"),
            "page": _("Page"),
        },
        "deadlines": [_deadline(due) for due in plan["deadlines"]],
        "steps": [_step(step, plan) for step in plan["steps"]],
        "totals": [_total(total) for total in planned["totals"]],
        "never": [
            {"name": never["name"], "text": never["text"], "cite": _cited(never)}
            for never in plan["never_pay"]
        ],
        "papers": [
            {
                "name": paper["name"],
                "from": _("step {n}").format(n=", ".join(map(str, paper["from_steps"])))
                if paper["from_steps"]
                else _("you bring it"),
                "at": ", ".join(map(str, paper["needed_at"])),
            }
            for paper in plan["papers"]
        ],
        "lines": [
            {"number": line["number"], "name": line["name"], "text": line["text"]}
            for line in planned["lines"]
        ],
    }


def _deadline(due: dict[str, Any]) -> dict[str, Any]:
    return {
        "date": formatting.day(due["date"]),
        "text": f"{due['actor_name']}: {due['title']} ({_('step {n}').format(n=due['n'])})",
        "missed": due["missed"],
    }


def _step(step: dict[str, Any], plan: dict[str, Any]) -> dict[str, Any]:
    unknown = step["time"] and not step["time"]["known"]
    when = _("Date not known") if unknown else formatting.day(step["earliest"])
    lines = []
    if step["deadline"]:
        last = formatting.day(step["deadline"]["date"])
        lines.append((_("at the latest {last}").format(last=last), "quiet"))
    if step["text"]:
        lines.append((step["text"], ""))
    if step["office"]:
        lines.append((f"{_('Where')}: {step['office']['name']}", ""))
    if step["papers"]["needs"]:
        names = "; ".join(paper["name"] for paper in step["papers"]["needs"])
        lines.append((f"{_('Papers')}: {names}", ""))
    if step["papers"]["gives"]:
        names = "; ".join(paper["name"] for paper in step["papers"]["gives"])
        lines.append((f"{_('It gives')}: {names}", ""))
    if step["time"]:
        lines.append((f"{_('Time')}: {step['time']['text']}", ""))
    if step["usual"]:
        lines.append((_("In practice: {time}").format(time=step["usual"]), ""))
    if step["deadline"] and step["deadline"]["missed"]:
        lines.append((f"{_('If missed:')} {step['deadline']['missed']}", "stop"))
    for fee in step["fees"]:
        said = [_("Nothing") if fee["amount"] == "0" else fee["shown"]]
        if fee["amount"] != "0" and (fee["payer"] != "silent" or not fee["text"]):
            said.append(fee["payer_name"])
        lines.append((f"{fee['name']}: {'. '.join(said)}. {fee['text']}".strip(), ""))
    return {
        "n": str(step["n"]),
        "when": when,
        "title": step["title"],
        "who": " · ".join(actor["name"] for actor in step["actors"]),
        "mine": step["mine"],
        "lines": [{"text": text, "kind": kind} for text, kind in lines],
        "cite": _cited(step),
    }


def _total(total: dict[str, Any]) -> dict[str, str]:
    only_unknown = total["amount"] == "0" and total["unknown_items"]
    note = ""
    if total["unknown_items"]:
        note = ngettext(
            "For one thing we have no published price.",
            "For %(n)s things we have no published price.",
            total["unknown_items"],
        ) % {"n": total["unknown_items"]}
    return {
        "payer": total["payer_name"],
        "amount": _("Not known") if only_unknown else total["shown"],
        "note": note,
    }


def _cited(item: dict[str, Any]) -> str:
    cited = "; ".join(provision["text"] for provision in item["provisions"])
    stands = item["standing"]["text"] if item["standing"] else ""
    return f"{cited} ({stands})" if cited and stands else cited
