"""The page that the specification makes."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from tests.spec.cases import Topic

PAGE = Path(__file__).parents[2] / "docs/reference/policy-language-by-example.md"
TOPICS = (
    "scalars",
    "types",
    "cells",
    "expressions",
    "logic",
    "parameters",
    "tables",
    "inputs",
    "statuses",
    "provenance",
    "procedures",
    "deadlines",
    "charges",
    "examples",
    "errors",
)
HEAD = """\
# The policy language by example

<!-- Written by `python -m tests.spec` from tests/spec/. Change it there. -->

Every table here runs as a test. [The policy language](policy-language.md) says the same in prose.
Unless a case says otherwise the question is put on 2 June 2025, and these questions are known:
citizenship, where_now (outside, inside), entry_date (if inside), has_offer, salary (if has_offer),
occupation, age, married, banned.
"""


def topics() -> list[Topic]:
    return [import_module(f"tests.spec.{name}").TOPIC for name in TOPICS]


def page() -> str:
    lines = [HEAD]
    for topic in topics():
        lines += [f"## {topic.title}", "", topic.says, ""]
        for case in topic.cases:
            lines += [f"### {case.title}", "", case.says, "", *case.page()]
    return "\n".join(lines).rstrip() + "\n"
