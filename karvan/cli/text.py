"""Pieces of text for people: headings, indented lines, reasons with their source and standing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from karvan.policy.wording import Reader

_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")

SIGNS = {
    "open": ("●", "green"),
    "discretion": ("◆", "yellow"),
    "unknown": ("?", "cyan"),
    "silent": ("○", "magenta"),
    "closed": ("✗", "red"),
    "not_applicable": ("–", "dim"),
}
# In fewer characters a table of three or four columns breaks its words, and a list reads better.
NARROW = 70

REASON_SIGNS = {
    "holds": ("✓", "green"),
    "fails": ("✗", "red"),
    "applies": ("·", "dim"),
    "announced": ("!", "yellow"),
    "discretion": ("◆", "yellow"),
    "silent": ("○", "magenta"),
    "unknown": ("?", "cyan"),
    "unanswered": ("?", "cyan"),
    "not_applicable": ("–", "dim"),
    "reading": ("?", "cyan"),
}


class Page:
    """Writes to a console in one language."""

    def __init__(self, console: Console, reader: Reader) -> None:
        self.console = console
        self.reader = reader
        self.law = reader.law
        self.narrow = console.width < NARROW

    def word(self, key: str, **facts: object) -> str:
        """One of our own words. A date that ends in a full stop also ends its sentence."""
        return _TWO_STOPS.sub(".", self.reader.word(f"cli.{key}", **facts))

    def untranslated(self, document: dict[str, Any]) -> bool:
        """Whether something that is shown has no fresh translation and stands in English."""
        if self.reader.language == "en":
            return False
        from karvan.policy.checking import missing_texts

        originals = {text.english for text, _ in missing_texts(self.law, self.reader.language)}
        ours = (text.english for key, text in self.law.words.items() if key.startswith("cli."))
        return any(text in originals for text in (*ours, *_strings(document)))

    def day(self, iso: str) -> str:
        return self.reader.date(date.fromisoformat(iso))

    def days(self, n: int) -> str:
        return self.reader.number(n, "days")

    def put(self, text: RenderableType, indent: int = 0) -> None:
        self.console.print(Padding(text, (0, 0, 0, indent)) if indent else text)

    def line(self, text: str, style: str = "", indent: int = 0) -> None:
        self.put(Text(text, style=style), indent)

    def gap(self) -> None:
        self.console.print()

    def title(self, text: str) -> None:
        self.line(text, "bold")

    def heading(self, text: str, style: str = "bold") -> None:
        self.gap()
        self.line(capitals(text, self.reader.language), style)

    def item(self, sign: str, text: Text | str, style: str = "", indent: int = 0) -> None:
        """A sign, and text that wraps beside it and never under it."""
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(Text(sign, style=style), text if isinstance(text, Text) else Text(text))
        self.put(grid, indent)

    def source(self, grounds: dict[str, Any]) -> str:
        """Citation and standing: 'Law 6735, Art. 6 · in force'."""
        cited = "; ".join(provision["text"] for provision in grounds["provisions"])
        standing = grounds["standing"]["text"] if grounds["standing"] else ""
        return " · ".join(part for part in (cited, standing) if part)

    def reason(self, reason: dict[str, Any], indent: int) -> None:
        sign, style = REASON_SIGNS[reason["outcome"]]
        text = Text(reason["text"])
        source = self.source(reason)
        if source:
            text.append(f"  [{source}]", style="dim")
        self.item(sign, text, style, indent)

    def table(self, *columns: str) -> Table:
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
        for column in columns:
            table.add_column(column, overflow="fold")
        return table


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for inner in part.values():
            yield from _strings(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _strings(inner)


def capitals(text: str, language: str) -> str:
    """A heading in capitals: Turkish and Azerbaijani keep the dot of their i."""
    return (text.replace("i", "İ") if language in ("tr", "az") else text).upper()
