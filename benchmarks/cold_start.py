"""Cold `karvan journey` beside `python -c ''`, each a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

RUNS = 15
ARGUMENTS = [
    "journey", "--citizenship", "KG", "--destination", "TR", "--goal", "work",
    "--on", "2026-11-01", "--answer", "where_now=outside", "--answer", "been_before=no",
    "--answer", "has_offer=yes",
    "--answer", "occupation=2221", "--answer", "salary=70000 TRY/month", "--json",
]  # fmt: skip


def seconds(command: list[str]) -> float:
    start = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start


def main() -> list[str]:
    karvan = str(Path(sys.executable).with_name("karvan"))
    bare, cold = [], []
    seconds([karvan, *ARGUMENTS])
    for _ in range(RUNS):
        bare.append(seconds([sys.executable, "-c", ""]))
        cold.append(seconds([karvan, *ARGUMENTS]))
    extra = median(cold) - median(bare)
    return [
        f"karvan journey --json: {median(cold):.3f} s; python -c '': {median(bare):.3f} s",
        f"extra {extra:.3f} s (at most 0.35), ratio {median(cold) / median(bare):.1f}",
    ]
