"""`karvan data export`: an edition as a file."""

from __future__ import annotations

import os
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from karvan.cli.data.opening import observatory

if TYPE_CHECKING:
    from karvan.observatory.queries import Edition

FORMS = ("csv", "xlsx", "sdmx-csv", "sdmx-csv-1", "sdmx-ml", "sdmx-structure")
_BINARY = ("xlsx",)


@click.command()
@click.argument("series")
@click.option("--edition", metavar="KEY", help="Which edition; the newest if left out.")
@click.option(
    "--form",
    type=click.Choice(FORMS),
    help="What to write. If left out it follows from the name of the file (.csv, .xlsx, .xml), "
    "else csv.",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="The file to write.")
def export(series: str, edition: str | None, form: str | None, out: Path | None) -> None:
    """Takes an edition of a SERIES as CSV, xlsx, SDMX-CSV or SDMX-ML.

    Without --out it goes to standard output. An xlsx file has a sheet that says what the figures
    are, whose, and under which licence. SDMX-ML comes in two messages: the data, and the structure
    that explains its codes (sdmx-structure).

    \b
    Examples:
      karvan data export un-migrant-stock --edition 2024 > stock.csv
      karvan data export tr-work-permits --out permits.xlsx
      karvan data export un-migrant-stock --form sdmx-ml --out stock.xml
      karvan data export un-migrant-stock --form sdmx-structure --out structure.xml
    """
    form = form or _form_of(out)
    if out is None and form in _BINARY and sys.stdout.isatty():
        raise click.UsageError("An xlsx file is nothing for a terminal. Give --out FILE.xlsx.")
    with observatory():
        from karvan.observatory.exporting import write
        from karvan.observatory.queries import table_of

        chosen = _edition(series, edition)
        content = write(table_of(chosen), chosen.series, chosen.card, form)
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    # Written beside and moved: nobody finds half a file.
    beside = out.with_name(f".{out.name}.part")
    try:
        beside.write_bytes(content)
        os.replace(beside, out)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise click.ClickException(f"'{out}' cannot be written: {error.strerror}.") from None
    click.echo(f"{chosen.size:,} figures of {series}, edition {chosen.card.key}: {out}", err=True)


def _form_of(out: Path | None) -> str:
    by_ending = {".xlsx": "xlsx", ".xml": "sdmx-ml"}
    return by_ending.get(out.suffix.lower(), "csv") if out else "csv"


def _edition(series: str, edition: str | None) -> Edition:
    from karvan.observatory.models import Series
    from karvan.observatory.queries import current_editions

    editions = current_editions(series=[series])
    if not editions:
        known = list(Series.objects.values_list("key", flat=True))
        near = get_close_matches(series, known, 3, 0.4)
        hint = f"Nearest: {', '.join(near)}." if near else "'karvan data list' shows all."
        raise click.ClickException(f"There is no series '{series}'. {hint}")
    if edition is None:
        return editions[-1]
    for found in editions:
        if found.card.key == edition:
            return found
    there = ", ".join(found.card.key for found in editions)
    raise click.ClickException(f"{series} has no edition '{edition}'. It has: {there}.")
