"""Days of the calendar: months that end where they should, working days by country."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Any


def days_between(first: date, second: date) -> int:
    """Days from the first date to the second; the day after is 1, the same day 0."""
    return (second - first).days


def months_between(first: date, second: date) -> int:
    """Whole months from the first date to the second; 31 January to 28 February is 1."""
    if second < first:
        return -months_between(second, first)
    months = (second.year - first.year) * 12 + second.month - first.month
    return months if add_months(first, months) <= second else months - 1


def add_days(day: date, days: int) -> date:
    return day + timedelta(days=days)


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month if it is shorter."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    return add_months(day, 12 * years)


def add_working_days(day: date, days: int, country: str) -> date:
    """The so-manieth working day after a date (before it, where `days` is negative)."""
    calendar = _calendar(country)
    step = timedelta(days=1 if days >= 0 else -1)
    left = abs(days)
    while left:
        day += step
        if calendar.is_working_day(day):
            left -= 1
    return day


def is_working_day(day: date, country: str) -> bool:
    return bool(_calendar(country).is_working_day(day))


def next_working_day(day: date, country: str) -> date:
    """The day itself if offices work on it, otherwise the first day after it on which they do."""
    while not is_working_day(day, country):
        day += timedelta(days=1)
    return day


@lru_cache
def _calendar(country: str) -> Any:
    import holidays  # heavy, and needed for working days only

    try:
        return holidays.country_holidays(country)
    except NotImplementedError:
        raise ValueError(f"No calendar of public holidays is known for {country}.") from None
