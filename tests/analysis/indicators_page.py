"""`python -m tests.analysis.indicators_page`: write the reference page."""

from __future__ import annotations

from pathlib import Path

from karvan.analysis.indicators import DEFINITIONS, Definition

PAGE = Path(__file__).parents[2] / "docs/reference/indicators.md"
HEAD = """\
# Indicators

<!-- Written by `python -m tests.analysis.indicators_page` from karvan/analysis/indicators. -->

Each is a function of the same name in `karvan.analysis.indicators`, pure and without Django. It
takes numbers or arrays and returns the like. Unknown is NaN (or None) and is never read as zero.

Tables of flows have the shape (…, n, n), origin × destination; whatever stands on the diagonal is
left out, since who stayed is no migrant. Age profiles are single years of age in order. The female
share is one function for stocks, flows, permits and placements.

"""


def page() -> str:
    return HEAD + "\n".join(map(_section, DEFINITIONS.values()))


def _section(it: Definition) -> str:
    return f"""\
## {it.title}

`{it.id}`: {it.definition}

| | |
| --- | --- |
| formula | {_in_a_cell(it.formula)} |
| unit | {it.unit} |
| missing cells | {it.missing} |
| source | {it.source} |
"""


def _in_a_cell(text: str) -> str:
    return text.replace("|", r"\|")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
