from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from karvan.analysis.flows import FlowError, estimate, estimate_all

NOBODY = [0, 0, 0, 0]
numbers = st.integers(0, 2**32 - 1)
sizes = st.integers(2, 6)
methods = st.sampled_from(
    [
        {"method": "closed"},
        {"method": "open"},
        {"method": "closed", "assumption": "independent"},
        {"method": "open", "mixture": 0.87, "births_rule": "proportional"},
        {"method": "closed", "deaths_rule": "accounting"},
        {"method": "differencing", "negatives": "drop"},
        {"method": "differencing", "negatives": "reverse"},
        {"method": "rates"},
    ]
)
accounting = methods.filter(lambda options: options["method"] in ("closed", "open"))


def world(number, n, empty=0.0):
    """Stocks at both dates, births and deaths. A part of the pairs is `empty`."""
    random = np.random.default_rng(number)
    start = random.lognormal(3, 2, (n, n)) * (random.random((n, n)) >= empty)
    end = start * random.lognormal(0, 0.3, (n, n))
    people = random.uniform(20_000, 90_000, n)
    np.fill_diagonal(start, people)
    np.fill_diagonal(end, people * random.uniform(0.95, 1.05, n))
    births, deaths = people * random.uniform(0.05, 0.1, n), people * random.uniform(0.05, 0.1, n)
    end += np.diag(births - deaths)
    return start, end, births, deaths


def net(od):
    return od.sum(0) - od.sum(1)


# Known answers


def test_the_minimum_of_abel_and_cohen_2019():
    # Abel and Cohen (2019), Scientific Data 6:82: stocks of table 1, flows of table 4.
    start = [[100, 10, 10, 0], [80, 180, 10, 90], [30, 10, 140, 40], [60, 70, 10, 160]]
    end = [[95, 5, 15, 5], [75, 225, 5, 55], [55, 0, 115, 50], [35, 25, 25, 215]]
    found = estimate(start, end, NOBODY, NOBODY)
    assert [table.round(1).tolist() for table in found.by_birthplace()] == [
        [[95, 0, 2.5, 2.5], [0, 5, 2.5, 2.5], [0, 0, 10, 0], [0, 0, 0, 0]],
        [[75, 5, 0, 0], [0, 180, 0, 0], [0, 5, 5, 0], [0, 35, 0, 55]],
        [[30, 0, 0, 0], [7.1, 0, 0, 2.9], [17.9, 0, 115, 7.1], [0, 0, 0, 40]],
        [[35, 0, 5.4, 19.6], [0, 25, 9.6, 35.4], [0, 0, 10, 0], [0, 0, 0, 160]],
    ]


def test_the_minimum_of_abel_2013():
    # Abel (2013), Demographic Research 28:18, section 2.1: the stocks of A to D, no births, no
    # deaths. By hand: of those born in A, 50 leave A for C; of those born in B, 50 leave B, half
    # for A and half for C; 10 born in C go from B to A; 40 born in D leave C and D for A and B.
    start = [[1000, 100, 10, 0], [55, 555, 50, 5], [80, 40, 800, 40], [20, 25, 20, 200]]
    end = [[950, 100, 60, 0], [80, 505, 75, 5], [90, 30, 800, 40], [40, 45, 0, 180]]
    assert_allclose(
        estimate(start, end, NOBODY, NOBODY).od,
        [
            [950 + 55 + 80 + 20, 0, 50, 0],
            [25 + 10, 100 + 505 + 30 + 25, 25, 0],
            [10, 10, 10 + 50 + 800, 0],
            [10, 10, 0, 5 + 40 + 180],
        ],
        atol=1e-9,
    )


ABEL_AND_SANDER = {
    "start": [[1000, 100, 10, 0], [55, 555, 50, 5], [80, 40, 800, 40], [20, 25, 20, 200]],
    "end": [[1060, 60, 10, 10], [45, 540, 40, 0], [70, 75, 770, 70], [30, 30, 20, 230]],
    "deaths": [70, 30, 50, 10],
}


