"""Indicators and headlines, ready for a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from karvan.analysis.indicators import DEFINITIONS
from karvan.analysis.tables import FEMALE, MALE, TOTAL
from karvan.observatory import wording
from karvan.observatory.charts.spread import Method as Drawn
from karvan.observatory.charts.spread import Period as Interval
from karvan.observatory.charts.spread import spread_chart
from karvan.observatory.estimates import METHODS, Inputs, corridor_estimates, inputs_of
from karvan.observatory.grids import Cell, Grid, Row
from karvan.observatory.measures import BySex, Measure
from karvan.observatory.queries import Edition

# How each method is drawn among the others.
_LOOKS = {
    "drop": "first",
    "reverse": "second",
    "minimum": "third",
    "mixture": "fourth",
    "independent": "fifth",
}

FEMINISATION = (
    "female_share",
    "female_share_change",
    "sex_ratio",
    "womens_contribution_to_growth",
)


@dataclass(frozen=True)
class Head:
    """A figure that stands alone above a page, with its words."""

    figure: str
    words: str


def headline(stock: Sequence[BySex]) -> list[Head]:
    """The newest stock, women's share in it, and the share the series begins with."""
    known = [cell for cell in stock if cell.everyone is not None and cell.category == TOTAL]
    if not known:
        return []
    newest = known[-1]
    names = {
        "origin": wording.area(newest.origin),
        "destination": wording.area(newest.destination),
        "period": wording.period(newest.period),
    }
    heads = [
        Head(
            wording.amount(newest.everyone, "persons"),
            _("people from {origin} living in {destination}, {period}").format(**names),
        )
    ]
    shares = [cell for cell in known if cell.female_share is not None]
    if shares:
        heads.append(Head(_percent(shares[-1]), _("of them are women")))
    if len(shares) > 1:
        heads.append(
            Head(
                _percent(shares[0]),
                _("women’s share in {period}").format(period=wording.period(shares[0].period)),
            )
        )
    return heads


def feminisation_grid(measures: Sequence[Measure]) -> Grid | None:
    """Indicators of women's part by period; None where figures by sex are not there."""
    if not measures:
        return None
    periods = list(dict.fromkeys(measure.period for measure in measures))
    values = {(measure.indicator, measure.period): measure.value for measure in measures}
    rows = tuple(
        Row(
            wording.period(period),
            tuple(
                Cell(wording.amount(values.get((key, period)), "percent")) for key in FEMINISATION
            ),
            now=period == periods[-1],
        )
        for period in sorted(periods)
    )
    return Grid(_("Period"), tuple(_(DEFINITIONS[key].title) for key in FEMINISATION), rows)


def _percent(cell: BySex) -> str:
    return wording.percent((cell.female_share or 0) / 100)


@dataclass(frozen=True)
class MethodShown:
    name: str
    how: str


@dataclass(frozen=True)
class EstimatesShown:
    """Estimates of one corridor: the chart of their spread, all of them in a table, women's part
    where sexes can be told apart, and what they rest on."""

    chart: SafeString
    grid: Grid
    by_sex: Grid | None
    methods: tuple[MethodShown, ...]
    inputs: Inputs
    absent: str


def estimates_shown(stock: Edition | None, origin: str, destination: str) -> EstimatesShown | None:
    """None where no method can say anything of this corridor."""
    found = corridor_estimates(stock, origin, destination) if stock else []
    flows = {
        (each.since, each.until, each.sex, each.method): each.flow
        for each in found
        if each.flow is not None
    }
    if not stock or not flows:
        return None
    intervals = sorted({(since, until) for since, until, _sex, _method in flows})
    used = [
        method.key
        for method in METHODS
        if any((*interval, TOTAL, method.key) in flows for interval in intervals)
    ]
    names = {key: method_shown(key) for key in used}
    chart = spread_chart(
        [Drawn(names[key].name, _LOOKS[key]) for key in used],
        [
            Interval(
                _interval(*interval), tuple(flows.get((*interval, TOTAL, key)) for key in used)
            )
            for interval in intervals
        ],
        label=_(
            "Estimated flows from {origin} to {destination} by method. The table gives all figures."
        ).format(origin=wording.area(origin), destination=wording.area(destination)),
        unit=wording.unit("persons"),
    )
    rows = []
    for interval in intervals:
        values = [flows.get((*interval, TOTAL, key)) for key in used]
        known = [value for value in values if value is not None]
        between = wording.span(min(known), max(known), "persons") if known else wording.NO_FIGURE
        cells = [Cell(wording.amount(value, "persons")) for value in values]
        rows.append(Row(_interval(*interval), (*cells, Cell(between))))
    columns = (*(names[key].name for key in used), _("Spread"))
    inputs = inputs_of(stock)
    return EstimatesShown(
        chart,
        Grid(_("Period"), columns, tuple(rows)),
        _estimates_by_sex(flows, intervals),
        tuple(names.values()),
        inputs,
        _absent(inputs),
    )


def _estimates_by_sex(
    flows: Mapping[tuple[str, str, str, str], float], intervals: Sequence[tuple[str, str]]
) -> Grid | None:
    rows = []
    for since, until in intervals:
        women, men = (flows.get((since, until, sex, "reverse")) for sex in (FEMALE, MALE))
        if women is None or men is None:
            continue
        share = 100 * women / (women + men) if women + men else None
        rows.append(
            Row(
                _interval(since, until),
                (
                    Cell(wording.amount(women, "persons")),
                    Cell(wording.amount(men, "persons")),
                    Cell(wording.amount(share, "percent")),
                ),
            )
        )
    if not rows:
        return None
    return Grid(_("Period"), (_("Women"), _("Men"), _("Women, %")), tuple(rows))


def method_shown(key: str) -> MethodShown:
    return {
        "drop": MethodShown(
            _("Differencing, falls left out"),
            _(
                "A stock that grew counts as a flow from the country of birth. A stock that fell "
                "counts as nothing."
            ),
        ),
        "reverse": MethodShown(
            _("Differencing, falls as returns"),
            _(
                "As above, but a stock that fell counts as people who went back to their country "
                "of birth."
            ),
        ),
        "minimum": MethodShown(
            _("Accounting, fewest moves"),
            _(
                "The fewest moves in all that explain both stocks, given births and deaths in each "
                "State (Abel 2013)."
            ),
        ),
        "mixture": MethodShown(
            _("Accounting, mixture"),
            _(
                "0.87 of the fewest moves and 0.13 of independent moves, the weight that fitted "
                "counted flows in Europe best (Azose and Raftery 2019)."
            ),
        ),
        "independent": MethodShown(
            _("Accounting, independent moves"),
            _(
                "Where people are at the end does not depend on where they were at the start: far "
                "too many moves in all, since most people stay."
            ),
        ),
    }[key]


def _absent(inputs: Inputs) -> str:
    worst = max(inputs.absent_pairs.values(), default=0)
    if not worst:
        return ""
    return _(
        "Of {pairs} pairs of States up to {absent} have no stock in a year. Methods of accounting "
        "need a full table and take these as none; differencing leaves them unknown."
    ).format(pairs=inputs.pairs, absent=worst)


def _interval(since: str, until: str) -> str:
    return f"{wording.period(since)}–{wording.period(until)}"
