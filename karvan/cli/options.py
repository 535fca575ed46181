"""Options that several commands share, and how their texts are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from karvan.policy.errors import AnswerError

if TYPE_CHECKING:
    from karvan.policy.edition import Edition
    from karvan.policy.wording import Reader

LANGUAGES = ("en", "ru", "tr")

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A day of the calendar, written 2024-10-01."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        return read_day(value, param.opts[0] if param else None)


def read_day(text: str, option: str | None = None) -> date:
    """A day as people type it. Raises AnswerError, with the day that may have been meant."""
    from karvan.policy.values import DATE, parse_value

    try:
        found = parse_value(text, DATE)
    except ValueError as error:
        from karvan.policy.answers import nearest_days

        said = f"{option}: {error}" if option else str(error)
        raise AnswerError(said, input=option, nearest=nearest_days(text)) from None
    return cast(date, found)


def on_option(help: str) -> Callable[[F], F]:
    return click.option(
        "--on", type=Day(), metavar="DATE", help=f"{help} Written 2026-11-01; today if left out."
    )


json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print the document that 'karvan schema' describes."
)
lang_option = click.option(
    "--lang", default="en", metavar="CODE", help="Language of the answer: en (default), ru or tr."
)
answer_option = click.option(
    "--answer",
    "given",
    multiple=True,
    metavar="INPUT=VALUE",
    help="An answer to a question of the law, such as occupation=2221 or "
    '"salary=60000 TRY/month". May be repeated.',
)


def read_given(given: Iterable[str], **named: str | None) -> dict[str, str]:
    """Answers from INPUT=VALUE texts and from options of their own. Raises AnswerError."""
    answers = {name: value for name, value in named.items() if value is not None}
    for text in given:
        name, sign, value = text.partition("=")
        name = name.strip()
        if not sign or not name:
            raise AnswerError(
                f"--answer: '{text}' is not an answer. Write INPUT=VALUE, such as occupation=2221."
            )
        if name in answers and answers[name] != value.strip():
            raise AnswerError(
                f"'{name}' is answered twice: '{answers[name]}' and '{value.strip()}'.", input=name
            )
        answers[name] = value.strip()
    return answers


def open_edition(state: str) -> Edition:
    """The edition of a State. Raises AnswerError that names the States there are."""
    from karvan.policy.edition import content_root, load_edition

    root = content_root()
    if not (root / "countries").is_dir():
        raise AnswerError(f"There is no content in '{root}'. Set KARVAN_CONTENT to its folder.")
    return load_edition(state, root)


def states_known() -> str:
    from karvan.policy.edition import available_states

    return ", ".join(available_states())


def open_reader(edition: Edition, language: str, reader: str = "worker") -> Reader:
    """Raises AnswerError for a language in which nothing is written."""
    from karvan.policy.wording import Reader

    check_language(edition, language)
    return Reader(edition.law, language, reader)


def check_language(edition: Edition, language: str) -> None:
    known = list(dict.fromkeys((*LANGUAGES, *edition.law.translations)))
    if language not in known:
        raise AnswerError(f"There is no text in the language '{language}'.", nearest=known)
