"""Stays counted in days: how many are used, how many are left, the last lawful day.

A window is `days` in any `in_days` (rolling, counted back from each day of stay), `days` in one
stay where no `in_days` is given, `per_year` in each calendar year, `per_entry` in one stay;
several may hold at once. The day of entry and the day of exit both count as days of stay. A day on
which somebody leaves and comes back counts once, and begins a new stay.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

DAY = timedelta(days=1)
# A stay whose limits never end it, such as 180 days in each calendar year with no other, is not
# followed for ever.
LONGEST = 3660


@dataclass(frozen=True, slots=True)
class Trip:
    """Days of entry and exit; without an exit the person is still there."""

    entry: date
    exit: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.entry <= day and (self.exit is None or day <= self.exit)


@dataclass(frozen=True, slots=True)
class Window:
    """The limits of a stay, each None where it does not hold."""

    days: int | None = None
    in_days: int | None = None
    per_entry: int | None = None
    per_year: int | None = None

    @property
    def in_one_stay(self) -> int | None:
        """The most days of one stay, without leaving."""
        whole = self.days if self.in_days is None else None
        return min((n for n in (self.per_entry, whole) if n is not None), default=None)

    @property
    def rolling(self) -> tuple[int, int] | None:
        """Most days, in any so many."""
        if self.days is None or self.in_days is None:
            return None
        return self.days, self.in_days

    @property
    def limited(self) -> bool:
        return any(n is not None for n in (self.rolling, self.in_one_stay, self.per_year))


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of a window on one day. `kind`: in_days | per_year | per_entry."""

    kind: str
    most: int
    used: int

    @property
    def left(self) -> int:
        return max(0, self.most - self.used)


@dataclass(frozen=True, slots=True)
class Count:
    """What is used and left on the day asked about.

    `inside` says whether the person is there on that day. `used` are the days up to and with it
    that count (of the rolling window, else of the calendar year, else of this stay). `left` is how
    many days more the person may stay without leaving: after that day where they are there,
    beginning with it where they are not. `last_day` is the last lawful day of that stay; None
    where no stay is lawful on the day itself. Then `again_from` is the first day on which a new
    stay would be lawful for somebody who leaves that day and stays away. `exceeded_on` is the
    first day of a stay up to then that went over a limit of this window.
    """

    inside: bool
    used: int
    left: int
    last_day: date | None
    again_from: date | None
    exceeded_on: date | None
    limits: tuple[Limit, ...]


def count(trips: Sequence[Trip], window: Window, on: date) -> Count:
    """Count the days of stay on a day. Trips after it are not counted.

    Raises ValueError, with the trip, where trips overlap or end before they begin, and where the
    window limits nothing.
    """
    check_trips(trips)
    if not window.limited:
        raise ValueError("A window without limits cannot be counted.")
    stays = _Stays(trips, on)
    inside = on in stays
    limits = tuple(stays.limits(window, on))
    exceeded = first_excess(trips, window, on)
    staying = stays if inside else stays.entering(on)
    if not staying.lawful(window, on):
        return Count(inside, limits[0].used, 0, None, _again(trips, window, on), exceeded, limits)
    last = on
    while (last - on).days < LONGEST and staying.staying_until(last + DAY).lawful(
        window, last + DAY
    ):
        last += DAY
    left = (last - on).days + (0 if inside else 1)
    return Count(inside, limits[0].used, left, last, None, exceeded, limits)


def first_excess(
    trips: Sequence[Trip],
    window: Window | Callable[[Trip], Window | None],
    until: date,
) -> date | None:
    """The first day up to `until` on which a trip went over a limit.

    The window may differ by trip, as where the law changed between them; a trip without one is
    counted for the others and not judged itself.
    """
    stays = _Stays(trips, until)
    for trip in _ordered(trips):
        held = window(trip) if callable(window) else window
        end = min(trip.exit or until, until)
        day = trip.entry
        while held is not None and day <= end:
            if not stays.lawful(held, day, trip.entry):
                return day
            day += DAY
    return None


def check_trips(trips: Sequence[Trip]) -> None:
    """Raises ValueError where a trip ends before it begins, or two overlap."""
    ordered = _ordered(trips)
    for trip in ordered:
        if trip.exit and trip.exit < trip.entry:
            raise ValueError(f"The trip of {trip.entry} ends before it begins, on {trip.exit}.")
    for one, other in pairwise(ordered):
        if one.exit is None or other.entry < one.exit or other == one:
            raise ValueError(f"The trips of {one.entry} and {other.entry} overlap.")


def _ordered(trips: Sequence[Trip]) -> list[Trip]:
    return sorted(trips, key=lambda trip: (trip.entry, trip.exit or date.max))


def _again(trips: Sequence[Trip], window: Window, on: date) -> date | None:
    past = [
        trip if trip.exit and trip.exit <= on else Trip(trip.entry, on)
        for trip in trips
        if trip.entry <= on
    ]
    stays = _Stays(past, on)
    for offset in range(1, LONGEST):
        day = on + offset * DAY
        if stays.entering(day).lawful(window, day):
            return day
    return None


class _Stays:
    """Days of stay up to a day, in order, with the entry that each belongs to."""

    def __init__(self, trips: Sequence[Trip], until: date) -> None:
        self.days: list[int] = []
        self.entries: list[int] = []
        for trip in _ordered(trips):
            if trip.entry > until:
                continue
            first, last = trip.entry.toordinal(), min(trip.exit or until, until).toordinal()
            self.entries.append(first)
            if self.days and self.days[-1] == first:
                self.days.pop()
            self.days.extend(range(first, last + 1))

    def __contains__(self, day: date) -> bool:
        return self.between(day.toordinal(), day.toordinal()) > 0

    def between(self, first: int, last: int) -> int:
        """Days of stay from one day to another, both included."""
        return bisect_right(self.days, last) - bisect_left(self.days, first)

    def entering(self, day: date) -> _Stays:
        """With a new stay that begins on a day after all others."""
        found = object.__new__(_Stays)
        found.days = [*(d for d in self.days if d < day.toordinal()), day.toordinal()]
        found.entries = [*self.entries, day.toordinal()]
        return found

    def staying_until(self, day: date) -> _Stays:
        """The same, staying on to a later day."""
        self.days.extend(range(self.days[-1] + 1, day.toordinal() + 1))
        return self

    def limits(self, window: Window, day: date, entry: date | None = None) -> Iterator[Limit]:
        """What each limit allows, and what is used of it up to and with a day."""
        on = day.toordinal()
        if window.rolling:
            most, width = window.rolling
            yield Limit("in_days", most, self.between(on - width + 1, on))
        if window.per_year is not None:
            first = date(day.year, 1, 1).toordinal()
            yield Limit("per_year", window.per_year, self.between(first, on))
        if window.in_one_stay is not None:
            begun = entry.toordinal() if entry else self._begun(on)
            used = on - begun + 1 if begun is not None else 0
            yield Limit("per_entry", window.in_one_stay, used)

    def lawful(self, window: Window, day: date, entry: date | None = None) -> bool:
        return all(limit.used <= limit.most for limit in self.limits(window, day, entry))

    def _begun(self, day: int) -> int | None:
        """The day on which the stay of a day began; None for a day away."""
        if not self.between(day, day):
            return None
        return self.entries[bisect_right(self.entries, day) - 1]
