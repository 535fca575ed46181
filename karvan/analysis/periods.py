"""Periods of time as SDMX writes them (SDMX 3.0, section 6, "Time periods").

`2024` a year, `2024-S1` a half, `2024-Q3` a quarter, `2024-07` a month, `2024-07-15` a day,
`2019-01-01/P10M` a range: ten months from the first of January 2019.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_PARTS = {"S": 6, "Q": 3}
_YEAR = re.compile(r"([0-9]{4})")
_PART = re.compile(r"([0-9]{4})-([SQ])([1-4])")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RANGE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})/P(?:([0-9]{1,3})Y)?(?:([0-9]{1,3})M)?(?:([0-9]{1,4})D)?"
)


class PeriodError(ValueError):
    """A text that is no period."""


@dataclass(frozen=True, slots=True)
class Period:
    """`text` as SDMX writes it, `first` and `last` day, both within; `kind` is year, half, quarter,
    month, day or range."""

    text: str
    first: date
    last: date
    kind: str

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Period:
    """Read a period. Raises PeriodError, saying how one is written."""
    try:
        found = _parse(text)
    except (ValueError, OverflowError):
        found = None
    if found is None or found.last < found.first:
        raise PeriodError(
            f"'{text}' is not a period. Write 2024, 2024-S1, 2024-Q3, 2024-07, 2024-07-15 "
            "or 2019-01-01/P10M."
        )
    return found


def _parse(text: str) -> Period | None:
    if _YEAR.fullmatch(text):
        return Period(text, date(int(text), 1, 1), date(int(text), 12, 31), "year")
    if part := _PART.fullmatch(text):
        months = _PARTS[part[2]]
        first = date(int(part[1]), (int(part[3]) - 1) * months + 1, 1)
        return Period(text, first, _end(first, months), "half" if part[2] == "S" else "quarter")
    if month := _MONTH.fullmatch(text):
        first = date(int(month[1]), int(month[2]), 1)
        return Period(text, first, _end(first, 1), "month")
    if _DAY.fullmatch(text):
        day = date.fromisoformat(text)
        return Period(text, day, day, "day")
    if (span := _RANGE.fullmatch(text)) and any(span.groups()[1:]):
        first = date.fromisoformat(span[1])
        years, months, days = (int(part or 0) for part in span.groups()[1:])
        after = _plus_months(first, years * 12 + months) + timedelta(days)
        return Period(text, first, after - timedelta(1), "range")
    return None


def _end(first: date, months: int) -> date:
    return _plus_months(first, months) - timedelta(1)


def _plus_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
