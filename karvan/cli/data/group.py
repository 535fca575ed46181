"""The group, and what each of its commands begins with."""

from __future__ import annotations

import click

from karvan.cli.data.checking import check
from karvan.cli.data.listing import list_series
from karvan.cli.data.loading import import_file
from karvan.cli.data.taking import export


@click.group(commands=(import_file, export, list_series, check))
def data() -> None:
    """Figures in and out: load your own tables, take ours, see what is here.

    \b
    Examples:
      karvan data import permits.xlsx --concept work_permits_issued --source "Ministry of Labour"
      karvan data export un-migrant-stock --edition 2024 > stock.csv
      karvan data list

    These commands use the site's database (DATABASE_URL).
    """
