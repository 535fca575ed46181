"""The default world of figures, published; and what the API says of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.factories import figures


@pytest.fixture
def world(db):
    return figures.world()


@pytest.fixture
def ask(client, world) -> Callable[..., Any]:
    """The JSON of an address; its status is looked at too."""

    def answer(address: str, status: int = 200, **asked: Any) -> Any:
        response = client.get(f"/api/v1/{address}", asked)
        assert response.status_code == status, response.content
        return response.json()

    return answer
