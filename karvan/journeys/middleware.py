"""Carries a person's notes from the cookie to the views and back."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.translation import gettext as _

from karvan.journeys.notes import COOKIE, IDLE_SECONDS, Notes, TooLarge, seal, unseal


class Carried:
    """The notes of one request: `read` them, `write` new ones, or `erase` them."""

    def __init__(self, cookie: str | None) -> None:
        self._cookie = cookie
        self._notes: Notes | None = None
        self.touched = False
        self.lost = False
        self.new: str | None = None

    def read(self) -> Notes:
        self.touched = True
        if self._notes is None:
            found = unseal(self._cookie) if self._cookie else Notes()
            self.lost = found is None
            self._notes = found or Notes()
        return self._notes

    def write(self, notes: Notes) -> None:
        self.touched = True
        try:
            self.new = seal(notes) if notes else ""
            self._notes = notes
        except TooLarge:
            self.erase()
            self.lost = True

    def erase(self) -> None:
        self.touched = True
        self._notes, self.new = Notes(), ""


class NotesMiddleware:
    """Gives `request.carried`. A page that read the notes is never stored by a browser or proxy,
    and renews the time after which the notes lapse."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        carried = Carried(request.COOKIES.get(COOKIE))
        request.carried = carried
        response = self.get_response(request)
        if not carried.touched:
            return response
        add_never_cache_headers(response)
        patch_cache_control(response, no_store=True, private=True)
        if carried.new is None and carried.read():
            # The page of a code writes the notes itself; any other page is the end of the code.
            carried.write(carried.read().without_code())
        if carried.new:
            response.set_cookie(
                COOKIE,
                carried.new,
                max_age=IDLE_SECONDS,
                secure=settings.CSRF_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        elif COOKIE in request.COOKIES:
            response.delete_cookie(COOKIE, samesite="Lax")
        return response


def say_if_lost(request: HttpRequest) -> None:
    """Tell a person whose notes could not be read that they begin anew."""
    request.carried.read()
    if request.carried.lost:
        messages.info(
            request,
            _(
                "Your earlier answers can no longer be read: they lapse after four hours. "
                "Please begin anew."
            ),
        )