@pytest.mark.parametrize("assumption", ["minimum", "independent"])
def test_closed_flows_make_the_net_migration_of_abel_and_sander_2014(assumption):
    # Abel and Sander (2014), Science 343:1520, supplement: births less deaths explain the growth
    # of the world, so net migration is the growth of each country less births plus deaths.
    found = estimate(**ABEL_AND_SANDER, births=[80, 20, 60, 60], assumption=assumption)
    assert found.report.balance.natives_adjusted == 0
    assert_allclose(net(found.od), [40, -5, -50, 15], atol=1e-6)


def test_open_flows_of_abel_2013_take_leavers_from_their_own_stocks():
    # Abel (2013), section 2.2, with births and deaths. Of those born in B 635.5 are left
    # after deaths and 605 are there after births: the rest went outside, from where they lived.
    found = estimate(**ABEL_AND_SANDER, births=[80, 20, 40, 60], method="open")
    dead = np.array([70, 30, 50, 10]) / [1155, 720, 880, 245]
    living = np.array(ABEL_AND_SANDER["start"][1]) * (1 - dead)
    after_births = [45, 520, 40, 0]
    assert living.sum() == pytest.approx(635.4967, abs=1e-4)
    assert_allclose(found.start[1], living * (605 / living.sum()))
    assert_allclose(found.end[1], after_births)
    coming = np.array([70, 75, 730, 70])  # of those born in C, after births
    there = np.array(ABEL_AND_SANDER["start"][2]) * (1 - dead)
    assert_allclose(found.start[2], there)
    assert_allclose(found.end[2], coming * (there.sum() / 945))
    balance = found.report.balance
    assert balance.start + 200 - 160 + balance.from_outside - balance.to_outside == balance.end
    assert_allclose(balance.by_country, 0, atol=1e-9)


def test_differences_of_stocks_by_hand():
    start = [[500, 10, 30], [20, 600, 0], [5, 5, 700]]
    end = [[510, 25, 10], [20, 590, 4], [6, 1, 705]]
    dropped = estimate(start, end, method="differencing", negatives="drop")
    assert dropped.od.tolist() == [[0, 15, 0], [0, 0, 4], [1, 0, 0]]
    reversed_ = estimate(start, end, method="differencing", negatives="reverse")
    # 20 born in the first leave the third for home; 4 born in the third leave the second for home
    assert reversed_.od.tolist() == [[0, 15, 0], [0, 0, 4 + 4], [1 + 20, 0, 0]]
    first, _, third = reversed_.by_birthplace()
    assert first.tolist() == [[0, 15, 0], [0, 0, 0], [20, 0, 0]]
    assert third.tolist() == [[0, 0, 0], [0, 0, 4], [1, 0, 0]]


def test_rates_share_net_migration_out_as_stocks_are():
    start, end = [[900, 10, 30], [20, 800, 0], [40, 0, 700]], np.diag([1000, 790, 770])
    # growth 40, -20 and 40; births less deaths explain 10, 10 and 0 of it
    assert estimate(start, end, method="rates").od.tolist() == [[0, 10, 30], [20, 0, 0], [40, 0, 0]]
    found = estimate(start, end, [15, 20, 5], [5, 10, 5], method="rates")
    assert found.od.sum() == pytest.approx(30 + 30 + 40)
    given_total = estimate(start, end, method="rates", total=50)
    assert given_total.od.tolist() == [[0, 5, 15], [10, 0, 0], [20, 0, 0]]


# Accounts


@settings(deadline=None, max_examples=60)
@given(numbers, sizes, accounting, st.sampled_from([0.0, 0.4]))
def test_flows_of_each_birthplace_add_to_the_stocks(number, n, options, empty):
    start, end, births, deaths = world(number, n, empty)
    found = estimate(start, end, births, deaths, **options)
    tables = np.array(list(found.by_birthplace()))
    assert_allclose(tables.sum(2), found.start, atol=1e-6)
    assert_allclose(tables.sum(1), found.end, atol=1e-6)
    assert_allclose(tables.sum(0), found.od, atol=1e-6)
    assert found.report.largest_margin_error < 1e-6
    assert (tables >= 0).all()
    moves = found.od.sum() - found.od.trace()
    assert (found.report.moves, found.report.stayers) == pytest.approx((moves, found.od.trace()))


