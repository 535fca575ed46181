"""`karvan flows`: migration flows estimated from two tables of stocks."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

import click

from karvan.policy.errors import AnswerError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

    from karvan.analysis.flows import Estimate

METHODS = ("closed", "open", "differencing", "rates")
ACCOUNTING = ("closed", "open")
# What each option belongs to. Given elsewhere, it would change nothing, and that is said.
USED_BY = {
    "vital": (*ACCOUNTING, "rates"),
    "assumption": ACCOUNTING,
    "mixture": ACCOUNTING,
    "births": ACCOUNTING,
    "deaths": ACCOUNTING,
    "negatives": ("differencing",),
    "outside": ("open",),
    "total": ("rates",),
}


@click.command()
@click.option(
    "--start",
    required=True,
    metavar="FILE",
    help="Stocks at the start: birthplace,residence,stock. Natives have the same country twice.",
)
@click.option("--end", required=True, metavar="FILE", help="Stocks at the end, in the same form.")
@click.option(
    "--vital",
    metavar="FILE",
    help="Births and deaths over the whole period: residence,births,deaths. Needed by closed and "
    "open.",
)
@click.option(
    "--method",
    required=True,
    type=click.Choice(METHODS),
    help="Demographic accounting, closed or open to the outside world; or differences of stocks; "
    "or rates.",
)
@click.option(
    "--assumption",
    type=click.Choice(("minimum", "independent")),
    help="minimum (default): as many stay as can. independent: where people are at the end does "
    "not depend on where they were.",
)
@click.option(
    "--mixture",
    type=click.FloatRange(0, 1),
    metavar="WEIGHT",
    help="The weight of minimum in a mixture of both, such as 0.87; in place of --assumption.",
)
@click.option(
    "--births",
    type=click.Choice(("native", "proportional")),
    help="The newborn are natives of where they live (default), or shared out as its people are.",
)
@click.option(
    "--deaths",
    type=click.Choice(("proportional", "accounting")),
    help="Shared out as the people of a country are (default), or also fitted to birthplaces.",
)
@click.option(
    "--negatives",
    type=click.Choice(("drop", "reverse")),
    help="With differencing, a stock that shrinks is nothing (default), or a return.",
)
@click.option(
    "--outside",
    type=click.Choice(("own", "other")),
    help="With open, who leaves for outside is taken from the stocks at the start and who comes "
    "from it from those at the end (own, default), or the reverse (other).",
)
@click.option(
    "--seed",
    metavar="FILE",
    help="Weights of pairs, such as past flows or one over distance: origin,destination and a "
    "column of numbers.",
)
@click.option(
    "--total",
    type=click.FloatRange(0),
    metavar="PEOPLE",
    help="With rates, how many moves to share out. The sum of net migration without signs if left "
    "out.",
)
@click.option(
    "--out",
    required=True,
    metavar="FILE",
    help="Where the flows go: origin,destination,birthplace,flow.",
)
@click.option(
    "--od",
    metavar="FILE",
    help="Where the flows summed over birthplaces go: origin,destination,flow.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print convergence, margins and balance as JSON."
)
def flows(
    start: str,
    end: str,
    vital: str | None,
    method: str,
    seed: str | None,
    out: str,
    od: str | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Estimate migration flows from two tables of migrant stocks.

    Who lived in one country at the start and in another at the end is a flow. Stayers stand on the
    diagonal. Flows are not rounded, and the report says how near they come to the stocks. A pair
    of countries that a file of stocks leaves out counts as nobody, and the report says how many
    there were. Files that do not fit are refused, and nothing is written.

    \b
    Examples:
      karvan flows --start 2015.csv --end 2020.csv --vital vital.csv --method closed \\
        --mixture 0.87 --out flows.csv --od od.csv --json
      karvan flows --start 2015.csv --end 2020.csv --method differencing --negatives reverse \\
        --out flows.csv

    \b
    2015.csv:                      vital.csv:
      birthplace,residence,stock     residence,births,deaths
      KG,KG,5900000                  KG,780000,170000
      KG,TR,21000                    TR,6300000,2100000
    """
    from karvan.analysis.flows import FlowError, estimate
    from karvan.cli import flow_files

    unused = [
        f"--{name}"
        for name, value in (("vital", vital), *given.items())
        if value is not None and method not in USED_BY[name]
    ]
    if given["mixture"] is not None and given["assumption"] is not None:
        unused.append("--assumption")
    _refuse_same_file(out=out, od=od, start=start, end=end, vital=vital, seed=seed)
    first, last = flow_files.read_stocks(start), flow_files.read_stocks(end)
    countries = flow_files.same_countries(first, last)
    arrays: dict[str, Any] = {}
    if method in ACCOUNTING and vital is None:
        raise AnswerError(f"The method {method} needs births and deaths. Give --vital.")
    for stocks in (first, last):
        # Rates go by the growth of whole populations where births and deaths are given, or where
        # the file has natives; otherwise by that of migrants alone.
        grows = method == "rates" and given["total"] is None and (vital or stocks.natives())
        if method in ACCOUNTING or grows:
            flow_files.refuse_missing_natives(stocks, countries)
    if vital is not None and method in USED_BY["vital"]:
        events = flow_files.read_vital(vital, countries)
        arrays["births"] = [events[country][0] for country in countries]
        arrays["deaths"] = [events[country][1] for country in countries]
    if seed is not None:
        weights = flow_files.read_seed(seed, countries)
        stays = method in ACCOUNTING and (
            given["assumption"] == "independent" or given["mixture"] is not None
        )
        if stays and (alone := [code for code in countries if (code, code) not in weights]):
            raise AnswerError(
                f"{seed}: There is no weight from {alone[0]} to {alone[0]}. The independent "
                "assumption needs the weight of staying too."
            )
        arrays["seed"] = flow_files.as_table(weights, countries)
    options = {"births": "births_rule", "deaths": "deaths_rule"}
    try:
        found = estimate(
            flow_files.as_table(first.cells, countries),
            flow_files.as_table(last.cells, countries),
            **arrays,
            method=method,
            names=countries,
            **{
                options.get(name, name): value for name, value in given.items() if value is not None
            },
        )
    except FlowError as error:
        raise AnswerError(str(error)) from None

    keep = method in ACCOUNTING
    with flow_files.written_whole(out, *([od] if od else [])) as files:
        _write_flows(files[0], found, countries, diagonal=keep)
        if od:
            _write_od(files[1], found.od, countries, diagonal=keep)

    absent = {"start": first.absent(), "end": last.absent()}
    for stocks, number in ((first, absent["start"]), (last, absent["end"])):
        if number:
            click.echo(f"{stocks.file}: absent pairs taken as zero: {number}.", err=True)
    if unused:
        click.echo(f"Not used by this method: {', '.join(unused)}.", err=True)
    if not found.report.converged:
        click.echo(
            "The fit did not converge: births, deaths, stocks or seed cannot all hold. The report "
            "says how far they are apart.",
            err=True,
        )
    document = _document(found, countries, method, given, seed is not None, absent)
    if as_json:
        from karvan.cli.output import print_json

        print_json(document)
    else:
        _print(document)


