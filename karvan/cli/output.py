"""Printing: plain data as JSON, or text for people that also reads well in a pipe."""

from __future__ import annotations

import json
import os
import sys
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


def console() -> Console:
    """Where text for people goes. What an odd terminal cannot show becomes a question mark."""
    from rich.console import Console

    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    piped = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return Console(width=PIPED_WIDTH if piped else None, highlight=False, markup=False, emoji=False)
