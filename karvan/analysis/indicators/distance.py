"""How far people move. Flows and distances have shape (n, n), origin × destination."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .flow_table import by_origin, flow_table
from .quantiles import weighted_quantile
from .ratios import Numbers, Values, floats

MOST_STEPS = 100


def _moves(flows: Numbers, distances: Numbers) -> tuple[Values, Values]:
    """Flows and distances off the diagonal, flat, leaving out pairs between which nobody moved."""
    table, apart = flow_table(flows), floats(distances)
    if table.ndim != 2 or apart.shape != table.shape:
        raise ValueError(
            f"Flows and distances must be two tables of one size, origin × destination; "
            f"these are {table.shape} and {apart.shape}."
        )
    people, far = by_origin(table).ravel(), by_origin(apart).ravel()
    some = people != 0
    return people[some], far[some]


def mean_distance(flows: Numbers, distances: Numbers) -> float:
    people, far = _moves(flows, distances)
    if not len(people):
        return float("nan")
    return float((people * far).sum() / people.sum())


def median_distance(flows: Numbers, distances: Numbers) -> float:
    people, far = _moves(flows, distances)
    if not len(people) or np.isnan(people).any() or np.isnan(far).any():
        return float("nan")
    return weighted_quantile(far, people, 0.5)


def distance_decay(flows: Numbers, distances: Numbers) -> float:
    """The slope of a Poisson model: log flow = origin + destination + slope × log distance.

    Raises ValueError for a distance between two places that is not above zero.
    """
    table, apart = flow_table(flows), floats(distances)
    _moves(table, apart)
    between = ~np.eye(len(table), dtype=bool)
    if np.any(apart[between] <= 0):
        raise ValueError("Distances between two places must be above zero to take their logarithm.")
    if np.isnan(table).any() or np.isnan(apart[between]).any():
        return float("nan")
    # A place that nobody leaves, or nobody reaches, says nothing about distance.
    leaving, reached = table.sum(axis=1) > 0, table.sum(axis=0) > 0
    some = np.ix_(leaving, reached)
    table, apart, between = table[some], apart[some], between[some]
    if not table.any():
        return float("nan")
    return _poisson_slope(table, np.log(np.where(between, apart, 1.0)), between)


def _poisson_slope(table: Values, covariate: Values, between: NDArray[np.bool_]) -> float:
    """Newton's method, with the information matrix made from the fitted table in blocks."""
    rows = len(table)
    covariate = np.where(between, covariate - covariate[between].mean(), 0.0)
    outflow, inflow, moves = table.sum(axis=1), table.sum(axis=0), table.sum()
    origin, destination, slope = np.log(outflow / moves), np.log(inflow), 0.0
    goal = np.concatenate([outflow, inflow, [(table * covariate).sum()]])

    def fitted(at: Values) -> Values:
        linear = at[:rows, None] + at[rows:-1] + at[-1] * covariate
        return np.where(between, np.exp(np.clip(linear, -700, 700)), 0.0)

    def likelihood(at: Values) -> float:
        return float(goal @ at - fitted(at).sum())

    at = np.concatenate([origin, destination, [slope]])
    for _ in range(MOST_STEPS):
        fit = fitted(at)
        tilted = fit * covariate
        score = goal - np.concatenate([fit.sum(axis=1), fit.sum(axis=0), [tilted.sum()]])
        information = np.zeros((len(at), len(at)))
        information[:rows, :rows] = np.diag(fit.sum(axis=1))
        information[rows:-1, rows:-1] = np.diag(fit.sum(axis=0))
        information[:rows, rows:-1] = fit
        information[rows:-1, :rows] = fit.T
        edge = np.concatenate([tilted.sum(axis=1), tilted.sum(axis=0)])
        information[-1, :-1] = information[:-1, -1] = edge
        information[-1, -1] = (tilted * covariate).sum()
        # One origin's level can be traded for all destinations': least squares fixes that freedom.
        step = np.linalg.lstsq(information, score, rcond=1e-12)[0]
        now = likelihood(at)
        while likelihood(at + step) < now - 1e-12 * abs(now) and np.abs(step).max() > 1e-14:
            step = step / 2
        at = at + step
        if (
            np.abs(step[-1]) <= 1e-10 * max(1.0, abs(at[-1]))
            and np.abs(score).max() <= 1e-7 * moves
        ):
            return float(at[-1]) if _identified(information) else float("nan")
    return float("nan")


def _identified(information: Values) -> bool:
    """Whether distance still varies once origins and destinations are taken out."""
    edge = information[:-1, -1]
    explained = edge @ np.linalg.lstsq(information[:-1, :-1], edge, rcond=1e-12)[0]
    return bool(information[-1, -1] - explained > 1e-9 * max(1.0, information[-1, -1]))
