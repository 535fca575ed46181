"""`python -m benchmarks [name …]`: run all, or those named."""

from __future__ import annotations

import importlib
import sys

NAMES = (
    "evaluation",
    "questions",
    "cold_start",
    "result_page",
    "corridor_page",
    "flow_estimates",
    "import_figures",
)


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"No benchmark {unknown}. There are: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    for name in names or NAMES:
        print(f"== {name}")
        for line in importlib.import_module(f"benchmarks.{name}").main():
            print(f"   {line}")
    return 0


sys.exit(main(sys.argv[1:]))
