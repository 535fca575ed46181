"""`karvan stay`: how long somebody may stay without a permit, and what is left of it."""

from __future__ import annotations

from datetime import date

import click

from karvan.cli.options import (
    Day,
    answer_option,
    check_language,
    json_option,
    lang_option,
    on_option,
    open_edition,
    read_day,
    read_given,
    states_known,
)
from karvan.policy.errors import AnswerError


@click.command()
@click.option(
    "--citizenship", metavar="CODE", help="Country of citizenship, by its code of two letters: TJ."
)
@click.option("--destination", metavar="STATE", help="The State whose law is asked: TR. Required.")
@on_option("The day asked about.")
@click.option(
    "--trips",
    metavar="FILE",
    help="A CSV file with the columns entry,exit and one trip a line. The exit of the stay that "
    "is under way is left empty. '-' reads the standard input.",
)
@click.option(
    "--entry",
    type=Day(),
    metavar="DATE",
    help="Day of entry of the stay that is under way, where it is not in the file of trips.",
)
@click.option(
    "--status",
    metavar="ID",
    help="Another stay that is counted in days, such as tourist_visa. The visa-free stay if left "
    "out.",
)
@answer_option
@lang_option
@json_option
def stay(
    citizenship: str | None,
    destination: str | None,
    on: date | None,
    trips: str | None,
    entry: date | None,
    status: str | None,
    given: tuple[str, ...],
    lang: str,
    as_json: bool,
) -> None:
    """How long somebody may stay without a permit, and what is left of it.

    Prints whether a visa is needed on that day, the window of the visa-free stay (such as 90 days
    in any 180), the rule with its article and standing, and days on which the sources disagree.
    With trips, or a day of entry, it also counts the days used, the days left and the last lawful
    day.

    The rule is that of the day of entry: of the stay that is under way, or of the day asked about
    where the person is not there. The answer says which. Each earlier trip is judged by the rule
    of its own day of entry. The day of entry and the day of exit both count. Leave out days on a
    residence permit.

    \b
    Examples:
      karvan stay --citizenship TJ --destination TR --on 2024-05-01
      karvan stay --citizenship TJ --destination TR --on 2024-05-01 --entry 2024-04-01
      karvan stay --citizenship KZ --destination TR --trips trips.csv --json

    \b
    trips.csv:
      entry,exit
      2026-02-01,2026-03-15
      2026-09-20,
    """
    if destination is None:
        raise AnswerError(
            "Which State? Give --destination.", input="destination", nearest=[states_known()]
        )
    on = on or date.today()
    edition = open_edition(destination)
    check_language(edition, lang)
    answers = read_given(given, citizenship=citizenship)
    if entry is None and "entry_date" in answers:
        entry = read_day(answers["entry_date"], "--answer entry_date")

    from karvan.policy.stays import Trip

    taken: list[Trip] = []
    if trips:
        from karvan.cli.trips import read_trips

        taken = read_trips(trips)
    if entry:
        if entry > on:
            raise AnswerError(f"The day of entry, {entry}, is after the day asked about, {on}.")
        taken.append(Trip(entry))

    from karvan.policy.stay_document import stay_document

    document = stay_document(edition, answers, on=on, trips=taken, language=lang, status=status)
    if as_json:
        from karvan.cli.output import print_json

        print_json(document)
    else:
        from karvan.cli.output import console
        from karvan.cli.stay_text import StayText
        from karvan.policy.wording import Reader

        with console() as to:
            StayText(to, Reader(edition.law, lang)).print(document)
