"""The States shaded by what one edition of the migrant stock says of them, for a picture."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from karvan.analysis.periods import parse_period
from karvan.analysis.tables import TOTAL
from karvan.errors import Refused
from karvan.observatory import wording
from karvan.observatory.captions import source_line
from karvan.observatory.charts.borders import CREDIT
from karvan.observatory.charts.choropleth import choropleth
from karvan.observatory.charts.drawing import WIDTH, num
from karvan.observatory.content import vocabulary
from karvan.observatory.measures import BySex, by_sex
from karvan.observatory.places import newest_stock
from karvan.observatory.queries import Edition, figures
from karvan.ui import formatting

ARRIVING, LEAVING, SHARE = MEASURES = ("arriving", "leaving", "share")
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_BOUNDS = 4


@dataclass(frozen=True)
class Shaded:
    """`values` by State: people, or per cent where the measure is women's share. None is
    unknown."""

    measure: str
    edition: Edition
    period: str
    values: dict[str, float | None]

    @property
    def title(self) -> str:
        said = {
            ARRIVING: _("People born abroad, by State of residence, {period}"),
            LEAVING: _("People living abroad, by State of birth, {period}"),
            SHARE: _("Women’s share of people born abroad, by State of residence, {period}"),
        }[self.measure]
        return said.format(period=wording.period(self.period))

    @property
    def source(self) -> str:
        return f"{source_line(self.edition)}. {CREDIT}"

    @property
    def unit(self) -> str:
        return "percent" if self.measure == SHARE else self.edition.series.unit

    def chart(self) -> SafeString:
        """As wide as the other charts, so that it is exported as they are."""
        known = [value for value in self.values.values() if value is not None]
        drawn = choropleth(
            self.values,
            names={code: wording.area(code) for code in self.values},
            label=self.title,
            measure=formatting.capital(wording.unit(self.unit)),
            unknown=_("no figure"),
            bounds=bounds(known, digits=2 if self.measure == SHARE else 1),
            format_value=partial(wording.amount, unit=self.unit),
        )
        size = _SIZE.search(drawn)
        if size is None:
            raise ValueError("The map has no size.")
        wide, tall = float(size[1]), float(size[2])
        box = f'width="{WIDTH}" height="{num(tall * WIDTH / wide)}"'
        inner = f'<svg {box} viewBox="0 0 {num(wide)} {num(tall)}">{drawn}</svg>'
        return SafeString(
            f'<svg {box} viewBox="0 0 {WIDTH} {num(tall * WIDTH / wide)}">{inner}</svg>'
        )


def shaded(measure: str, period: str) -> Shaded:
    """A measure of MEASURES in a period; the newest where it is empty. Raises Refused where there
    is no such figure."""
    edition = newest_stock()
    if edition is None:
        raise Refused("no_figures", gettext_noop("No figures have been loaded here yet."))
    states = vocabulary().states
    end, other = ("origin", "destination") if measure == LEAVING else ("destination", "origin")
    cells = [
        cell
        for cell in by_sex(figures([edition], **{end: states, other: TOTAL}, age=TOTAL))
        if _value(cell, measure) is not None
    ]
    periods = sorted({cell.period for cell in cells}, key=lambda text: parse_period(text).last)
    asked = period or (periods[-1] if periods else "")
    if asked not in periods:
        raise Refused(
            "no_figures",
            gettext_noop("There is no map of '{asked}'. Periods with figures: {known}."),
            asked=period[:40],
            known=", ".join(periods) or "–",
        )
    found = {getattr(cell, end): _value(cell, measure) for cell in cells if cell.period == asked}
    return Shaded(measure, edition, asked, {state: found.get(state) for state in states})


def bounds(values: Iterable[float], *, digits: int) -> tuple[float, ...]:
    """Where classes of about as many States each begin, as round numbers."""
    ordered = sorted(values)
    cuts = [ordered[len(ordered) * step // (_BOUNDS + 1)] for step in range(1, _BOUNDS + 1)]
    return tuple(sorted({float(f"{cut:.{digits}g}") for cut in cuts}))


def _value(cell: BySex, measure: str) -> float | None:
    return cell.female_share if measure == SHARE else cell.everyone
