"""Parameters: dated values."""
# ruff: noqa: E501  (a row of law is read across, as in the content itself)

from datetime import date

from tests.spec.cases import Ask, Law, Topic

WAGE = """
parameters:
  wage:
    name: Wage
    type: money
    unit: TRY/month
    values:
      - {from: unknown, until: 2022-12-31, is: 100, cite: [act], facts: [READ]}
      - {from: 2024-01-01, is: 200, cite: [act], facts: [READ]}
      - {from: 2025-01-01, is: 300, cite: [act], facts: [WEAK]}
      - {from: 2026-01-01, is: unknown, cite: [act]}
"""

BY_ENTRY = """
parameters:
  fee:
    name: Fee
    type: money
    unit: TRY
    at: entry_date
    values:
      - {from: unknown, until: 2023-12-31, is: 10, cite: [act]}
      - {from: 2024-01-01, is: 20, cite: [act]}
  duty:
    name: Duty
    type: money
    unit: TRY
    at: entry_date
    values:
      - {from: unknown, until: 2023-12-31, is: 7, cite: [act]}
      - {from: 2024-01-01, is: 7, cite: [act]}
"""
INSIDE = {"where_now": "inside"}

TOPIC = Topic(
    "Parameters over time",
    "A parameter has dated values, each with its provision.",
    (
        Law(
            "A value lasts until its last day, or until the next begins",
            "Days for which no value is written are silent; a figure nobody found is unknown.",
            WAGE,
            (
                Ask({}, {"wage": "100 TRY/month"}, date(2022, 12, 31), sure="read"),
                Ask({}, {"wage": "silent"}, date(2023, 1, 1)),
                Ask({}, {"wage": "silent"}, date(2023, 12, 31)),
                Ask({}, {"wage": "200 TRY/month"}, date(2024, 1, 1)),
                Ask({}, {"wage": "200 TRY/month"}, date(2024, 12, 31)),
                Ask({}, {"wage": "300 TRY/month"}, date(2025, 1, 1), sure="memory"),
                Ask({}, {"wage": "unknown"}, date(2026, 1, 1)),
            ),
        ),
        Law(
            "Values may look at another date",
            "`at` names the date. While it is not known, neither is the value, unless all days agree.",
            BY_ENTRY,
            (
                Ask({**INSIDE, "entry_date": "2023-12-31"}, {"fee": "10 TRY"}),
                Ask({**INSIDE, "entry_date": "2024-01-01"}, {"fee": "20 TRY"}),
                Ask(INSIDE, {"fee": "unanswered"}, needs=("entry_date",)),
                Ask({}, {"fee": "unanswered"}, needs=("where_now",)),
                Ask({"where_now": "outside"}, {"fee": "not_applicable"}),
            ),
        ),
        Law(
            "A value for all days needs no date",
            "It is known as soon as the date is known to arise.",
            BY_ENTRY.replace("at: entry_date", "at: arrival")
            + """
values:
  arrival: {type: date, is: entry_date if where_now == 'inside' else on, cite: [act]}
""",
            (
                Ask({**INSIDE, "entry_date": "2023-12-31"}, {"duty": "7 TRY"}),
                Ask({"where_now": "outside"}, {"duty": "7 TRY", "fee": "20 TRY"}),
            ),
        ),
        Law(
            "Two values on one day that differ are unknown",
            "The checker names them; the engine takes neither.",
            """
            parameters:
              wage:
                name: Wage
                type: money
                unit: TRY/month
                values:
                  - {from: 2020-01-01, is: 100, cite: [act], sure: disputed}
                  - {from: 2020-01-01, is: 200, cite: [act], sure: disputed}
            """,
            (Ask({}, {"wage": "unknown"}),),
        ),
        Law(
            "What is announced decides nothing",
            "A value that officials announced does not end the one in force.",
            """
            parameters:
              wage:
                name: Wage
                type: money
                unit: TRY/month
                values:
                  - {from: unknown, is: 100, cite: [act]}
                  - {from: 2025-01-01, is: 500, standing: announced, cite: [act]}
            """,
            (Ask({}, {"wage": "100 TRY/month"}),),
        ),
    ),
)
