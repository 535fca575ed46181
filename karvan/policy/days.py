"""Days of the calendar: months that end where they should, working days by country."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache


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
    step = timedelta(days=1 if days >= 0 else -1)
    left = abs(days)
    while left:
        day += step
        if is_working_day(day, country):
            left -= 1
    return day


def is_working_day(day: date, country: str) -> bool:
    calendar = _CALENDARS.get(country)
    if calendar is None or not calendar.first <= day <= calendar.last:
        calendar = keep_calendar(read_calendar(country, day, day))
    return day.toordinal() not in calendar.off


def next_working_day(day: date, country: str) -> date:
    """The day itself if offices work on it, otherwise the first day after it on which they do."""
    while not is_working_day(day, country):
        day += timedelta(days=1)
    return day


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days off of one country between two days, as ordinals."""

    country: str
    first: date
    last: date
    off: frozenset[int]


_CALENDARS: dict[str, Calendar] = {}


def keep_calendar(calendar: Calendar) -> Calendar:
    """Remember a calendar, so that the `holidays` package need not be loaded for its days."""
    known = _CALENDARS.get(calendar.country)
    if known and known.first <= calendar.first and calendar.last <= known.last:
        return known
    _CALENDARS[calendar.country] = calendar
    return calendar


@lru_cache
def read_calendar(country: str, first: date, last: date) -> Calendar:
    """Weekends and public holidays of whole years, from the `holidays` package.

    Raises ValueError for a country that the package does not know.
    """
    import holidays  # slow to load

    first, last = date(first.year - 1, 1, 1), date(last.year + 2, 12, 31)
    try:
        calendar = holidays.country_holidays(country)
    except NotImplementedError:
        raise ValueError(f"No calendar of public holidays is known for {country}.") from None
    ordinals = range(first.toordinal(), last.toordinal() + 1)
    off = frozenset(n for n in ordinals if not calendar.is_working_day(date.fromordinal(n)))
    return Calendar(country, first, last, off)