@settings(deadline=None, max_examples=40)
@given(numbers, sizes)
def test_open_flows_balance_every_country(number, n):
    start, end, births, deaths = world(number, n)
    report = estimate(start, end, births, deaths, method="open").report
    assert_allclose(report.balance.by_country, 0, atol=1e-6)


@settings(deadline=None, max_examples=40)
@given(numbers, sizes)
def test_closed_flows_keep_residents_and_say_what_natives_gave(number, n):
    start, end, births, deaths = world(number, n)
    found = estimate(start, end, births, deaths)
    report = found.report
    assert report.converged
    assert report.largest_rescaling_error < 1e-6
    growth = end.sum() - start.sum() - births.sum() + deaths.sum()
    assert report.balance.natives_adjusted == pytest.approx(growth)
    assert_allclose(report.balance.by_country.sum(), growth, atol=1e-6)
    natives = report.balance.by_country - growth / 2 * (
        start.diagonal() / start.trace() + end.diagonal() / end.trace()
    )
    assert_allclose(natives, 0, atol=1e-6)


def test_a_country_that_nobody_enters_or_leaves_cannot_be_closed_and_is_named():
    start = np.array([[900.0, 20, 0], [30, 800, 0], [0, 0, 500]])
    end = np.array([[900.0, 25, 0], [25, 800, 0], [0, 0, 560]])
    found = estimate(start, end, [10, 10, 70], [10, 10, 10], method="closed")
    assert found.report.converged
    assert found.od[2].tolist()[:2] == found.od[:2, 2].tolist() == [0, 0]
    end[2, 2] += 50
    lost = estimate(start, end, [10, 10, 70], [10, 10, 10], method="closed")
    assert not lost.report.converged
    assert lost.report.largest_rescaling_error > 1
    assert int(np.abs(lost.report.balance.by_country).argmax()) == 2


def test_births_beyond_the_natives_are_shared_among_all_who_live_there():
    start = [[30, 5, 5], [50, 400, 10], [120, 10, 500]]
    end = [[40, 5, 5], [60, 400, 10], [140, 10, 500]]
    found = estimate(start, end, [60, 10, 10], [20, 10, 10], method="open")
    assert_allclose(found.end[1:, 0], [60 * (1 - 60 / 240), 140 * (1 - 60 / 240)], atol=8)
    assert (found.end >= 0).all()


def test_deaths_by_accounting_follow_the_birthplaces():
    start, _, births, _ = world(3, 5)
    end = start.copy()  # nobody moved: what births do not explain died
    end[np.diag_indices(5)] += births
    died = start * 0.06
    found = estimate(start, end - died, births, died.sum(0), deaths_rule="accounting")
    assert found.report.converged
    assert found.report.moves == pytest.approx(0, abs=1e-6)


def test_deaths_by_accounting_never_take_more_people_than_there_are():
    start = [[1000, 3, 10], [5, 900, 10], [10, 10, 800]]
    end = [[700, 0, 5], [5, 1000, 10], [10, 10, 900]]
    found = estimate(start, end, [10, 110, 110], [150, 12, 12], deaths_rule="accounting")
    assert (found.start >= 0).all()
    assert found.report.largest_margin_error < 1e-6


def test_weights_of_the_other_date_are_refused_where_they_take_more_than_there_are():
    start = [[900, 0, 40], [10, 800, 10], [10, 10, 700]]
    end = [[800, 60, 20], [10, 800, 10], [10, 10, 700]]
    assert estimate(start, end, [0] * 3, [0] * 3, method="open").report.converged
    with pytest.raises(FlowError) as refused:
        estimate(start, end, [0] * 3, [0] * 3, method="open", outside="other", names="ABC")
    assert "born in A would go to or come from outside than live in B" in str(refused.value)


