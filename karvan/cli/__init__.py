"""The `karvan` command. It answers from the content alone, without the web application."""

from __future__ import annotations

from karvan.cli.main import main

__all__ = ["main"]
