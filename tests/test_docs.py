"""What the documentation says is there is there, and what is there it says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from karvan.cli.main import main

ROOT = Path(__file__).parent.parent
DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [*sorted(ROOT.glob("*.md")), *DOCS, ROOT / "benchmarks" / "README.md"]
READ = {path: path.read_text("utf-8") for path in PAGES}
ALL = "\n".join(READ.values())
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def links_of(path: Path) -> list[str]:
    """Links to something of ours: not to other sites."""
    found = LINK.findall(FENCE.sub("", READ[path]))
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def anchors_of(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", READ[path]), re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings]
    return {heading.replace(" ", "-") for heading in plain}


def environment_read_in(path: Path) -> set[str]:
    """Names of variables that a module reads, by `os.environ` or `karvan.site.environment`."""
    readers = {"environment", "os.environ"}
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        reader = name = None
        if isinstance(node, ast.Subscript):
            reader, name = ast.unparse(node.value), node.slice
        elif isinstance(node, ast.Call) and node.args:
            called = ast.unparse(node.func)
            # Inside `environment` itself its functions stand alone.
            reader = "environment" if called == "text" else called.rpartition(".")[0]
            name = node.args[0]
        if reader in readers and isinstance(name, ast.Constant) and str(name.value).isupper():
            found.add(name.value)
    return found


def commands(group, path=("karvan",)):
    """Every command of the terminal by its words, groups left out."""
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        if hasattr(command, "list_commands"):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


def test_every_make_target_is_said_somewhere():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)
    assert "run" in targets
    said = set(re.findall(r"\bmake (?:[A-Z]+=\S+ )?([a-z-]+)", ALL))
    assert set(targets) - {"help"} - said == set()
    assert "`make` alone" in READ[ROOT / "README.md"]


def test_no_page_names_a_make_target_that_is_not_there():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    called = re.findall(r"(?:^|`)make (?:[A-Z]+=\S+ )*([a-z-]+)", ALL, re.MULTILINE)
    assert set(called) - targets == set()


def test_every_variable_that_is_read_is_said_in_the_reference():
    page = READ[ROOT / "docs" / "reference" / "settings.md"]
    read = set().union(*(environment_read_in(path) for path in (ROOT / "karvan").rglob("*.py")))
    assert {"SECRET_KEY", "DATABASE_URL", "KARVAN_CONTENT", "COLUMNS"} <= read
    assert {name for name in read if f"`{name}" not in page} == set()


def test_every_setting_is_said_where_settings_are_read():
    settings = ROOT / "karvan" / "site" / "settings.py"
    described = ast.get_docstring(ast.parse(settings.read_text("utf-8")))
    assert {name for name in environment_read_in(settings) if name not in described} == set()


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_links_lead_to_a_file_and_a_heading(path):
    for link in links_of(path):
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), link
        if anchor:
            assert anchor in anchors_of(target), link


def test_every_page_is_reached_from_the_index():
    reached, waiting = set(), [ROOT / "docs" / "index.md"]
    while waiting:
        path = waiting.pop()
        if path not in reached and path in READ:
            reached.add(path)
            files = (link.partition("#")[0] for link in links_of(path))
            waiting += [(path.parent / file).resolve() for file in files if file]
    assert set(DOCS) - reached == set()


def test_the_index_of_documentation_is_reached_from_the_readme():
    assert "docs/index.md" in links_of(ROOT / "README.md")


@pytest.mark.parametrize(("words", "command"), list(commands(main)), ids=lambda it: str(it)[:40])
def test_every_command_and_option_is_in_the_reference(words, command):
    page = READ[ROOT / "docs" / "reference" / "command-line.md"]
    heading = f"## `{' '.join(words)}`\n"
    assert heading in page
    section = page.split(heading)[1].split("\n## ")[0]
    options = {
        option
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--") and option != "--help"
    }
    assert {option for option in options if f"`{option}" not in section} == set()


def test_decisions_are_numbered_without_gaps_and_listed():
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in files] == list(range(1, len(files) + 1))
    for number, path in enumerate(files, 1):
        assert READ[path].startswith(f"# {number}. ")
        for part in ("## Context", "## Decision", "## Consequences"):
            assert part in READ[path]


def test_this_version_has_release_notes():
    version = re.search(r'^version = "(\d+\.\d+)', (ROOT / "pyproject.toml").read_text(), re.M)[1]
    assert (ROOT / "docs" / "releases" / f"{version}.md").is_file()


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_pages_name_no_place_of_one_machine(path):
    assert not re.search(r"/work/|/root/|/home/\w|/tmp/|\.local/", READ[path])
