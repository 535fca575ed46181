"""How far migration redistributes people. Flows have shape (…, n, n), origin × destination."""

from __future__ import annotations

import numpy as np

from .flow_table import flow_table, total
from .ratios import Numbers, Values, floats, ratio


def _net(table: Values) -> Values:
    return floats(table.sum(axis=-2) - table.sum(axis=-1))


def migration_effectiveness(flows: Numbers) -> Values:
    table = flow_table(flows)
    return 100 * ratio(np.abs(_net(table)).sum(axis=-1), 2 * total(table))


def aggregate_net_migration_rate(flows: Numbers, population: Numbers) -> Values:
    """Population by place has shape (…, n)."""
    net = np.abs(_net(flow_table(flows))).sum(axis=-1)
    return 50 * ratio(net, floats(population).sum(axis=-1))


def _product_of_populations(population: Numbers) -> Values:
    """Shape (…, n, n), with NaN on the diagonal: nobody migrates to where they are."""
    people = floats(population)
    apart = known_apart(people.shape[-1])
    return people[..., :, None] * people[..., None, :] * apart


def known_apart(places: int) -> Values:
    """Ones of shape (n, n), with NaN on the diagonal."""
    return np.where(np.eye(places, dtype=bool), np.nan, 1.0)


def migration_preference(flows: Numbers, population: Numbers) -> Values:
    """Shape (…, n, n), for population by place of shape (…, n). NaN on the diagonal."""
    table = flow_table(flows)
    everyone = floats(population).sum(axis=-1)
    moves = total(table)[..., None, None]
    expected = moves * _product_of_populations(population) / everyone[..., None, None] ** 2
    return ratio(table, expected)


def migration_velocity(flows: Numbers, population: Numbers) -> Values:
    """Shape (…, n, n), for population by place of shape (…, n). NaN on the diagonal."""
    everyone = floats(population).sum(axis=-1)[..., None, None]
    return ratio(flow_table(flows) * everyone, _product_of_populations(population))
