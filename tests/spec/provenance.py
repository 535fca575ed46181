"""Where it comes from, and how sure we are."""
# ruff: noqa: E501  (a row of law is read across, as in the content itself)

from datetime import date

from tests.spec.cases import Ask, Law, Topic


def floor(grounds: str, of_value: str = "facts: [READ]") -> str:
    return f"""
parameters:
  floor:
    name: Floor
    type: money
    unit: TRY/month
    values:
      - {{from: unknown, is: 100, cite: [act art. 5], {grounds}}}
values:
  twice: {{type: money, unit: TRY/month, is: floor * 2, cite: [act art. 6], {of_value}}}
"""


TOPIC = Topic(
    "Provenance",
    "Everything that states law cites it, and says what was read.",
    (
        *(
            Law(
                title,
                says,
                floor(grounds),
                (Ask({}, {"floor": "100 TRY/month"}, sure=sure),),
            )
            for title, says, grounds, sure in (
                ("Read", "A reading of a source.", "facts: [READ]", "read"),
                (
                    "Read in a weak source",
                    "A single weak source awaits confirmation.",
                    "facts: [WEAK]",
                    "memory",
                ),
                ("Remembered", "So does what is only remembered.", "facts: [MIND]", "memory"),
                ("Nothing read", "And what names no reading.", "sure: memory", "memory"),
                (
                    "The weakest of several",
                    "One weak reading weakens all.",
                    "facts: [READ, MIND]",
                    "memory",
                ),
                (
                    "Said otherwise",
                    "`sure` where it differs from what was read.",
                    "facts: [READ], sure: confirmed",
                    "confirmed",
                ),
                ("Disputed", "Sources disagree.", "facts: [READ], sure: disputed", "disputed"),
            )
        ),
        Law(
            "No conclusion is firmer than what it rests on",
            "A value worked out from a weak one is weak.",
            floor("facts: [MIND]"),
            (Ask({}, {"twice": "200 TRY/month"}, sure="memory"),),
        ),
        Law(
            "nor firmer than its own ground",
            "And a weak rule about a firm value is weak.",
            floor("facts: [READ]", "sure: disputed"),
            (Ask({}, {"twice": "200 TRY/month"}, sure="disputed"),),
        ),
        Law(
            "A status is as firm as its weakest condition, a refusal as its firmest",
            "One firm reason to refuse is enough. Whom the status concerns counts too.",
            """
            tables:
              areas:
                name: Area
                gives: {concerned: {type: boolean}}
                rows:
                  - {id: all, when: {citizenship: not(UZ)}, then: yes, from: unknown, cite: [act], facts: [READ]}
                  - {id: uz, when: {citizenship: UZ}, then: yes, from: unknown, cite: [act], sure: disputed}
            statuses:
              permit:
                name: Permit
                goals: [work]
                if: concerned
                conditions:
                  - {id: offer, needs: has_offer, yes: x, no: y, from: unknown, cite: [act], facts: [READ]}
                  - {id: age, needs: age >= 18, yes: x, no: y, from: unknown, cite: [act], facts: [MIND]}
            """,
            (
                Ask(
                    {"citizenship": "KG", "has_offer": "yes", "age": "20"},
                    {"permit": "open"},
                    sure="memory",
                ),
                Ask(
                    {"citizenship": "KG", "has_offer": "no", "age": "2"},
                    {"permit": "closed"},
                    sure="read",
                ),
                Ask(
                    {"citizenship": "KG", "has_offer": "yes", "age": "2"},
                    {"permit": "closed"},
                    sure="memory",
                ),
                Ask(
                    {"citizenship": "UZ", "has_offer": "yes", "age": "20"},
                    {"permit": "open"},
                    sure="disputed",
                ),
                Ask(
                    {"citizenship": "UZ", "has_offer": "no", "age": "2"},
                    {"permit": "closed"},
                    sure="disputed",
                ),
            ),
        ),
        Law(
            "A derived value has its time too",
            "Outside it, and while it is only announced, the law says nothing.",
            floor("facts: [READ]", "from: 2025-01-01"),
            (
                Ask({}, {"twice": "silent"}, date(2024, 12, 31)),
                Ask({}, {"twice": "200 TRY/month"}, date(2025, 1, 1)),
            ),
        ),
        Law(
            "Announced rows decide nothing",
            "Nor do drafts.",
            """
            tables:
              visas:
                name: Visas
                gives: {stay: {type: integer}}
                rows:
                  - {id: now, when: {citizenship: KG}, then: 30, from: unknown, cite: [act]}
                  - {id: soon, when: {citizenship: KG}, then: 90, from: unknown, standing: announced, cite: [act]}
                  - {id: draft, when: {citizenship: KZ}, then: 90, from: unknown, standing: draft, cite: [act]}
            """,
            (
                Ask({"citizenship": "KG"}, {"stay": "30"}),
                Ask({"citizenship": "KZ"}, {"stay": "silent"}),
            ),
        ),
    ),
)
