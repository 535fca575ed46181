"""What import-linter cannot see."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = sorted((ROOT / "karvan").rglob("*.py"))
CORE = sorted((ROOT / "karvan" / "policy").rglob("*.py"))
STATES = ("AZ", "IR", "KG", "KZ", "PK", "RU", "TJ", "TM", "TR", "UZ")


def names_called(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.stem)
def test_the_core_never_asks_what_day_it_is(path):
    assert not names_called(path) & {"today", "now", "utcnow"}


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_state_is_named_in_code(path):
    tree = ast.parse(path.read_text("utf-8"))
    compared = {
        node.value
        for parent in ast.walk(tree)
        if isinstance(parent, (ast.Compare, ast.Dict))
        for node in ast.walk(parent)
        if isinstance(node, ast.Constant)
    }
    examples = {"journey_text.py", "wording.py"}  # an example code; a State's own name
    assert path.name in examples or not compared & set(STATES)


def test_no_file_is_called_by_a_word_that_says_nothing():
    vague = {"utils", "helpers", "manager", "common", "misc"}
    assert not [path for path in CODE if path.stem in vague]


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_file_carries_hashes_and_names_no_host(name):
    lock = (ROOT / name).read_text("utf-8")
    packages = re.findall(r"^[a-z0-9._\[\]-]+==", lock, re.MULTILINE)
    assert packages
    assert lock.count("--hash=sha256:") >= len(packages)
    assert not re.search(r"https?://|--index-url|--find-links|--extra-index", lock)
