"""Pages that stay as they are while the figures do: made once, and sent once to each reader."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from karvan.observatory.queries import state_of_figures

View = Callable[..., HttpResponse]
_SECONDS = 3600
_RELEASE = version("karvan")


def steady(view: View) -> View:
    """A view whose answer depends on its address and the published figures alone."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "messages" in request.COOKIES:  # what was just done is told on the next page, once
            return view(request, *args, **kwargs)
        said = (_RELEASE, state_of_figures(), request.get_host(), request.get_full_path())
        key = sha256("\n".join(said).encode()).hexdigest()
        etag = f'"{key[:32]}"'
        known = get_conditional_response(request, etag=etag)
        if known is not None:
            return known
        content = cache.get(key)
        if content is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200:
                return response
            content = response.content
            cache.set(key, content, _SECONDS)
        response = HttpResponse(content)
        response["ETag"] = etag
        response["Cache-Control"] = "no-cache"  # kept, and asked about before it is shown again
        return response

    return answer
