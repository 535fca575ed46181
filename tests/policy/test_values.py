"""Values, money, cells and the axis they make, days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvan.policy.cells import Axis, parse_cell, show_cell
from karvan.policy.days import (
    add_months,
    add_working_days,
    add_years,
    days_between,
    is_working_day,
    months_between,
    next_working_day,
)
from karvan.policy.expression_reading import parse_expression
from karvan.policy.expression_working import compile_expression
from karvan.policy.values import (
    DISCRETION,
    NOT_APPLICABLE,
    SILENT,
    UNKNOWN,
    Gap,
    Kind,
    Money,
    Type,
    format_value,
    parse_value,
    unanswered,
    weakest,
)
from tests.spec.cases import COUNTRIES, JOBS, Terms, as_type

AMOUNTS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)
DATES = st.dates(date(1950, 1, 1), date(2099, 12, 31))
VALUES = {
    "boolean": st.booleans(),
    "integer": st.integers(-(10**9), 10**9),
    "decimal": AMOUNTS,
    "money TRY/month": AMOUNTS.map(lambda amount: Money(amount, "TRY", "month")),
    "money USD": AMOUNTS.map(lambda amount: Money(amount, "USD")),
    "date": DATES,
    "choice outside inside": st.sampled_from(("outside", "inside")),
    "country": st.sampled_from(sorted(COUNTRIES)),
    "occupation": st.sampled_from(sorted(JOBS)),
}
TYPED = st.sampled_from(sorted(VALUES)).flatmap(
    lambda name: st.tuples(st.just(as_type(name)), VALUES[name])
)


@given(typed=TYPED)
def test_a_value_is_read_back_as_it_was_written(typed: tuple[Type, Any]) -> None:
    kind, value = typed
    assert parse_value(format_value(value), kind) == value


@given(text=st.text(max_size=12), name=st.sampled_from(sorted(VALUES)))
def test_any_text_is_a_value_or_is_refused_with_a_sentence(text: str, name: str) -> None:
    kind = as_type(name)
    try:
        value = parse_value(text, kind)
    except ValueError as error:
        refused = str(error)
    else:
        assert parse_value(format_value(value), kind) == value
        return
    assert refused.endswith(".")


# Money


@given(one=AMOUNTS, other=AMOUNTS)
def test_money_of_one_unit_adds_and_compares_as_its_amounts(one: Decimal, other: Decimal) -> None:
    a, b = Money(one, "TRY", "month"), Money(other, "TRY", "month")
    assert (a + b) - b == a
    assert a + b == b + a
    assert (a < b, a <= b, a == b) == (one < other, one <= other, one == other)
    assert a * 2 == a + a == 2 * a


@pytest.mark.parametrize("unit", [("USD", "month"), ("TRY", None), ("TRY", "year")])
def test_money_of_two_units_is_neither_added_nor_compared(unit: tuple[str, str | None]) -> None:
    wage, other = Money(Decimal(1), "TRY", "month"), Money(Decimal(1), *unit)
    for act in (
        lambda: wage + other,
        lambda: wage - other,
        lambda: wage < other,
        lambda: wage / other,
    ):
        with pytest.raises(TypeError, match="units differ"):
            act()
    assert wage != other


def test_money_divided_by_money_is_a_number() -> None:
    assert Money(Decimal(300), "TRY") / Money(Decimal(200), "TRY") == Decimal("1.5")


# Gaps and logic

GAPS = (DISCRETION, SILENT, UNKNOWN, unanswered("p"), unanswered("q"))
TRUTHS = st.sampled_from((True, False, *GAPS))
WITH_LACK = st.sampled_from((True, False, *GAPS, NOT_APPLICABLE))


def worked_out(text: str, **terms: Any) -> Any:
    return compile_expression(parse_expression(text))(Terms(terms))


@given(p=TRUTHS, q=TRUTHS)
def test_de_morgan_holds_with_every_gap(p: Any, q: Any) -> None:
    assert worked_out("not (p and q)", p=p, q=q) == worked_out("not p or not q", p=p, q=q)
    assert worked_out("not (p or q)", p=p, q=q) == worked_out("not p and not q", p=p, q=q)


@given(p=WITH_LACK, q=WITH_LACK, r=WITH_LACK)
def test_logic_does_not_depend_on_order_or_grouping(p: Any, q: Any, r: Any) -> None:
    terms = {"p": p, "q": q, "r": r}
    for word in ("and", "or"):
        flat = worked_out(f"p {word} q {word} r", **terms)
        assert worked_out(f"r {word} q {word} p", **terms) == flat
        assert worked_out(f"p {word} (q {word} r)", **terms) == flat


FORMS = (
    "p and q",
    "p or q",
    "not p",
    "p == q",
    "p if q else r",
    "(p or q) and not r",
    "(p if q else not p) == (r and q)",
)


@given(
    form=st.sampled_from(FORMS),
    known=st.tuples(WITH_LACK, WITH_LACK, WITH_LACK),
    hidden=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_answering_more_never_changes_what_logic_concluded(
    form: str, known: tuple[Any, ...], hidden: tuple[bool, ...]
) -> None:
    full = dict(zip("pqr", known, strict=True))
    less = {
        name: unanswered(name) if hide else value
        for (name, value), hide in zip(full.items(), hidden, strict=True)
    }
    before = worked_out(form, **less)
    if not (isinstance(before, Gap) and before.kind is Kind.UNANSWERED):
        assert worked_out(form, **full) == before


def test_the_weakest_of_several_gaps_is_told_with_all_that_it_needs() -> None:
    assert weakest(DISCRETION, SILENT) == SILENT
    assert weakest(UNKNOWN, unanswered("a"), DISCRETION) == unanswered("a")
    assert weakest(unanswered("a"), unanswered("b")) == unanswered("a", "b")


# Cells

INTEGERS = st.one_of(
    st.integers(-50, 50).map(str),
    st.tuples(st.sampled_from(("<", "<=", ">", ">=")), st.integers(-50, 50)).map(
        lambda pair: f"{pair[0]} {pair[1]}"
    ),
    st.tuples(st.integers(-50, 0), st.integers(0, 50)).map(lambda pair: f"{pair[0]}..{pair[1]}"),
    st.integers(-50, 50).map(lambda bound: f"{bound}.."),
    st.integers(-50, 50).map(lambda bound: f"..{bound}"),
)
NUMBER_CELLS = st.lists(INTEGERS, min_size=1, max_size=3).map(", ".join)
CODE_CELLS = st.tuples(
    st.lists(st.sampled_from(sorted(COUNTRIES)), min_size=1, max_size=4, unique=True), st.booleans()
).map(lambda pair: f"not({', '.join(pair[0])})" if pair[1] else ", ".join(pair[0]))


@given(text=NUMBER_CELLS, value=st.integers(-60, 60))
def test_a_shown_cell_of_numbers_reads_back_as_the_same(text: str, value: int) -> None:
    cell = parse_cell(text, Type("integer"))
    again = parse_cell(show_cell(cell), Type("integer"))
    assert again == cell
    assert again is not None
    assert again.holds(value) is cell.holds(value)  # type: ignore[union-attr]


@given(text=CODE_CELLS)
def test_a_shown_cell_of_codes_reads_back_as_the_same(text: str) -> None:
    cell = parse_cell(text, Type("country"), COUNTRIES)
    assert parse_cell(show_cell(cell), Type("country"), COUNTRIES) == cell


@pytest.mark.parametrize("text", ["-", "n/a"])
def test_anything_and_not_applicable_read_back(text: str) -> None:
    assert show_cell(parse_cell(text, Type("country"), COUNTRIES)) == text


@pytest.mark.parametrize("text", ["", "..", "24..12", "5 6", ">", "not(5)", "a..b", "1,,2"])
def test_a_cell_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        parse_cell(text, Type("integer"))


@given(
    texts=st.lists(st.one_of(st.just("-"), st.just("n/a"), NUMBER_CELLS), min_size=1, max_size=5),
    value=st.integers(-60, 60),
)
def test_the_pieces_of_an_axis_answer_as_its_cells_do(texts: list[str], value: int) -> None:
    cells = [parse_cell(text, Type("integer")) for text in texts]
    axis = Axis(Type("integer"), cells)
    piece = axis.piece(value)
    assert piece is not None
    lacking = axis.piece(NOT_APPLICABLE)
    for text, cell, mask in zip(texts, cells, axis.masks, strict=True):
        assert bool(mask >> piece & 1) is (cell is None or cell.holds(value))
        assert bool(mask >> (lacking or 0) & 1) is (text in ("-", "n/a"))


@given(texts=st.lists(CODE_CELLS, min_size=1, max_size=5), value=st.sampled_from(sorted(COUNTRIES)))
def test_an_axis_of_codes_puts_together_what_no_cell_tells_apart(
    texts: list[str], value: str
) -> None:
    kind = Type("country")
    cells = [parse_cell(text, kind, COUNTRIES) for text in texts]
    axis = Axis(kind, cells, domain=COUNTRIES, may_lack=False)
    piece = axis.piece(value)
    assert piece is not None
    for cell, mask in zip(cells, axis.masks, strict=True):
        assert cell is not None
        assert bool(mask >> piece & 1) is cell.holds(value)
    kept = {
        tuple(cell is not None and cell.holds(sample) for cell in cells) for sample in axis.pieces
    }
    assert len(kept) == len(axis.pieces)


# Days


@given(day=DATES, months=st.integers(-400, 400))
def test_months_added_are_counted_again(day: date, months: int) -> None:
    later = add_months(day, months)
    assert later.day <= day.day
    if months >= 0:
        assert months_between(day, later) == months
    if later.day == day.day:
        assert add_months(later, -months) == day


@given(one=DATES, other=DATES)
def test_whole_months_between_lie_within(one: date, other: date) -> None:
    first, second = sorted((one, other))
    months = months_between(first, second)
    assert add_months(first, months) <= second < add_months(first, months + 1)
    assert months_between(second, first) == -months


@given(day=DATES, years=st.integers(0, 50))
def test_a_year_is_twelve_months(day: date, years: int) -> None:
    assert add_years(day, years) == add_months(day, 12 * years)


def test_days_between_counts_nights() -> None:
    assert days_between(date(2024, 2, 28), date(2024, 3, 1)) == 2
    assert days_between(date(2024, 3, 1), date(2024, 2, 28)) == -2


COUNTED = ("TR", "KZ", "UZ", "AZ", "KG", "RU", "IR", "PK")
NEAR = st.dates(date(2019, 1, 1), date(2027, 12, 31))


@given(day=NEAR, days=st.integers(1, 25), country=st.sampled_from(COUNTED))
def test_working_days_added_are_those_between(day: date, days: int, country: str) -> None:
    later = add_working_days(day, days, country)
    passed = [day + timedelta(days=n) for n in range(1, (later - day).days + 1)]
    assert sum(is_working_day(one, country) for one in passed) == days
    assert is_working_day(later, country)


@given(day=NEAR, days=st.integers(0, 25), country=st.sampled_from(COUNTED))
def test_working_days_taken_away_come_back_to_a_working_day(
    day: date, days: int, country: str
) -> None:
    start = next_working_day(day, country)
    assert add_working_days(add_working_days(start, days, country), -days, country) == start


@pytest.mark.parametrize(
    ("country", "day", "works"),
    [
        ("TR", date(2025, 4, 23), False),  # National Sovereignty and Children's Day
        ("TR", date(2025, 3, 31), False),  # Ramazan Bayramı
        ("TR", date(2025, 6, 6), False),  # Kurban Bayramı
        ("TR", date(2025, 6, 11), True),
        ("KZ", date(2025, 3, 21), False),  # Nauryz
        ("UZ", date(2025, 9, 1), False),  # Independence Day
        ("RU", date(2025, 1, 7), False),  # Christmas
        ("TR", date(2025, 6, 14), False),  # a Saturday
    ],
)
def test_holidays_are_those_of_the_country(country: str, day: date, works: bool) -> None:
    assert is_working_day(day, country) is works


def test_a_country_without_a_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="No calendar of public holidays is known for XX"):
        is_working_day(date(2025, 1, 1), "XX")
