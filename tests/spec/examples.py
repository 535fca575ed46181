"""Examples: worked situations that the law must answer as they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from karvan.policy.examples import all_examples, run_example
from tests.policy.worlds import state
from tests.spec.cases import Topic, fenced, snippet

LAW = """
parameters:
  wage:
    name: Wage
    type: money
    unit: TRY/month
    values:
      - {from: unknown, until: 2024-12-31, is: 100, cite: [act]}
      - {from: 2025-01-01, is: 200, cite: [act]}
statuses:
  permit:
    name: Permit
    goals: [work]
    conditions:
      - {id: pay, needs: salary >= wage, yes: x, no: y, from: unknown, cite: [act]}
"""


@dataclass(frozen=True)
class Worked:
    """An example held against LAW, and what it says where it fails."""

    title: str
    says: str
    example: str
    failures: tuple[str, ...] = ()

    def problems(self) -> Iterator[str]:
        edition = state(snippet(LAW), examples=snippet(self.example))
        found = [
            failure.message
            for policy, example in all_examples(edition)
            for failure in run_example(edition, policy, example)
        ]
        if found != list(self.failures):
            yield f"{found}, not {self.failures}"

    def page(self) -> list[str]:
        said = [f"> {text}" for text in self.failures] or ["Holds."]
        return [*fenced(self.example), *said, ""]


def one(lines: str) -> str:
    return f"examples:\n  - name: An example\n{lines}"


TOPIC = Topic(
    "Examples",
    "All hold against this law:\n\n" + "\n".join(fenced(LAW)).rstrip(),
    (
        Worked(
            "An outcome on a day",
            "Answers as a person gives them.",
            one(
                "    on: 2025-06-02\n"
                "    given: {has_offer: yes, salary: 200 TRY/month}\n"
                "    expect: {permit: open, wage: 200 TRY/month}\n"
            ),
        ),
        Worked(
            "Outcomes on several days",
            "A mapping from dates.",
            one(
                "    given: {has_offer: yes, salary: 150 TRY/month}\n"
                "    expect: {permit: {2024-12-31: open, 2025-01-01: closed}}\n"
            ),
        ),
        Worked(
            "What it asks for",
            "`needs` lists the questions exactly.",
            one(
                "    on: 2025-06-02\n"
                "    given: {has_offer: yes}\n"
                "    expect: {permit: unanswered}\n"
                "    needs: [salary]\n"
            ),
        ),
        Worked(
            "An example that fails",
            "says what the law answers instead.",
            one(
                "    on: 2025-06-02\n"
                "    given: {has_offer: yes, salary: 150 TRY/month}\n"
                "    expect: {permit: open, wage: 100 TRY/month}\n"
            ),
            (
                "on 2025-06-02 'permit' is closed, not open.",
                "on 2025-06-02 'wage' is 200 TRY/month, not 100 TRY/month.",
            ),
        ),
        Worked(
            "Other questions than it says",
            "fail it too.",
            one(
                "    on: 2025-06-02\n"
                "    given: {}\n"
                "    expect: {permit: unanswered}\n"
                "    needs: [salary]\n"
            ),
            ("it needs ['has_offer'], not ['salary'].",),
        ),
        Worked(
            "A day that is not covered",
            "is refused.",
            one("    on: 2031-01-01\n    given: {}\n    expect: {permit: unanswered}\n"),
            (
                "The law of Toyland is encoded from 2019-01-01 to 2026-12-31; 2031-01-01 lies "
                "outside. Nearest: 2026-12-31.",
            ),
        ),
    ),
)
