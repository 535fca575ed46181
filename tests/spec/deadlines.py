"""Deadlines of the applicant."""
# ruff: noqa: E501  (a row of law is read across, as in the content itself)

from tests.spec.cases import Plans, Topic


def steps(deadline: str) -> str:
    return f"""
procedures:
  permit:
    name: Permit
    steps:
      apply: {{title: Apply, actor: worker, place: online, time: {{days: 3}}}}
      decide: {{title: Decide, actor: ministry, place: online, after: apply, time: {{days: 4}}, goal: yes}}
      act:
        title: Act
        actor: worker
        place: online
        deadline: {{{deadline}, missed: The application ends., from: unknown, cite: [act]}}
"""


REST = {
    "apply": "06-02 to 06-05, critical",
    "decide": "06-05 to 06-09, critical, goal",
}

TOPIC = Topic(
    "Deadlines",
    "What the applicant must do by when, and what missing it costs.",
    (
        Plans(
            "So long after a step",
            "Counted from the end of the step.",
            steps("within: {days: 30}, of: decide"),
            {},
            {**REST, "act": "06-02, by 07-09"},
        ),
        Plans(
            "In working days",
            "Without the weekends and holidays of the State: 6 and 9 June are a feast.",
            steps("within: {working_days: 3}, of: apply"),
            {},
            {**REST, "act": "06-02, by 06-12"},
        ),
        Plans(
            "At the latest so long before a step",
            "Counted back from its start.",
            steps("within: {days: 3}, of: decide, before: yes"),
            {},
            {**REST, "act": "06-02, by 06-02"},
        ),
        Plans(
            "On a day that a term names",
            "Instead of a time after a step.",
            steps('on: "add_days(on, 9)"'),
            {},
            {**REST, "act": "06-02, by 06-11"},
        ),
        Plans(
            "Over time",
            "A deadline that has ended, or is only announced, binds nobody.",
            steps("within: {days: 30}, of: decide, standing: announced"),
            {},
            {**REST, "act": "06-02"},
        ),
    ),
)
