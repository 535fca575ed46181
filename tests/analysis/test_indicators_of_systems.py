"""Indicators of tables of flows, of age profiles and of distances."""

from __future__ import annotations

from math import isnan, log, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from karvan.analysis.indicators import (
    aggregate_coefficient_of_variation,
    aggregate_net_migration_rate,
    asymmetry,
    child_dependency,
    coefficient_of_variation,
    connectivity_index,
    courgeau_k,
    crude_migration_intensity,
    distance_decay,
    fastest_fall,
    fastest_rise,
    gini_column,
    gini_exchange,
    gini_in,
    gini_in_weighted,
    gini_out,
    gini_out_weighted,
    gini_row,
    gini_total,
    gross_migraproduction_rate,
    inequality_index,
    labour_asymmetry,
    labour_dependency,
    mean_age,
    mean_distance,
    median_distance,
    migration_effectiveness,
    migration_preference,
    migration_velocity,
    normalised_intensities,
    parental_shift_regularity,
    peak_age,
    peak_breadth,
    peak_intensity,
    peak_share,
)

# Plane and Mulligan (1997), page 253, and a second table of its kind. The values expected of them
# below are printed in the documentation of the R package migration.indices.
THREE = np.array([[0, 10, 10], [20, 0, 20], [30, 30, 0]])
OTHER = np.array([[0, 20, 20], [30, 0, 50], [20, 20, 0]])
# Plane and Mulligan divide by 2 n(n − 1), Bell et al. (2002) by 2 (n(n − 1) − 1).
CORRECTED = 6 / 5
WHOLE = (
    connectivity_index,
    inequality_index,
    gini_total,
    gini_row,
    gini_column,
    gini_exchange,
    gini_out_weighted,
    gini_in_weighted,
    coefficient_of_variation,
    aggregate_coefficient_of_variation,
    migration_effectiveness,
)
tables = arrays(np.int64, (4, 4), elements=st.integers(0, 1000)).filter(
    lambda table: (table - np.diag(np.diag(table))).any()
)


@pytest.mark.parametrize(
    ("gini", "published"),
    [(gini_total, 2 / 9), (gini_row, 0), (gini_column, 1 / 18), (gini_exchange, 1 / 18)],
)
def test_ginis_of_plane_and_mulligan(gini, published):
    assert gini(THREE) == pytest.approx(published * CORRECTED)


def test_the_total_gini_as_bell_and_others_correct_it():
    assert gini_total(THREE) == pytest.approx(0.2666667, abs=1e-7)
    assert gini_total(OTHER) == pytest.approx(0.225)


@pytest.mark.parametrize(("gini", "published"), [(gini_row, 0.02083333), (gini_column, 0.04166667)])
def test_ginis_of_the_other_table(gini, published):
    assert gini(OTHER) == pytest.approx(published * CORRECTED, abs=1e-7)


def test_field_ginis_as_published():
    assert gini_out(THREE) == pytest.approx([0, 0, 0])
    assert gini_in(THREE) == pytest.approx([1 / 5, 1 / 2, 1 / 3])
    assert gini_out(OTHER) == pytest.approx([0, 1 / 4, 0])
    assert gini_in(OTHER) == pytest.approx([1 / 5, 0, 3 / 7])


def test_weighted_ginis_are_means_by_moves():
    # arrivals are 50, 40 and 30 of 120
    assert gini_in_weighted(THREE) == pytest.approx((50 / 5 + 40 / 2 + 30 / 3) / 120)
    # departures are 40, 80 and 40 of 160
    assert gini_out_weighted(OTHER) == pytest.approx(80 / 160 / 4)


def test_the_aggregate_coefficient_of_variation_as_published():
    assert aggregate_coefficient_of_variation(THREE) == pytest.approx(1 / 3)
    assert aggregate_coefficient_of_variation(OTHER) == pytest.approx(0.375)


def test_the_coefficient_of_variation_by_hand():
    # 10, 10, 20, 20, 30, 30: mean 20, variance 200 / 3
    assert coefficient_of_variation(THREE) == pytest.approx((200 / 3) ** 0.5 / 20)