# Properties


@settings(deadline=None, max_examples=60)
@given(numbers, sizes, methods, st.sampled_from([0.001, 0.5, 1000.0]))
def test_ten_times_the_people_make_ten_times_the_flows(number, n, options, factor):
    given = world(number, n)
    one = estimate(*given, **options)
    many = estimate(*(values * factor for values in given), **options)
    assert_allclose(many.od, one.od * factor, rtol=1e-6, atol=1e-6 * factor)


@settings(deadline=None, max_examples=60)
@given(numbers, sizes, methods)
def test_the_order_of_countries_does_not_matter(number, n, options):
    start, end, births, deaths = world(number, n)
    order = np.random.default_rng(number).permutation(n)
    both = np.ix_(order, order)
    one = estimate(start, end, births, deaths, **options)
    other = estimate(start[both], end[both], births[order], deaths[order], **options)
    assert_allclose(other.od, one.od[both], rtol=1e-6, atol=1e-6)


@settings(deadline=None, max_examples=60)
@given(numbers, sizes, methods, st.sampled_from([0.0, 50_000.0]))
def test_a_country_without_migrants_changes_nothing(number, n, options, natives):
    start, end, births, deaths = world(number, n)
    end[0, 0] -= end.sum() - start.sum() - births.sum() + deaths.sum()  # a world that adds up
    assume(options.get("deaths_rule") != "accounting")
    one = estimate(start, end, births, deaths, **options)
    more = (np.pad(start, (0, 1)), np.pad(end, (0, 1)), np.pad(births, (0, 1)))
    more[0][n, n] = more[1][n, n] = natives
    other = estimate(*more, np.pad(deaths, (0, 1)), **options)
    assert_allclose(other.od[:n, :n], one.od, rtol=1e-6, atol=1e-6)
    assert_allclose(other.od[n, :n], 0, atol=1e-6)
    assert_allclose(other.od[:n, n], 0, atol=1e-6)


@settings(deadline=None, max_examples=40)
@given(numbers, sizes, st.sampled_from(["closed", "open"]), st.floats(0, 1))
def test_a_mixture_lies_between_the_fewest_moves_and_independence(number, n, method, weight):
    given = world(number, n)
    fewest = estimate(*given, method=method, assumption="minimum")
    independent = estimate(*given, method=method, assumption="independent")
    mixed = estimate(*given, method=method, mixture=weight)
    assert fewest.report.moves <= independent.report.moves + 1e-6
    assert_allclose(mixed.od, weight * fewest.od + (1 - weight) * independent.od, atol=1e-6)
    for part, one, other in zip(
        mixed.by_birthplace(), fewest.by_birthplace(), independent.by_birthplace(), strict=True
    ):
        assert_allclose(part, weight * one + (1 - weight) * other, atol=1e-6)


@settings(deadline=None, max_examples=40)
@given(numbers, sizes, methods.filter(lambda options: options["method"] != "differencing"))
def test_an_even_seed_is_no_seed(number, n, options):
    given = world(number, n)
    even = estimate(*given, seed=np.full((n, n), 7.0), **options)
    assert_allclose(even.od, estimate(*given, **options).od, rtol=1e-6, atol=1e-6)


@settings(deadline=None, max_examples=40)
@given(numbers, st.sampled_from(["minimum", "independent"]))
def test_a_seed_sets_the_odds_of_going_here_or_there(number, assumption):
    start, end, births, deaths = world(number, 5)
    seed = np.random.default_rng(number).uniform(0.1, 10, (5, 5))
    found = estimate(start, end, births, deaths, assumption=assumption, seed=seed)
    assert found.report.converged
    for table in found.by_birthplace():
        moves = table.copy()
        if assumption == "minimum":
            np.fill_diagonal(moves, 0)
        rows, columns = np.flatnonzero(moves.sum(1) > 1), np.flatnonzero(moves.sum(0) > 1)
        odds = np.log(np.where(moves > 0, moves / seed, np.nan))[np.ix_(rows, columns)]
        if odds.shape[0] > 1 and odds.shape[1] > 1 and not np.isnan(odds).any():
            assert_allclose(odds - odds[:1] - odds[:, :1] + odds[0, 0], 0, atol=1e-6)


