"""The kinds of case of the specification, how each is run and how each is shown on the page.

A case has a title, a sentence that says the rule, and a little table: what is written, what is
known, and what comes of it. `problems` gives every line in which the engine disagrees.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from karvan.policy.cells import parse_cell
from karvan.policy.charges import Charge
from karvan.policy.errors import ContentErrors
from karvan.policy.examples import answer_of, needs_of
from karvan.policy.expression_reading import check, parse_expression
from karvan.policy.expression_working import compile_expression
from karvan.policy.planning import Plan, plan
from karvan.policy.values import GAP_WORDS, Gap, Kind, Type, format_value, parse_value, unanswered
from tests.policy.worlds import DAY, POLICY, ask, state

COUNTRIES = frozenset(("AZ", "IR", "KG", "KZ", "PK", "RU", "TJ", "TM", "TR", "UZ"))
JOBS = frozenset(("2211", "2221", "2356", "9112"))


def snippet(text: str) -> str:
    return textwrap.dedent(text).strip("\n")


def fenced(text: str) -> list[str]:
    return ["```yaml", snippet(text), "```", ""]


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    def line(cells: tuple[str, ...]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    return [line(head), line(("---",) * len(head)), *map(line, rows), ""]


def code(text: str) -> str:
    return f"`{text}`" if text else ""


def said(given: dict[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in given.items()) or "nothing"


@dataclass(frozen=True)
class Ask:
    """Somebody with these answers, on a day, and what the law says of each term.

    `needs` are the questions that it then asks; `sure` how firm the answer is.
    """

    given: dict[str, str]
    expect: dict[str, str]
    on: date = DAY
    needs: tuple[str, ...] | None = None
    sure: str = ""


@dataclass(frozen=True)
class Law:
    title: str
    says: str
    yaml: str
    asks: tuple[Ask, ...]
    more: dict[str, str] = field(default_factory=dict)

    def problems(self) -> Iterator[str]:
        edition = state(snippet(self.yaml), **self.more)
        for ask_ in self.asks:
            run = ask(edition, ask_.given, ask_.on)
            found = {term: answer_of(run, term) for term in ask_.expect}
            if found != ask_.expect:
                yield f"{said(ask_.given)} on {ask_.on}: {found}, not {ask_.expect}"
            if ask_.needs is not None:
                needs = frozenset().union(*(needs_of(run, term) for term in ask_.expect))
                if needs != frozenset(ask_.needs):
                    yield f"{said(ask_.given)}: needs {sorted(needs)}, not {ask_.needs}"
            for term in ask_.expect if ask_.sure else ():
                status = run.status(term) if term in run.law.statuses else run.conclusion(term)
                if status.sure.name.lower() != ask_.sure:
                    yield f"{said(ask_.given)}: {term} is {status.sure.name}, not {ask_.sure}"

    def page(self) -> list[str]:
        days = len({ask_.on for ask_ in self.asks}) > 1
        head = (*(["on"] if days else []), "answers", "the law says")
        rows = []
        for ask_ in self.asks:
            outcome = ", ".join(f"{term}: **{value}**" for term, value in ask_.expect.items())
            outcome += f" (asks: {', '.join(ask_.needs)})" if ask_.needs else ""
            outcome += f" ({ask_.sure})" if ask_.sure else ""
            rows.append((*([str(ask_.on)] if days else []), said(ask_.given), outcome))
        more = [line for text in self.more.values() for line in fenced(text)]
        return [*fenced(self.yaml), *more, *table(head, rows)]


@dataclass(frozen=True)
class Cell:
    title: str
    says: str
    cell: str
    type: str
    holds: tuple[str, ...]
    fails: tuple[str, ...]

    def problems(self) -> Iterator[str]:
        kind = as_type(self.type)
        domain = {"country": COUNTRIES, "occupation": JOBS}.get(kind.name, frozenset())
        cell = parse_cell(self.cell, kind, domain)
        for text in (*self.holds, *self.fails):
            value = parse_value(text, kind)
            if (cell is None or cell.holds(value)) is not (text in self.holds):
                yield f"{self.cell}: {text}"

    def page(self) -> list[str]:
        row = (code(self.cell), self.type, ", ".join(self.holds), ", ".join(self.fails))
        return table(("cell", "type", "matches", "does not match"), [row])


@dataclass(frozen=True)
class Value:
    """Texts read as one type: the canonical form each has, or None where it is refused."""

    title: str
    says: str
    type: str
    reads: dict[str, str | None]

    def problems(self) -> Iterator[str]:
        kind = as_type(self.type)
        for text, canonical in self.reads.items():
            try:
                found = format_value(parse_value(text, kind))
            except ValueError:
                found = None
            if found != canonical:
                yield f"{text!r} is {found}, not {canonical}"

    def page(self) -> list[str]:
        rows = [(code(text), code(is_) if is_ else "*refused*") for text, is_ in self.reads.items()]
        return table((f"written as {self.type}", "is"), rows)


TERMS = {
    "age": Type("integer", "years"),
    "days": Type("integer", "days"),
    "rate": Type("decimal"),
    "salary": Type("money", "TRY/month"),
    "floor": Type("money", "TRY/month"),
    "capital": Type("money", "TRY"),
    "entry": Type("date"),
    "start": Type("date"),
    "offer": Type("boolean"),
    "married": Type("boolean"),
    "p": Type("boolean"),
    "q": Type("boolean"),
    "where_now": Type("choice", None, ("outside", "inside")),
    "citizenship": Type("country"),
    "occupation": Type("occupation"),
    "on": Type("date"),
}


@dataclass(frozen=True)
class Terms:
    values: dict[str, Any]

    def read(self, name: str) -> Any:
        return self.values.get(name, unanswered(name))


def read_term(name: str, text: str) -> Any:
    if text == "unanswered":
        return unanswered(name)
    return GAP_WORDS.get(text) or parse_value(text, TERMS[name])


def worked_out(expression: str, given: dict[str, str]) -> str:
    tree = parse_expression(expression)
    check(tree, TERMS)
    terms = Terms({name: read_term(name, text) for name, text in given.items()})
    return shown(compile_expression(tree)(terms))


def shown(value: Any) -> str:
    if isinstance(value, Gap) and value.kind is Kind.UNANSWERED:
        return f"unanswered ({', '.join(sorted(value.needs))})"
    return format_value(value)


@dataclass(frozen=True)
class Expression:
    """Lines of: expression, the terms it reads, what it comes to (None where it is refused)."""

    title: str
    says: str
    lines: tuple[tuple[str, dict[str, str], str | None], ...]

    def problems(self) -> Iterator[str]:
        for expression, given, expected in self.lines:
            try:
                found: str | None = worked_out(expression, given)
            except ValueError:
                found = None
            if found != expected:
                yield f"{expression} with {said(given)} is {found}, not {expected}"

    def page(self) -> list[str]:
        rows = [
            (code(text), said(given) if given else "", expected or "*refused*")
            for text, given, expected in self.lines
        ]
        return table(("expression", "where", "is"), rows)


@dataclass(frozen=True)
class Matrix:
    """A table of logic: `{row}` and `{column}` stand for `p` and `q`."""

    title: str
    says: str
    expression: str
    rows: dict[str, str]

    def problems(self) -> Iterator[str]:
        for left, line in self.rows.items():
            for right, expected in zip(self.rows, line.split(), strict=True):
                found = worked_out(self.expression, {"p": left, "q": right}).split(" ")[0]
                if found != expected:
                    yield f"{left}, {right}: {found}, not {expected}"

    def page(self) -> list[str]:
        head = (code(self.expression), *(f"q {name}" for name in self.rows))
        return table(head, [(f"p {name}", *line.split()) for name, line in self.rows.items()])


@dataclass(frozen=True)
class Refused:
    """Content that is amiss: the file and line, the cause and the remedy."""

    title: str
    says: str
    yaml: str
    line: int
    message: str
    file: str = POLICY

    def problems(self) -> Iterator[str]:
        expected = f"{self.file}:{self.line}: {self.message}"
        try:
            replaced = {} if self.file == POLICY else {self.file: snippet(self.yaml)}
            state(snippet(self.yaml) if self.file == POLICY else "", **replaced)
        except ContentErrors as errors:
            found = [str(error) for error in errors.errors]
        else:
            found = []
        if found != [expected]:
            yield f"{found}, not {expected!r}"

    def page(self) -> list[str]:
        name = self.file.rsplit("/", 1)[-1]
        return [*fenced(self.yaml), f"> {name}:{self.line}: {self.message}", ""]


@dataclass(frozen=True)
class Plans:
    """A procedure, a person, and lines of the plan: step, from – to, and what is said of it."""

    title: str
    says: str
    yaml: str
    given: dict[str, str]
    steps: dict[str, str]
    says_also: dict[str, str] = field(default_factory=dict)
    on: date = DAY
    charges: tuple[Charge, ...] = ()
    more: dict[str, str] = field(default_factory=dict)

    def made(self) -> Plan:
        edition = state(snippet(self.yaml), **self.more)
        run = ask(edition, self.given, self.on)
        procedure = next(iter(edition.law.procedures.values()))
        return plan(run, procedure, charges=self.charges)

    def problems(self) -> Iterator[str]:
        made = self.made()
        found = {step.step.id: of_step(step) for step in made.steps}
        if list(found.items()) != list(self.steps.items()):
            yield f"{found}, not {self.steps}"
        facts = of_plan(made)
        for name, expected in self.says_also.items():
            if facts[name] != expected:
                yield f"{name}: {facts[name]}, not {expected}"

    def page(self) -> list[str]:
        rows = [(f"{n}. {id}", text) for n, (id, text) in enumerate(self.steps.items(), 1)]
        also = [f"- {name}: {text}" for name, text in self.says_also.items()]
        more = [line for text in self.more.values() for line in fenced(text)]
        asked = f"Asked on {self.on}, answers: {said(self.given)}."
        return [
            *fenced(self.yaml),
            *more,
            asked,
            "",
            *table(("step", "days"), rows),
            *also,
            *([""] if also else []),
        ]


def of_step(step: Any) -> str:
    words = f"{step.starts:%m-%d}" + (f" to {step.done:%m-%d}" if step.done != step.starts else "")
    if step.critical:
        words += ", critical"
    elif step.slack_days:
        words += f", slack {step.slack_days}"
    for word, holds in (
        ("perhaps", step.maybe),
        ("time unknown", not step.time_known),
        ("after the goal", step.after_goal),
        ("goal", step.step.goal),
    ):
        words += f", {word}" if holds else ""
    return words + (f", by {step.deadline:%m-%d}" if step.deadline else "")


def of_plan(made: Plan) -> dict[str, str]:
    totals = [
        f"{total.payer} {total.amount.normalize():f} {total.currency}"
        + (f" and {total.unknown_items} unknown" if total.unknown_items else "")
        for total in made.totals
    ]
    violations = [
        f"{found.charge.kind}, by {'law' if found.by_law else 'the fair rule'} ({found.row.id})"
        for found in made.violations
    ]
    papers = [
        f"{paper.id} from step {', '.join(map(str, paper.from_steps))}"
        if paper.from_steps
        else f"{paper.id} (have it)"
        for paper in made.papers
    ]
    return {
        "days to the goal": str(made.total_days),
        "unknown times": str(made.unknown_times),
        "totals": "; ".join(totals) or "none",
        "violations": "; ".join(violations) or "none",
        "papers": "; ".join(papers) or "none",
    }


def as_type(text: str) -> Type:
    """`money TRY/month`, `choice outside inside`, `date`."""
    name, *rest = text.split()
    if name == "choice":
        return Type(name, None, tuple(rest))
    return Type(name, rest[0] if rest else None)


Case = Law | Cell | Value | Expression | Matrix | Refused | Plans


@dataclass(frozen=True)
class Topic:
    title: str
    says: str
    cases: tuple[Case, ...]
