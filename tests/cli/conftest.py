"""Running `karvan` in this process, against Toyland unless a test says otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import best_match

from karvan.cli import main
from tests.cli import toyland

CONTENT = Path(__file__).resolve().parents[2] / "content"


@pytest.fixture(scope="session")
def toy_content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return toyland.build(tmp_path_factory.mktemp("content"))


@pytest.fixture(autouse=True)
def in_toyland(
    toy_content: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KARVAN_CONTENT", str(toy_content))
    monkeypatch.setenv("KARVAN_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def in_turkiye(monkeypatch: pytest.MonkeyPatch, in_toyland: None) -> None:
    monkeypatch.setenv("KARVAN_CONTENT", str(CONTENT))


def karvan(*arguments: str, input: str | None = None) -> Result:
    """Bugs surface as themselves, and are not swallowed by the runner."""
    result = CliRunner().invoke(main, arguments, input=input)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def document(name: str, *arguments: str) -> dict[str, Any]:
    """The JSON of a command, which its schema describes."""
    result = karvan(*arguments, "--json")
    assert result.stderr == ""
    found: dict[str, Any] = json.loads(result.stdout)
    error = best_match(schema_of(name).iter_errors(found))
    assert error is None, f"{list(error.absolute_path)}: {error.message[:300]}"
    return found


def schema_of(name: str) -> Draft202012Validator:
    text = (files("karvan.policy") / "schemas" / f"{name}.schema.json").read_text("utf-8")
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


@pytest.fixture
def refused() -> Callable[..., str]:
    """Runs a command that must be refused: status 2, one line on stderr, nothing on stdout."""

    def run(*arguments: str) -> str:
        result = karvan(*arguments)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.count("\n") == 1
        assert result.stderr.startswith("karvan: ")
        return result.stderr.removeprefix("karvan: ").strip()

    return run