@pytest.mark.parametrize("method", ["closed", "open", "rates"])
def test_a_seed_changes_the_flows_of_every_method_that_shares_out(method):
    given = {**ABEL_AND_SANDER, "births": [80, 20, 60, 60], "method": method}
    seed = np.arange(1, 17).reshape(4, 4)
    assert np.abs(estimate(**given, seed=seed).od - estimate(**given).od).max() > 0.7


def test_equal_stocks_of_women_and_men_make_equal_flows_in_one_call():
    years = [world(number, 4) for number in range(3)]
    start, end, births, deaths = (
        np.stack([np.stack([year[part]] * 2) for year in years]) for part in range(4)
    )
    assert start.shape == (3, 2, 4, 4)
    found = estimate_all(start, end, births, deaths, mixture=0.87)
    for year, (women, men) in zip(years, zip(found[::2], found[1::2], strict=True), strict=True):
        alone = estimate(*year, mixture=0.87)
        assert women.od.tolist() == men.od.tolist() == alone.od.tolist()
    without = estimate_all(start, end, method="differencing")
    assert [one.od.shape for one in without] == [(4, 4)] * 6


def test_the_same_question_always_has_the_same_answer():
    given = world(11, 6)
    assert estimate(*given).od.tolist() == estimate(*given).od.tolist()


# What cannot be estimated

GOOD = {
    "start": [[100, 10], [20, 200]],
    "end": [[90, 20], [20, 200]],
    "births": [5, 5],
    "deaths": [5, 5],
    "names": ["Aland", "Beland"],
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": [[1, 2, 3]]}, "The stocks at the start are (1, 3); they must be a square."),
        ({"end": [[1]]}, "The stocks at the end are (1, 1); they must be (2, 2)."),
        ({"births": [1]}, "The births are (1,); they must be (2,)."),
        (
            {"start": [[100, np.nan], [20, 200]]},
            "The stocks at the start have a missing or infinite number: Aland × Beland.",
        ),
        ({"deaths": [5, -1]}, "The deaths have a negative number: Beland."),
        ({"births": None}, "The closed method needs births and deaths."),
        ({"deaths": [121, 5]}, "Aland has 121 deaths and 120 people at the start. Check both."),
        ({"births": [5, 221]}, "Beland has 221 births and 220 people at the end. Check both."),
        ({"births": [5, 900]}, "Births and deaths miss the growth of the stocks by -895 people,"),
        ({"mixture": 1.2}, "The mixture is 1.2; it is a weight from 0 to 1."),
        ({"method": "guess"}, "method is 'guess'; it can be closed or open or differencing"),
        (
            {"method": "differencing", "seed": [[1, 1], [1, 1]]},
            "Differencing shares nothing out, so a seed changes nothing.",
        ),
        ({"method": "rates", "start": [[9, 0], [0, 9]]}, "No migrant lives anywhere at the start"),
    ],
)
def test_what_no_flow_can_come_from_is_refused_by_name(change, message):
    options = {"method": "open"} if "221" in message or "121" in message else {}
    with pytest.raises(FlowError) as refused:
        estimate(**{**GOOD, **options, **change})
    assert str(refused.value).startswith(message)


def test_many_tables_of_different_shape_are_refused():
    with pytest.raises(FlowError):
        estimate_all(np.ones((2, 3, 3)), np.ones((3, 3, 3)))
    with pytest.raises(FlowError):
        estimate_all(np.ones((2, 3, 3)), np.ones((2, 3, 3)), np.ones((2, 2)), np.ones((2, 3)))
