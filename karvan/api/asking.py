"""The parameters of the API. Their descriptions are what a reader is told who writes them wrong."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.utils.translation import gettext, gettext_noop
from ninja import Field, Schema
from pydantic import field_validator

from karvan.analysis.periods import Period, PeriodError, parse_period
from karvan.analysis.tables import DIMENSIONS
from karvan.errors import Refused

MOST = 10_000
USUAL = 1_000
MOST_CODES = 300
_FARTHEST = 100_000_000


Language = StrEnum("Language", {code: code for code, _name in settings.LANGUAGES})


class Words(Schema):
    language: Language = Field(
        Language(settings.LANGUAGE_CODE),
        description=gettext_noop(
            "The language of titles, notes and messages: en, ru or tr. What has no translation "
            "yet is in English."
        ),
    )


class Corridor(Words):
    origin: str = Field(
        description=gettext_noop("Where from: one ISO 3166-1 code of two letters, such as KG."),
        min_length=1,
        max_length=8,
    )
    destination: str = Field(
        description=gettext_noop("Where to: one ISO 3166-1 code of two letters, such as TR."),
        min_length=1,
        max_length=8,
    )

    @field_validator("origin", "destination")
    @classmethod
    def _printable(cls, given: str) -> str:
        # Databases refuse to look for some of the others.
        if not given.isprintable():
            raise ValueError(gettext("This is no code of a country."))
        return given


class Cells(Words):
    """Which figures are asked for. A dimension that is not named is not restricted."""

    origin: list[str] = Field(
        [],
        description=gettext_noop(
            "Where from: ISO 3166-1 codes of two letters, _T for all, _O for the others, _U for "
            "not stated. Several are separated by commas or repeated."
        ),
    )
    destination: list[str] = Field(
        [],
        description=gettext_noop(
            "Where to: ISO 3166-1 codes of two letters, _T for all, _O for the others, _U for "
            "not stated. Several are separated by commas or repeated."
        ),
    )
    sex: list[str] = Field(
        [],
        description=gettext_noop("F for women, M for men, _T for both. Several are allowed."),
    )
    age: list[str] = Field(
        [], description=gettext_noop("Codes of age, _T for all ages. Several are allowed.")
    )
    category: list[str] = Field(
        [],
        description=gettext_noop(
            "Codes of the series' categories, _T for all of them. Several are allowed."
        ),
    )
    period: list[str] = Field(
        [],
        description=gettext_noop(
            "Periods as SDMX writes them: 2024, 2024-S1, 2024-Q3, 2024-07, 2024-07-15 or "
            "2019-01-01/P10M. Several are allowed."
        ),
    )
    since: str = Field(
        "",
        alias="from",
        description=gettext_noop(
            "Only periods that begin with this period or later: 2024, 2024-Q3, 2024-07."
        ),
    )
    until: str = Field(
        "",
        alias="to",
        description=gettext_noop(
            "Only periods that end with this period or earlier: 2024, 2024-Q3, 2024-07."
        ),
    )

    @field_validator(*DIMENSIONS)
    @classmethod
    def _separated(cls, given: list[str]) -> list[str]:
        codes = [code.strip() for part in given for code in part.split(",")]
        found = list(dict.fromkeys(code for code in codes if code))
        if len(found) > MOST_CODES:
            raise ValueError(
                gettext("More than {most} codes of one dimension.").format(most=MOST_CODES)
            )
        return found

    @field_validator("since", "until")
    @classmethod
    def _periods(cls, given: str) -> str:
        if given:
            _read(given)
        return given

    @field_validator("period")
    @classmethod
    def _each_period(cls, given: list[str]) -> list[str]:
        for text in given:
            _read(text)
        return given

    @property
    def codes(self) -> dict[str, list[str]]:
        """The dimensions that are restricted, each with its codes."""
        return {name: getattr(self, name) for name in DIMENSIONS if getattr(self, name)}

    @property
    def span(self) -> tuple[Period | None, Period | None]:
        """The first and the last period. Raises Refused where they run backwards."""
        since = parse_period(self.since) if self.since else None
        until = parse_period(self.until) if self.until else None
        if since and until and until.last < since.first:
            raise Refused(
                "period_backwards",
                gettext_noop("The periods from {since} to {until} run backwards."),
                since=since.text,
                until=until.text,
            )
        return since, until


class Page(Cells):
    """A part of the figures asked for: they stay in one order, so that parts fit together."""

    limit: int = Field(
        USUAL,
        ge=1,
        le=MOST,
        description=gettext_noop("How many observations at most: from 1 to 10000, usually 1000."),
    )
    offset: int = Field(
        0,
        ge=0,
        le=_FARTHEST,
        description=gettext_noop("How many observations to leave out first: 0 or more."),
    )


def _read(text: str) -> Period:
    try:
        return parse_period(text)
    except PeriodError:
        raise ValueError(gettext("'{given}' is no period.").format(given=text[:40])) from None
