"""Decision tables."""
# ruff: noqa: E501  (a row of law is read across, as in the content itself)

from datetime import date

from tests.spec.cases import Ask, Law, Topic

PAY = """
tables:
  multiples:
    name: Multiples
    gives:
      multiple: {type: decimal}
      reviewed_yearly: {type: boolean}
    rows:
      - {id: doctors, when: {occupation: 2211}, then: {multiple: 4, reviewed_yearly: yes}, from: unknown, cite: [act]}
      - {id: health, when: {occupation: not(9112), age: ">= 18"}, exception_to: rest, then: {multiple: 3, reviewed_yearly: yes}, from: unknown, cite: [act]}
      - {id: rest, otherwise: yes, then: {multiple: 1, reviewed_yearly: yes}, from: unknown, cite: [act]}
"""

SIMPLE = """
tables:
  visas:
    name: Visas
    gives: {stay: {type: integer, unit: days}}
    rows:
      - {id: kg, when: {citizenship: KG}, then: 90, from: unknown, cite: [act]}
      - {id: tj, when: {citizenship: TJ}, then: 60, from: unknown, cite: [act]}
      - {id: uz, when: {citizenship: UZ}, then: unknown, from: unknown, cite: [act]}
      - {id: ir, when: {citizenship: IR}, then: discretion, from: unknown, cite: [act]}
      - {id: tm, when: {citizenship: TM}, then: n/a, from: unknown, cite: [act]}
"""

EXCEPTIONS = """
tables:
  quotas:
    name: Quota
    gives: {quota: {type: integer}}
    rows:
      - {id: general, when: {has_offer: yes}, then: 5, from: unknown, cite: [act]}
      - {id: married, when: {married: yes}, exception_to: general, then: 3, from: unknown, cite: [act]}
      - {id: young, when: {age: < 25}, exception_to: married, then: 0, from: unknown, cite: [act]}
      - {id: rest, otherwise: yes, then: 9, from: unknown, cite: [act]}
"""

READINGS = """
tables:
  extensions:
    name: Extension
    gives: {months: {type: integer, unit: months}, possible: {type: boolean}}
    rows:
      - {id: ministry, when: {has_offer: yes}, reading: autumn, then: {months: 6, possible: yes}, from: unknown, cite: [act], sure: disputed}
      - {id: lawyers, when: {has_offer: yes, age: ">= 18"}, reading: autumn, then: {months: 12, possible: yes}, from: unknown, cite: [order], sure: disputed}
      - {id: rest, otherwise: yes, then: {months: 0, possible: no}, from: unknown, cite: [act]}
"""

OWN_DATE = """
tables:
  visas:
    name: Visas
    at: entry_date
    gives: {stay: {type: integer, unit: days}}
    rows:
      - {id: old, when: {citizenship: KG}, then: 60, from: unknown, until: 2023-12-31, cite: [act]}
      - {id: new, when: {citizenship: KG}, then: 90, from: 2024-01-01, cite: [act]}
      - {id: kz, when: {citizenship: KZ}, then: 30, from: unknown, until: 2023-12-31, cite: [act]}
      - {id: kz_new, when: {citizenship: KZ}, then: 30, from: 2024-01-01, cite: [act]}
"""
INSIDE = {"where_now": "inside"}

