"""Every case of the specification holds, and the page is made from them as they are now."""

from __future__ import annotations

import pytest

from tests.spec.cases import Case
from tests.spec.page import PAGE, page, topics

CASES = [
    pytest.param(case, id=f"{topic.title}: {case.title}")
    for topic in topics()
    for case in topic.cases
]


@pytest.mark.parametrize("case", CASES)
def test_the_language_is_as_specified(case: Case) -> None:
    assert list(case.problems()) == []


def test_titles_of_cases_are_unique_within_their_topic() -> None:
    for topic in topics():
        titles = [case.title for case in topic.cases]
        assert sorted(set(titles)) == sorted(titles)


def test_the_page_is_not_stale() -> None:
    assert PAGE.read_text("utf-8") == page(), "Run: python -m tests.spec"
