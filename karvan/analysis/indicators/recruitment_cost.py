"""What workers paid for a job abroad, in months of what it pays: SDG indicator 10.7.1."""

from __future__ import annotations

import polars as pl

from .quantiles import weighted_quantile

BOTH_SEXES = "_T"
SMALL_SAMPLE = 30  # fewer respondents are flagged: their quartiles turn on one or two people
WORDS = ("origin", "destination", "sex", "cost_currency", "earnings_currency")
NUMBERS = ("cost", "monthly_earnings", "weight")
QUARTILES = {"first_quartile": 0.25, "median": 0.5, "third_quartile": 0.75}


def recruitment_cost(answers: pl.DataFrame) -> pl.DataFrame:
    """Median and quartiles of cost over monthly earnings, by corridor and sex, weighted.

    `answers` has a row for each respondent: origin, destination, sex, cost, cost_currency,
    monthly_earnings (of the first month in that job), earnings_currency, weight. A cost of zero is
    an answer and counts; who did not tell a cost, earnings above zero or a weight cannot be counted
    and is in `left_out`. One currency may differ from respondent to respondent, since months have
    none, but a respondent's two amounts must be in the same.

    The result has a row for each corridor and sex and one, with sex `_T`, for all of the corridor:

        origin destination sex respondents left_out first_quartile median third_quartile small_…
        A      B           F             2        1            1.0    1.5            2.0 true
        A      B           M             3        0            0.5    1.0            4.0 true
        A      B           _T            5        1            1.0    1.0            2.0 true

    Raises ValueError for a missing column, a negative amount or weight, and two currencies.
    """
    _check(answers)
    counted = (
        (pl.col("monthly_earnings") > 0) & (pl.col("weight") > 0) & pl.col("cost").is_not_null()
    )
    told = _known(answers).with_columns(
        months=pl.when(counted.fill_null(False)).then(pl.col("cost") / pl.col("monthly_earnings"))
    )
    by_sex = told.filter(pl.col("sex").is_not_null() & (pl.col("sex") != BOTH_SEXES))
    both = told.with_columns(sex=pl.lit(BOTH_SEXES))
    rows = [
        {"origin": corridor[0], "destination": corridor[1], "sex": corridor[2], **_summary(group)}
        for corridor, group in pl.concat([by_sex, both]).group_by(
            "origin", "destination", "sex", maintain_order=True
        )
    ]
    return pl.DataFrame(rows, schema=SCHEMA).sort("origin", "destination", "sex")


SCHEMA = {
    "origin": pl.String,
    "destination": pl.String,
    "sex": pl.String,
    "respondents": pl.Int64,
    "left_out": pl.Int64,
    **dict.fromkeys(QUARTILES, pl.Float64),
    "small_sample": pl.Boolean,
}


def _summary(group: pl.DataFrame) -> dict[str, int | float | bool | None]:
    told = group.filter(pl.col("months").is_not_null())
    months, weights = told["months"].to_numpy(), told["weight"].to_numpy()
    return {
        "respondents": len(told),
        "left_out": len(group) - len(told),
        **{
            name: weighted_quantile(months, weights, part) if len(told) else None
            for name, part in QUARTILES.items()
        },
        "small_sample": len(told) < SMALL_SAMPLE,
    }


def _known(answers: pl.DataFrame) -> pl.DataFrame:
    """Amounts as floats, where NaN too is no answer."""
    return answers.select(
        *(pl.col(name).cast(pl.String) for name in WORDS),
        *(pl.col(name).cast(pl.Float64).fill_nan(None) for name in NUMBERS),
    )


def _check(answers: pl.DataFrame) -> None:
    missing = [name for name in (*WORDS, *NUMBERS) if name not in answers.columns]
    if missing:
        raise ValueError(
            f"The survey has no column {', '.join(missing)}. "
            f"It needs {', '.join((*WORDS, *NUMBERS))}."
        )
    table = _known(answers).with_row_index("row", offset=1)
    for name in NUMBERS:
        for row in table.filter(pl.col(name) < 0)["row"].head(1):
            raise ValueError(f"Row {row}: {name} is negative.")
    for name in ("origin", "destination"):
        for row in table.filter(pl.col(name).is_null())["row"].head(1):
            raise ValueError(f"Row {row}: {name} is empty, so the corridor is not known.")
    paid = table.filter(pl.col("cost").is_not_null() & pl.col("monthly_earnings").is_not_null())
    differ = paid.filter(~pl.col("cost_currency").eq_missing(pl.col("earnings_currency")))
    for row, cost, earnings in (
        differ.select("row", "cost_currency", "earnings_currency").head(1).rows()
    ):
        raise ValueError(
            f"Row {row}: the cost is in {cost or 'no currency'} and the earnings in "
            f"{earnings or 'no currency'}. Convert one by a dated rate first."
        )
    for row in paid.filter(pl.col("cost_currency").is_null())["row"].head(1):
        raise ValueError(f"Row {row}: no currency is given, so the amounts cannot be compared.")
