"""Statuses: what a person may hold."""
# ruff: noqa: E501  (a row of law is read across, as in the content itself)

from datetime import date

from tests.spec.cases import Ask, Law, Topic

PERMIT = """
statuses:
  permit:
    name: Permit
    goals: [work]
    if: where_now == 'outside'
    conditions:
      - {id: offer, needs: has_offer, yes: Offer, no: No offer, from: unknown, cite: [act]}
      - {id: adult, needs: age >= 18, yes: Adult, no: Child, from: unknown, cite: [act]}
"""
OUT = {"where_now": "outside"}


def with_condition(needs: str, more: str = "") -> str:
    return PERMIT.rstrip() + (
        f"\n      - {{id: more, needs: {needs}, yes: x, no: y, from: unknown, cite: [act]{more}}}\n"
    )


TOPIC = Topic(
    "Statuses",
    "All conditions hold: open. One fails: closed. Otherwise the weakest of what is missing.",
    (
        Law(
            "Open, closed, or waiting for an answer",
            "One condition that fails closes, whatever else is missing.",
            PERMIT,
            (
                Ask({**OUT, "has_offer": "yes", "age": "18"}, {"permit": "open"}),
                Ask({**OUT, "has_offer": "yes", "age": "17"}, {"permit": "closed"}),
                Ask({**OUT, "has_offer": "no"}, {"permit": "closed"}, needs=()),
                Ask({**OUT, "has_offer": "yes"}, {"permit": "unanswered"}, needs=("age",)),
                Ask(OUT, {"permit": "unanswered"}, needs=("age", "has_offer")),
            ),
        ),
        Law(
            "For whom it is",
            "`if` decides whether the status concerns the person at all. Until that is known a "
            "failing condition does not close it.",
            PERMIT,
            (
                Ask({"where_now": "inside"}, {"permit": "not_applicable"}, needs=()),
                Ask({"where_now": "inside", "has_offer": "no"}, {"permit": "not_applicable"}),
                Ask({"has_offer": "no"}, {"permit": "unanswered"}, needs=("where_now",)),
                Ask(
                    {"has_offer": "yes", "age": "18"},
                    {"permit": "unanswered"},
                    needs=("where_now",),
                ),
            ),
        ),
        Law(
            "Left to an officer",
            "Everything else holds: the officer decides. Something fails: closed.",
            with_condition("discretion"),
            (
                Ask({**OUT, "has_offer": "yes", "age": "18"}, {"permit": "discretion"}),
                Ask({**OUT, "has_offer": "no", "age": "18"}, {"permit": "closed"}),
                Ask({**OUT, "has_offer": "yes"}, {"permit": "unanswered"}, needs=("age",)),
            ),
        ),
        Law(
            "Silent and unknown",
            "The weaker gap is told.",
            with_condition("silent").rstrip()
            + "\n      - {id: last, needs: unknown, yes: x, no: y, from: 2025-01-01, cite: [act]}\n",
            (
                Ask(
                    {**OUT, "has_offer": "yes", "age": "18"},
                    {"permit": "silent"},
                    date(2024, 12, 31),
                ),
                Ask(
                    {**OUT, "has_offer": "yes", "age": "18"},
                    {"permit": "unknown"},
                    date(2025, 1, 1),
                ),
            ),
        ),
        Law(
            "A condition that is not applicable fails",
            "Pay above the floor cannot be shown without an offer.",
            with_condition("salary >= money('5 TRY/month')"),
            (Ask({**OUT, "has_offer": "no", "age": "18"}, {"permit": "closed"}),),
        ),
        Law(
            "A condition for some",
            "Where its `if` is no, the condition does not arise. While that cannot be told, it is no "
            "reason to refuse.",
            with_condition("married, if: where_now == 'outside' and banned"),
            (
                Ask({**OUT, "has_offer": "yes", "age": "18", "banned": "no"}, {"permit": "open"}),
                Ask(
                    {**OUT, "has_offer": "yes", "age": "18", "banned": "yes", "married": "no"},
                    {"permit": "closed"},
                ),
                Ask(
                    {**OUT, "has_offer": "yes", "age": "18", "married": "no"},
                    {"permit": "unanswered"},
                    needs=("banned",),
                ),
                Ask({**OUT, "has_offer": "yes", "age": "18", "married": "yes"}, {"permit": "open"}),
            ),
        ),
        Law(
            "Conditions over time",
            "A condition holds from its first day to its last.",
            PERMIT.replace("from: unknown", "from: 2025-01-01", 1),
            (
                Ask(
                    {**OUT, "has_offer": "no", "age": "18"}, {"permit": "open"}, date(2024, 12, 31)
                ),
                Ask(
                    {**OUT, "has_offer": "no", "age": "18"}, {"permit": "closed"}, date(2025, 1, 1)
                ),
            ),
        ),
        Law(
            "Before it existed",
            "A status with a first day is not applicable before it.",
            PERMIT.replace("goals: [work]", "goals: [work]\n    from: 2025-01-01"),
            (
                Ask(OUT, {"permit": "not_applicable"}, date(2024, 12, 31)),
                Ask(OUT, {"permit": "unanswered"}, date(2025, 1, 1)),
            ),
        ),
        Law(
            "Announced is never open",
            "Officials speak of it, no published act was found. What closes it still does.",
            PERMIT.replace("goals: [work]", "goals: [work]\n    standing: announced"),
            (
                Ask({**OUT, "has_offer": "yes", "age": "18"}, {"permit": "unknown"}),
                Ask({**OUT, "has_offer": "no"}, {"permit": "closed"}),
            ),
        ),
        Law(
            "One status in the conditions of another",
            "It is yes when open, and no when closed or not applicable.",
            PERMIT
            + """\
  family:
    name: Family permit
    goals: [stay]
    conditions:
      - {id: holder, needs: permit, yes: x, no: y, from: unknown, cite: [act]}
""",
            (
                Ask({**OUT, "has_offer": "yes", "age": "18"}, {"family": "open"}),
                Ask({"where_now": "inside"}, {"family": "closed"}),
                Ask({"has_offer": "no"}, {"permit": "unanswered", "family": "closed"}),
                Ask(OUT, {"family": "unanswered"}, needs=("age", "has_offer")),
            ),
        ),
    ),
)
