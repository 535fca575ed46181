"""`karvan schema`: what the JSON of the other commands looks like."""

from __future__ import annotations

from importlib.resources import files

import click

from karvan.policy.errors import AnswerError

NAMES = (
    "journey",
    "stay",
    "law-check",
    "law-mutate",
    "law-editions",
    "law-show",
    "law-value",
    "law-trace",
    "law-diff",
)


@click.command()
@click.argument("name", default="journey", metavar="[NAME]")
def schema(name: str) -> None:
    """Print the JSON Schema (2020-12) of a document: of 'karvan journey --json' if left out.

    NAME is journey, stay, law-check, law-mutate, law-editions, law-show, law-value, law-trace or
    law-diff.

    \b
    Examples:
      karvan schema > journey.schema.json
      karvan schema stay
    """
    if name not in NAMES:
        from difflib import get_close_matches  # only when something is wrong

        near = get_close_matches(name, NAMES, 3, 0.4) or NAMES
        raise AnswerError(f"There is no schema '{name}'.", nearest=near)
    file = files("karvan.policy") / "schemas" / f"{name}.schema.json"
    click.echo(file.read_text("utf-8"), nl=False)
