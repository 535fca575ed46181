"""`karvan data list`: which figures are here."""

from __future__ import annotations

from typing import Any

import click

from karvan.cli.data.opening import observatory


@click.command("list")
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def list_series(words: tuple[str, ...], as_json: bool) -> None:
    """Which series are here, in which editions, how large, and whose.

    WORDS choose the series that have all of them in their key, title, concept or reporter.

    \b
    Examples:
      karvan data list
      karvan data list remittances
      karvan data list --json
    """
    with observatory():
        found = [series for series in _series() if _has(series, words)]
        if as_json:
            from karvan.cli.output import print_json

            print_json({"series": found})
            return
        if not found:
            said = " ".join(words)
            raise click.ClickException(
                f"No series has '{said}' in it. 'karvan data list' shows all."
                if words
                else "No figures are here yet. Run 'make run' once, or 'karvan data import FILE'."
            )
        _print(found)


def _series() -> list[dict[str, Any]]:
    from karvan.observatory.queries import current_editions

    found: dict[str, dict[str, Any]] = {}
    for edition in current_editions():
        series = edition.series
        entry = found.setdefault(
            series.key,
            {
                "series": series.key,
                "title": series.title,
                "concept": series.concept,
                "unit": series.unit,
                "reporter": series.reporter,
                "editions": [],
            },
        )
        entry["editions"].append(
            {
                "edition": edition.card.key,
                "title": edition.card.title,
                "published": edition.card.published,
                "loaded_on": edition.loaded_on,
                "figures": edition.size,
                "licence": edition.card.licence,
                "sources": [source.title for source in edition.card.sources.values()],
            }
        )
    return list(found.values())


def _has(series: dict[str, Any], words: tuple[str, ...]) -> bool:
    names = ("series", "title", "concept", "reporter")
    text = " ".join(series[name] for name in names).casefold()
    return all(word.casefold() in text for word in words)


def _print(found: list[dict[str, Any]]) -> None:
    from rich.table import Table

    from karvan.cli.output import console

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for name in ("series", "edition"):
        table.add_column(name, overflow="fold")
    table.add_column("figures", justify="right")
    table.add_column("counts", overflow="fold")
    table.add_column("source", overflow="fold", ratio=1)
    for series in found:
        for edition in series["editions"]:
            table.add_row(
                series["series"],
                edition["edition"],
                f"{edition['figures']:,}",
                f"{series['concept']}, {series['unit']}",
                series["reporter"],
            )
    with console() as to:
        to.print(table)
