from __future__ import annotations

import sys

import click

from karvan.policy.checking import check as check_edition
from karvan.policy.edition import available_states, load_edition
from karvan.policy.errors import ContentErrors
from karvan.policy.examples import all_examples


@click.group()
def law() -> None:
    """The law as data: check it, read it, compare it."""


@law.command()
@click.argument("state", required=False)
def check(state: str | None) -> None:
    """Check the content of a State, or of all."""
    failed = False
    for code in [state] if state else available_states():
        try:
            edition = load_edition(code)
        except ContentErrors as errors:
            click.echo(str(errors), err=True)
            click.echo(f"{len(errors.errors)} problems", err=True)
            sys.exit(1)
        problems = check_edition(edition)
        for problem in problems:
            click.echo(str(problem))
        failed = failed or bool(problems)
        count = sum(1 for _ in all_examples(edition))
        click.echo(f"{edition.id}: {count} examples, {len(problems)} problems")
    sys.exit(1 if failed else 0)
