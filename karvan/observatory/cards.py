"""What is said about a series, its editions and their sources: the card in the catalogue."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

REFERENCES = ("mid_year", "end_of_period", "during_period", "on_day", "not_stated")
UNITS = (
    "persons",
    "permits",
    "applications",
    "decisions",
    "entries",
    "registrations",
    "contracts",
    "requests",
    "percent",
    "per_thousand",
    "years",
    "months",
    "USD",
    "RUB",
)


@dataclass(frozen=True)
class SourceCard:
    """Where figures were read. `sure` is read, memory (awaiting confirmation) or given (handed
    over by whoever loaded them)."""

    title: str
    url: str = ""
    published: str = ""
    facts: tuple[str, ...] = ()
    sure: str = "read"
    confidence: str = ""
    note: str = ""


@dataclass(frozen=True)
class EditionCard:
    """`published` is a year, a month or a day, as far as it is known. `counted_by` gives, for
    each manner of counting, the destinations that count so."""

    key: str
    title: str
    licence: str
    sources: Mapping[str, SourceCard]
    published: str = ""
    changed: str = ""
    note: str = ""
    counted_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> EditionCard:
        given: dict[str, Any] = json.loads(text)
        return cls(
            **{
                **given,
                "sources": {
                    key: SourceCard(**{**source, "facts": tuple(source["facts"])})
                    for key, source in given["sources"].items()
                },
                "counted_by": {words: tuple(to) for words, to in given["counted_by"].items()},
            }
        )


@dataclass(frozen=True)
class SeriesCard:
    """`texts` holds, by language and path (`editions.2024.note`), the original and its
    translation: one whose original has changed is not used."""

    key: str
    title: str
    concept: str
    unit: str
    reporter: str
    reference: str
    definition: str
    categories: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> SeriesCard:
        given: dict[str, Any] = json.loads(text)
        texts = {
            language: {path: (pair[0], pair[1]) for path, pair in said.items()}
            for language, said in given["texts"].items()
        }
        return cls(**{**given, "texts": texts})

    def said(self, path: str, english: str, language: str) -> str:
        """A text of this card in a language; the English where no fresh translation is there."""
        original, translation = self.texts.get(language, {}).get(path, ("", ""))
        return translation if translation and original == english else english