def _document(
    found: Estimate,
    countries: Sequence[str],
    method: str,
    given: dict[str, Any],
    seeded: bool,
    absent: dict[str, int],
) -> dict[str, Any]:
    report = found.report
    defaults = {"births": "native", "deaths": "proportional", "negatives": "drop", "outside": "own"}
    if given["mixture"] is None:
        defaults["assumption"] = "minimum"
    used = {
        name: (given[name] if given[name] is not None else defaults.get(name))
        for name in ("assumption", "mixture", "births", "deaths", "negatives", "outside", "total")
        if method in USED_BY[name]
    }
    if used.get("mixture") is not None:
        used["assumption"] = None
    document: dict[str, Any] = {
        "method": method,
        **used,
        "seed": seeded,
        "countries": len(countries),
        "absent_pairs": absent,
        "moves": report.moves,
        "stayers": report.stayers if method in ACCOUNTING else None,
        "convergence": {"converged": report.converged, "iterations": report.iterations},
        "margins": None,
        "balance": None,
    }
    if report.balance is not None:
        balance = report.balance
        furthest = max(range(len(countries)), key=lambda k: abs(balance.by_country[k]))
        document["margins"] = {
            "largest_error": report.largest_margin_error,
            "largest_rescaling_error": report.largest_rescaling_error,
        }
        document["balance"] = {
            "start": balance.start,
            "births": balance.births,
            "deaths": balance.deaths,
            "from_outside": balance.from_outside,
            "to_outside": balance.to_outside,
            "end": balance.end,
            "natives_adjusted": balance.natives_adjusted,
            "furthest_country": countries[furthest],
            "furthest_difference": float(balance.by_country[furthest]),
        }
    return document


