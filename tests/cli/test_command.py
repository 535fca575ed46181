"""The command as a whole: help, schemas, real processes with pipes and terminals, documentation."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from karvan.cli import main
from karvan.cli.schema import NAMES
from tests.cli.conftest import karvan, schema_of

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference" / "command-line.md"
KARVAN = [sys.executable, "-m", "karvan.cli"]


def commands(group: click.Group = main, path: str = "karvan") -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found |= commands(command, f"{path} {name}")
        else:
            found[f"{path} {name}"] = command
    return found


def test_every_command_and_option_is_in_the_reference():
    text = REFERENCE.read_text("utf-8")
    sections = re.split(r"^## ", text, flags=re.MULTILINE)
    for path, command in commands().items():
        section = next((s for s in sections if s.startswith(f"`{path}`")), None)
        assert section is not None, path
        for parameter in command.params:
            for name in parameter.opts:
                said = f"`{name}" if isinstance(parameter, click.Option) else name.upper()
                assert said in section, f"{path} {name}"


def test_every_schema_is_in_the_reference():
    text = REFERENCE.read_text("utf-8")
    assert [name for name in NAMES if f"`{name}`" not in text] == []


@pytest.mark.parametrize("path", ["karvan", "karvan law", *commands()])
def test_help_has_an_example(path: str):
    result = karvan(*path.split()[1:], "--help")
    assert result.exit_code == 0
    assert re.search(rf"^  .*{path}", result.stdout, re.MULTILINE)
    assert "Example" in result.stdout


@pytest.mark.parametrize("name", NAMES)
def test_schema_prints_a_schema_that_is_one(name: str):
    printed = json.loads(karvan("schema", name).stdout)
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert printed == schema_of(name).schema
    for part in walk(printed):
        if part.get("type") == "object":
            assert "additionalProperties" in part


def walk(schema: object):
    if isinstance(schema, dict):
        if "type" in schema and isinstance(schema["type"], str):
            yield schema
        for part in schema.values():
            yield from walk(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from walk(part)


def test_the_schema_of_a_journey_is_the_one_printed_without_a_name():
    assert karvan("schema").stdout == karvan("schema", "journey").stdout


def test_an_unknown_schema_or_command_is_refused(refused):
    assert refused("schema", "jorney") == "There is no schema 'jorney'. Nearest: journey."
    assert "There is no command 'jurney'. Nearest: journey." in refused("jurney")


def test_every_word_of_the_command_line_is_used_and_there():
    words = (ROOT / "content" / "vocabulary" / "words.yaml").read_text("utf-8")
    written = set(re.findall(r"^  cli\.([\w.]+):", words, re.MULTILINE))
    code = "".join(path.read_text("utf-8") for path in (ROOT / "karvan/cli").glob("*.py"))
    used = set(re.findall(r"""word\(\s*f?["']([\w.]+)["']""", code))
    whole = {key for key in used if not key.endswith(".")}
    missing = {key for key in whole if key not in written and not is_of_reader(key)}
    assert missing == set()


def is_of_reader(key: str) -> bool:
    """Words that the law's own pages share stand without the prefix."""
    return key.split(".")[0] in ("yes", "no", "kind", "outcome", "reason", "place")


GIVEN = ["journey", "--destination", "XT", "--citizenship", "KG", "--on", "2026-11-02"]


def process(*arguments: str, **extra) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*KARVAN, *arguments], capture_output=True, text=True, cwd=ROOT, check=False, **extra
    )


def test_a_real_process_answers_in_a_pipe():
    result = process(*GIVEN, "--json", stdin=subprocess.DEVNULL)
    assert (result.returncode, result.stderr) == (0, "")
    schema_of("journey").validate(json.loads(result.stdout))


