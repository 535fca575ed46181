"""Values as each language writes them."""

from __future__ import annotations

import pytest

from karvan.policy.model import Duration
from karvan.policy.wording import Reader
from tests.policy.worlds import state


@pytest.mark.parametrize(
    ("language", "days", "months"),
    [("en", "90 days", "1 month"), ("ru", "90 дней", "1 месяц"), ("tr", "90 gün", "1 ay")],
)
def test_a_length_of_time_names_its_unit_in_the_readers_language(
    language: str, days: str, months: str
) -> None:
    reader = Reader(state().law, language)
    assert reader.number(90, "days") == days
    assert reader.duration(Duration("months", 1)) == months
