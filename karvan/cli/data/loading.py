"""`karvan data import`: a file of figures as an edition of a series."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from karvan.cli.data.opening import observatory

if TYPE_CHECKING:
    from karvan.observatory.importing.describing import Said
    from karvan.observatory.importing.preparing import Prepared
    from karvan.observatory.importing.reading import Grid
    from karvan.observatory.models import Edition

REFUSED = 2
# Fewer figures are stored before anybody could read a bar.
_SHOWN_FROM = 20_000


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--preview", is_flag=True, help="Show how the file is understood; store nothing.")
@click.option("--concept", default="", metavar="ID", help="What is counted: work_permits_issued.")
@click.option("--source", default="", metavar="TEXT", help="Who counted.")
@click.option("--series", default="", metavar="KEY", help="The series; made from the title if new.")
@click.option("--title", default="", metavar="TEXT", help="The series' title.")
@click.option("--unit", default="", metavar="UNIT", help="What it is counted in: persons, USD …")
@click.option(
    "--edition", default="", metavar="KEY", help="The edition; to-YEAR, by its last year, if new."
)
@click.option("--published", default="", metavar="WHEN", help="A year, month or day: 2026-03.")
@click.option("--licence", default="", metavar="TEXT", help="The terms of use.")
@click.option("--origin", default="", metavar="AREA", help="The origin of all rows; _T for all.")
@click.option("--destination", default="", metavar="AREA", help="The destination of all rows.")
@click.option("--sex", default="", metavar="SEX", help="The sex of all rows: female or male.")
@click.option("--period", default="", metavar="WHEN", help="The period of all rows: 2024, 2024-Q3.")
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="COLUMN=MEANING",
    help="What a column means: 'Страна=origin', 'Note=ignore', 'Seasonal=category:seasonal'. May "
    "be repeated.",
)
@click.option(
    "--code",
    "coded",
    multiple=True,
    metavar="NAME=CODE",
    help="The country that a name in the file stands for: 'Stateless=_O'. May be repeated.",
)
@click.option("--decimal", type=click.Choice([".", ","]), help="The mark before decimals.")
@click.option("--sheet", metavar="NAME", help="The sheet of an xlsx file.")
@click.option("--revise", is_flag=True, help="These figures correct the edition that is here.")
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write all findings, row by row, as CSV.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what happened as JSON.")
@click.pass_context
def import_file(
    ctx: click.Context,
    file: Path,
    preview: bool,
    mapped: tuple[str, ...],
    coded: tuple[str, ...],
    decimal: str | None,
    sheet: str | None,
    revise: bool,
    report: Path | None,
    as_json: bool,
    **texts: str,
) -> None:
    """Loads a FILE of figures: CSV, xlsx, SDMX-CSV or SDMX-ML.

    The files of the United Nations (International Migrant Stock), the World Bank (World
    Development Indicators, Remittance Prices) and Abel and Cohen (flows) are known by their
    columns. Of any other table the meaning of its columns is guessed and shown; what the file does
    not say is asked for by the option that says it, and remembered for the next file with the same
    columns.

    Each row is checked. With an error nothing is stored; warnings ask somebody to look.

    \b
    Examples:
      karvan data import undesa_pd_2024_ims_stock_by_sex_destination_and_origin.xlsx
      karvan data import permits.xlsx --preview --origin _T
      karvan data import permits.xlsx --concept work_permits_issued --destination TR \\
        --source "Ministry of Labour"
    """
    with observatory():
        from karvan.observatory.importing.preparing import open_grid, prepare

        grid = open_grid(file, sheet)
        said = _said(grid, mapped, coded, decimal or "", texts)
        prepared = prepare(grid, said, file.name)
        if report:
            _write_report(prepared, report)
        if prepared.missing and not preview:
            raise prepared.missing
        refused = bool(prepared.errors or prepared.missing)
        stored = [] if preview or refused else _store(prepared, revise)
        from karvan.cli.data.saying import say, say_json

        (say_json if as_json else say)(prepared, file.name, preview, stored)
    if refused:
        ctx.exit(REFUSED)


def _said(
    grid: Grid,
    mapped: tuple[str, ...],
    coded: tuple[str, ...],
    decimal: str,
    texts: dict[str, str],
) -> Said:
    from karvan.observatory.importing.areas import area_code, plain
    from karvan.observatory.importing.cells import period_of, sex_of
    from karvan.observatory.importing.describing import Said
    from karvan.observatory.importing.mapping import parse_said

    readers: dict[str, Callable[[str], str | None]] = {
        "origin": area_code,
        "destination": area_code,
        "sex": sex_of,
        "period": period_of,
    }
    constants = {}
    for name, read in readers.items():
        if given := texts.pop(name):
            code = read(given)
            if code is None or (read is area_code and len(code) > 2):
                raise click.ClickException(f"--{name}: '{given}' is no {name} that is known.")
            constants[name] = code
    codes = {}
    for text in coded:
        name, sign, given = text.rpartition("=")
        code = area_code(given)
        if not sign or code is None:
            raise click.ClickException(f"--code: '{text}' is no NAME=CODE, such as 'Stateless=_O'.")
        codes[plain(name)] = code
    if (when := texts["published"]) and period_of(when) != when:
        raise click.ClickException(f"--published: '{when}' is no year, month or day: 2026-03.")
    return Said(
        meanings=parse_said(mapped, grid.names),
        constants=constants,
        codes=codes,
        decimal=decimal,
        **texts,
    )


def _write_report(prepared: Prepared, file: Path) -> None:
    try:
        prepared.report.write_csv(file)
    except OSError as error:
        raise click.ClickException(f"'{file}' cannot be written: {error.strerror}.") from None


def _store(prepared: Prepared, revising: bool) -> list[Edition | None]:
    from karvan.observatory.importing.storing import store

    with _progress(prepared.size) as progress:
        return store(prepared, revising=revising, progress=progress)


@contextmanager
def _progress(size: int) -> Iterator[Callable[[int], None] | None]:
    """A bar on standard error, at a terminal, where storing takes a while."""
    from rich.console import Console

    to = Console(stderr=True)
    if size < _SHOWN_FROM or not to.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns: Any = (
        "Storing",
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=to, transient=True) as bar:
        task = bar.add_task("", total=size)
        yield lambda stored: bar.update(task, completed=stored)