def test_a_real_process_refuses_with_status_2_and_prints_nothing():
    result = process("journey", "--destination", "XX")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "karvan: No law of 'XX' is here. Nearest: XT.\n"


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_reader_that_leaves_early_hears_nothing_of_it(form: list[str]):
    command = " ".join([*KARVAN, *GIVEN, *form])
    result = subprocess.run(
        ["bash", "-c", f"{command} | true; echo ${{PIPESTATUS[0]}}"],
        capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    assert result.stderr == ""
    assert result.stdout.strip() in ("0", "141")


def test_a_terminal_without_unicode_still_gets_an_answer():
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    assert process(*GIVEN, env=environment).returncode == 0
    found = process(*GIVEN, "--json", "--lang", "ru", env=environment)
    assert json.loads(found.stdout)["answers_shown"][0]["shown"] == "Кыргызстан"


def test_starting_needs_neither_django_nor_what_only_people_need():
    code = (
        "import sys; from karvan.cli import main\n"
        f"try: main({[*GIVEN, '--json']!r})\n"
        "except SystemExit: pass\n"
        "heavy = {'django', 'rich', 'holidays', 'yaml', 'jsonschema', 'difflib'}\n"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    process(*GIVEN, "--json")
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert (result.returncode, result.stderr) == (0, "")


class Terminal:
    """A person at a terminal, who types and reads."""

    def __init__(self, *arguments: str, width: int = 80) -> None:
        environment = {**os.environ, "COLUMNS": str(width), "TERM": "xterm"}
        self.pid, self.to = pty.fork()
        if not self.pid:
            os.chdir(ROOT)
            os.execve(sys.executable, [*KARVAN, *arguments], environment)  # noqa: S606
        self.text = ""

    def expect(self, text: str) -> None:
        """Reads on until the text comes after all that was expected before."""
        end = time.monotonic() + 20
        while text not in self.text:
            assert time.monotonic() < end, f"{text!r} did not come:\n{self.text}"
            if select.select([self.to], [], [], 0.2)[0]:
                try:
                    self.text += os.read(self.to, 65536).decode("utf-8", "replace")
                except OSError:
                    break
        assert text in self.text, self.text
        self.text = self.text.split(text, 1)[1]

    def expect_one_of(self, *texts: str) -> str:
        """Reads on until one of the texts comes; gives the first that does."""
        end = time.monotonic() + 20
        while not (found := [text for text in texts if text in self.text]):
            assert time.monotonic() < end, f"none of {texts} came:\n{self.text}"
            if select.select([self.to], [], [], 0.2)[0]:
                self.text += os.read(self.to, 65536).decode("utf-8", "replace")
        first = min(found, key=self.text.index)
        self.text = self.text.split(first, 1)[1]
        return first

    def type(self, text: str) -> None:
        os.write(self.to, text.encode())

    def end(self) -> int:
        while True:
            try:
                read = os.read(self.to, 65536)
            except OSError:
                break
            if not read:
                break
            self.text += read.decode("utf-8", "replace")
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def test_at_a_terminal_it_asks_explains_and_answers():
    person = Terminal("journey", "--destination", "XT", "--on", "2026-11-02")
    person.expect("Enter or ? leaves it open")
    person.expect("Where are you now?")
    person.expect("Ways depend on it.")
    person.expect("2  Inside")
    person.type("7\n")
    person.expect("'7' is none of outside, inside. Nearest: ")
    person.expect("Where are you now?")
    person.type("1\n")
    person.expect("→ Outside")
    replies = {
        "Do you have an offer?": "yes\n",
        "Which job?": "cleaner\n",
        "Which of these?": "1\n",
        "How old are you?": "30\n",
        "What pay is offered?": "350\n",
    }
    seen = []
    while (asked := person.expect_one_of(*replies, "Working in Toyland")) in replies:
        seen.append(asked)
        person.expect(": ")
        person.type(replies[asked])
    assert sorted(seen) == sorted(replies)
    person.expect("THE PLAN: GETTING THE PERMIT")
    assert person.end() == 0


def test_at_a_terminal_the_last_answer_may_be_taken_back():
    person = Terminal("journey", "--destination", "XT", "--on", "2026-11-02")
    person.expect("Where are you now?")
    person.type("inside\n")
    person.expect("Working in Toyland")
    assert person.end() == 0

    person = Terminal("journey", "--destination", "XT", "--on", "2026-11-02")
    person.expect("Where are you now?")
    person.type("outside\n")
    person.expect("Do you have an offer?")
    person.type("<\n")
    person.expect("Where are you now?")
    person.type("inside\n")
    person.expect("AN OFFICER DECIDES (1)")
    assert person.end() == 0


def test_at_a_terminal_a_question_may_be_left_open_and_all_may_be_ended():
    person = Terminal("journey", "--destination", "XT", "--on", "2026-11-02")
    person.expect("Where are you now?")
    person.type("\n")
    person.expect("Left open.")
    person.expect("Do you have an offer?")
    person.type("?\n")
    person.expect("Left open.")
    person.expect(": ")
    person.type("\x04")
    person.expect("CANNOT BE TOLD (2)")
    assert person.end() == 0


def test_at_a_terminal_ctrl_c_ends_quietly():
    person = Terminal("journey", "--destination", "XT", "--on", "2026-11-02")
    person.expect("The number of your answer: ")
    person.type("\x03")
    assert person.end() == 130
    assert "Traceback" not in person.text


def test_at_a_terminal_json_asks_nothing():
    person = Terminal("journey", "--destination", "XT", "--on", "2026-11-02", "--json")
    person.expect('"schema": "journey/1"')
    assert person.end() == 0


@pytest.mark.usefixtures("in_turkiye")
def test_translations_of_our_words_keep_their_placeholders():
    from karvan.policy.edition import load_edition

    def named(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text))

    law = load_edition("TR").law
    for language, texts in law.translations.items():
        for key, word in law.words.items():
            found = texts.get((word.folder, word.key))
            if found and found.of == word.english:
                assert named(found.text) <= named(word.english), f"{language}: {key}"
                assert found.text.format(**dict.fromkeys(named(word.english), "…"))


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_is_no_error(closed: str):
    command = f"{sys.executable} -m karvan.cli law show XT {closed}"
    result = subprocess.run(  # noqa: S602
        command, shell=True, cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_said_in_one_line():
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            [*KARVAN, "law", "show", "XT"],
            cwd=ROOT,
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert result.returncode == 2
    assert result.stderr == "karvan: No space left on device.\n"
