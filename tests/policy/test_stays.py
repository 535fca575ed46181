"""Worked examples of counting days, each checked by hand with a calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvan.policy.stays import Limit, Trip, Window, count, first_excess

NINETY = Window(days=90, in_days=180)
SIXTY_AT_A_TIME = Window(days=90, in_days=180, per_entry=60)
CALENDAR_YEAR = Window(per_year=90)
DAY = timedelta(days=1)


def d(text: str) -> date:
    return date.fromisoformat(text)


def test_a_first_entry_may_last_ninety_days_with_both_ends():
    found = count([], NINETY, d("2026-01-01"))
    assert (found.inside, found.used, found.left) == (False, 0, 90)
    assert found.last_day == d("2026-03-31")


def test_the_day_of_entry_is_the_first_day_used():
    found = count([Trip(d("2026-01-01"))], NINETY, d("2026-01-01"))
    assert (found.used, found.left, found.last_day) == (1, 89, d("2026-03-31"))


def test_on_the_last_day_none_is_left_and_the_day_after_is_unlawful():
    trips = [Trip(d("2026-01-01"))]
    last = count(trips, NINETY, d("2026-03-31"))
    assert (last.used, last.left, last.last_day) == (90, 0, d("2026-03-31"))
    assert last.exceeded_on is None
    after = count(trips, NINETY, d("2026-04-01"))
    assert (after.used, after.left, after.last_day) == (91, 0, None)
    assert after.exceeded_on == d("2026-04-01")
    # Whoever leaves on 1 April has 91 days. Two of them must fall out before a new day makes 90:
    # on 1 July the 180 days reach back to 3 January.
    assert after.again_from == d("2026-07-01")


def test_days_of_stay_fall_out_of_the_window_after_180_days():
    # 90 days to 31 March; the first of them is the 181st day back on 30 June.
    trips = [Trip(d("2026-01-01"), d("2026-03-31"))]
    full = count(trips, NINETY, d("2026-06-29"))
    assert (full.left, full.last_day, full.again_from) == (0, None, d("2026-06-30"))
    free = count(trips, NINETY, d("2026-06-30"))
    assert (free.left, free.last_day) == (90, d("2026-09-27"))


def test_a_stay_goes_on_while_old_days_fall_out():
    # 60 days in January and February. From 1 June 30 more are lawful at first sight; on 30 June
    # the first old day falls out, and from then one falls out for each day that comes.
    trips = [Trip(d("2026-01-01"), d("2026-03-01"))]
    found = count(trips, NINETY, d("2026-06-01"))
    assert count(trips, NINETY, d("2026-06-01")).limits[0] == Limit("in_days", 90, 60)
    assert (found.left, found.last_day) == (90, d("2026-08-29"))


def test_a_stay_broken_by_a_gap_before_old_days_fall_out():
    # 60 days to 1 March; entering on 10 April leaves 30 days: to 9 May, long before 30 June.
    found = count([Trip(d("2026-01-01"), d("2026-03-01"))], NINETY, d("2026-04-10"))
    assert (found.used, found.left, found.last_day) == (60, 30, d("2026-05-09"))


def test_sixty_days_at_a_time_ends_a_stay_before_the_ninety_do():
    found = count([Trip(d("2026-01-01"))], SIXTY_AT_A_TIME, d("2026-02-15"))
    assert found.limits == (Limit("in_days", 90, 46), Limit("per_entry", 60, 46))
    assert (found.left, found.last_day) == (14, d("2026-03-01"))


def test_after_sixty_days_a_new_entry_has_the_thirty_that_are_left():
    trips = [Trip(d("2026-01-01"), d("2026-03-01"))]
    found = count(trips, SIXTY_AT_A_TIME, d("2026-03-02"))
    assert (found.used, found.left, found.last_day) == (60, 30, d("2026-03-31"))


def test_a_stay_over_sixty_days_ends_and_a_new_one_may_begin_the_next_day():
    found = count([Trip(d("2026-01-01"))], SIXTY_AT_A_TIME, d("2026-03-05"))
    assert (found.last_day, found.exceeded_on) == (None, d("2026-03-02"))
    assert found.again_from == d("2026-03-06")


def test_leaving_and_coming_back_on_one_day_counts_it_once_and_begins_a_new_stay():
    trips = [Trip(d("2026-01-01"), d("2026-02-10")), Trip(d("2026-02-10"))]
    found = count(trips, SIXTY_AT_A_TIME, d("2026-02-20"))
    assert found.limits == (Limit("in_days", 90, 51), Limit("per_entry", 60, 11))
    assert found.last_day == d("2026-03-31")


def test_a_planned_exit_does_not_begin_a_new_stay():
    # The exit lies after the day asked about; staying on beyond it is the same stay.
    trips = [Trip(d("2026-01-01"), d("2026-01-20"))]
    found = count(trips, Window(per_entry=30), d("2026-01-10"))
    assert (found.inside, found.left, found.last_day) == (True, 20, d("2026-01-30"))


def test_calendar_years_begin_anew_on_the_first_of_january():
    trips = [Trip(d("2025-10-01"), d("2025-12-29"))]
    assert count(trips, CALENDAR_YEAR, d("2025-12-29")).left == 0
    assert count(trips, CALENDAR_YEAR, d("2025-12-30")).again_from == d("2026-01-01")
    found = count(trips, CALENDAR_YEAR, d("2026-01-01"))
    assert (found.used, found.left, found.last_day) == (0, 90, d("2026-03-31"))


def test_a_stay_over_new_year_uses_days_of_both_years():
    found = count([Trip(d("2025-12-02"))], CALENDAR_YEAR, d("2025-12-31"))
    assert (found.used, found.left, found.last_day) == (30, 90, d("2026-03-31"))


def test_days_without_a_width_are_days_of_one_stay():
    found = count([Trip(d("2026-01-01"))], Window(days=30), d("2026-01-10"))
    assert found.limits == (Limit("per_entry", 30, 10),)
    assert found.last_day == d("2026-01-30")


def test_a_leap_day_is_a_day():
    assert count([Trip(d("2024-02-01"))], NINETY, d("2024-03-01")).used == 30


def test_trips_after_the_day_are_not_counted():
    trips = [Trip(d("2026-01-01"), d("2026-01-10")), Trip(d("2026-05-01"), d("2026-05-30"))]
    assert count(trips, NINETY, d("2026-02-01")).used == 10


def test_the_first_day_over_a_limit_in_the_past_is_found():
    trips = [Trip(d("2025-01-01"), d("2025-04-05")), Trip(d("2026-01-01"))]
    found = count(trips, NINETY, d("2026-01-10"))
    assert (found.exceeded_on, found.used, found.left) == (d("2025-04-01"), 10, 80)


def test_trips_under_different_rules_are_each_judged_by_their_own():
    short, long = Trip(d("2022-01-01"), d("2022-02-15")), Trip(d("2022-06-01"), d("2022-07-15"))
    rules = {short: Window(per_entry=30), long: Window(per_entry=60)}
    assert first_excess([short, long], rules.__getitem__, d("2022-12-31")) == d("2022-01-31")
    assert first_excess([long], rules.__getitem__, d("2022-12-31")) is None
    assert first_excess([short], lambda trip: None, d("2022-12-31")) is None


@pytest.mark.parametrize(
    ("trips", "message"),
    [
        (
            [Trip(d("2026-01-05"), d("2026-01-01"))],
            "The trip of 2026-01-05 ends before it begins, on 2026-01-01.",
        ),
        (
            [Trip(d("2026-01-01")), Trip(d("2026-02-01"))],
            "The trips of 2026-01-01 and 2026-02-01 overlap.",
        ),
        (
            [Trip(d("2026-01-01"), d("2026-01-09")), Trip(d("2026-01-05"), d("2026-01-20"))],
            "The trips of 2026-01-01 and 2026-01-05 overlap.",
        ),
    ],
)
def test_trips_that_cannot_be_are_refused(trips, message):
    with pytest.raises(ValueError, match=message):
        count(trips, NINETY, d("2026-03-01"))


def test_a_window_without_limits_is_refused():
    with pytest.raises(ValueError, match="without limits"):
        count([], Window(), d("2026-01-01"))


@st.composite
def histories(draw: st.DrawFn) -> list[Trip]:
    day, trips = d("2025-01-01"), []
    for away, stay in draw(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 70)), max_size=6)):
        entry = day + away * DAY
        day = entry + stay * DAY
        trips.append(Trip(entry, day))
        day += DAY
    return trips


windows = st.builds(
    Window,
    days=st.none() | st.integers(1, 120),
    in_days=st.none() | st.integers(121, 200),
    per_entry=st.none() | st.integers(1, 90),
    per_year=st.none() | st.integers(1, 120),
).filter(lambda window: window.limited)


def lawful_by_hand(trips: list[Trip], window: Window, day: date) -> bool:
    """The definition, day by day, with no cleverness."""
    present = {t.entry + n * DAY for t in trips for n in range((t.exit - t.entry).days + 1)}  # type: ignore[operator]
    here = next(trip for trip in trips if day in trip)
    if window.days is not None and window.in_days is not None:
        back = [day - n * DAY for n in range(window.in_days)]
        if sum(one in present for one in back) > window.days:
            return False
    one_stay = window.days if window.in_days is None else None
    if one_stay is not None and (day - here.entry).days + 1 > one_stay:
        return False
    if window.per_year is not None:
        this_year = [one for one in present if one.year == day.year and one <= day]
        if len(this_year) > window.per_year:
            return False
    return window.per_entry is None or (day - here.entry).days + 1 <= window.per_entry


@given(histories(), windows, st.integers(0, 700))
def test_the_last_day_is_the_last_that_the_definition_allows(trips, window, offset):
    on = d("2025-01-01") + offset * DAY
    past = [t for t in trips if t.entry <= on]
    found = count(trips, window, on)
    inside = bool(past) and on in past[-1]
    before = past[:-1] if inside else past
    entry = past[-1].entry if inside else on

    def lawful(until: date) -> bool:
        return lawful_by_hand([*before, Trip(entry, until)], window, until)

    assert found.inside is inside
    if found.last_day is None:
        assert not lawful(on)
        assert found.again_from is None or found.again_from > on
    elif (found.last_day - on).days < 3660:
        days = (found.last_day - on).days + 1
        assert all(lawful(on + n * DAY) for n in range(days))
        assert not lawful(found.last_day + DAY)
        assert found.left == days - inside
