"""How many questions lead to a definite result, over generated people."""

from __future__ import annotations

from datetime import date
from itertools import islice
from statistics import mean, median

from karvan.policy.asking import next_question
from karvan.policy.edition import Edition, load_edition
from karvan.policy.engine import Evaluation
from karvan.policy.linking import closure
from karvan.policy.people import boundary_people

DAY = date(2026, 11, 1)
PEOPLE = 2000


def interview(edition: Edition, person: dict[str, object], statuses: list[str]) -> int:
    """Ask until nothing more can change; the number of questions asked."""
    given: dict[str, object] = {}
    while True:
        run = Evaluation(edition, DAY, given)
        entry = next_question(run, statuses)
        if entry is None:
            return len(given)
        given[entry.id] = person[entry.id]


def main() -> list[str]:
    edition = load_edition("TR")
    law = edition.law
    statuses = [name for name, status in law.statuses.items() if "work" in status.goals]
    policy = next(policy for policy in law.policies if policy.id == "work-permit")
    own = [status.id for status in policy.statuses]
    reached = closure(law.uses, frozenset(own)) & set(law.inputs)
    all_reached = closure(law.uses, frozenset(statuses)) & set(law.inputs)
    people = list(islice(boundary_people(edition, DAY, seed=11), PEOPLE))
    lines = []
    for title, names, inputs in (
        ("work-permit policy", own, reached),
        ("all ways to work", statuses, all_reached),
    ):
        asked = [interview(edition, person, names) for person in people]
        lines.append(
            f"{title}: {len(inputs)} inputs; questions to a definite result over {len(people)} "
            f"people: mean {mean(asked):.1f} ({mean(asked) / len(inputs):.0%} of the inputs, "
            f"at most 50%), median {median(asked)}, most {max(asked)}"
        )
    return lines
