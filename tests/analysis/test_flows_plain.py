"""The same methods written plainly, with every cell of every birthplace and alternate sweeps, as
the papers have them: slow, and short enough to be read against the papers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from karvan.analysis.flows import estimate


def swept(seed, rows, columns):
    table = seed.copy()
    for _ in range(20_000):
        reached = table.sum(0)
        table = table * np.divide(columns, reached, out=np.zeros_like(reached), where=reached > 0)
        reached = table.sum(1)
        table *= np.divide(rows, reached, out=np.zeros_like(reached), where=reached > 0)[:, None]
        if np.abs(table.sum(0) - columns).max() < 1e-11 * max(columns.max(), 1):
            break
    return table


def plain_stocks(start, end, births, deaths, *, closed, births_rule, deaths_rule, outside):
    start, end = start.copy(), end.copy()
    n = range(len(start))
    if closed:
        gap = (end.sum() - start.sum()) - (births.sum() - deaths.sum())
        natives = start.trace(), end.trace()
        for k in n:
            start[k, k] += gap / 2 * start[k, k] / natives[0]
            end[k, k] -= gap / 2 * end[k, k] / natives[1]
    born = np.zeros_like(end)
    for k in n:
        if births_rule == "proportional" or births[k] > end[k, k]:
            born[:, k] = births[k] * end[:, k] / end[:, k].sum()
        else:
            born[k, k] = births[k]
    if deaths_rule == "proportional":
        died = start * deaths / start.sum(0)
    else:
        implied = start.sum(1) + births - end.sum(1)
        died = swept(start, implied * deaths.sum() / implied.sum(), deaths)
    start, end = start - died, end - born
    if closed:
        mean = (start.sum(1) + end.sum(1)) / 2
        return swept(start, mean, start.sum(0)), swept(end, mean, end.sum(0))
    before, after = start.copy(), end.copy()
    for k in n:
        more = start[k].sum() - end[k].sum()
        by_start, by_end = (start, end) if outside == "own" else (end, start)
        if more > 0:
            before[k] -= more * by_start[k] / by_start[k].sum()
        elif more < 0:
            after[k] += more * by_end[k] / by_end[k].sum()
    return before, after


def plain_flows(before, after, *, assumption, seed):
    n = len(before)
    seed = np.ones((n, n)) if seed is None else seed
    flows = np.zeros((n, n, n))  # birthplace × origin × destination
    for k in range(n):
        if assumption == "minimum":
            stayers = np.minimum(before[k], after[k])
            apart = seed * (1 - np.eye(n))
            moves = swept(apart, before[k] - stayers, after[k] - stayers)
            flows[k] = moves + np.diag(stayers)
        else:
            flows[k] = swept(seed, before[k], after[k])
    return flows


def world(number, n=4):
    """Few enough deaths, births and changes that every rule can be followed."""
    random = np.random.default_rng(number)
    start = random.gamma(1, 300, (n, n)) + 20
    start += np.diag(random.uniform(1_000, 9_000, n))
    end = start * random.uniform(0.9, 1.1, (n, n))
    births = start.sum(0) * random.uniform(0.08, 0.15, n)
    deaths = start.sum(0) * random.uniform(0.10, 0.15, n)
    end += np.diag(births - deaths)
    seed = random.uniform(0.2, 5, (n, n))
    return start, end, births, deaths, seed


@settings(deadline=None, max_examples=60)
@given(
    number=st.integers(0, 10_000),
    method=st.sampled_from(["closed", "open"]),
    assumption=st.sampled_from(["minimum", "independent"]),
    births_rule=st.sampled_from(["native", "proportional"]),
    outside=st.sampled_from(["own", "other"]),
    seeded=st.booleans(),
)
def test_flows_are_those_of_the_plain_method(
    number, method, assumption, births_rule, outside, seeded
):
    start, end, births, deaths, seed = world(number)
    found = estimate(
        *(start, end, births, deaths),
        method=method,
        assumption=assumption,
        births_rule=births_rule,
        outside=outside,
        seed=seed if seeded else None,
    )
    before, after = plain_stocks(
        *(start, end, births, deaths),
        closed=method == "closed",
        births_rule=births_rule,
        deaths_rule="proportional",
        outside=outside,
    )
    plain = plain_flows(before, after, assumption=assumption, seed=seed if seeded else None)
    assert found.report.converged
    assert_allclose(np.array(list(found.by_birthplace())), plain, rtol=1e-6, atol=1e-6)
    assert_allclose(found.od, plain.sum(0), rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("method", ["closed", "open"])
def test_deaths_by_accounting_are_those_of_the_plain_method(method):
    compared = 0
    for number in range(40):
        start, end, births, deaths, _ = world(number)
        rules = {"births_rule": "native", "deaths_rule": "accounting", "outside": "own"}
        found = estimate(start, end, births, deaths, method=method, **rules)
        closed = method == "closed"
        before, after = plain_stocks(start, end, births, deaths, closed=closed, **rules)
        if not found.report.converged or min(before.min(), after.min()) < 0:
            continue  # the plain method would take more people than there are
        plain = plain_flows(before, after, assumption="minimum", seed=None)
        assert_allclose(found.od, plain.sum(0), rtol=1e-6, atol=1e-6)
        compared += 1
    assert compared > 10
