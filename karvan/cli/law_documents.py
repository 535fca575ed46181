"""The documents of `karvan law` as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from karvan.policy.answer import _Writer
from karvan.policy.answers import get_close_matches
from karvan.policy.checking import all_texts, missing_texts
from karvan.policy.edition import Edition
from karvan.policy.engine import Evaluation, check_day
from karvan.policy.errors import AnswerError
from karvan.policy.examples import all_examples, touched
from karvan.policy.law import Law
from karvan.policy.model import Example, Force, Grounds, ParameterValue, Row, Sure
from karvan.policy.mutation import Score
from karvan.policy.showing import grounds_of
from karvan.policy.tracing import Trace, announced_rows
from karvan.policy.tracing import trace as trace_term
from karvan.policy.values import Gap, Kind, format_value
from karvan.policy.wording import Reader

GAPS = ("unanswered", "discretion", "silent", "unknown")


def edition_document(edition: Edition, reader: Reader) -> dict[str, Any]:
    law = edition.law
    return {
        "edition": edition.id,
        "hash": edition.hash,
        "state": law.code,
        "folder": law.folder,
        "name": reader.say(law.name),
        "covers": {"from": law.first_day.isoformat(), "to": law.last_day.isoformat()},
        "reviewed": law.reviewed.isoformat(),
        "next_review": law.next_review.isoformat(),
        "reviewer": law.reviewer,
        "policies": sum(1 for policy in law.policies if policy.id != "vocabulary"),
        "agreements": len(law.agreements),
    }


def counts(edition: Edition, languages: Iterable[str]) -> dict[str, Any]:
    """How much there is: rules, examples and what they are about, translations."""
    law = edition.law
    examples = [example for _, example in all_examples(edition)]
    spans = _spans(law)
    return {
        "policies": sum(1 for policy in law.all_policies if policy.id != "vocabulary"),
        "tables": len(law.tables),
        "rows": sum(len(table.rows) for table in law.tables.values()),
        "parameters": len(law.parameters),
        "parameter_values": sum(len(entry.values) for entry in law.parameters.values()),
        "inputs": len(law.inputs),
        "statuses": len(law.statuses),
        "procedures": len(law.procedures),
        "standing": _standing(law),
        "examples": len(examples),
        "examples_about_change": sum(_about_change(edition, e, spans) for e in examples),
        "examples_about_gaps": sum(_about_gaps(example) for example in examples),
        "texts": sum(1 for _ in all_texts(law)),
        "translations": {language: _translations(law, language) for language in languages},
    }


def _standing(law: Law) -> dict[str, int]:
    """How many rules are how sure, and how many are announced or drafted only."""
    found = [grounds for policy in law.all_policies for grounds in grounds_of(policy)]
    sure = Counter(grounds.sure.name.lower() for grounds in found)
    return {
        "rules": len(found),
        **{entry.name.lower(): sure[entry.name.lower()] for entry in sorted(Sure, reverse=True)},
        "announced": sum(not grounds.decides for grounds in found),
    }


def untranslated(edition: Edition, language: str) -> list[dict[str, Any]]:
    """The texts that a language lacks or says of an older original, as notices: where, and what."""
    lines: dict[str, list[str]] = {}
    found = []
    for text, state in missing_texts(edition.law, language):
        file = f"{text.folder}/texts/{language}.yaml"
        if file not in lines:
            lines[file] = edition.files.get(file, b"").decode().splitlines()
        head = f"{text.key}:"
        places = [n for n, line in enumerate(lines[file], 1) if line.strip() == head]
        found.append(
            {
                "file": file,
                "line": places[0] if places else max(len(lines[file]), 1),
                "message": f"'{text.key}' is {state}. The original: {text.english}",
                "serious": False,
            }
        )
    return found


def _translations(law: Law, language: str) -> dict[str, int]:
    found = Counter(state for _, state in missing_texts(law, language))
    return {"missing": found["missing"], "stale": found["stale"]}


def _about_gaps(example: Example) -> bool:
    """Whether it says what cannot be concluded, or what still has to be asked."""
    expected = {text for _, days in example.expect for _, text in days}
    return bool(expected & set(GAPS)) or bool(example.needs)


def _about_change(edition: Edition, example: Example, spans: dict[tuple[str, str], Any]) -> bool:
    """Whether it says the law before or after a change: it asks about several days, or a rule it
    touches begins or ends on the very day, or has ended since."""
    if len(example.days) > 1:
        return True
    try:
        rules = touched(edition, example)
    except AnswerError:
        return False
    day = example.days[0] if example.days else None
    reviewed = edition.law.reviewed
    for rule in rules:
        span = spans.get(rule)
        if span and day and (day in (span.start, span.end) or (span.end and span.end < reviewed)):
            return True
    return False


def _spans(law: Law) -> dict[tuple[str, str], Any]:
    found = {
        (table.id, row.id): row.grounds.span for table in law.tables.values() for row in table.rows
    }
    for status in law.statuses.values():
        found |= {(status.id, entry.id): entry.grounds.span for entry in status.conditions}
    for parameter in law.parameters.values():
        for value in parameter.values:
            found[parameter.id, str(value.grounds.span.start)] = value.grounds.span
    return found


def mutation_document(edition: Edition, score: Score, policy: str | None) -> dict[str, Any]:
    return {
        "schema": "law-mutate/1",
        "edition": edition.id,
        "policy": policy,
        "mutants": score.total,
        "killed": score.killed,
        "score": f"{100 * score.share:.1f}",
        "survivors": [
            {
                "file": mutant.place.file,
                "line": mutant.place.line,
                "policy": mutant.policy,
                "what": mutant.what,
            }
            for mutant in score.survivors
        ],
    }


def check_term(law: Law, term: str) -> None:
    if term not in law.types or term == "on":
        known = [name for name in law.types if name != "on"]
        near = get_close_matches(term, known, 3, 0.5)
        near = near or [name for name in known if term in name][:5]
        hint = "" if near else f" 'karvan law show {law.code}' lists the policies."
        raise AnswerError(f"Nothing is called '{term}'.{hint}", input="term", nearest=near)


def _about(run: Evaluation, term: str, reader: Reader) -> dict[str, Any]:
    """What a term is, and what came of it."""
    law = run.law
    type = law.types[term]
    name = law.term_name(term)
    found = run.conclusion(term)
    status = run.status(term) if term in law.statuses else None
    known = found.kind is Kind.KNOWN
    shown = reader.value(run.value(term), type, term)
    if status:
        unanswered = status.outcome == "unanswered"
        shown = reader.word("kind.unanswered" if unanswered else f"outcome.{status.outcome}")
    return {
        "term": term,
        "name": reader.say(name) if name else term,
        "of": _kind_of(law, term),
        "type": type.name,
        "unit": type.unit,
        "outcome": status.outcome if status else found.kind.value,
        "value": None if status or not known else format_value(found.value),
        "shown": shown,
        "standing": None if term in law.inputs else reader.standing(Force.IN_FORCE, found.sure),
    }


def _kind_of(law: Law, term: str) -> str:
    kinds: dict[str, Mapping[str, object]] = {
        "input": law.inputs,
        "parameter": law.parameters,
        "value": law.values,
        "output": law.outputs,
        "status": law.statuses,
    }
    return next(kind for kind, terms in kinds.items() if term in terms)


def value_document(
    edition: Edition, term: str, answers: dict[str, Any], *, on: date, reader: Reader
) -> dict[str, Any]:
    """One term on one day: its value or why there is none, and the rules it rests on."""
    law = edition.law
    check_day(law, on)
    check_term(law, term)
    run = Evaluation(edition, on, answers)
    found = trace_term(run, term)
    needs = run.status(term).needs if term in law.statuses else run.conclusion(term).needs
    writer = _Writer(run, reader, "", frozenset())
    rules = [_row(row, "applies", reader, run) for row in found.fired]
    rules += [_row(row, "possible", reader, run) for row in found.possible]
    if not rules:
        rules = [_held(law, term, grounds, reader, run) for grounds in found.grounds]
    rules += [
        _row(row, "announced", reader, run)
        for table, row in announced_rows(run, (term,))
        if term in {output.id for output in table.outputs}
    ]
    return {
        "schema": "law-value/1",
        "edition": edition.id,
        "state": law.code,
        "date": on.isoformat(),
        "language": reader.language,
        "answers": {name: format_value(value) for name, value in run.answers.items()},
        **_about(run, term, reader),
        "needed": [writer.question(law.inputs[name]) for name in sorted(needs)],
        "rules": rules,
    }


def _held(law: Law, term: str, grounds: Grounds, reader: Reader, run: Evaluation) -> dict[str, Any]:
    """The entry of a parameter, value or status to which grounds belong."""
    text = ""
    if term in law.parameters:
        found: ParameterValue = next(
            entry for entry in law.parameters[term].values if entry.grounds == grounds
        )
        text = reader.say(found.note)
    if term in law.statuses:
        held = next(
            held for held in run.status(term).conditions if held.condition.grounds == grounds
        )
        condition, found_value = held.condition, held.value
        if isinstance(found_value, Gap):
            outcome, said = found_value.kind.value, condition.open
        else:
            outcome = "holds" if found_value else "fails"
            said = condition.yes if found_value else condition.no
        return _rule(condition.id, outcome, reader.say(said, run), grounds, reader, run)
    return _rule("", "applies", text, grounds, reader, run)


def _row(row: Row, outcome: str, reader: Reader, run: Evaluation) -> dict[str, Any]:
    return _rule(row.id, outcome, reader.say(row.text, run), row.grounds, reader, run)


def _rule(
    id: str, outcome: str, text: str, grounds: Grounds, reader: Reader, run: Evaluation
) -> dict[str, Any]:
    return {
        "id": id,
        "outcome": outcome,
        "text": text,
        "from": grounds.span.start.isoformat() if grounds.span.start else None,
        "until": grounds.span.end.isoformat() if grounds.span.end else None,
        "file": grounds.place.file,
        "line": grounds.place.line,
    } | reader.grounds(grounds, run.on)


def trace_document(
    edition: Edition, term: str, answers: dict[str, Any], *, on: date, reader: Reader
) -> dict[str, Any]:
    """The whole tree behind a term: the rules that applied, those that did not and why."""
    check_day(edition.law, on)
    check_term(edition.law, term)
    run = Evaluation(edition, on, answers)
    found = trace_term(run, term)
    return {
        "schema": "law-trace/1",
        "edition": edition.id,
        "state": edition.law.code,
        "date": on.isoformat(),
        "language": reader.language,
        "answers": {name: format_value(value) for name, value in run.answers.items()},
        "trace": _node(run, found, reader, set()),
    }


def _node(run: Evaluation, found: Trace, reader: Reader, seen: set[str]) -> dict[str, Any]:
    """A term with its rules and parts; one that stands further up is only named again."""
    law, term = run.law, found.term
    about = _about(run, term, reader)
    if term in seen:
        return about | {"repeated": True, "rules": [], "excluded": [], "parts": []}
    seen.add(term)
    rules = [_row(row, "applies", reader, run) for row in found.fired]
    rules += [_row(row, "possible", reader, run) for row in found.possible]
    if not rules:
        rules = [_held(law, term, grounds, reader, run) for grounds in found.grounds]
    return about | {
        "repeated": False,
        "rules": rules,
        "excluded": [
            _row(entry.row, "excluded", reader, run)
            | {
                "term": entry.term or None,
                "value": format_value(entry.value) if entry.term else None,
                "shown": reader.value(entry.value, law.types[entry.term], entry.term)
                if entry.term
                else "",
                "name": _name(law, entry.term, reader) if entry.term else "",
                "precedence": None if entry.term else str(entry.value),
            }
            for entry in found.excluded
        ],
        "parts": [_node(run, part, reader, seen) for part in found.parts],
    }


def _name(law: Law, term: str, reader: Reader) -> str:
    name = law.term_name(term)
    return reader.say(name) if name else term
