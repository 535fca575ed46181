"""How the API says no: in one shape, whatever went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext, gettext_noop
from ninja.errors import ValidationError

from karvan.errors import Refused

_ALL_SERIES = gettext_noop("The address /api/v1/series names every series with its editions.")
# The status and the remedy of each code; a Refused that is not here is a conflict without remedy.
ANSWERS: Mapping[str, tuple[int, str]] = {
    "unknown_series": (404, _ALL_SERIES),
    "unknown_edition": (404, gettext_noop("Write one of them, or 'latest' for the newest.")),
    "unknown_indicator": (404, gettext_noop("The address /api/v1/indicators names them all.")),
    "not_worked_out": (404, gettext_noop("Indicators with values: {known}.")),
    "unknown_form": (404, gettext_noop("Write one of: {known}.")),
    "too_large_for_form": (409, gettext_noop("Take it as csv or as sdmx-csv.")),
    "no_such_address": (404, gettext_noop("The address {openapi} describes all there are.")),
    "method_not_allowed": (405, gettext_noop("Ask with GET.")),
    "unknown_parameter": (400, gettext_noop("Write one of: {known}.")),
    "too_many_parameters": (
        400,
        gettext_noop("Separate the codes of a dimension by commas: origin=KG,UZ."),
    ),
    "unknown_concept": (400, _ALL_SERIES),
    "unknown_code": (400, gettext_noop("Nearest of those that have figures: {near}.")),
    "bad_parameter": (400, "{remedy}"),
    "missing_parameter": (400, "{remedy}"),
    "period_backwards": (400, gettext_noop("Let 'from' come before 'to'.")),
}
_LONGEST = 60


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    status, remedy = ANSWERS.get(error.code, (409, ""))
    # Both sentences were marked for translation where they were written.
    said = {
        "code": error.code,
        "message": gettext(error.message).format(**error.facts),
        "remedy": gettext(remedy).format(**error.facts) if remedy else "",
    }
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})


def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return refused(
        request,
        Refused(
            "no_such_address",
            gettext_noop("There is nothing at the address {address}."),
            address=short(request.path),
            openapi="/api/v1/openapi.json",
        ),
    )


def parameter_refused(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What pydantic found, told by the first parameter it found amiss."""
    first = error.errors[0]
    name = next((str(part) for part in reversed(first["loc"]) if isinstance(part, str)), "")
    # urls.py says what is known of the parameters of each address.
    parameter = request.parameters.get(name, {})
    remedy = gettext(parameter["description"]) if parameter.get("description") else ""
    if first["type"] == "missing":
        message = gettext_noop("The parameter '{name}' is missing.")
        return refused(request, Refused("missing_parameter", message, name=name, remedy=remedy))
    given = request.GET.get(name, "")
    if first["type"] == "value_error":
        message, cause = "{cause}", str(first["ctx"]["error"])
    else:
        message, cause = gettext_noop("'{given}' is no value of the parameter '{name}'."), ""
    facts = {"name": name, "given": short(given), "remedy": remedy, "cause": cause}
    return refused(request, Refused("bad_parameter", message, **facts))


def unknown_parameter(name: str, known: Iterable[str]) -> Refused:
    return Refused(
        "unknown_parameter",
        gettext_noop("There is no parameter '{name}' here."),
        name=short(name),
        known=", ".join(nearest(name, known)),
    )


def too_many_parameters() -> Refused:
    return Refused(
        "too_many_parameters",
        gettext_noop("The address has more than {most} parameters."),
        most=settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
    )


def method_not_allowed(method: str) -> Refused:
    return Refused(
        "method_not_allowed",
        gettext_noop("Figures are read here; {method} is not understood."),
        method=short(method),
    )


def nearest(given: str, known: Iterable[str], most: int = 12) -> list[str]:
    """What is like the given text, nearest first; the first few where nothing is like it."""
    by_folded: dict[str, Any] = {name.casefold(): name for name in known}
    near = get_close_matches(given.casefold()[:_LONGEST], by_folded, 3, 0.5)
    return [by_folded[name] for name in near] or list(by_folded.values())[:most]


def short(given: str) -> str:
    return given if len(given) <= _LONGEST else given[:_LONGEST] + "…"
