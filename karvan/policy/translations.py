"""Translations by language, each unpacked only when a language is read."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping

from karvan.policy.model import Translation

Table = Mapping[tuple[str, str], Translation]


class Translations(Mapping[str, Table]):
    """Language → (folder, key) of a text → its translation.

    In a pickle each language is a sealed lump of its own, so that loading a law for one language
    does not pay for the others.
    """

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = dict(tables)
        self._lumps: dict[str, bytes] = {}

    def __getstate__(self) -> dict[str, bytes]:
        return {name: pickle.dumps(self[name], pickle.HIGHEST_PROTOCOL) for name in self}

    def __setstate__(self, lumps: dict[str, bytes]) -> None:
        self._tables = {}
        self._lumps = lumps

    def __getitem__(self, language: str) -> Table:
        if language not in self._tables:
            table = pickle.loads(self._lumps[language])  # noqa: S301  # part of a sealed cache
            self._tables[language] = table
        return self._tables[language]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._lumps, **self._tables})

    def __len__(self) -> int:
        return len({**self._lumps, **self._tables})
