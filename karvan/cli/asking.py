"""Asking at a terminal what the law still needs to know. Questions go to stderr, so that the
answer itself can be kept in a file or a pager."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import click

from karvan.policy.answers import nearest_occupations, read_answer
from karvan.policy.asking import next_question
from karvan.policy.edition import Edition
from karvan.policy.engine import Evaluation
from karvan.policy.errors import AnswerError
from karvan.policy.model import Input
from karvan.policy.wording import Reader

LATER = ("", "?")
BACK = "<"
MOST_FOUND = 9


def ask(
    edition: Edition, on: date, given: Mapping[str, Any], wanted: tuple[str, ...], reader: Reader
) -> tuple[dict[str, Any], frozenset[str]]:
    """Ask while an answer can still change something. Gives all answers, and what was left open."""
    return _Interview(edition, on, given, wanted, reader).run()


class _Interview:
    def __init__(
        self,
        edition: Edition,
        on: date,
        given: Mapping[str, Any],
        wanted: tuple[str, ...],
        reader: Reader,
    ) -> None:
        self.edition = edition
        self.on = on
        self.answers = dict(given)
        self.wanted = wanted
        self.reader = reader
        self.asked: list[str] = []
        self.skipped: set[str] = set()

    def run(self) -> tuple[dict[str, Any], frozenset[str]]:
        self._say(self._word("ask.skip"), dim=True)
        while entry := self._next():
            try:
                reply = self._prompt(entry)
            except EOFError:
                click.echo(err=True)
                break
            if reply == BACK:
                self._back()
                continue
            self.asked.append(entry.id)
            if reply in LATER:
                self.skipped.add(entry.id)
                self._say(self._word("ask.skipped"), dim=True)
            elif not self._take(entry, reply):
                self.asked.pop()
        click.echo(err=True)
        return self.answers, frozenset(self.skipped)

    def _next(self) -> Input | None:
        run = Evaluation(self.edition, self.on, self.answers)
        return next_question(run, self.wanted, skipped=frozenset(self.skipped))

    def _back(self) -> None:
        if self.asked:
            last = self.asked.pop()
            self.answers.pop(last, None)
            self.skipped.discard(last)

    def _word(self, key: str, **facts: object) -> str:
        return self.reader.word(f"cli.{key}", **facts)

    def _say(self, text: str, **style: Any) -> None:
        click.echo(click.style(text, **style), err=True)

    def _prompt(self, entry: Input) -> str:
        say = self.reader.say
        click.echo(err=True)
        self._say(say(entry.ask), bold=True)
        self._say(say(entry.why), dim=True)
        if entry.help:
            self._say(say(entry.help), dim=True)
        for n, (_, label) in enumerate(self._options(entry), 1):
            self._say(f"  {n}  {label}")
        return self._read(self._hint(entry))

    def _read(self, hint: str) -> str:
        click.echo(f"{hint}: " if hint else "", nl=False, err=True)
        return input().strip()

    def _options(self, entry: Input) -> list[tuple[str, str]]:
        if entry.type.name == "boolean":
            return [("yes", self.reader.word("yes")), ("no", self.reader.word("no"))]
        return [(value, self.reader.say(label)) for value, label in entry.options]

    def _hint(self, entry: Input) -> str:
        kind, unit = entry.type.name, entry.type.unit
        if kind in ("boolean", "choice"):
            return self._word("ask.hint.choice")
        if kind in ("integer", "decimal") and not unit:
            return self._word("ask.hint.number")
        return self._word(f"ask.hint.{kind}", unit=unit)

    def _take(self, entry: Input, reply: str) -> bool:
        """Keep an answer; or say why it cannot be used, and ask again."""
        try:
            value = self._value(entry, reply)
        except AnswerError as error:
            self._say(f"{self._word('ask.refused')} {error}", fg="red")
            return False
        if value is None:
            return False
        self.answers[entry.id] = value
        shown = self.reader.value(value, entry.type, entry.id)
        self._say(f"→ {shown}", fg="green")
        return True

    def _value(self, entry: Input, reply: str) -> Any:
        law = self.edition.law
        options = self._options(entry)
        if options:
            reply = _chosen(options, reply)
        elif entry.type.name == "country":
            reply = self._country(reply)
        elif entry.type.name == "occupation" and not reply.isdigit():
            code = self._occupation(reply)
            if code is None:
                return None
            reply = code
        return read_answer(law, entry.id, reply)

    def _country(self, reply: str) -> str:
        """A code in any case, or the name in the language of the answer or in English."""
        if reply.upper() in self.edition.law.countries:
            return reply.upper()
        for names in (self.reader.territories, Reader(self.edition.law).territories):
            for code, name in names.items():
                if name.casefold() == reply.casefold():
                    return code
        return reply

    def _occupation(self, reply: str) -> str | None:
        law = self.edition.law
        word = reply.casefold()
        units = sorted(code for code in law.occupations if len(code) == 4)
        found = [u for u in units if word in self.reader.say(law.occupations[u]).casefold()]
        found = found or nearest_occupations(law, reply)
        if not found:
            self._say(self._word("ask.none", text=reply), fg="red")
            return None
        if len(found) == 1:
            return found[0]
        shown = found[:MOST_FOUND]
        for n, code in enumerate(shown, 1):
            self._say(f"  {n}  {self.reader.occupation(code)}")
        more = self._read(self._word("ask.which"))
        if more in LATER:
            return None
        return _chosen([(code, code) for code in shown], more)


def _chosen(options: list[tuple[str, str]], reply: str) -> str:
    """The option meant by its number, its name or the beginning of one name only."""
    if reply.isdigit() and 1 <= int(reply) <= len(options):
        return options[int(reply) - 1][0]
    word = reply.casefold()
    for value, label in options:
        if word in (value.casefold(), label.casefold()):
            return value
    begun = {
        value
        for value, label in options
        if value.casefold().startswith(word) or label.casefold().startswith(word)
    }
    return begun.pop() if len(begun) == 1 else reply
