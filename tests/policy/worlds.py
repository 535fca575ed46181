"""Small States for the tests, made from YAML text.

`state(policy)` is the one builder: it adds what every State has (country.yaml, sources.yaml, a
vocabulary of questions) to the policy of the test and gives the edition. `files(policy)` gives the
files alone, for tests of reading.
"""

# ruff: noqa: E501  (a row of law is read across, as in the content itself)

from __future__ import annotations

import textwrap
from datetime import date
from typing import Any

from karvan.policy.edition import Edition, edition_from_files
from karvan.policy.engine import Evaluation, evaluate
from karvan.policy.examples import answer_of

POLICY = "countries/toyland/policies/work/policy.yaml"
EXAMPLES = "countries/toyland/policies/work/examples.yaml"
COUNTRY = "countries/toyland/country.yaml"
SOURCES = "countries/toyland/sources.yaml"
INPUTS = "vocabulary/inputs.yaml"
DAY = date(2025, 6, 2)

# TR, because its working days are known; nothing else of Türkiye is here.
COUNTRY_TEXT = """
code: TR
name: Toyland
currency: TRY
covers: 2019-01-01..2026-12-31
reviewed: 2026-01-01
next_review: 2027-01-01
reviewer: nobody
authorities:
  ministry: {name: Ministry}
"""

SOURCES_TEXT = """
instruments:
  act: {title: The Act, kind: law}
  order: {title: The Order, kind: decree}
readings:
  READ: {basis: source, confidence: high, title: A gazette}
  WEAK: {basis: source, confidence: low, title: A leaflet}
  MIND: {basis: memory, confidence: high}
"""

INPUTS_TEXT = """
inputs:
  citizenship: {name: Citizenship, type: country, ask: Which?, why: x, sensitivity: open, effort: 1, changeable: no}
  where_now:
    name: Where
    type: choice
    options: {outside: Outside, inside: Inside}
    ask: Where?
    why: x
    sensitivity: open
    effort: 1
    changeable: yes
  entry_date: {name: Entry, type: date, if: where_now == 'inside', ask: When?, why: x, sensitivity: personal, effort: 2, changeable: no}
  has_offer: {name: Offer, type: boolean, ask: Offer?, why: x, sensitivity: open, effort: 1, changeable: yes}
  salary: {name: Pay, type: money, unit: TRY/month, if: has_offer, ask: Pay?, why: x, sensitivity: open, effort: 2, changeable: yes}
  occupation: {name: Job, type: occupation, ask: Job?, why: x, sensitivity: open, effort: 1, changeable: no}
  age: {name: Age, type: integer, unit: years, range: 0..120, ask: Age?, why: x, sensitivity: personal, effort: 1, changeable: no}
  banned: {name: Ban, type: boolean, ask: Ban?, why: x, sensitivity: sensitive, effort: 1, changeable: no}
  married: {name: Married, type: boolean, ask: Married?, why: x, sensitivity: personal, effort: 1, changeable: no}
"""

OCCUPATIONS_TEXT = """
occupations:
  "2": Professionals
  "22": Health professionals
  "2211": Generalist medical practitioners
  "2221": Nursing professionals
  "2356": Information technology trainers
  "9112": Cleaners and helpers
"""

PAPERS_TEXT = """
papers:
  passport: {name: Passport}
  contract: {name: Contract}
  permit: {name: Permit}
  photo: {name: Photo}
  receipt: {name: Receipt}
"""

CHARGES_TEXT = """
charges:
  placement: {name: Placement fee}
  permit_duty: {name: Permit duty}
  visa: {name: Visa fee}
"""

VOCABULARY = {
    INPUTS: INPUTS_TEXT,
    "vocabulary/occupations.yaml": OCCUPATIONS_TEXT,
    "vocabulary/papers.yaml": PAPERS_TEXT,
    "vocabulary/charges.yaml": CHARGES_TEXT,
}


def files(policy: str = "", **more: str) -> dict[str, bytes]:
    """The files of a small State. `more` replaces or adds: country, sources, inputs, examples."""
    named = {"country": COUNTRY, "sources": SOURCES, "inputs": INPUTS, "examples": EXAMPLES}
    texts = {COUNTRY: COUNTRY_TEXT, SOURCES: SOURCES_TEXT, **VOCABULARY, POLICY: policy}
    texts |= {named.get(key, key): text for key, text in more.items()}
    # the first line of a test's text is the first line of its file
    return {name: _plain(text).encode() for name, text in texts.items()}


def _plain(text: str) -> str:
    return textwrap.dedent(text.removeprefix("\n")) or "title: Nothing\n"


def state(policy: str = "", **more: str) -> Edition:
    return edition_from_files(files(policy, **more))


def answers(edition: Edition, given: dict[str, Any], *terms: str, on: date = DAY) -> list[str]:
    """The answer to each term, as an example would state it."""
    run = evaluate(edition, given, on=on)
    return [answer_of(run, term) for term in terms]


def answer(edition: Edition, given: dict[str, Any], term: str, on: date = DAY) -> str:
    return answers(edition, given, term, on=on)[0]


def ask(edition: Edition, given: dict[str, Any], on: date = DAY) -> Evaluation:
    return evaluate(edition, given, on=on)
