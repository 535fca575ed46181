"""The publishers' own files, known by their columns: nothing about them has to be said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from karvan.observatory.cards import SeriesCard
from karvan.observatory.importing.areas import plain
from karvan.observatory.importing.reading import Grid

# Meanings that only these files have: which series a row is of, whether its figure was imputed,
# and of which end of the corridor its area is.
INDICATOR, IMPUTED, END = "indicator", "imputed", "end"


@dataclass(frozen=True)
class Indicator:
    """A series that a file holds beside others. `end` is the end that its areas are, where the
    file has one column of areas only."""

    series: SeriesCard
    end: str = ""


@dataclass(frozen=True)
class Layout:
    """`columns` gives the meaning of a column by its plain name; a column of years or sexes that
    is not named is one of figures. `edition` is the form of the edition's key by the last period;
    `period` the form of a period by what the file writes."""

    name: str
    source: str
    url: str
    licence: str
    columns: Mapping[str, str]
    series: SeriesCard | None = None
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    edition: str = "to-{last}"
    title: str = "As loaded, with figures to {last}"
    period: str = "{}"
    estimated: bool = False

    def fits(self, grid: Grid) -> bool:
        return set(self.columns) <= {plain(name) for name in grid.names}


def layout_of(grid: Grid) -> Layout | None:
    """The publisher's layout with the most columns that the grid has all of."""
    fitting = [layout for layout in LAYOUTS if layout.fits(grid)]
    return max(fitting, key=lambda layout: len(layout.columns), default=None)


_STOCK = SeriesCard(
    key="un-migrant-stock",
    title="International migrant stock by origin, destination and sex",
    concept="migrant_stock",
    unit="persons",
    reporter="United Nations, Department of Economic and Social Affairs, Population Division",
    reference="mid_year",
    definition="People living in a country other than the one they were born in, or hold "
    "citizenship of where birth was not counted.",
)
_METHODS = {
    "sd_drop_neg": "Stock differencing, negative flows dropped",
    "sd_rev_neg": "Stock differencing, negative flows reversed",
    "mig_rate": "Migration rates",
    "da_min_open": "Demographic accounting, open, minimum",
    "da_min_closed": "Demographic accounting, closed, minimum",
    "da_pb_closed": "Demographic accounting, closed, pseudo-Bayesian",
}
_FLOWS = SeriesCard(
    key="abel-cohen-flows",
    title="Five-year migration flows estimated from stocks",
    concept="migrant_flow",
    unit="persons",
    reporter="Abel and Cohen",
    reference="during_period",
    definition="People who moved from one country to another within five years, estimated by "
    "several methods from the stocks of the United Nations. Nobody counted them.",
    categories=_METHODS,
)


def _of_world_bank(
    key: str, title: str, concept: str, unit: str, definition: str, reference: str
) -> SeriesCard:
    return SeriesCard(key, title, concept, unit, "World Bank", reference, definition)


_WDI = {
    "BX.TRF.PWKR.CD.DT": Indicator(
        _of_world_bank(
            "wb-remittances-received",
            "Personal remittances received",
            "remittances_received",
            "USD",
            "Money that people abroad send home and the pay of residents who work across the "
            "border, in current US dollars.",
            "during_period",
        ),
        "destination",
    ),
    "BM.TRF.PWKR.CD.DT": Indicator(
        _of_world_bank(
            "wb-remittances-paid",
            "Personal remittances paid",
            "remittances_paid",
            "USD",
            "Money that residents send abroad and the pay of non-residents, in current US dollars.",
            "during_period",
        ),
        "origin",
    ),
    "NY.GDP.MKTP.CD": Indicator(
        _of_world_bank(
            "wb-gdp",
            "Gross domestic product",
            "gdp",
            "USD",
            "What is produced in a year, in current US dollars.",
            "during_period",
        ),
        "destination",
    ),
    "SM.POP.NETM": Indicator(
        _of_world_bank(
            "wb-net-migration",
            "Net migration",
            "net_migration",
            "persons",
            "Immigrants less emigrants, of all citizenships.",
            "during_period",
        ),
        "destination",
    ),
    "SP.POP.TOTL": Indicator(
        _of_world_bank(
            "wb-population",
            "Population",
            "population",
            "persons",
            "All residents, whatever their citizenship.",
            "mid_year",
        ),
        "destination",
    ),
    "SP.DYN.CBRT.IN": Indicator(
        _of_world_bank(
            "wb-births",
            "Birth rate",
            "births_per_thousand",
            "per_thousand",
            "Live births in a year for each thousand residents.",
            "during_period",
        ),
        "destination",
    ),
    "SL.UEM.TOTL.ZS": Indicator(
        _of_world_bank(
            "wb-unemployment",
            "Unemployment",
            "unemployment",
            "percent",
            "Share of the labour force without work and looking for it, as modelled by the "
            "International Labour Organization.",
            "during_period",
        ),
        "destination",
    ),
}
_PRICES = {
    "ATCR.CORR": Indicator(
        _of_world_bank(
            "wb-remittance-prices",
            "Price of sending money, by corridor",
            "remittance_price",
            "percent",
            "Average total cost of sending a small sum, fee and exchange margin together, as a "
            "percentage of the sum.",
            "during_period",
        )
    )
}
_UN = "https://www.un.org/development/desa/pd/content/international-migrant-stock"
_WB = "https://databank.worldbank.org/source/world-development-indicators"
_OF_METHODS = {name.replace("_", " "): f"category:{name}" for name in _METHODS}
_UN_NAMES = {
    "location code of destination": "destination",
    "location code of origin": "origin",
    "region development group country or area of destination": "ignore",
    "region development group country or area of origin": "ignore",
}

