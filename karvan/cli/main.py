from __future__ import annotations

import click

from karvan.cli.law import law


@click.group()
def main() -> None:
    """What the law lets a person do, step by step, at whose cost."""


main.add_command(law)
