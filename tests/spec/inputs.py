"""Questions."""
# ruff: noqa: E501  (a row of law is read across, as in the content itself)

from tests.spec.cases import Ask, Law, Topic

PAID = """
values:
  well_paid: {type: boolean, is: salary >= money('500 TRY/month'), cite: [act]}
  either: {type: boolean, is: well_paid or married, cite: [act]}
"""

TOPIC = Topic(
    "Inputs",
    "A question may arise only in some cases: `if` says in which.",
    (
        Law(
            "A question that does not arise is not applicable",
            "An answer given to it is not used.",
            PAID,
            (
                Ask(
                    {"has_offer": "no"}, {"salary": "not_applicable", "well_paid": "not_applicable"}
                ),
                Ask({"has_offer": "no", "salary": "900 TRY/month"}, {"salary": "not_applicable"}),
                Ask({"has_offer": "no", "married": "no"}, {"either": "no"}),
            ),
        ),
        Law(
            "What decides whether it arises is asked first",
            "An answer is not used before that is known.",
            PAID,
            (
                Ask({}, {"well_paid": "unanswered"}, needs=("has_offer",)),
                Ask({"salary": "900 TRY/month"}, {"well_paid": "unanswered"}, needs=("has_offer",)),
                Ask({"has_offer": "yes"}, {"well_paid": "unanswered"}, needs=("salary",)),
                Ask(
                    {"has_offer": "yes", "salary": "900 TRY/month"}, {"well_paid": "yes"}, needs=()
                ),
            ),
        ),
        Law(
            "Where it cannot be told whether a question arises",
            "the answer cannot be told either.",
            """
            inputs:
              rank: {name: Rank, type: integer, if: chosen, ask: Rank?, why: x, sensitivity: open, effort: 1, changeable: no}
            values:
              chosen: {type: boolean, is: discretion, cite: [act]}
            """,
            (Ask({"rank": "3"}, {"rank": "discretion"}),),
        ),
    ),
)