def test_all_moves_in_one_flow_are_total_concentration():
    table = np.zeros((4, 4))
    table[1, 3] = 7
    assert gini_total(table) == pytest.approx(1)
    assert gini_out(table)[1] == gini_in(table)[3] == 1
    assert isnan(gini_out(table)[0])
    assert gini_out_weighted(table) == gini_in_weighted(table) == 1
    assert connectivity_index(table) == 1 / 12
    assert inequality_index(table) == pytest.approx(11 / 12)


def test_equal_flows_are_no_concentration_at_all():
    table = np.full((4, 4), 5)
    for gini in (gini_total, gini_row, gini_column, gini_exchange, inequality_index):
        assert gini(table) == pytest.approx(0)
    assert connectivity_index(table) == 1


def test_inequality_can_be_told_from_any_expectation():
    assert inequality_index(THREE, 17 * THREE) == pytest.approx(0)
    # shares 10 10 20 20 30 30 of 120, where 20 each would be equal: half of 40 / 120
    assert inequality_index(THREE) == pytest.approx(1 / 6)


@pytest.mark.parametrize("indicator", WHOLE)
@given(table=tables, factor=st.integers(1, 1000), stayers=st.integers(0, 10**6))
def test_neither_scale_nor_stayers_nor_names_matter(indicator, table, factor, stayers):
    order = [2, 0, 3, 1]
    changed = (factor * table + np.diag([stayers] * 4))[np.ix_(order, order)]
    assert indicator(changed) == pytest.approx(indicator(table), nan_ok=True, abs=1e-12)


@pytest.mark.parametrize("indicator", WHOLE)
def test_many_tables_at_once_give_what_each_gives_alone(indicator):
    np.testing.assert_allclose(
        indicator(np.stack([THREE, OTHER])), [indicator(THREE), indicator(OTHER)]
    )


@pytest.mark.parametrize("indicator", WHOLE)
def test_an_unknown_flow_leaves_the_whole_unknown(indicator):
    table = THREE.astype(float)
    table[0, 2] = nan
    assert isnan(indicator(table))


@pytest.mark.parametrize("indicator", [it for it in WHOLE if it is not connectivity_index])
def test_a_table_without_moves_gives_no_value(indicator):
    assert isnan(indicator(np.diag([5, 6, 7])))


def test_an_unknown_flow_leaves_other_places_known():
    table = THREE.astype(float)
    table[0, 2] = nan
    np.testing.assert_allclose(gini_out(table), [nan, 0, 0])


@given(tables)
def test_parts_of_the_gini_never_exceed_the_whole(table):
    parts = gini_row(table) + gini_column(table) + gini_exchange(table)
    assert 0 <= parts <= gini_total(table) + 1e-12 <= 1 + 2e-12


def test_a_table_that_is_none_is_refused():
    with pytest.raises(ValueError, match="this one is 2 × 3"):
        gini_total(np.ones((2, 3)))
    with pytest.raises(ValueError, match="row 1, column 3 is negative"):
        gini_total([[0, 1, -2], [1, 0, 1], [1, 1, 0]])


def test_effectiveness_by_hand():
    # arrivals 50, 40, 30 and departures 20, 40, 60: net 30, 0, −30 of 240
    assert migration_effectiveness(THREE) == pytest.approx(25)


@given(tables)
def test_flows_that_balance_redistribute_nobody(table):
    assert migration_effectiveness(table + table.T) == 0


def test_the_aggregate_net_rate_is_intensity_times_effectiveness():
    population = np.array([1000, 2000, 3000])
    intensity = crude_migration_intensity(THREE.sum(), population.sum())
    found = aggregate_net_migration_rate(THREE, population)
    assert found == pytest.approx(intensity * migration_effectiveness(THREE) / 100)
    assert found == pytest.approx(0.5)
    assert isnan(aggregate_net_migration_rate(THREE, [1000, nan, 3000]))


def test_preference_and_velocity_by_hand():
    population = [1000, 2000, 3000]
    # expected from first to second: 120 × 1/6 × 1/3
    assert migration_preference(THREE, population)[0, 1] == pytest.approx(10 / (120 / 18))
    # one per cent of the first left for the second, which holds a third of all
    assert migration_velocity(THREE, population)[0, 1] == pytest.approx(0.01 / (1 / 3))
    assert np.isnan(np.diag(migration_preference(THREE, population))).all()
    assert np.isnan(np.diag(migration_velocity(THREE, population))).all()


