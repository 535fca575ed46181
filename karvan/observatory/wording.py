"""Figures, periods, units and areas in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from babel import dates, numbers
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from karvan.analysis.periods import parse_period
from karvan.analysis.tables import FEMALE, MALE, OTHERS, TOTAL, UNSTATED, Status
from karvan.policy.wording import country_name
from karvan.ui import formatting

NO_FIGURE = "–"
_MILLIONS = 1_000_000
_ROUND_FROM = 1_000
# Units whose figures are read in millions: nobody reads eleven digits.
_MONEY = ("USD", "RUB")
_ONE_DECIMAL = ("percent", "per_thousand", "points", "years", "months")


def amount(value: float | None, unit: str) -> str:
    """A figure without its unit: 44,361; 67.1; in millions where the unit is money."""
    if value is None:
        return NO_FIGURE
    if unit in _MONEY:
        value /= _MILLIONS
        pattern = "#,##0.0" if abs(value) < _ROUND_FROM else "#,##0"
        return numbers.format_decimal(value, pattern, locale=formatting.locale())
    if unit in _ONE_DECIMAL:
        value = round(value, 1) + 0.0  # a change of nearly nothing is 0.0 and not −0.0
        return numbers.format_decimal(value, "#,##0.0", locale=formatting.locale())
    if unit == "ratio":
        return numbers.format_decimal(value, "#,##0.00", locale=formatting.locale())
    return numbers.format_decimal(value, "#,##0", locale=formatting.locale())


def span(lower: float | None, upper: float | None, unit: str) -> str:
    """What is known of a figure that has bounds only: 20,000–40,000."""
    if lower is None:
        return _("at most {figure}").format(figure=amount(upper, unit))
    if upper is None:
        return _("at least {figure}").format(figure=amount(lower, unit))
    return f"{amount(lower, unit)}–{amount(upper, unit)}"


def percent(share: float | None) -> str:
    """A share of one as per cent: 0.671 → 67.1 %."""
    if share is None:
        return NO_FIGURE
    locale = formatting.locale()
    pattern = locale.percent_formats[None].pattern.replace("#,##0", "#,##0.0")
    return numbers.format_percent(share, pattern, locale=locale)


def unit(name: str) -> str:
    return {
        "persons": _("persons"),
        "permits": _("permits"),
        "applications": _("applications"),
        "decisions": _("decisions"),
        "entries": _("entries"),
        "registrations": _("registrations"),
        "contracts": _("contracts"),
        "requests": _("requests"),
        "percent": _("per cent"),
        "per_thousand": _("per thousand"),
        "points": _("percentage points"),
        "years": _("years"),
        "months": _("months"),
        "ratio": _("ratio"),
        "USD": _("million US dollars"),
        "RUB": _("million roubles"),
    }[name]


def sex(code: str) -> str:
    return {
        FEMALE: pgettext("sex", "women"),
        MALE: pgettext("sex", "men"),
        TOTAL: pgettext("sex", "women and men"),
    }[code]


def area(code: str) -> str:
    """A country, or what the codes for all, the others and the unstated mean."""
    if code in (TOTAL, OTHERS, UNSTATED):
        return {
            TOTAL: _("all countries"),
            OTHERS: _("other countries"),
            UNSTATED: _("country not stated"),
        }[code]
    return formatting.country(code)


def in_order(codes: Iterable[str]) -> list[tuple[str, str]]:
    """(code, name) of countries in the order of the reader's alphabet."""
    return formatting.countries(list(codes))


def period(text: str) -> str:
    """2024; January–October 2019; 9 November 2023; 2nd quarter 2019."""
    found = parse_period(text)
    locale = formatting.locale()
    if found.kind == "year":
        return text
    if found.kind == "day":
        return formatting.day(found.first, "medium")
    if found.kind == "month":
        return dates.format_skeleton("yMMMM", found.first, locale=locale)
    if found.kind == "quarter":
        return dates.format_skeleton("yQQQ", found.first, locale=locale)
    return dates.format_interval(found.first, found.last, "yMMMM", locale=locale)


def status(code: str) -> str:
    return {
        Status.OBSERVED: _("as published"),
        Status.ESTIMATED: _("estimated or rounded by the source"),
        Status.PROVISIONAL: _("provisional"),
        Status.SUPPRESSED: _("withheld, to protect persons"),
        Status.UNKNOWN: _("unknown"),
    }[Status(code)]


def sureness(name: str) -> str:
    """How a source is known, by SourceCard.sure."""
    return {
        "read": _("read in the source"),
        "memory": _("general knowledge, awaiting confirmation"),
        "given": _("as handed over by whoever loaded it"),
    }[name]


def reference(name: str) -> str:
    return {
        "mid_year": _("in the middle of the year"),
        "end_of_period": _("at the end of the period"),
        "during_period": _("during the period"),
        "on_day": _("on the day named"),
        "not_stated": _("the source does not say at which moment"),
    }[name]


def slug(code: str) -> str:
    """A State as addresses spell it: by its English name, whatever the reader's language."""
    return slugify(country_name(code, _ENGLISH))


@cache
def codes_by_slug() -> dict[str, str]:
    """The code of every country by the spelling of its name in addresses."""
    return {slug(code): code for code in _ENGLISH.territories if len(code) == 2}


_ENGLISH = formatting.locale_of("en")
