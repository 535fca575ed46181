"""Dates, numbers, money and names of countries, as the reader's language writes them (CLDR)."""

from datetime import date
from decimal import Decimal
from functools import cache

from babel import Locale, dates, lists, numbers
from django.utils.translation import get_language

from karvan.policy.wording import country_name

# English as the region writes it: the day before the month.
_LOCALES = {"en": "en_GB"}


def locale() -> Locale:
    return locale_of(get_language() or "en")


@cache
def locale_of(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language, language.replace("-", "_")))


def as_day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def day(value: date | str, form: str = "long") -> str:
    """1 November 2026 (long), 1 Nov 2026 (medium), 1 November (short: the year is plain)."""
    found = as_day(value)
    if form == "short":
        return dates.format_skeleton("dMMMM", found, locale=locale())
    return dates.format_date(found, form, locale=locale())


def month_names() -> dict[int, str]:
    """Months as they stand alone in a list to choose from."""
    return dict(dates.get_month_names("wide", "stand-alone", locale()))


def number(value: int | Decimal | str) -> str:
    return numbers.format_decimal(Decimal(value), locale=locale())


def money(amount: int | Decimal | str, currency: str) -> str:
    """13,538.90 TRY: the code says more than a sign that several States share."""
    value = Decimal(amount)
    pattern = "#,##0" if value == value.to_integral_value() else "#,##0.00"
    return f"{numbers.format_decimal(value, format=pattern, locale=locale())}\u00a0{currency}"


def capital(text: str) -> str:
    """The text with a capital first letter, as the reader's language has it: izin, İzin."""
    first = text[:1]
    if locale().language in ("tr", "az") and first == "i":
        return f"İ{text[1:]}"
    return first.upper() + text[1:]


def country(code: str) -> str:
    return country_name(code, locale())


def countries(codes: list[str] | frozenset[str]) -> list[tuple[str, str]]:
    """(code, name) in the order of the alphabet of the reader's language."""
    return sorted(((code, country(code)) for code in codes), key=lambda pair: _sort_key(pair[1]))


def sentence_list(items: list[str]) -> str:
    """A, B and C."""
    return lists.format_list(items, locale=locale())


def _sort_key(name: str) -> str:
    """Letters of the Turkish and Russian alphabets that code points put out of their place."""
    order = {"Ç": "C\uffff", "Ö": "O\uffff", "Ü": "U\uffff", "Ş": "S\uffff", "İ": "I\uffff"}
    order |= {"Ё": "Е\uffff", "Å": "A", "É": "E", "Ø": "O"}
    return "".join(order.get(letter.upper(), letter.upper()) for letter in name)
