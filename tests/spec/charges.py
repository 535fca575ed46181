"""Charges: who pays what, and what nobody may ask of the worker."""
# ruff: noqa: E501  (a row of law is read across, as in the content itself)

from decimal import Decimal

from karvan.policy.charges import Charge
from karvan.policy.values import Money
from tests.policy.worlds import COUNTRY_TEXT
from tests.spec.cases import Plans, Topic

RULE = """
inputs:
  charge: {name: Charge, type: choice, options: {placement: Placement, permit_duty: Duty, visa: Visa}, ask: Which?, why: x, sensitivity: open, effort: 1, changeable: yes}
tables:
  charges_by_law:
    name: Charges
    gives: {worker_may_be_charged: {type: boolean}}
    rows:
      - {id: agency_ban, when: {charge: placement}, then: no, from: unknown, cite: [act art. 17]}
      - {id: rest, otherwise: yes, then: silent, from: unknown, cite: [act]}
  charges_by_rule:
    name: The fair rule
    gives: {worker_should_be_charged: {type: boolean}}
    rows:
      - {id: fair, otherwise: yes, then: no, from: unknown, cite: [order]}
procedures:
  permit:
    name: Permit
    steps:
      apply:
        title: Apply
        actor: worker
        place: online
        goal: yes
        fees:
"""
COUNTRY = {
    "country": COUNTRY_TEXT
    + "charges: {law: worker_may_be_charged, standard: worker_should_be_charged}\n"
}
STEPS = {"apply": "06-02, critical, goal"}


def fees(*lines: str) -> str:
    return RULE + "".join(f"          - {{{line}, cite: [act], from: unknown}}\n" for line in lines)


TOPIC = Topic(
    "Charges",
    "Each fee says who must pay it. What the law forbids to ask of the worker is a violation that "
    "the plan names, not a cost.",
    (
        Plans(
            "Totals by payer and currency",
            "Amounts that nobody knows are counted beside the sum.",
            fees(
                "id: a, charge: permit_duty, amount: money('100 TRY'), payer: employer",
                "id: b, charge: permit_duty, amount: money('50.50 TRY'), payer: employer",
                "id: c, charge: visa, amount: money('60 USD'), payer: employer",
                "id: d, charge: visa, amount: unknown, payer: employer",
                "id: e, charge: visa, amount: n/a, payer: agency",
            ),
            {},
            STEPS,
            {"totals": "employer 150.5 TRY and 1 unknown; employer 60 USD", "violations": "none"},
            more=COUNTRY,
        ),
        Plans(
            "Who pays is not said",
            "`silent` is nobody's violation.",
            fees("id: a, charge: placement, amount: money('100 TRY'), payer: silent"),
            {},
            STEPS,
            {"totals": "silent 100 TRY", "violations": "none"},
            more=COUNTRY,
        ),
        Plans(
            "Forbidden by law, or by the fair rule",
            "First the law is asked, then the standard.",
            fees(
                "id: a, charge: placement, amount: money('100 TRY'), payer: worker",
                "id: b, charge: visa, amount: money('60 USD'), payer: worker",
            ),
            {},
            STEPS,
            {
                "totals": "worker 100 TRY; worker 60 USD",
                "violations": "placement, by law (agency_ban); visa, by the fair rule (fair)",
            },
            more=COUNTRY,
        ),
        Plans(
            "What somebody asks beyond the plan",
            "A charge that a person reports is judged in the same way.",
            fees("id: a, charge: permit_duty, amount: money('100 TRY'), payer: employer"),
            {},
            STEPS,
            {"violations": "placement, by law (agency_ban)"},
            charges=(Charge("placement", Money(Decimal(900), "USD")),),
            more=COUNTRY,
        ),
    ),
)