TOPIC = Topic(
    "Tables",
    "Rows of conditions and an outcome. One row at most applies, unless another is said to take "
    "precedence over it.",
    (
        Law(
            "The row that applies",
            "Its outcome is the answer, and may be a gap. No row: the law is silent.",
            SIMPLE,
            (
                Ask({"citizenship": "KG"}, {"stay": "90"}),
                Ask({"citizenship": "UZ"}, {"stay": "unknown"}),
                Ask({"citizenship": "IR"}, {"stay": "discretion"}),
                Ask({"citizenship": "TM"}, {"stay": "not_applicable"}),
                Ask({"citizenship": "RU"}, {"stay": "silent"}),
                Ask({}, {"stay": "unanswered"}, needs=("citizenship",)),
            ),
        ),
        Law(
            "Known once every row still possible agrees",
            "Each output is settled on its own.",
            PAY,
            (
                Ask({"occupation": "9112"}, {"multiple": "1", "reviewed_yearly": "yes"}, needs=()),
                Ask({"occupation": "2221"}, {"multiple": "unanswered"}, needs=("age",)),
                Ask({"occupation": "2221"}, {"reviewed_yearly": "yes"}, needs=()),
                Ask({}, {"reviewed_yearly": "yes"}, needs=()),
            ),
        ),
        Law(
            "Rows that agree settle nothing where none of them may apply",
            "Somebody could still fall between them.",
            """
            tables:
              visas:
                name: Visas
                gives: {stay: {type: integer, unit: days}}
                rows:
                  - {id: kg, when: {citizenship: KG}, then: 90, from: unknown, cite: [act]}
                  - {id: tj, when: {citizenship: TJ}, then: 90, from: unknown, cite: [act]}
              sexes:
                name: Married or not
                gives: {allowance: {type: integer}}
                rows:
                  - {id: wed, when: {married: yes}, then: 1, from: unknown, cite: [act]}
                  - {id: single, when: {married: no}, then: 1, from: unknown, cite: [act]}
            """,
            (
                Ask({}, {"stay": "unanswered"}, needs=("citizenship",)),
                Ask({"citizenship": "RU"}, {"stay": "silent"}),
                Ask({}, {"allowance": "1"}, needs=()),
            ),
        ),
        Law(
            "Exceptions take precedence, through any chain",
            "While an exception may still apply, the row it excepts does not decide.",
            EXCEPTIONS,
            (
                Ask({"has_offer": "yes", "married": "no", "age": "30"}, {"quota": "5"}),
                Ask({"has_offer": "yes", "married": "yes", "age": "30"}, {"quota": "3"}),
                Ask({"has_offer": "yes", "married": "yes", "age": "20"}, {"quota": "0"}),
                Ask({"has_offer": "yes", "married": "no", "age": "20"}, {"quota": "0"}),
                Ask({"has_offer": "yes", "age": "30"}, {"quota": "unanswered"}, needs=("married",)),
                Ask({"has_offer": "yes", "age": "20"}, {"quota": "0"}, needs=()),
                Ask({"has_offer": "no", "married": "no", "age": "30"}, {"quota": "9"}),
            ),
        ),
        Law(
            "Two rows that both apply and differ are unknown",
            "The checker reports them; the engine takes neither, nor before the second is certain.",
            """
            tables:
              quotas:
                name: Quota
                gives: {quota: {type: integer}}
                rows:
                  - {id: offer, when: {has_offer: yes}, then: 5, from: unknown, cite: [act]}
                  - {id: married, when: {married: yes}, then: 3, from: unknown, cite: [act]}
            """,
            (
                Ask({"has_offer": "yes", "married": "yes"}, {"quota": "unknown"}),
                Ask({"has_offer": "yes"}, {"quota": "unanswered"}, needs=("married",)),
                Ask({"has_offer": "yes", "married": "no"}, {"quota": "5"}),
            ),
        ),
        Law(
            "Rival readings",
            "Where sources disagree and the readings differ, the outcome is unknown; where they "
            "agree it is known, and disputed.",
            READINGS,
            (
                Ask({"has_offer": "yes", "age": "30"}, {"months": "unknown"}),
                Ask({"has_offer": "yes", "age": "30"}, {"possible": "yes"}, sure="disputed"),
                Ask({"has_offer": "yes", "age": "17"}, {"months": "6"}, sure="disputed"),
                Ask({"has_offer": "yes"}, {"months": "unanswered"}, needs=("age",)),
                Ask({"has_offer": "yes"}, {"possible": "yes"}, needs=(), sure="disputed"),
                Ask({"has_offer": "no"}, {"months": "0"}),
            ),
        ),
        Law(
            "Rows over time",
            "A row holds from its first day to its last, on the day of the question.",
            SIMPLE.replace(
                "{id: kg, when: {citizenship: KG}, then: 90, from: unknown,",
                "{id: kg_old, when: {citizenship: KG}, then: 30, from: unknown, until: 2023-12-31, cite: [act]}\n"
                "      - {id: kg, when: {citizenship: KG}, then: 90, from: 2024-01-01,",
            ),
            (
                Ask({"citizenship": "KG"}, {"stay": "30"}, date(2023, 12, 31)),
                Ask({"citizenship": "KG"}, {"stay": "90"}, date(2024, 1, 1)),
            ),
        ),
        Law(
            "Rows may look at another date",
            "With `at` the rows' dates are held against that date.",
            OWN_DATE,
            (
                Ask({**INSIDE, "citizenship": "KG", "entry_date": "2023-12-31"}, {"stay": "60"}),
                Ask({**INSIDE, "citizenship": "KG", "entry_date": "2024-01-01"}, {"stay": "90"}),
                Ask({**INSIDE, "citizenship": "KG"}, {"stay": "unanswered"}, needs=("entry_date",)),
                Ask({**INSIDE, "citizenship": "KZ"}, {"stay": "30"}, needs=()),
            ),
        ),
        Law(
            "Terms that are not applicable",
            "`n/a` in a cell is for them; no other cell is, not even `not(…)`.",
            """
            tables:
              pays:
                name: Pay
                gives: {kind: {type: choice, options: [none, low, high]}}
                rows:
                  - {id: none, when: {salary: n/a}, then: none, from: unknown, cite: [act]}
                  - {id: low, when: {salary: < 100 TRY/month}, then: low, from: unknown, cite: [act]}
                  - {id: high, when: {salary: ">= 100"}, then: high, from: unknown, cite: [act]}
            """,
            (
                Ask({"has_offer": "no"}, {"kind": "none"}),
                Ask({"has_offer": "yes", "salary": "99.99 TRY/month"}, {"kind": "low"}),
                Ask({"has_offer": "yes", "salary": "100 TRY/month"}, {"kind": "high"}),
                Ask({"has_offer": "yes"}, {"kind": "unanswered"}, needs=("salary",)),
            ),
        ),
        Law(
            "Cells test gaps of every kind",
            "What an officer decides leaves the row possible, and the outcome to the officer.",
            """
            tables:
              firsts:
                name: First
                gives: {suitable: {type: boolean}}
                rows:
                  - {id: all, otherwise: yes, then: discretion, from: unknown, cite: [act]}
              seconds:
                name: Second
                gives: {granted: {type: boolean}, fee_due: {type: boolean}}
                rows:
                  - {id: suitable, when: {suitable: yes}, then: {granted: yes, fee_due: yes}, from: unknown, cite: [act]}
                  - {id: unsuitable, when: {suitable: no}, then: {granted: no, fee_due: yes}, from: unknown, cite: [act]}
            """,
            (Ask({}, {"granted": "discretion", "fee_due": "yes"}, needs=()),),
        ),
    ),
)
