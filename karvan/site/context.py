"""What every page's frame needs: languages, direction and the open faces of Karvan."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _


def frame(request: HttpRequest) -> dict[str, object]:
    language = get_language() or settings.LANGUAGE_CODE
    path = request.get_full_path()
    name = request.resolver_match.view_name if request.resolver_match else ""
    return {
        "language": language,
        "direction": _direction(request),
        "languages": [
            {
                "code": code,
                "name": own_name,
                "url": translate_url(path, code),
                "current": code == language,
            }
            for code, own_name in settings.LANGUAGES
        ],
        "menu": [
            {"title": title, "url": reverse(target), "current": name.startswith(prefix)}
            for title, target, prefix in (
                (_("Journeys"), "journeys:start", "journeys:"),
                (_("The law"), "catalogue:states", "catalogue:"),
                (_("Employers"), "journeys:employers", "journeys:employers"),
                (_("Figures"), "observatory:region", "observatory:"),
            )
        ],
    }


def _direction(request: HttpRequest) -> str:
    forced = request.GET.get("dir") if settings.DIRECTION_MAY_BE_FORCED else None
    if forced in ("ltr", "rtl"):
        return forced
    return "rtl" if get_language_bidi() else "ltr"
