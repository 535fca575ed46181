"""One explained evaluation of Türkiye's work-permit policy, beside zen-engine with its trace."""

from __future__ import annotations

import json
from datetime import date
from itertools import islice
from statistics import median
from time import perf_counter

import zen

from benchmarks.zen_graph import Graph
from karvan.policy.edition import load_edition
from karvan.policy.engine import Evaluation
from karvan.policy.people import boundary_people
from karvan.policy.tracing import Trace, trace
from karvan.policy.values import Gap, Kind

DAY = date(2026, 11, 1)
PEOPLE = 60
ROUNDS = 15


def explained(run: Evaluation, statuses: list[str]) -> list[Trace]:
    """Every status of the policy with its whole tree of reasons."""
    return [trace(run, status) for status in statuses]


def main() -> list[str]:
    edition = load_edition("TR")
    graph = Graph(edition, "work-permit", DAY)
    document = graph.document()
    engine = zen.ZenEngine()
    decision = engine.create_decision(json.dumps(document))
    people = list(islice(boundary_people(edition, DAY, seed=7), PEOPLE))
    same = compared = 0
    contexts = [graph.context(answers) for answers in people]
    for answers, context in zip(people, contexts, strict=True):
        result = decision.evaluate(context, {"trace": True})["result"]
        run = Evaluation(edition, DAY, answers)
        for status in graph.statuses:
            found = run.status(status)
            if found.kind not in (Kind.KNOWN, Kind.NOT_APPLICABLE) or isinstance(found.guard, Gap):
                continue  # the peer knows no discretion and no silence
            compared += 1
            same += found.outcome == result[status]
    ours, theirs = [], []
    for _ in range(ROUNDS):
        start = perf_counter()
        for answers in people:
            explained(Evaluation(edition, DAY, answers), graph.statuses)
        ours.append((perf_counter() - start) / PEOPLE)
        start = perf_counter()
        for context in contexts:
            decision.evaluate(context, {"trace": True})
        theirs.append((perf_counter() - start) / PEOPLE)
    mine, peer = median(ours), median(theirs)
    return [
        f"explained evaluation of {len(graph.statuses)} statuses over {graph.rows} rows and "
        f"conditions: {mine * 1e3:.3f} ms",
        f"zen-engine, the same graph with trace: {peer * 1e3:.3f} ms",
        f"ratio {mine / peer:.2f} (at most 1); same answers: {same} of {compared} definite ones",
    ]
