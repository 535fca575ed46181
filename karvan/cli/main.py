"""The `karvan` group: commands load only when they are called, so that each starts quickly."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import click

from karvan.policy.errors import AnswerError, ContentErrors

COMMANDS = {
    "journey": "karvan.cli.journey:journey",
    "stay": "karvan.cli.stay:stay",
    "law": "karvan.cli.law:law",
    "flows": "karvan.cli.flows:flows",
    "data": "karvan.cli.data:data",
    "cost": "karvan.cli.cost:cost",
    "schema": "karvan.cli.schema:schema",
}
UNUSABLE = 2
UNSOUND = 1
INTERRUPTED = 130
PIPE_CLOSED = 141


class LazyGroup(click.Group):
    """A group whose commands are imported when they are needed."""

    def __init__(self, *args: Any, lazy: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = lazy or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.lazy, *(name for name in super().list_commands(ctx) if name not in self.lazy)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.lazy:
            module, _, name = self.lazy[cmd_name].partition(":")
            found: click.Command = getattr(import_module(module), name)
            return found
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in self.list_commands(ctx) and not name.startswith("-"):
            from difflib import get_close_matches  # only when something is wrong

            known = self.list_commands(ctx)
            near = get_close_matches(name, known, 3, 0.5) or known
            ctx.fail(f"There is no command '{name}'. Nearest: {', '.join(near)}.")
        return super().resolve_command(ctx, args)


class Karvan(LazyGroup):
    """Says in one place, and in one way, what cannot be done: one message, nothing half-printed."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            leave_pipe()
            ctx.exit(PIPE_CLOSED)

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> Any:  # type: ignore[override]
        extra.pop("standalone_mode", None)
        open_closed_streams()
        extra["prog_name"] = "karvan"
        sys.exit(_guarded(lambda: super(Karvan, self).main(args, standalone_mode=False, **extra)))


def _guarded(run: Callable[[], Any]) -> int:
    try:
        code = run()
        sys.stdout.flush()
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "karvan"
        message = " ".join(error.format_message().split())
        return _refuse(f"{message} See '{path} --help'.")
    except click.ClickException as error:
        return _refuse(error.format_message())
    except AnswerError as error:
        return _refuse(str(error))
    except ContentErrors as errors:
        for content_error in errors.errors:
            click.echo(str(content_error), err=True)
        click.echo(f"karvan: The content cannot be read: {len(errors.errors)} problems.", err=True)
        return UNSOUND
    except click.Abort:
        return INTERRUPTED
    except BrokenPipeError:
        leave_pipe()
        return PIPE_CLOSED
    except OSError as error:  # the disk under the output is full
        leave_pipe()
        return _refuse(f"{error.strerror}.")
    return code if isinstance(code, int) else 0


def open_closed_streams() -> None:
    """A process may be started with a stream closed (`<&-`); nothing is read there or kept."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def leave_pipe() -> None:
    """Whoever read the output has left. What Python still wants to write goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse(message: str) -> int:
    click.echo(f"karvan: {message}", err=True)
    return UNUSABLE


@click.group(cls=Karvan, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="karvan", message="%(prog)s %(version)s")
def main() -> None:
    """What the law lets a person do, step by step, under which article and at whose cost; and
    figures of migration, loaded, checked and worked out.

    \b
    Examples:
      karvan journey --citizenship KG --destination TR --goal work
      karvan stay --citizenship KZ --destination TR --trips trips.csv
      karvan law value TR minimum_wage --on 2024-07-01
      karvan data import permits.xlsx --destination TR --preview
      karvan flows --start 2015.csv --end 2020.csv --method differencing --out flows.csv

    What a command cannot understand ends with status 2 and one message that names the nearest
    valid values. Every command that answers takes --json. Karvan informs; it gives no legal advice
    and decides nothing.
    """
