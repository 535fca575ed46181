"""The addresses of the API, every one of them public, with what OpenAPI says of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from karvan.api import answering, refusals
from karvan.api.routes import estimates, indicators, observations, series
from karvan.errors import Refused

app_name = "api"


class _Readable(JSONRenderer):
    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


class _Figures(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


api = _Figures(
    title="Karvan: figures on migration",
    version="1",
    description=(
        "Figures by corridor, year and sex, each with its series, edition, source and licence. "
        "Everything is read-only and open to everybody. A missing figure is null: unknown, never "
        "zero. Figures of two series or editions are never joined. An error is told as `code`, "
        "`message` and `remedy`."
    ),
    urls_namespace=app_name,
    # Its page of documentation loads scripts from elsewhere; ours is docs/reference/api.md.
    docs_url=None,
    renderer=_Readable(),
)
for each in (series, observations, indicators, estimates):
    api.add_router("", each.router)
api.add_exception_handler(ValidationError, refusals.parameter_refused)
api.add_exception_handler(Refused, refusals.refused)
api.add_exception_handler(Http404, refusals.not_found)
api.add_exception_handler(answering.Unchanged, answering.unchanged)


def _nowhere(request: HttpRequest, **path: Any) -> HttpResponse:
    raise Http404


def _public(pattern: URLPattern) -> URLPattern:
    address = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern))
    described = _DESCRIBED.get(f"/{address}", {}).get("get", {"parameters": []})
    parameters = {each["name"]: each for each in described["parameters"] if each["in"] == "query"}
    view = answering.public(pattern.callback, parameters)
    return path(str(pattern.pattern), view, name=pattern.name)


_DESCRIBED = api.get_openapi_schema(path_prefix="")["paths"]
urlpatterns = [
    *(_public(pattern) for pattern in api.urls[0]),
    # Whatever else is asked for under /api/ is answered in the same shape.
    re_path("", answering.public(_nowhere, {})),
]
