"""`karvan journey`: the ways that are open to one person, and the plan for one of them."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from karvan.cli.options import (
    answer_option,
    check_language,
    json_option,
    lang_option,
    on_option,
    open_edition,
    read_given,
    states_known,
)
from karvan.policy.errors import AnswerError

if TYPE_CHECKING:
    from karvan.policy.charges import Charge
    from karvan.policy.edition import Edition
    from karvan.policy.engine import Evaluation
    from karvan.policy.law import Law

READERS = ("worker", "employer")


@click.command()
@click.option(
    "--citizenship",
    metavar="CODE",
    help="Country of citizenship, by its code of two letters: KG. Asked for if left out.",
)
@click.option("--destination", metavar="STATE", help="The State whose law is asked: TR. Required.")
@click.option(
    "--goal",
    default="work",
    metavar="GOAL",
    help="What the person wants: work (default), stay, residence, protection, return or "
    "recruitment.",
)
@on_option("The day of the law, and the first day of the plan.")
@answer_option
@click.option(
    "--reader",
    default="worker",
    metavar="WHO",
    help="Who reads the answer: worker (default) or employer.",
)
@click.option(
    "--status",
    metavar="ID",
    help="The way to plan, by its id. If left out, the first open way that has a procedure; where "
    "none is open, the one that is not closed and of whose conditions the most hold.",
)
@click.option(
    "--charge",
    "charged",
    multiple=True,
    metavar="KIND[=AMOUNT]",
    help='Money that somebody asks of the worker, such as placement="500 USD": is it lawful? '
    "May be repeated.",
)
@lang_option
@json_option
def journey(
    citizenship: str | None,
    destination: str | None,
    goal: str,
    on: date | None,
    given: tuple[str, ...],
    reader: str,
    status: str | None,
    charged: tuple[str, ...],
    lang: str,
    as_json: bool,
) -> None:
    """What the law of a State lets a person do, why, and the plan that leads there.

    Prints the ways that are open, that an officer decides, that cannot be told, and that are
    closed, each with reasons, articles and standing; what would make a closed way possible; and
    the plan for one way: steps, dates, who acts, costs by who pays, deadlines, papers, what nobody
    may ask to be paid, and where to get help.

    At a terminal it asks what it still needs, the least sensitive first; every question may be
    left open. With --json, or where the input is no terminal, it asks nothing: it answers what can
    be answered and lists the rest as needed. Nothing is stored.

    \b
    Examples:
      karvan journey --citizenship KG --destination TR --goal work
      karvan journey --citizenship KG --destination TR --on 2026-11-01 \\
        --answer occupation=2221 --answer "salary=60000 TRY/month"
      karvan journey --destination TR --reader employer --answer occupation=7112
      karvan journey --citizenship UZ --destination TR --charge placement="500 USD"
      karvan journey --citizenship KG --destination TR --lang ru --json
    """
    if destination is None:
        raise AnswerError(
            "Which State? Give --destination.", input="destination", nearest=[states_known()]
        )
    on = on or date.today()
    edition = open_edition(destination)
    law = edition.law
    check_language(edition, lang)
    check_goal(law, goal)
    if reader not in READERS:
        raise AnswerError(f"There is no reader '{reader}'.", input="reader", nearest=READERS)
    check_way(law, status, goal)
    charges = [read_charge(law, text) for text in charged]

    from karvan.policy.answers import read_answers
    from karvan.policy.engine import Evaluation, check_day

    check_day(law, on)
    answers = read_answers(law, read_given(given, citizenship=citizenship))
    skipped: frozenset[str] = frozenset()
    if not as_json and sys.stdin.isatty():
        from karvan.cli.asking import ask
        from karvan.policy.wording import Reader

        wanted = (status,) if status else tuple(ways_to(law, goal))
        answers, skipped = ask(edition, on, answers, wanted, Reader(law, lang, reader))

    from karvan.policy.answer import journey_document

    document = journey_document(
        edition,
        answers,
        on=on,
        goal=goal,
        language=lang,
        reader=reader,
        skipped=skipped,
        chosen=status or way_to_plan(Evaluation(edition, on, answers), goal),
        charges=charges,
    )
    if as_json:
        from karvan.cli.output import print_json

        print_json(document)
    else:
        show(edition, document)


def show(edition: Edition, document: dict[str, Any]) -> None:
    from karvan.cli.journey_text import JourneyText
    from karvan.cli.output import console
    from karvan.policy.wording import Reader

    reader = Reader(edition.law, document["language"], document["reader"])
    with console() as to:
        JourneyText(to, reader).print(document)


def ways_to(law: Law, goal: str) -> list[str]:
    return [name for name, entry in law.statuses.items() if goal in entry.goals]


def way_to_plan(run: Evaluation, goal: str) -> str | None:
    """The way that is planned where none was named: the first open one, else the likeliest."""
    from karvan.policy.values import Gap

    ways = [way for way in run.statuses_for(goal).values() if way.status.procedure]
    held = {way: sum(entry.value is True for entry in way.conditions) for way in ways}
    open_ways = [way for way in ways if way.outcome == "open"]
    told = [w for w in ways if not w.shut and not isinstance(w.guard, Gap)]
    possible = [w for w in told if held[w] or w.outcome == "discretion"]
    chosen = open_ways[:1] or sorted(possible, key=lambda way: -held[way])[:1]
    return chosen[0].status.id if chosen else None


def check_goal(law: Law, goal: str) -> None:
    from karvan.policy.model import GOALS

    if goal not in GOALS:
        from karvan.policy.answers import get_close_matches

        near = get_close_matches(goal, GOALS, 3, 0.5) or GOALS
        raise AnswerError(f"There is no goal '{goal}'.", input="goal", nearest=near)
    if not ways_to(law, goal):
        known = dict.fromkeys(goal for entry in law.statuses.values() for goal in entry.goals)
        raise AnswerError(
            f"The law of {law.name.english} that is encoded leads to no '{goal}'.",
            input="goal",
            nearest=known,
        )


def check_way(law: Law, status: str | None, goal: str) -> None:
    if status is None:
        return
    planned = [name for name in ways_to(law, goal) if law.statuses[name].procedure]
    if status in planned:
        return
    if status in law.statuses:
        entry = law.statuses[status]
        if goal not in entry.goals:
            said = f"'{status}' leads to the goal {' and '.join(entry.goals)}, not to '{goal}'."
        else:
            said = f"For '{status}' no procedure is encoded, so it cannot be planned."
    else:
        said = f"There is no way '{status}'."
    from karvan.policy.answers import get_close_matches

    near = get_close_matches(status, planned, 3, 0.5) or planned
    raise AnswerError(said, input="status", nearest=near)


def read_charge(law: Law, text: str) -> Charge:
    """A kind of charge, with its amount after an equals sign. Raises AnswerError."""
    from karvan.policy.charges import Charge
    from karvan.policy.values import Money, Type, parse_value

    kind, sign, amount = (part.strip() for part in text.partition("="))
    if kind not in law.charges:
        from karvan.policy.answers import get_close_matches

        near = get_close_matches(kind, law.charges, 3, 0.5) or law.charges
        raise AnswerError(f"--charge: '{kind}' is no kind of charge.", input="charge", nearest=near)
    if not sign:
        return Charge(kind)
    try:
        money = parse_value(amount, Type("money"))
    except ValueError:
        digits = "".join(c for c in amount if c.isdigit() or c == ".").strip(".") or "500"
        raise AnswerError(
            f"--charge: '{amount}' is not an amount with its currency.",
            input="charge",
            nearest=[f"{kind}={digits} {currency}" for currency in (law.currency, "USD")],
        ) from None
    found: Money = money
    return Charge(kind, found)