def test_velocity_of_known_flows_stays_known():
    table = THREE.astype(float)
    table[0, 2] = nan
    assert np.isnan(migration_velocity(table, [1, 2, 3])).sum() == 4
    assert np.isnan(migration_preference(table, [1, 2, 3])).all()


def test_intensity_is_in_per_cent():
    assert crude_migration_intensity(50, 1000) == 5
    assert isnan(crude_migration_intensity(50, 0))


def test_courgeaus_k_from_one_level_is_the_ratio():
    assert courgeau_k(6, 10) == pytest.approx(6 / log(100))


def test_courgeaus_k_is_found_again_from_several_levels():
    zones = np.array([5, 50, 500])
    assert courgeau_k(1.7 * np.log(zones**2), zones) == pytest.approx(1.7)
    assert isnan(courgeau_k([1, nan], [5, 50]))
    with pytest.raises(ValueError, match="at least two zones"):
        courgeau_k(6, 1)


AGES = np.arange(80)


def profile():
    """Rises by 2 a year from 15 to its peak of 20 at 25, falls by 0.5 a year to 0 at 65."""
    rise = np.clip(2.0 * (AGES - 15), 0, 20)
    fall = np.clip(0.5 * (65 - AGES), 0, 20)
    return np.where(AGES <= 25, rise, fall)


def test_the_peak_of_a_profile():
    assert peak_age(AGES, profile()) == 25
    assert peak_intensity(AGES, profile()) == 20
    # 10 + 12 + 14 + 16 + 18 before, 20, then 19.5 … 17.5
    assert peak_breadth(AGES, profile()) == pytest.approx(70 + 20 + 92.5)
    # before the peak 2 + 4 + … + 18, from it on 20 + 19.5 + … + 0.5
    total = 90 + 410
    assert gross_migraproduction_rate(AGES, profile()) == pytest.approx(total)
    assert peak_share(AGES, profile()) == pytest.approx(100 * 182.5 / total)


def test_slopes_are_told_of_the_normalised_profile():
    assert fastest_rise(AGES, profile()) == pytest.approx(100 * 2 / 500)
    assert fastest_fall(AGES, profile()) == pytest.approx(100 * 0.5 / 500)
    assert asymmetry(AGES, profile()) == pytest.approx(4)
    assert normalised_intensities(AGES, profile()).sum() == pytest.approx(1)


def test_children_and_pensioners_make_no_peak():
    rates = profile()
    rates[[0, 70]] = 99
    assert peak_age(AGES, rates) == 25
    assert peak_intensity(AGES, rates) == 20


def test_of_equal_peaks_the_youngest_counts():
    rates = np.zeros(80)
    rates[[30, 20]] = 3
    assert peak_age(AGES, rates) == 20


def test_the_mean_age_is_in_the_middle_of_years():
    rates = np.zeros(80)
    rates[[20, 30]] = 1
    assert mean_age(AGES, rates) == 25.5


def test_an_unknown_age_leaves_the_profile_unknown():
    rates = profile()
    rates[40] = nan
    for measure in (
        peak_age,
        peak_intensity,
        peak_breadth,
        peak_share,
        mean_age,
        gross_migraproduction_rate,
        fastest_rise,
        fastest_fall,
        asymmetry,
    ):
        assert isnan(measure(AGES, rates)), measure
    assert np.isnan(normalised_intensities(AGES, rates)).all()


def test_an_unknown_age_outside_the_peak_ages_leaves_the_peak_known():
    rates = profile()
    rates[70] = nan
    assert peak_age(AGES, rates) == 25
    assert isnan(mean_age(AGES, rates))


def test_a_profile_cut_short_beside_its_peak_has_no_breadth():
    assert isnan(peak_breadth(AGES[:29], profile()[:29]))
    assert isnan(peak_share(AGES[:29], profile()[:29]))


def test_several_profiles_at_once():
    both = np.stack([profile(), np.roll(profile(), 10)])
    np.testing.assert_array_equal(peak_age(AGES, both), [25, 35])
    np.testing.assert_allclose(fastest_rise(AGES, both), [0.4, 0.4])


def test_nobody_migrating_has_no_peak_age():
    assert isnan(peak_age(AGES, np.zeros(80)))
    assert isnan(fastest_rise(AGES, np.zeros(80)))


