"""Home, error pages, and what machines ask for."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from karvan.catalogue.queries import current_editions, hotlines
from karvan.journeys.views.interview import begin_form


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    help_now = [hotlines(edition, get_language()) for edition in current_editions()]
    return render(request, "site/home.html", {"form": begin_form(), "help_now": help_now})


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For a load balancer: the site runs and its database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Journeys are nobody's but the person's; the law may be found."""
    closed = "".join(f"Disallow: /{code}/journeys/\n" for code in ("en", "ru", "tr"))
    return HttpResponse(f"User-agent: *\n{closed}", content_type="text/plain")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _error(request, 403, "site/lapsed.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    return _error(request, 500)


def _error(request: HttpRequest, status: int, template: str = "site/error.html") -> HttpResponse:
    return render(request, template, {"status": status}, status=status)
