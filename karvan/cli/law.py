"""`karvan law`: the law as data. Its commands load only when they are called."""

from __future__ import annotations

import click

from karvan.cli.main import LazyGroup

COMMANDS = {
    "check": "karvan.cli.law_soundness:check",
    "mutate": "karvan.cli.law_soundness:mutate",
    "editions": "karvan.cli.law_reading:editions",
    "show": "karvan.cli.law_reading:show",
    "value": "karvan.cli.law_reading:value",
    "trace": "karvan.cli.law_reading:trace",
    "diff": "karvan.cli.law_reading:diff",
}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def law() -> None:
    """The law as data: read it, follow it, compare its days, check it.

    A STATE is given by its code, such as TR, or by its folder in content/countries.

    \b
    Examples:
      karvan law editions
      karvan law show TR work-permit --on 2024-10-01
      karvan law value TR minimum_wage --on 2024-07-01
      karvan law diff TR --from 2024-09-30 --to 2024-10-01
      karvan law check
    """