def test_groups_of_ages_are_refused():
    with pytest.raises(ValueError, match="single years"):
        mean_age([0, 5, 10], [1, 2, 3])
    with pytest.raises(ValueError, match="3 ages and 2 intensities"):
        mean_age([0, 1, 2], [1, 2])


def test_ratios_of_the_fundamental_model_schedule():
    # Rogers and Castro (1981): a1 0.02, alpha1 0.10, a2 0.06, alpha2 0.10, lambda2 0.40
    assert child_dependency(0.02, 0.06) == pytest.approx(1 / 3)
    assert labour_dependency(0.02, 0.06) == pytest.approx(3)
    assert labour_asymmetry(0.40, 0.10) == pytest.approx(4)
    assert parental_shift_regularity(0.10, 0.10) == pytest.approx(1)
    assert isnan(child_dependency(0.02, 0))


FAR = np.array([[0, 100, 300], [100, 0, 500], [300, 500, 0]])


def test_distances_by_hand():
    # 10 + 20 moved 100, 10 + 30 moved 300, 20 + 30 moved 500
    assert mean_distance(THREE, FAR) == pytest.approx((30 * 100 + 40 * 300 + 50 * 500) / 120)
    assert median_distance(THREE, FAR) == 300
    # half moved no further than 100
    assert median_distance([[0, 4, 1], [1, 0, 2], [1, 1, 0]], FAR) == pytest.approx(200)


def test_an_unknown_distance_matters_only_where_somebody_moved_it():
    far = FAR.astype(float)
    far[0, 1] = nan
    assert isnan(mean_distance(THREE, far))
    assert isnan(median_distance(THREE, far))
    table = THREE.copy()
    table[0, 1] = 0
    assert mean_distance(table, far) == pytest.approx((20 * 100 + 40 * 300 + 50 * 500) / 110)


def test_nobody_moving_has_no_distance():
    assert isnan(mean_distance(np.zeros((3, 3)), FAR))
    assert isnan(median_distance(np.zeros((3, 3)), FAR))
    assert isnan(distance_decay(np.zeros((3, 3)), FAR))


def gravity(slope, places=7, seed=3):
    """Flows exactly as the model has them, with its distances."""
    chance = np.random.default_rng(seed)
    x, y = chance.uniform(0, 1000, (2, places))
    far = np.hypot(x[:, None] - x, y[:, None] - y) + np.eye(places)
    sends, draws = chance.lognormal(4, 1, (2, places))
    flows = sends[:, None] * draws * far**slope * ~np.eye(places, dtype=bool)
    return flows / flows.max() * 1000, far


@pytest.mark.parametrize("slope", [-2.0, -0.7, 0.0, 0.4])
def test_the_decay_that_made_the_flows_is_found_again(slope):
    assert distance_decay(*gravity(slope)) == pytest.approx(slope, abs=1e-7)


def test_decay_fulfils_the_equations_of_maximum_likelihood():
    # With its slope fixed, the rest of the model is the fit of both margins by turns.
    flows, far = gravity(-1.2)
    flows = np.random.default_rng(8).poisson(flows).astype(float)
    slope = distance_decay(flows, far)
    fit = far**slope * ~np.eye(len(far), dtype=bool)
    for _ in range(5000):
        fit *= (flows.sum(axis=1) / fit.sum(axis=1))[:, None]
        fit *= flows.sum(axis=0) / fit.sum(axis=0)
    assert (fit * np.log(far)).sum() == pytest.approx((flows * np.log(far)).sum(), rel=1e-7)


def test_decay_does_not_depend_on_the_unit_of_distance():
    flows, far = gravity(-1.2)
    flows = np.round(flows)
    assert distance_decay(flows, far / 1.609) == pytest.approx(distance_decay(flows, far))


def test_decay_is_unknown_where_distance_does_not_vary():
    assert isnan(distance_decay(np.arange(16).reshape(4, 4), np.full((4, 4), 10)))


def test_places_without_moves_say_nothing_about_decay():
    flows, far = gravity(-1.0)
    flows[2, :] = 0
    assert distance_decay(flows, far) == pytest.approx(-1.0, abs=1e-7)


def test_distances_that_are_none_are_refused():
    with pytest.raises(ValueError, match="above zero"):
        distance_decay(THREE, np.zeros((3, 3)))
    with pytest.raises(ValueError, match="one size"):
        mean_distance(THREE, np.ones((2, 2)))
