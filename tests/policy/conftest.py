"""Editions are kept in a folder of the test run, never in the user's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KARVAN_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield
