"""The one place where a refusal becomes a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from karvan.errors import Refused

STATUS = {
    "too_many_attempts": 429,
    "no_edition": 503,
    "no_series": 400,
    "codes_unreadable": 400,
    "unknown_measure": 400,
    "too_many_figures": 400,
    "unknown_series": 404,
    "unknown_edition": 404,
    "unknown_form": 404,
    "no_figures": 404,
    "no_chart": 404,
}


class RefusedMiddleware:
    """Shows what an action refused, in the reader's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        # The sentence was marked for translation where it was raised.
        said = gettext(error.message).format(**error.facts)
        status = STATUS.get(error.code, 409)
        return render(request, "site/refused.html", {"said": said}, status=status)
