"""The shapes of the answers, as OpenAPI describes them.

Plain models: ninja's own look at every value in Python, and that takes longer than all else.
"""

from __future__ import annotations

from pydantic import BaseModel, Field


class Fault(BaseModel):
    """Why there is no answer."""

    code: str = Field(description="Stable, for programs.")
    message: str = Field(description="What is wrong, in a sentence.")
    remedy: str = Field(description="What to do about it; empty where nothing helps.")


class Source(BaseModel):
    """Where figures of an edition were read."""

    key: str = Field(description="As observations name it in `source`.")
    title: str
    url: str = Field(description="Empty where no true address is known.")
    published: str = Field(description="A year, a month or a day, as far as it is known.")
    sure: str = Field(
        description="`read` in the source, `memory` (awaiting confirmation), or `given` by whoever "
        "loaded the figures."
    )
    confidence: str = Field(description="`high`, `medium`, `low`, or empty where nobody said.")
    note: str


class Counted(BaseModel):
    """A manner of counting, and the destinations that count so."""

    words: str
    destinations: list[str]


class EditionName(BaseModel):
    """Which figures these are. Figures of two editions are never joined."""

    series: str
    edition: str
    hash: str = Field(
        description="SHA-256 of the figures and the card. It changes when a figure is corrected."
    )
    title: str = Field(description="Of the edition.")
    series_title: str
    concept: str = Field(description="What is counted.")
    unit: str = Field(description="What one of `value` is: persons, permits, percent, USD …")
    licence: str


class Edition(EditionName):
    """A publication of a series, with what must be known before using it."""

    published: str = Field(description="A year, a month or a day, as far as it is known.")
    loaded_on: str = Field(description="The day it was loaded here: 2026-11-23.")
    size: int = Field(description="Observations in it.")
    changed: str = Field(description="What was changed on the way here; empty for nothing.")
    note: str
    counted_by: list[Counted]
    sources: list[Source]


class Codes(BaseModel):
    """The codes that figures of an edition have."""

    origin: list[str]
    destination: list[str]
    sex: list[str]
    age: list[str]
    category: list[str]
    period: list[str]


class EditionWithCodes(Edition):
    codes: Codes


class Concept(BaseModel):
    """What is counted, and what the two ends of a corridor are in it."""

    key: str
    title: str
    kind: str = Field(description="`stock`, `flow`, `money`, `price` or `rate`.")
    origin: str = Field(description="What `origin` is here; empty where there is none.")
    destination: str = Field(description="What `destination` is here; empty where there is none.")
    reversed: bool = Field(
        description="Whether the corridor runs against that of the people: money that goes home."
    )


class Concepts(BaseModel):
    concepts: list[Concept]


class Series(BaseModel):
    """One way of counting one thing by one reporter."""

    key: str
    title: str
    concept: str = Field(description="What is counted; other series may count the same.")
    unit: str = Field(description="What one of `value` is: persons, permits, percent, USD …")
    reporter: str = Field(description="Whose count it is.")
    reference: str = Field(
        description="`mid_year`, `end_of_period`, `during_period`, `on_day` or `not_stated`: the "
        "moment that a period's figure is of."
    )
    definition: str
    categories: dict[str, str] = Field(description="Titles of the codes of `category`.")
    latest: str = Field(description="The key of the newest edition.")
    editions: list[Edition] = Field(description="Oldest first.")


class AllSeries(BaseModel):
    series: list[Series]


class Observation(BaseModel):
    """One figure. `_T` stands for all, `_O` for the others, `_U` for not stated."""

    origin: str = Field(description="ISO 3166-1 alpha-2, or _T, _O, _U.")
    destination: str = Field(description="ISO 3166-1 alpha-2, or _T, _O, _U.")
    sex: str = Field(description="F, M or _T.")
    age: str
    category: str
    period: str = Field(description="An SDMX time period: 2024, 2024-Q3, 2019-01-01/P10M …")
    value: float | None = Field(description="In the edition's unit. Null is unknown, never zero.")
    lower: float | None = Field(description="A bound in the same unit; null where none is known.")
    upper: float | None = Field(description="A bound in the same unit; null where none is known.")
    status: str = Field(description="How firm the figure is, in words.")
    status_code: str = Field(
        description="By SDMX CL_OBS_STATUS: A as published, E estimated, P provisional, "
        "Q withheld, O unknown.",
        pattern="^[AEPQO]$",
    )
    source: str = Field(description="The key of its source. Sources that disagree both stand.")


class Observations(EditionName):
    """A part of the figures of one edition, in the order of origin, destination, sex, age,
    category, period and source."""

    total: int = Field(description="How many figures were asked for, on all pages.")
    offset: int
    limit: int
    next: str | None = Field(description="The address of the next part; null after the last.")
    observations: list[Observation]


class ObservationsOfEdition(EditionName):
    observations: list[Observation]


class ObservationsOfConcept(BaseModel):
    """Figures of one concept, side by side and never joined: each edition counts its own way."""

    concept: str
    total: int = Field(description="How many figures were asked for, on all pages.")
    offset: int
    limit: int
    next: str | None = Field(description="The address of the next part; null after the last.")
    groups: list[ObservationsOfEdition] = Field(description="In the order they were loaded in.")


class Indicator(BaseModel):
    """What an indicator means, and how it is worked out."""

    id: str
    title: str
    definition: str
    formula: str
    source: str
    unit: str
    missing: str = Field(description="How unknown figures were treated.")
    has_values: bool = Field(description="Whether this API gives values of it.")


class Indicators(BaseModel):
    indicators: list[Indicator]


class IndicatorValue(BaseModel):
    age: str
    category: str
    since: str = Field(description="The period before, where it is a change; else empty.")
    period: str
    value: float = Field(description="In the indicator's unit. What is unknown is left out.")


class IndicatorOfEdition(EditionName):
    values: list[IndicatorValue]


class IndicatorValues(BaseModel):
    """Values of an indicator for one corridor, each worked out from one edition."""

    indicator: Indicator
    origin: str
    destination: str
    groups: list[IndicatorOfEdition]


class Method(BaseModel):
    """A way of estimating flows from stocks."""

    key: str
    name: str = Field(description="In the language asked for.")
    how: str = Field(description="What the method takes as a move, in the language asked for.")
    options: dict[str, str | float] = Field(
        description="As the command `karvan flows` names them: method, assumption, mixture, "
        "negatives."
    )


class EstimatesOfInterval(BaseModel):
    """What the methods say of the same moves. Null is unknown, never zero."""

    since: str = Field(description="The period of the stock that the interval begins with.")
    until: str = Field(description="The period of the stock that it ends with.")
    sex: str = Field(description="F, M, or _T for both.")
    flows: dict[str, float | None] = Field(description="Persons who moved, by method.")
    lowest: float | None = Field(description="The lowest of the methods that can say.")
    highest: float | None = Field(description="The highest of the methods that can say.")


class EstimatesOfEdition(EditionName):
    """`title`, `licence` and so on are of the edition of the stock that was estimated from."""

    vital: list[EditionName] = Field(
        description="Population, births and net migration, which the accounting methods need."
    )
    pairs: int = Field(description="Pairs of States estimated together.")
    absent_pairs: dict[str, int] = Field(
        description="By period, pairs without a stock. The accounting methods take them as none; "
        "differencing leaves them unknown."
    )
    intervals: list[EstimatesOfInterval]


class Estimates(BaseModel):
    """Estimated flows. Nobody counted them: each stands with its method, beside the others."""

    origin: str
    destination: str
    unit: str
    methods: list[Method]
    groups: list[EstimatesOfEdition]
