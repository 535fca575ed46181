"""Stays counted in days: how many are used, how many are left, the last lawful day.

A window is `days` in any `in_days` (rolling, counted back from each day of stay), or `days` in
each calendar year, or `per_entry`; several may hold at once. The day of entry and the day of exit
both count as days of stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Trip:
    """Days of entry and exit; without an exit the person is still there."""

    entry: date
    exit: date | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """The limits of a stay, each None where it does not hold."""

    days: int | None = None
    in_days: int | None = None
    per_entry: int | None = None
    per_year: int | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """`used` days up to and with the day asked about, `left` after it while staying on.

    `last_day` is the last lawful day of a stay that goes on from the day asked about (or would
    begin on it); None where no stay is lawful on that day. `exceeded_on` is the first day on which
    a past trip went over a limit, if one did.
    """

    used: int
    left: int
    last_day: date | None
    exceeded_on: date | None


def count(trips: Sequence[Trip], window: Window, on: date) -> Count:
    """Count the days of stay on a day. Trips must not overlap; later ones are not counted.

    Raises ValueError, with the trip, where trips overlap or end before they begin.
    """
    days = _days(trips, on)
    used = _used(days, window, on)
    here = on in days
    present = days | {on}
    exceeded = next((day for day in sorted(days) if not _lawful(days, trips, window, day)), None)
    if not _lawful(present, trips, window, on):
        return Count(used, 0, None, exceeded)
    last = on
    while _lawful(present | {last + DAY}, trips, window, last + DAY, since=on):
        last += DAY
        present.add(last)
        if (last - on).days > 3660:
            break
    return Count(used, (last - on).days + (0 if here else 1), last, exceeded)


def _days(trips: Sequence[Trip], on: date) -> set[date]:
    ordered = sorted(trips)
    for trip in ordered:
        if trip.exit and trip.exit < trip.entry:
            raise ValueError(f"The trip of {trip.entry} ends before it begins, on {trip.exit}.")
    for one, other in pairwise(ordered):
        if one.exit is None or other.entry < one.exit:
            raise ValueError(f"The trips of {one.entry} and {other.entry} overlap.")
    found: set[date] = set()
    for trip in ordered:
        end = min(trip.exit or on, on)
        for offset in range(max(0, (end - trip.entry).days + 1)):
            found.add(trip.entry + offset * DAY)
    return found


def _used(days: set[date], window: Window, on: date) -> int:
    if window.in_days:
        first = on - (window.in_days - 1) * DAY
        return sum(first <= day <= on for day in days)
    if window.per_year:
        return sum(day.year == on.year and day <= on for day in days)
    streak = 0
    day = on
    while day in days:
        streak += 1
        day -= DAY
    return streak


def _lawful(
    days: set[date], trips: Sequence[Trip], window: Window, day: date, since: date | None = None
) -> bool:
    if window.days and window.in_days:
        first = day - (window.in_days - 1) * DAY
        if sum(first <= other <= day for other in days) > window.days:
            return False
    if window.per_year and sum(o.year == day.year and o <= day for o in days) > window.per_year:
        return False
    if window.per_entry or (window.days and not window.in_days):
        entries = [trip.entry for trip in trips if trip.entry <= day]
        current = [t.entry for t in trips if t.entry <= day and (t.exit is None or day <= t.exit)]
        begun = max(current) if current else since or max(entries, default=day)
        limit = min(n for n in (window.per_entry, None if window.in_days else window.days) if n)
        if (day - begun).days + 1 > limit:
            return False
    return True
