from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from karvan.observatory.charts.lettering import apart, width_of, wrapped
from karvan.observatory.charts.scale import Scale, chosen_periods, nice_ticks, year

ordinary = st.floats(-1e12, 1e12, allow_nan=False).filter(lambda v: v == 0 or abs(v) > 1e-6)


def test_ticks_stand_at_round_numbers():
    assert nice_ticks(0, 29765) == (0, 10000, 20000, 30000)
    assert nice_ticks(0, 100) == (0, 25, 50, 75, 100)
    assert nice_ticks(-1200, 3300) == (-2000, 0, 2000, 4000)


def test_an_axis_of_zeros_has_a_length():
    assert nice_ticks(0, 0) == (0, 1)


@given(ordinary, ordinary)
def test_ticks_hold_all_between_them_evenly_and_are_few(a, b):
    low, high = min(a, b), max(a, b)
    ticks = nice_ticks(low, high)
    room = 1e-6 * max(abs(low), abs(high))
    assert ticks[0] <= low + room
    assert ticks[-1] >= high - room
    assert 2 <= len(ticks) <= 8
    assert list(ticks) == sorted(set(ticks))


def test_the_last_and_the_first_period_are_named_before_the_others():
    scale = Scale(1990, 2024, 0, 90)
    assert chosen_periods([1990, 2000, 2010, 2020, 2024], scale, year) == (1990, 2024)


def test_round_years_are_named_before_others():
    scale = Scale(1991, 2024, 0, 240)
    assert chosen_periods(list(range(1991, 2025)), scale, year) == (1991, 2000, 2010, 2024)


@given(
    st.lists(st.tuples(st.floats(0, 300), st.floats(1, 40)), min_size=1, max_size=8),
)
def test_labels_that_fit_do_not_touch_and_stay_within(blocks):
    wanted, heights = [y for y, _ in blocks], [h for _, h in blocks]
    high = sum(heights) + 50
    middles = apart(wanted, heights, 0, high)
    spans = sorted(
        (middle - height / 2, middle + height / 2)
        for middle, height in zip(middles, heights, strict=True)
    )
    assert spans[0][0] >= -1e-6
    assert spans[-1][1] <= high + 1e-6
    assert all(a[1] <= b[0] + 1e-6 for a, b in pairwise(spans))


def test_labels_with_room_stay_where_they_are_wanted():
    assert apart([100, 20, 60], [16, 16, 16], 0, 200) == [100, 20, 60]


@given(st.text(alphabet="abc деф", max_size=60).map(lambda s: " ".join(s.split())))
def test_wrapping_loses_no_word(text):
    lines = wrapped(text, 60)
    assert " ".join(lines) == text
    assert all(width_of(line) <= 60 or " " not in line for line in lines)


def test_a_space_that_must_not_break_does_not():
    assert wrapped("издание 2024\u00a0г.", 70) == ("издание", "2024\u00a0г.")
