"""What holds for every address of the API: who may read, in which language, how long it lasts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from karvan.api import refusals
from karvan.errors import Refused
from karvan.observatory.queries import Edition

# An edition never changes, but a newer one or a corrected one may come at any time.
LASTS_SECONDS = 300
# A new release may say the same figures in another shape.
_RELEASE = version("karvan")
METHODS = "GET, HEAD, OPTIONS"
View = Callable[..., HttpResponseBase]


class Unchanged(Exception):
    """Raised where the reader has the answer already."""


def of_editions(request: HttpRequest, editions: Iterable[Edition]) -> None:
    """Say what the answer is worked out from, before it is. Raises Unchanged where the reader
    has it already."""
    digest = sha256(f"{_RELEASE} {request.get_full_path()}".encode())
    for edition in editions:
        # The words of a series may change, and its editions stay as they are.
        digest.update(f"{edition.hash} {edition.loaded_on} {edition.series}".encode())
    # Weak: the figures are the same, while a file may tell the minute it was written.
    request.etag = f'W/"{digest.hexdigest()[:32]}"'
    if get_conditional_response(request, etag=request.etag) is not None:
        raise Unchanged


def unchanged(request: HttpRequest, error: Unchanged) -> HttpResponse:
    return HttpResponse(status=304)


def public(view: View, parameters: Mapping[str, Any]) -> View:
    """The view, for everybody. `parameters` are those of its query, as OpenAPI describes them."""

    @csrf_exempt
    @wraps(view, updated=())
    def answer(request: HttpRequest, **path: Any) -> HttpResponseBase:
        request.parameters = parameters
        language = _language(request)
        with override(language):
            try:
                response = _answer(view, request, path)
            except Refused as error:
                response = refusals.refused(request, error)
            except Http404 as error:
                response = refusals.not_found(request, error)
            except TooManyFieldsSent:
                response = refusals.refused(request, refusals.too_many_parameters())
        response["Content-Language"] = language
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Content-Disposition"
        fresh = response.status_code in (200, 304)
        response["Cache-Control"] = f"public, max-age={LASTS_SECONDS}" if fresh else "no-store"
        if fresh and hasattr(request, "etag"):
            response["ETag"] = request.etag
        if response.status_code == 405:
            response["Allow"] = METHODS
        return response

    return answer


def _answer(view: View, request: HttpRequest, path: Mapping[str, Any]) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return HttpResponse(
            status=204,
            headers={
                "Allow": METHODS,
                "Access-Control-Allow-Methods": METHODS,
                "Access-Control-Allow-Headers": "*",
            },
        )
    if request.method not in ("GET", "HEAD"):
        raise refusals.method_not_allowed(request.method)
    for name in request.GET:
        if name not in request.parameters:
            raise refusals.unknown_parameter(name, request.parameters)
    method, request.method = request.method, "GET"
    try:
        return view(request, **path)
    finally:
        request.method = method


def _language(request: HttpRequest) -> str:
    try:
        asked = request.GET.get("language")
    except TooManyFieldsSent:
        asked = None
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
