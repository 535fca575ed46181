import pytest

from tests.factories import editions


@pytest.fixture
def law(db):
    return editions.published()
