"""`karvan law check` and `karvan law mutate`: is the content sound, and would its examples notice
a mistake?"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from karvan.cli.options import LANGUAGES, json_option, open_edition
from karvan.policy.errors import AnswerError, ContentErrors

ENOUGH = 85


@click.command()
@click.argument("state", required=False)
@click.option("--untranslated", metavar="CODE", help="List also what a language lacks, such as ru.")
@json_option
def check(state: str | None, untranslated: str | None, as_json: bool) -> int:
    """Check the content of a STATE, or of all.

    Prints every problem with its file and line: rules without a source, values without a date,
    rows that overlap or never apply, gaps with a person for whom the law says nothing, examples
    that fail, rules that no example touches. Ends with counts, also of rules by how sure they are,
    and of translations that are missing or stale, which are no problem by themselves. Status 1
    when something is amiss.

    \b
    Examples:
      karvan law check
      karvan law check TR --json
      karvan law check TR --untranslated ru
    """
    from karvan.policy.checking import check as check_edition
    from karvan.policy.edition import available_states

    states = [state] if state else list(available_states())
    if not states:
        raise AnswerError("There is no State in the content.")
    found: list[dict[str, Any]] = []
    for code in states:
        try:
            edition = open_edition(code)
        except ContentErrors as errors:
            unread = [
                {"file": e.place.file, "line": e.place.line, "message": f"{e.cause} {e.remedy}"}
                | {"serious": True}
                for e in errors.errors
            ]
            found.append({"state": code, "edition": None, "problems": unread, "counts": None})
            continue
        from karvan.cli.law_documents import counts
        from karvan.cli.law_documents import untranslated as untranslated_texts

        problems = [
            {"file": p.place.file, "line": p.place.line, "message": p.message, "serious": p.serious}
            for p in check_edition(edition)
        ]
        if untranslated is not None:
            problems += untranslated_texts(edition, untranslated)
        languages = dict.fromkeys((*LANGUAGES[1:], *edition.law.translations))
        counted = counts(edition, languages)
        found.append(
            {
                "state": edition.state,
                "edition": edition.id,
                "problems": problems,
                "counts": counted,
            }
        )
    if as_json:
        from karvan.cli.output import print_json

        print_json({"schema": "law-check/1", "states": found})
    else:
        for entry in found:
            _print_check(entry)
    return 1 if any(p["serious"] for entry in found for p in entry["problems"]) else 0


def _print_check(found: dict[str, Any]) -> None:
    for problem in found["problems"]:
        notice = "" if problem["serious"] else "notice: "
        click.echo(f"{problem['file']}:{problem['line']}: {notice}{problem['message'].strip()}")
    counted = found["counts"]
    total = sum(problem["serious"] for problem in found["problems"])
    if counted is None:
        click.echo(f"{found['state']}: {total} problems, the content cannot be read")
        return
    n = counted["examples"]
    click.echo(f"{found['edition']}: {total or 'no'} problem{'' if total == 1 else 's'}")
    click.echo(
        f"  {counted['policies']} policies, {counted['tables']} tables with {counted['rows']} rows,"
        f" {counted['parameters']} parameters with {counted['parameter_values']} values,"
        f" {counted['inputs']} inputs, {counted['statuses']} statuses,"
        f" {counted['procedures']} procedures"
    )
    sure, rules = counted["standing"], counted["standing"]["rules"]
    click.echo(
        f"  {rules} rules: {_share(sure['confirmed'], rules)} confirmed by the State,"
        f" {_share(sure['read'], rules)} read in a source, {_share(sure['memory'], rules)} awaiting"
        f" confirmation, {_share(sure['disputed'], rules)} disputed;"
        f" {sure['announced']} announced or drafted"
    )
    change, gaps = counted["examples_about_change"], counted["examples_about_gaps"]
    click.echo(
        f"  {n} examples: {_share(change, n)} about dates before or after a change,"
        f" {_share(gaps, n)} about missing answers, discretion, silence or what is unknown"
    )
    for language, state in counted["translations"].items():
        click.echo(
            f"  {language}: {state['missing']} of {counted['texts']} texts missing,"
            f" {state['stale']} stale"
        )


def _share(part: int, whole: int) -> str:
    return f"{part} ({100 * part // whole} %)" if whole else str(part)


@click.command()
@click.argument("state")
@click.option("--policy", metavar="ID", help="Only the rules of one policy, such as work-permit.")
@click.option("--survivors", is_flag=True, help="List the changes that no example noticed.")
@json_option
def mutate(state: str, policy: str | None, survivors: bool, as_json: bool) -> int:
    """Would the examples of a STATE notice a mistake?

    Deletes each row, condition and value in turn, moves each bound and each date, turns each
    outcome, and runs the examples: one of them should fail. The score is the share that does, in
    percent. Status 1 when it is below 85.

    \b
    Examples:
      karvan law mutate TR
      karvan law mutate TR --policy work-permit --survivors
    """
    from karvan.cli.law_documents import mutation_document
    from karvan.policy.answers import get_close_matches
    from karvan.policy.mutation import mutants
    from karvan.policy.mutation import mutate as run_mutants

    edition = open_edition(state)
    known = [entry.id for entry in edition.law.all_policies if entry.id != "vocabulary"]
    if policy is not None and policy not in known:
        near = get_close_matches(policy, known, 3, 0.5) or known
        raise AnswerError(f"There is no policy '{policy}'.", input="policy", nearest=near)
    total = sum(policy in (None, mutant.policy) for mutant in mutants(edition.law))
    score = _with_progress(lambda done: run_mutants(edition, done, policy=policy), total)
    document = mutation_document(edition, score, policy)
    if as_json:
        from karvan.cli.output import print_json

        print_json(document)
    else:
        if survivors:
            for entry in document["survivors"]:
                click.echo(f"{entry['file']}:{entry['line']}: {entry['what']}")
        of = f"{edition.id}, {policy}" if policy else edition.id
        click.echo(
            f"{of}: {document['score']} % of {document['mutants']} changes noticed by an example"
        )
    return 0 if 100 * score.share >= ENOUGH else 1


def _with_progress(run: Callable[[Callable[[], None]], Any], total: int) -> Any:
    """With a bar on stderr where somebody is watching."""
    if not sys.stderr.isatty():
        return run(lambda: None)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total)
        return run(lambda: progress.advance(task))
