from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from karvan.analysis.fitting import FitError, ipf2, ipf3, ipf_net, lp_net

seeds = st.integers(0, 2**32 - 1)


def swept(seed, rows, columns, sweeps=100_000):
    """Deming and Stephan's method, word for word."""
    table = seed.copy()
    for _ in range(sweeps):
        table = table * (columns / table.sum(0))
        table = table * (rows / table.sum(1))[:, None]
        if np.abs(table.sum(0) - columns).max() < 1e-12 * columns.max():
            break
    return table


def worlds_of_natives(random, n):
    """Nearly everybody at home: alternate sweeps need thousands of rounds."""
    table = random.lognormal(0, 2, (n, n)) * 100
    np.fill_diagonal(table, random.lognormal(15, 2, n))
    return table


def test_a_table_of_two_by_two_keeps_its_odds_ratio():
    # Willekens (1999): margins 18, 20 and 16, 22 over the table 5, 2 / 1, 7. One number is free.
    fit = ipf2([[5, 2], [1, 7]], [18, 20], [16, 22])
    x = fit.table[0, 0]
    assert fit.converged
    assert_allclose(fit.table, [[x, 18 - x], [16 - x, 4 + x]], rtol=1e-12)
    assert x * (4 + x) / ((18 - x) * (16 - x)) == pytest.approx(17.5, rel=1e-10)


@settings(deadline=None, max_examples=40)
@given(seeds, st.integers(2, 6), st.integers(2, 6))
def test_the_fit_is_that_of_alternate_sweeps(number, m, n):
    random = np.random.default_rng(number)
    seed = random.gamma(0.5, 1, (m, n)) + 0.01
    wanted = random.gamma(0.5, 10, (m, n)) + 0.01
    fit = ipf2(seed, wanted.sum(1), wanted.sum(0))
    assert fit.converged
    assert fit.largest_margin_error < 1e-9
    assert_allclose(fit.table, swept(seed, wanted.sum(1), wanted.sum(0)), rtol=1e-6, atol=1e-9)


def test_a_table_of_natives_is_fitted_exactly_where_sweeps_hardly_move():
    random = np.random.default_rng(5)
    seed = worlds_of_natives(random, 60)
    wanted = seed * random.lognormal(0, 0.3, seed.shape)
    rows, columns = wanted.sum(1), wanted.sum(0)
    slow = swept(seed, rows, columns, sweeps=500)
    assert np.abs(slow.sum(0) / columns - 1).max() > 1e-6
    fit = ipf2(seed, rows, columns)
    assert fit.converged
    assert fit.iterations < 60
    assert np.abs(fit.table.sum(0) / columns - 1).max() < 1e-9
    assert np.abs(fit.table.sum(1) / rows - 1).max() < 1e-9
    ratio = np.log(fit.table / seed)
    assert_allclose(ratio - ratio[:1] - ratio[:, :1] + ratio[0, 0], 0, atol=1e-9)


def test_what_is_zero_in_the_seed_stays_zero():
    fit = ipf2([[1, 0, 2], [3, 4, 0], [1, 1, 1]], [30, 40, 30], [40, 30, 30])
    assert fit.converged
    assert fit.table[0, 1] == fit.table[1, 2] == 0
    assert_allclose(fit.table.sum(0), [40, 30, 30])


@pytest.mark.parametrize(
    ("seed", "rows", "columns", "error"),
    [
        ([[1, 0], [0, 1]], [5, 1], [2, 4], 3),  # two parts, joined by nothing
        ([[1, 0], [1, 1]], [5, 1], [2, 4], 3),  # the first row has one column to go to
        ([[0, 0], [1, 1]], [2, 2], [2, 2], 2),  # the first row has none
    ],
)
def test_margins_that_no_table_has_are_said_to_be_missed(seed, rows, columns, error):
    fit = ipf2(seed, rows, columns)
    assert not fit.converged
    assert np.isfinite(fit.table).all()
    assert fit.largest_margin_error == pytest.approx(error)


def test_margins_of_nobody_make_a_table_of_nobody():
    fit = ipf2([[1, 2], [3, 4]], [0, 0], [0, 0])
    assert (fit.converged, fit.table.tolist()) == (True, [[0, 0], [0, 0]])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([[1, 1]], [1, 1], [1, 1]), "The seed is 1 × 2; 2 row sums and 2 column sums"),
        (([[1, -1], [1, 1]], [1, 1], [1, 1]), "The seed has a negative number."),
        (([[1, 1], [1, 1]], [1, np.nan], [1, 1]), "The row sums have a missing"),
        (([[1, 1], [1, 1]], [1, 2], [1, 1]), "The row sums add to 3 and the column sums to 2"),
    ],
)
def test_a_fit_that_cannot_be_asked_for_is_refused(arguments, message):
    with pytest.raises(FitError) as refused:
        ipf2(*arguments)
    assert str(refused.value).startswith(message)


