"""Views that take what a form sends."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

View = Callable[[HttpRequest], HttpResponse]


def posted(otherwise: str) -> Callable[[View], View]:
    """Who comes to such an address without a form (by choosing another language on the page that
    it answered, or from the history) is led to the page `otherwise` instead of an empty one."""

    def decorate(view: View) -> View:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def answer(request: HttpRequest) -> HttpResponse:
            return view(request) if request.method == "POST" else redirect(otherwise)

        return answer

    return decorate
