"""What each command begins with: the site's database, and refusals said in one sentence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def observatory() -> Iterator[None]:
    """Starts Django. Raises ClickException where the database is not ready, and for a Refused."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "karvan.site.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise click.ClickException(str(error)) from None

    from karvan.errors import Refused

    try:
        _refuse_without_tables()
        yield
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    except DatabaseError as error:
        cause = " ".join(str(error).split())
        raise click.ClickException(f"The database does not answer: {cause}.") from None


def _refuse_without_tables() -> None:
    from django.db import connection

    from karvan.observatory.models import Layout, Series

    there = set(connection.introspection.table_names())
    if not {Series._meta.db_table, Layout._meta.db_table} <= there:
        raise click.ClickException(
            "The database has no tables for figures yet. Run 'make run' once, or "
            "'python manage.py migrate'."
        )