@settings(deadline=None, max_examples=20)
@given(seeds)
def test_a_table_in_three_dimensions_has_its_three_margins(number):
    random = np.random.default_rng(number)
    seed = random.gamma(1, 1, (3, 4, 2)) + 0.05
    wanted = random.gamma(1, 5, (3, 4, 2)) + 0.05
    margins = {"ij": wanted.sum(2), "ik": wanted.sum(1), "jk": wanted.sum(0)}
    fit = ipf3(seed, **margins)
    assert fit.converged
    assert_allclose(fit.table.sum(2), margins["ij"], rtol=1e-9)
    assert_allclose(fit.table.sum(1), margins["ik"], rtol=1e-9)
    assert_allclose(fit.table.sum(0), margins["jk"], rtol=1e-9)


def test_two_margins_over_an_even_seed_make_independent_layers():
    ik, jk = np.array([[6.0, 1], [4, 3]]), np.array([[5.0, 2], [5, 2]])
    fit = ipf3(np.ones((2, 2, 2)), ik=ik, jk=jk)
    assert_allclose(fit.table, ik[:, None, :] * jk[None, :, :] / ik.sum(0))


def test_three_margins_that_contradict_are_said_to_be_missed():
    one = np.array([[1.0, 0], [0, 1]])
    fit = ipf3(np.ones((2, 2, 2)), ij=one, ik=one, jk=one[::-1], sweeps=200)
    assert not fit.converged
    assert fit.largest_margin_error > 0.1


@settings(deadline=None, max_examples=40)
@given(seeds, st.integers(2, 7))
def test_net_totals_scale_departures_by_one_factor_and_arrivals_by_its_inverse(number, n):
    random = np.random.default_rng(number)
    base = random.gamma(0.6, 20, (n, n)) + 0.1
    net = random.normal(0, 30, n)
    net -= net.mean()
    fit = ipf_net(base, net)
    assert fit.converged
    assert_allclose(fit.table.sum(0) - fit.table.sum(1), net, atol=1e-7)
    level = np.log(fit.table / base)
    assert_allclose(level, -level.T, atol=1e-9)
    assert_allclose(level, level[:1] - level[:1].T, atol=1e-9)


def test_a_country_without_flows_and_a_world_in_balance_are_no_obstacle():
    fit = ipf_net([[0, 9, 0], [4, 0, 0], [0, 0, 0]], [0, 0, 0])
    assert fit.converged
    assert_allclose(fit.table, [[0, 6, 0], [6, 0, 0], [0, 0, 0]], atol=1e-9)


def test_net_totals_that_no_flow_of_the_base_can_make_are_said_to_be_missed():
    fit = ipf_net([[0, 5], [0, 0]], [2, -2])  # people only ever leave the first for the second
    assert not fit.converged
    assert fit.largest_margin_error == pytest.approx(2)


def test_the_least_change_moves_no_more_than_it_must():
    base = np.array([[0.0, 10, 5], [3, 0, 2], [1, 1, 0]])
    now = base.sum(0) - base.sum(1)  # -11, 6, 5
    assert lp_net(base, now).table.tolist() == base.tolist()
    fit = lp_net(base, [-10, 6, 4])  # one person more here, one less there: one change
    assert fit.converged
    assert np.abs(fit.table - base).sum() == pytest.approx(1)
    assert_allclose(fit.table.sum(0) - fit.table.sum(1), [-10, 6, 4])


@settings(deadline=None, max_examples=25)
@given(seeds, st.integers(2, 6))
def test_over_a_base_of_nobody_the_least_change_is_the_fewest_moves(number, n):
    net = np.random.default_rng(number).normal(0, 30, n)
    net -= net.mean()
    fit = lp_net(np.zeros((n, n)), net)
    assert fit.table.sum() == pytest.approx(np.maximum(net, 0).sum())
    assert (fit.table >= 0).all()


@pytest.mark.parametrize("fit", [ipf_net, lp_net])
@pytest.mark.parametrize(
    ("base", "net", "message"),
    [
        ([[0, 1]], [0, 0], "The base is 1 × 2 where 2 net totals ask a square."),
        ([[0, 1], [1, 0]], [1, 1], "The net totals add to 2, and must add to zero."),
        ([[0, 1], [1, 0]], [np.nan, 1], "A net total is missing or infinite."),
    ],
)
def test_net_totals_that_cannot_be_asked_for_are_refused(fit, base, net, message):
    with pytest.raises(FitError) as refused:
        fit(base, net)
    assert str(refused.value) == message


@pytest.mark.parametrize("fit", [ipf_net, lp_net])
def test_moves_inside_a_country_stay_as_they_are(fit):
    assert fit([[70, 10], [5, 80]], [3, -3]).table.diagonal().tolist() == [70, 80]
