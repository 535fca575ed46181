"""How often one address may save or return, so that codes cannot be tried out."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_noop
from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from karvan.errors import Refused

SAVING = parse("10 per hour")
RETURNING = parse("20 per hour")


def count_attempt(request: HttpRequest, limit: RateLimitItem, what: str) -> None:
    """Raises Refused once the address has used up its attempts."""
    if not _limiter().hit(limit, what, address_of(request)):
        raise Refused(
            "too_many_attempts",
            gettext_noop("There were too many attempts from your address. Try again in an hour."),
        )


def address_of(request: HttpRequest) -> str:
    """The client's address; behind trusted proxies, what the outermost of them saw."""
    if settings.PROXIES:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        return forwarded[-settings.PROXIES :][0].strip()
    return request.META["REMOTE_ADDR"]


@cache
def _limiter() -> FixedWindowRateLimiter:
    return FixedWindowRateLimiter(storage_from_string(settings.RATE_LIMIT_STORAGE))