def _print(document: dict[str, Any]) -> None:
    click.echo(f"{document['moves']:,.1f} moves between {document['countries']} countries.")
    convergence, margins = document["convergence"], document["margins"]
    if margins:
        said = "Converged" if convergence["converged"] else "Did not converge"
        click.echo(
            f"{said} in {convergence['iterations']} iterations. Margins hold to "
            f"{margins['largest_error']:.2g} people, rescaled residents to "
            f"{margins['largest_rescaling_error']:.2g}."
        )
        balance = document["balance"]
        click.echo(
            f"Start {balance['start']:,.1f} + births {balance['births']:,.1f} - deaths "
            f"{balance['deaths']:,.1f} + from outside {balance['from_outside']:,.1f} - to outside "
            f"{balance['to_outside']:,.1f} = end {balance['end']:,.1f}, natives adjusted by "
            f"{balance['natives_adjusted']:,.1f}. Furthest from its own balance: "
            f"{balance['furthest_country']}, by {balance['furthest_difference']:,.1f}."
        )


def _write_flows(
    file: IO[bytes], found: Estimate, countries: Sequence[str], *, diagonal: bool
) -> None:
    """One birthplace at a time, flows of nobody left out."""
    import numpy as np
    import polars as pl

    file.write(b"origin,destination,birthplace,flow\n")
    codes = np.array(countries, dtype=object)
    for birthplace, table in zip(countries, found.by_birthplace(), strict=True):
        if not diagonal:
            np.fill_diagonal(table, 0.0)
        origin, destination = np.nonzero(table)
        pl.DataFrame(
            {
                "origin": pl.Series(codes[origin], dtype=pl.String),
                "destination": pl.Series(codes[destination], dtype=pl.String),
                "birthplace": pl.Series([birthplace], dtype=pl.String).new_from_index(
                    0, len(origin)
                ),
                "flow": table[origin, destination],
            }
        ).write_csv(file, include_header=False)


def _write_od(
    file: IO[bytes], od: npt.NDArray[np.float64], countries: Sequence[str], *, diagonal: bool
) -> None:
    """Every pair, so that the file can be a seed."""
    import numpy as np
    import polars as pl

    pairs = np.ones_like(od, dtype=bool) if diagonal else ~np.eye(len(od), dtype=bool)
    origin, destination = np.nonzero(pairs)
    codes = np.array(countries, dtype=object)
    pl.DataFrame(
        {
            "origin": pl.Series(codes[origin], dtype=pl.String),
            "destination": pl.Series(codes[destination], dtype=pl.String),
            "flow": od[pairs],
        }
    ).write_csv(file)


def _refuse_same_file(**files: str | None) -> None:
    from pathlib import Path

    seen: dict[Path, str] = {}
    for option in ("start", "end", "vital", "seed", "out", "od"):
        name = files[option]
        if name is None:
            continue
        path = Path(name).resolve()
        if option in ("out", "od") and path in seen:
            raise AnswerError(f"--{option} and --{seen[path]} are the same file, '{name}'.")
        seen[path] = option
