"""`karvan law editions | show | value | trace | diff`: the law as it is written."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from karvan.cli.options import (
    Day,
    answer_option,
    json_option,
    lang_option,
    on_option,
    open_edition,
    open_reader,
    read_given,
)
from karvan.policy.errors import AnswerError


def _print(document: dict[str, Any], as_json: bool, reader: Any, method: str) -> None:
    if as_json:
        from karvan.cli.output import print_json

        print_json(document)
        return
    from karvan.cli.law_text import LawText
    from karvan.cli.output import console

    with console() as to:
        getattr(LawText(to, reader), method)(document)


@click.command()
@lang_option
@json_option
def editions(lang: str, as_json: bool) -> None:
    """List the States whose law is here, each with its edition and the days it covers.

    \b
    Example:
      karvan law editions --json
    """
    from karvan.cli.law_documents import edition_document
    from karvan.policy.edition import available_states

    readers = [open_reader(open_edition(code), lang) for code in available_states()]
    if not readers:
        raise AnswerError("There is no State in the content.")
    found = [edition_document(open_edition(reader.law.code), reader) for reader in readers]
    document = {"schema": "law-editions/1", "editions": found}
    _print(document, as_json, readers[0], "editions")


@click.command()
@click.argument("state")
@click.argument("policy", required=False)
@on_option("The day of the law.")
@lang_option
@json_option
def show(state: str, policy: str | None, on: date | None, lang: str, as_json: bool) -> None:
    """Show the policies of a STATE, or one POLICY with all its rules as they stand on a day.

    The JSON of a policy holds all its rules, with the days on which they hold.

    \b
    Examples:
      karvan law show TR
      karvan law show TR entry --on 2024-04-10
    """
    from karvan.policy.answers import get_close_matches
    from karvan.policy.engine import check_day
    from karvan.policy.showing import policies, policy_document

    edition = open_edition(state)
    reader = open_reader(edition, lang)
    on = on or date.today()
    check_day(edition.law, on)
    listed = policies(edition, lang)
    head = {"schema": "law-show/1", "edition": edition.id, "state": edition.state}
    head |= {"date": on.isoformat(), "language": lang}
    if policy is None:
        _print(head | {"policies": listed, "policy": None}, as_json, reader, "policies")
        return
    known = [entry["id"] for entry in listed]
    if policy not in known:
        near = get_close_matches(policy, known, 3, 0.5) or known
        raise AnswerError(f"There is no policy '{policy}'.", input="policy", nearest=near)
    found = policy_document(edition, policy, on=on, language=lang)
    _print(head | {"policies": listed, "policy": found}, as_json, reader, "policy")


@click.command()
@click.argument("state")
@click.argument("term")
@on_option("The day of the law.")
@answer_option
@lang_option
@json_option
def value(
    state: str, term: str, on: date | None, given: tuple[str, ...], lang: str, as_json: bool
) -> None:
    """What a TERM comes to in a STATE on a day, and the rules it rests on.

    A term is a parameter, a derived value, an output of a table, a status or an input, by its
    name. Answers that it depends on are given with --answer; what is missing is listed.

    \b
    Examples:
      karvan law value TR minimum_wage --on 2024-07-01
      karvan law value TR stay_days --on 2024-05-01 --answer citizenship=KG
    """
    from karvan.cli.law_documents import value_document
    from karvan.policy.answers import read_answers

    edition = open_edition(state)
    reader = open_reader(edition, lang)
    answers = read_answers(edition.law, read_given(given))
    document = value_document(edition, term, answers, on=on or date.today(), reader=reader)
    _print(document, as_json, reader, "value")


@click.command()
@click.argument("state")
@click.argument("term")
@on_option("The day of the law.")
@answer_option
@lang_option
@json_option
def trace(
    state: str, term: str, on: date | None, given: tuple[str, ...], lang: str, as_json: bool
) -> None:
    """Why a TERM comes to what it does: the tree of terms behind it.

    Each shows the rules that applied, those that may, those that did not and what excluded them,
    with file and line.

    \b
    Example:
      karvan law trace TR salary_floor --on 2026-11-01 --answer occupation=2221
    """
    from karvan.cli.law_documents import trace_document
    from karvan.policy.answers import read_answers

    edition = open_edition(state)
    reader = open_reader(edition, lang)
    answers = read_answers(edition.law, read_given(given))
    document = trace_document(edition, term, answers, on=on or date.today(), reader=reader)
    _print(document, as_json, reader, "trace")


@click.command()
@click.argument("state")
@click.option("--from", "start", type=Day(), metavar="DATE", help="The first day. Required.")
@click.option("--to", "end", type=Day(), metavar="DATE", help="The second day; today if left out.")
@lang_option
@json_option
def diff(state: str, start: date | None, end: date | None, lang: str, as_json: bool) -> None:
    """What changed in the law of a STATE between two days, by provision.

    \b
    Example:
      karvan law diff TR --from 2024-09-30 --to 2024-10-01
    """
    from karvan.policy.showing import changes_document

    if start is None:
        raise AnswerError("Changes since when? Give --from, such as --from 2024-09-30.")
    edition = open_edition(state)
    reader = open_reader(edition, lang)
    found = changes_document(edition, start, end or date.today(), lang)
    document = {"schema": "law-diff/1", "state": edition.state, "language": lang} | found
    _print(document, as_json, reader, "diff")
