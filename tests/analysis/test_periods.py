from datetime import date

import pytest

from karvan.analysis.periods import PeriodError, parse_period


@pytest.mark.parametrize(
    ("text", "first", "last", "kind"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "year"),
        ("2024-S2", date(2024, 7, 1), date(2024, 12, 31), "half"),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31), "quarter"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2023-11-09", date(2023, 11, 9), date(2023, 11, 9), "day"),
        ("2019-01-01/P10M", date(2019, 1, 1), date(2019, 10, 31), "range"),
        ("2023-07-01/P1Y", date(2023, 7, 1), date(2024, 6, 30), "range"),
        ("2025-03-31/P1D", date(2025, 3, 31), date(2025, 3, 31), "range"),
    ],
)
def test_a_period_is_read_as_its_first_and_last_day(text, first, last, kind):
    found = parse_period(text)
    assert (found.first, found.last, found.kind) == (first, last, kind)


@pytest.mark.parametrize(
    "text",
    ["", "24", "2024-S3", "2024-Q5", "2024-13", "2024-02-30", "2024/2025", "2024-01-01/P", "٢٠٢٤"],
)
def test_what_is_no_period_is_refused_with_how_to_write_one(text):
    with pytest.raises(PeriodError, match="Write 2024, 2024-S1"):
        parse_period(text)
