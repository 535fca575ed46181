"""Printing: plain data as JSON, or text for people that also reads well in a pipe."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

# Without a terminal nobody says how wide the lines may be.
PIPED_WIDTH = 100


def print_json(document: Any) -> None:
    """Indented for a person at a terminal, compact for a program."""
    unicode = "utf" in (sys.stdout.encoding or "").lower()
    indent = 2 if sys.stdout.isatty() else None
    sys.stdout.write(json.dumps(document, ensure_ascii=not unicode, indent=indent) + "\n")


@contextmanager
def console() -> Iterator[Console]:
    """Where text for people goes. Into a pipe or file it goes at once, with no trailing spaces;
    what an odd terminal cannot show becomes a question mark."""
    from rich.console import Console

    form: dict[str, Any] = {"highlight": False, "markup": False, "emoji": False}
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    if sys.stdout.isatty():
        yield Console(**form)
        return
    columns = os.environ.get("COLUMNS", "")
    width = int(columns) if columns.isdigit() else PIPED_WIDTH
    text = io.StringIO()
    yield Console(file=text, width=width, **form)
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines()))
