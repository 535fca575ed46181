"""`karvan data check`: are the figures that come with Karvan sound?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from karvan.observatory.content import Shipped

_UNSOUND = 1


@click.command()
@click.option(
    "--untranslated", metavar="CODE", help="List also the texts that a language lacks: ru or tr."
)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_context
def check(ctx: click.Context, untranslated: str | None, as_json: bool) -> None:
    """Checks content/statistics without a database.

    What cannot be read is named with its file and line. Then come impossible sums, duplicates,
    negative counts and jumps. Status 1 when there is an error; a warning asks somebody to look. A
    sum that is impossible in the source itself, whose note says so, is a warning.

    \b
    Examples:
      karvan data check
      karvan data check --untranslated tr
    """
    from karvan.observatory.content import read_statistics

    shipped = read_statistics()
    found = [finding for each in shipped for finding in _findings(each)]
    errors = sum(finding["level"] == "error" for finding in found)
    lacking = _lacking(untranslated) if untranslated else []
    figures = sum(each.figures.height for each in shipped)
    counts = {
        "series": len({each.series.key for each in shipped}),
        "editions": len(shipped),
        "figures": figures,
        "errors": errors,
        "warnings": len(found) - errors,
    }
    if as_json:
        from karvan.cli.output import print_json

        print_json({"counts": counts, "findings": found, "untranslated": lacking})
    else:
        for finding in found:
            click.echo(
                f"{finding['file']}:{finding['row']}: {finding['level']}: "
                f"{finding['given']}: {finding['message']}"
            )
        for text in lacking:
            click.echo(f"{text['where']}: no fresh text for '{text['path']}'")
        click.echo(", ".join(f"{number:,} {name}" for name, number in counts.items()) + ".")
    ctx.exit(_UNSOUND if errors else 0)


def _findings(shipped: Shipped) -> list[dict[str, Any]]:
    """Where a source does not add up, and its note says so, that is the source's own error: it
    stays as it was published, with a warning."""
    import polars as pl

    from karvan.analysis.checks import ERROR, WARNING, check_table
    from karvan.observatory.importing.parts import Part

    # The rows are in the order of the file, whose first line is the header.
    figures = shipped.figures.with_row_index("row", 2).with_columns(
        pl.col("row").cast(pl.Int64), pl.lit("value").alias("column")
    )
    part = Part(shipped.series, shipped.edition, figures)
    report = check_table(figures, additive=part.additive, signed=part.signed)
    noted = [key for key, source in shipped.edition.sources.items() if source.note]
    known = (pl.col("kind") == "sum") & pl.col("source").is_in(noted)
    report = report.join(figures.select("row", "source"), on="row", maintain_order="left")
    report = report.with_columns(
        pl.when(known & (pl.col("level") == ERROR))
        .then(pl.lit(WARNING))
        .otherwise(pl.col("level"))
        .alias("level")
    ).drop("source")
    name = f"statistics/series/{shipped.series.key}/{shipped.edition.key}.csv"
    return [{"file": name, **row} for row in report.iter_rows(named=True)]


def _lacking(language: str) -> list[dict[str, str]]:
    from karvan.observatory.content import untranslated

    return [{"where": where, "path": path} for where, path, _ in untranslated([language])]
