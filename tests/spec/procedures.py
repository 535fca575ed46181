"""Procedures and the plans made from them."""
# ruff: noqa: E501  (a row of law is read across, as in the content itself)

from datetime import date

from tests.spec.cases import Plans, Topic

PERMIT = """
procedures:
  permit:
    name: Permit
    steps:
      contract: {title: Sign, actor: worker, place: origin, papers: {gives: [contract]}}
      photo: {title: Photo, actor: worker, place: origin, time: {days: 2}, papers: {gives: [photo]}}
      apply: {title: Apply, actor: employer, place: online, papers: {needs: [passport, contract, photo]}}
      decide: {title: Decide, actor: ministry, place: online, after: apply, time: {days: 30}, goal: yes}
      register: {title: Register, actor: worker, place: destination, after: decide, time: {days: 5}}
"""

EITHER = """
procedures:
  permit:
    name: Permit
    steps:
      mission: {title: At the mission, actor: worker, place: origin, time: {days: 10}}
      stamp: {title: Stamp, actor: worker, place: origin, after: mission}
      queue: {title: Book, actor: worker, place: online, time: {days: 1}}
      online: {title: Online, actor: worker, place: online, after: queue, time: {days: 3}}
      decide: {title: Decide, actor: ministry, place: online, after: {any: [mission, online]}, time: {days: 1}, goal: yes}
"""

GUARDED = """
procedures:
  permit:
    name: Permit
    steps:
      visa: {title: Visa, actor: worker, place: origin, if: where_now == 'outside', time: {days: 7}}
      apply: {title: Apply, actor: worker, place: online, after: visa, time: unknown, goal: yes}
"""

TOPIC = Topic(
    "Procedures",
    "Steps, what they wait for, and what a plan makes of them.",
    (
        Plans(
            "Papers give order",
            "A step that needs a paper waits for the step that gives it. The longest way is "
            "critical; other steps have slack. What follows the goal does not delay it.",
            PERMIT,
            {},
            {
                "contract": "06-02, slack 2",
                "photo": "06-02 to 06-04, critical",
                "apply": "06-04, critical",
                "decide": "06-04 to 07-04, critical, goal",
                "register": "07-04 to 07-09, after the goal",
            },
            {
                "days to the goal": "32",
                "papers": "contract from step 1; photo from step 2; passport (have it)",
            },
        ),
        Plans(
            "One of several",
            "The one done first is taken. What only the others needed is left out, and what only "
            "follows them.",
            EITHER,
            {},
            {
                "queue": "06-02 to 06-03, critical",
                "online": "06-03 to 06-06, critical",
                "decide": "06-06 to 06-07, critical, goal",
            },
        ),
        Plans(
            "Steps for some",
            "A step whose `if` is no is left out.",
            GUARDED,
            {"where_now": "inside"},
            {"apply": "06-02, critical, time unknown, goal"},
            {"days to the goal": "0", "unknown times": "1"},
        ),
        Plans(
            "Steps for perhaps",
            "While it cannot be told, the step stays, as perhaps. A time that nobody knows counts "
            "as none and is told, so that the total is “at least”.",
            GUARDED,
            {},
            {
                "visa": "06-02 to 06-09, critical, perhaps",
                "apply": "06-09, critical, time unknown, goal",
            },
            {"days to the goal": "7", "unknown times": "1"},
        ),
        Plans(
            "Days, working days, months",
            "Working days are those of the State: its weekends and holidays do not count. A month "
            "ends where it must.",
            """
            procedures:
              permit:
                name: Permit
                steps:
                  board: {title: Board, actor: ministry, place: online, time: {working_days: 2}}
                  wait: {title: Wait, actor: worker, place: online, after: board, time: {months: 1}, goal: yes}
            """,
            {},
            {"board": "12-31 to 01-05, critical", "wait": "01-05 to 02-05, critical, goal"},
            on=date(2025, 12, 31),
        ),
        Plans(
            "Steps over time",
            "A step is in the plan from its first day to its last, and not while it is only announced.",
            """
            procedures:
              permit:
                name: Permit
                steps:
                  old: {title: Old, actor: worker, place: online, until: 2024-12-31, time: {days: 9}}
                  new: {title: New, actor: worker, place: online, from: 2025-01-01, time: {days: 2}}
                  soon: {title: Soon, actor: worker, place: online, standing: announced, time: {days: 4}}
                  decide: {title: Decide, actor: ministry, place: online, after: [old, new, soon], goal: yes}
            """,
            {},
            {"new": "06-02 to 06-04, critical", "decide": "06-04, critical, goal"},
        ),
    ),
)
