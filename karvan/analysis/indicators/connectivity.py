"""How evenly flows are spread. Flows have shape (…, n, n), origin × destination."""

from __future__ import annotations

import numpy as np

from .flow_table import by_destination, by_origin, flow_table, total
from .ratios import Numbers, Values, floats, known_where, ratio


def _all_flows(table: Values) -> Values:
    return by_origin(table).reshape(*table.shape[:-2], -1)


def _differences(values: Values) -> Values:
    """The sum of |a − b| over all ordered pairs on the last axis, without making the pairs."""
    size = values.shape[-1]
    rank = 2 * np.arange(1, size + 1) - size - 1
    return floats(2 * (np.sort(values, axis=-1) * rank).sum(axis=-1))


def connectivity_index(flows: Numbers) -> Values:
    present = _all_flows(flow_table(flows))
    return floats(np.where(np.isnan(present), np.nan, present > 0).mean(axis=-1))


def inequality_index(flows: Numbers, expected: Numbers = 1.0) -> Values:
    """`expected` is a table like the flows, of any scale; if left out, all flows alike."""
    table = flow_table(flows)
    alike = flow_table(np.broadcast_to(floats(expected), table.shape))
    share = ratio(table, total(table)[..., None, None])
    expected_share = ratio(alike, total(alike)[..., None, None])
    return floats(0.5 * np.abs(share - expected_share).sum(axis=(-1, -2)))


def _total_gini_unit(table: Values) -> Values:
    """What the Gini family divides by: 2 · (n(n − 1) − 1) · all flows."""
    places = table.shape[-1]
    return floats(2 * (places * (places - 1) - 1) * total(table))


def gini_total(flows: Numbers) -> Values:
    table = flow_table(flows)
    return ratio(_differences(_all_flows(table)), _total_gini_unit(table))


def gini_row(flows: Numbers) -> Values:
    table = flow_table(flows)
    return ratio(_differences(by_origin(table)).sum(axis=-1), _total_gini_unit(table))


def gini_column(flows: Numbers) -> Values:
    table = flow_table(flows)
    return ratio(_differences(by_destination(table)).sum(axis=-1), _total_gini_unit(table))


def gini_exchange(flows: Numbers) -> Values:
    table = flow_table(flows)
    returned = np.swapaxes(table, -1, -2)
    return ratio(np.abs(table - returned).sum(axis=(-1, -2)), _total_gini_unit(table))


def _field_gini(fields: Values) -> Values:
    """The Gini of each row of (…, n, n − 1)."""
    return ratio(_differences(fields), 2 * (fields.shape[-1] - 1) * fields.sum(axis=-1))


def _weighted(ginis: Values, fields: Values) -> Values:
    """The mean over places, each by its share of all moves; a place without moves has none."""
    moves = fields.sum(axis=-1)
    weighed = np.where(moves == 0, 0.0, ginis * moves)
    return ratio(weighed.sum(axis=-1), moves.sum(axis=-1))


def gini_out(flows: Numbers) -> Values:
    """Shape (…, n): a value for each origin."""
    return _field_gini(by_origin(flow_table(flows)))


def gini_in(flows: Numbers) -> Values:
    """Shape (…, n): a value for each destination."""
    return _field_gini(by_destination(flow_table(flows)))


def gini_out_weighted(flows: Numbers) -> Values:
    return _weighted(gini_out(flows), by_origin(flow_table(flows)))


def gini_in_weighted(flows: Numbers) -> Values:
    return _weighted(gini_in(flows), by_destination(flow_table(flows)))


def coefficient_of_variation(flows: Numbers) -> Values:
    values = _all_flows(flow_table(flows))
    return ratio(values.std(axis=-1), values.mean(axis=-1))


def aggregate_coefficient_of_variation(flows: Numbers) -> Values:
    table = flow_table(flows)
    # A place's coefficient times its moves is n − 1 times the deviation of its flows.
    spread = sum(
        fields.std(axis=-1).sum(axis=-1) * fields.shape[-1]
        for fields in (by_origin(table), by_destination(table))
    )
    return ratio(known_where(table.shape[-1] > 2, floats(spread)), total(table))