LAYOUTS = (
    *(
        Layout(
            name="UN DESA, International Migrant Stock, workbook",
            source="International Migrant Stock, by sex, destination and origin",
            url=_UN,
            licence="CC BY 3.0 IGO",
            columns={**_UN_NAMES, kind: IMPUTED},
            series=_STOCK,
            edition="{last}-full",
            title="{last} revision, the publisher's whole table",
        )
        for kind in ("type of data of destination", "data type", "type of data")
    ),
    Layout(
        name="UN DESA, International Migrant Stock, pairs",
        source="International Migrant Stock, by sex, destination and origin",
        url=_UN,
        licence="CC BY 3.0 IGO",
        columns={
            "dest": "destination",
            "orig": "origin",
            "sex": "sex",
            "year": "period",
            "stock": "value",
            "type b": "ignore",
            "type c": "ignore",
            "type r": "ignore",
            "type i": IMPUTED,
        },
        series=_STOCK,
        edition="{last}-pairs",
        title="{last} revision, pairs of countries",
    ),
    Layout(
        name="UN DESA, International Migrant Stock, totals",
        source="International Migrant Stock, totals by sex",
        url=_UN,
        licence="CC BY 3.0 IGO",
        columns={"area": "destination", "role": END, "year": "period"},
        series=_STOCK,
        edition="{last}-totals",
        title="{last} revision, totals",
    ),
    Layout(
        name="World Bank, World Development Indicators",
        source="World Development Indicators",
        url=_WB,
        licence="CC BY 4.0",
        columns={
            "country name": "ignore",
            "country code": "destination",
            "indicator name": "ignore",
            "indicator code": INDICATOR,
        },
        indicators=_WDI,
    ),
    Layout(
        name="World Bank, World Development Indicators, long",
        source="World Development Indicators",
        url=_WB,
        licence="CC BY 4.0",
        columns={
            "area": "destination",
            "indicator": INDICATOR,
            "year": "period",
            "value": "value",
        },
        indicators=_WDI,
    ),
    Layout(
        name="World Bank, Remittance Prices Worldwide",
        source="Remittance Prices Worldwide (corridors)",
        url="https://remittanceprices.worldbank.org",
        licence="CC BY 4.0",
        columns={
            "send": "origin",
            "recv": "destination",
            "series": INDICATOR,
            "period": "period",
            "value": "value",
        },
        indicators=_PRICES,
    ),
    Layout(
        name="Abel and Cohen, bilateral flows",
        source="Bilateral international migration flow estimates (Scientific Data 9:173, 2022)",
        url="",
        licence="CC BY 4.0",
        columns={"year0": "period", "orig": "origin", "dest": "destination", **_OF_METHODS},
        series=_FLOWS,
        # From the middle of one year to the middle of the fifth after it, as the stocks are.
        period="{}-07-01/P5Y",
        estimated=True,
    ),
    Layout(
        name="Abel and Cohen, bilateral flows, pseudo-Bayesian",
        source="Bilateral international migration flow estimates (Scientific Data 9:173, 2022)",
        url="",
        licence="CC BY 4.0",
        columns={
            "year0": "period",
            "orig": "origin",
            "dest": "destination",
            "sex": "sex",
            "flow": "category:da_pb_closed",
        },
        series=_FLOWS,
        period="{}-07-01/P5Y",
        edition="to-{last}-pseudo-bayesian",
        estimated=True,
    ),
)
