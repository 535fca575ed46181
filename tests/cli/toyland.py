# ruff: noqa: E501  # one rule a line, as in a table
"""Toyland: a small State on disk, with Karvan's own words, for tests of the command line.

Citizens of Kyrgyzstan enter without a visa since July 2020, those of Tajikistan until the end of
2023; sources disagree about January 2024. Russians may stay 60 days at a time. The lowest pay
doubled in 2024.
"""

from __future__ import annotations

import shutil
from pathlib import Path

VOCABULARY = Path(__file__).resolve().parents[2] / "content" / "vocabulary"

INPUTS = """\
inputs:
  citizenship: {name: Citizenship, type: country, ask: "Of which country are you a citizen?", ask_employer: "Of which country is the person a citizen?", why: Rules depend on it., sensitivity: open, effort: 1, changeable: no}
  where_now: {name: Where you are, type: choice, options: {outside: Outside, inside: Inside}, ask: "Where are you now?", why: Ways depend on it., help: Look around., sensitivity: open, effort: 1, changeable: yes}
  entry_date: {name: Day of entry, type: date, if: where_now == 'inside', ask: "When did you enter?", why: The rules of that day hold., sensitivity: personal, effort: 2, changeable: no}
  has_offer: {name: Job offer, type: boolean, ask: "Do you have an offer?", why: An employer applies., sensitivity: open, effort: 1, changeable: yes}
  occupation: {name: Occupation, type: occupation, ask: "Which job?", why: Pay depends on it., sensitivity: open, effort: 1, changeable: no}
"""

PAPERS = """\
papers:
  passport: {name: Passport}
  contract: {name: Contract}
"""

CHARGES = """\
charges:
  placement: {name: Placement fee, text: Money for a job.}
  permit_duty: {name: Permit duty}
  visa: {name: Visa fee}
  photo: {name: Photographs}
  travel: {name: Travel}
"""

COUNTRY = """\
code: XT
name: Toyland
currency: USD
covers: 2019-01-01..2026-12-31
reviewed: 2026-01-01
next_review: 2027-01-01
reviewer: nobody
charges: {law: may_be_charged, standard: should_be_charged}
authorities:
  ministry: {name: Ministry of Toys, name_local: Oyuncak, website: "https://toys.example"}
"""

SOURCES = """\
instruments:
  act: {title: The Act on Toys, short: The Act, kind: law}
readings:
  F1: {basis: source, confidence: high, title: A book, url: "https://book.example"}
"""

SERVICES = """\
services:
  hotline:
    name: Hotline
    number: "100"
    free: yes
    languages: [en, ru]
    text: Ask anything.
    for: [labour]
    facts: [F1]
"""

WORK = """\
title: Work
summary: Who may work in Toyland.
inputs:
  age: {name: Age, type: integer, unit: years, range: 0..120, ask: "How old are you?", why: Children may not work., sensitivity: personal, effort: 1, changeable: no}
  salary: {name: Pay, type: money, unit: USD/month, if: has_offer, ask: "What pay is offered?", ask_employer: "What pay do you offer?", why: There is a lowest pay., sensitivity: open, effort: 2, changeable: yes}
  charge: {name: Charge, type: choice, options: {placement: Placement, permit_duty: Duty, visa: Visa, photo: Photo, travel: Travel}, ask: "Which charge?", why: Some are forbidden., sensitivity: open, effort: 1, changeable: no}
parameters:
  floor:
    name: Lowest pay
    type: money
    unit: USD/month
    values:
      - {from: unknown, until: 2023-12-31, is: 100, cite: [act art. 1], facts: [F1]}
      - {from: 2024-01-01, is: 200, cite: [act art. 1], facts: [F1]}
values:
  paid_enough: {name: Paid enough, type: boolean, is: salary >= floor * multiple, cite: [act art. 2], facts: [F1]}
tables:
  multiples:
    name: Multiples by job
    gives: {multiple: {type: decimal, name: Times the lowest pay}}
    rows:
      - {id: health, when: {occupation: "22"}, then: 2, from: unknown, text: Health is paid twice., cite: [act art. 2], facts: [F1]}
      - {id: rest, otherwise: yes, then: 1, from: unknown, cite: [act art. 2], facts: [F1]}
  charges:
    name: Charges on workers
    gives: {may_be_charged: {type: boolean, name: May be charged}}
    rows:
      - {id: placement, when: {charge: placement}, then: no, from: unknown, text: Nobody may sell you a job., cite: [act art. 9], facts: [F1]}
      - {id: visa, when: {charge: visa}, then: yes, from: unknown, text: You pay your visa., cite: [act art. 9], facts: [F1]}
      - {id: rest, otherwise: yes, then: silent, from: unknown, cite: [act art. 9], facts: [F1]}
  fairness:
    name: Fairness
    gives: {should_be_charged: {type: boolean, name: Should be charged}}
    rows:
      - {id: duty, when: {charge: permit_duty}, then: no, from: unknown, text: The employer should pay., cite: [act art. 10], facts: [F1]}
      - {id: rest, otherwise: yes, then: silent, from: unknown, cite: [act art. 10], facts: [F1]}
statuses:
  permit:
    name: Work permit
    summary: One year of work.
    goals: [work]
    if: where_now == 'outside'
    if_not: This way is for people outside.
    conditions:
      - {id: offer, needs: has_offer, yes: You have an offer., no: You have no offer., from: unknown, cite: [act art. 3], facts: [F1]}
      - {id: pay, needs: paid_enough, yes: "The pay, {salary}, is enough.", no: "The pay, {salary}, is too low.", from: unknown, cite: [act art. 2], facts: [F1]}
      - {id: age, needs: age >= 18, yes: You are of age., no: You are too young., from: unknown, cite: [act art. 4]}
    rights:
      - {id: work, text: You may work., from: unknown, cite: [act art. 5], facts: [F1]}
    procedure: permit
  favour:
    name: Favour of the minister
    goals: [work]
    if: where_now == 'inside'
    if_not: This way is for people inside.
    conditions:
      - {id: minister, needs: discretion, yes: He is kind., no: He is not., open: The minister decides., from: unknown, cite: [act art. 6], facts: [F1]}
    procedure: favour
procedures:
  permit:
    name: Getting the permit
    steps:
      sign: {title: Sign, text: Read it first., actor: [worker, employer], place: origin, papers: {gives: [contract]}, from: unknown, cite: [act art. 3], facts: [F1]}
      apply:
        title: Apply
        actor: [worker]
        place: online
        papers: {needs: [contract, passport]}
        fees:
          - {id: duty, charge: permit_duty, amount: "money('30 USD')", payer: employer, from: unknown, cite: [act art. 7], facts: [F1]}
          - {id: photo, charge: photo, amount: unknown, payer: worker, from: unknown, cite: [act art. 7], facts: [F1]}
        deadline: {within: {days: 30}, of: sign, missed: You start again., from: unknown, cite: [act art. 7], facts: [F1]}
        from: unknown
        cite: [act art. 7]
        facts: [F1]
      decide: {title: The ministry decides, actor: [ministry], place: destination, office: ministry, after: [apply], time: {days: 20}, usual: {days: 30..40}, goal: yes, from: unknown, cite: [act art. 8], facts: [F1]}
      register: {title: Register, actor: [worker], place: destination, after: [decide], from: unknown, cite: [act art. 8], facts: [F1]}
  favour:
    name: Asking for a favour
    steps:
      ask: {title: Ask, actor: [worker], place: destination, time: unknown, goal: yes, from: unknown, cite: [act art. 6], facts: [F1]}
"""

WORK_EXAMPLES = """\
examples:
  - name: The lowest pay doubled in 2024
    given: {citizenship: KG}
    expect: {floor: {2023-12-31: 100 USD/month, 2024-01-01: 200 USD/month}}
  - name: A nurse with good pay may work
    on: 2026-11-01
    given: {where_now: outside, has_offer: yes, occupation: 2221, salary: 400 USD/month, age: 30}
    expect: {permit: open, favour: not_applicable}
  - name: Without the age nobody can tell
    on: 2026-11-01
    given: {where_now: outside, has_offer: yes, occupation: 9112, salary: 400 USD/month}
    expect: {permit: unanswered}
    needs: [age]
  - name: Inside the minister decides
    on: 2026-11-01
    given: {where_now: inside}
    expect: {favour: discretion}
  - name: Charges are judged
    on: 2026-11-01
    given: {charge: placement}
    expect: {may_be_charged: no, should_be_charged: silent}
  - name: A duty should be paid by the employer
    on: 2026-11-01
    given: {charge: permit_duty}
    expect: {may_be_charged: silent, should_be_charged: no}
  - name: The visa is for the worker to pay
    on: 2026-11-01
    given: {charge: visa}
    expect: {may_be_charged: yes}
"""

ENTRY = """\
title: Entry
values:
  entry_day: {name: Day of entry, type: date, is: entry_date if where_now == 'inside' else on, cite: [act art. 11], facts: [F1]}
tables:
  exemption:
    name: Visa-free stay
    at: entry_day
    gives:
      visa_free: {type: boolean, name: Without a visa}
      stay_days: {type: integer, unit: days, name: Days}
      stay_in_days: {type: integer, unit: days, name: In}
      stay_per_entry: {type: integer, unit: days, name: At a time}
    rows:
      - {id: kg, when: {citizenship: KG}, then: {visa_free: yes, stay_days: 90, stay_in_days: 180, stay_per_entry: n/a}, from: 2020-07-01, text: Citizens of Kyrgyzstan need no visa., cite: [act art. 12], facts: [F1]}
      - {id: ru, when: {citizenship: RU}, then: {visa_free: yes, stay_days: 90, stay_in_days: 180, stay_per_entry: 60}, from: unknown, cite: [act art. 12], facts: [F1]}
      - {id: ru_more, when: {citizenship: RU}, then: {visa_free: yes, stay_days: 90, stay_in_days: 180, stay_per_entry: 90}, from: unknown, standing: announced, text: A minister promised 90., cite: [act art. 12], facts: [F1]}
      - {id: tj, when: {citizenship: TJ}, then: {visa_free: yes, stay_days: 90, stay_in_days: 180, stay_per_entry: n/a}, from: unknown, until: 2023-12-31, cite: [act art. 12], facts: [F1]}
      - {id: tj_still, when: {citizenship: TJ}, then: {visa_free: yes, stay_days: 90, stay_in_days: 180, stay_per_entry: n/a}, from: 2024-01-01, until: 2024-01-31, reading: tj, sure: disputed, text: A newspaper says it went on., cite: [act art. 12], facts: [F1]}
      - {id: tj_ended, when: {citizenship: TJ}, then: {visa_free: no, stay_days: n/a, stay_in_days: n/a, stay_per_entry: n/a}, from: 2024-01-01, until: 2024-01-31, reading: tj, sure: disputed, text: Another says it ended., cite: [act art. 12], facts: [F1]}
      - {id: tj_visa, when: {citizenship: TJ}, then: {visa_free: no, stay_days: n/a, stay_in_days: n/a, stay_per_entry: n/a}, from: 2024-02-01, text: Citizens of Tajikistan need a visa., cite: [act art. 12], facts: [F1]}
      - {id: others, otherwise: yes, then: {visa_free: unknown, stay_days: unknown, stay_in_days: unknown, stay_per_entry: unknown}, from: unknown, cite: [act art. 12]}
statuses:
  visit:
    name: Visa-free visit
    goals: [stay]
    conditions:
      - {id: free, needs: visa_free, yes: You need no visa., no: You need a visa., from: unknown, cite: [act art. 12], facts: [F1]}
    rights:
      - {id: no_work, text: You may not work., from: unknown, cite: [act art. 13], facts: [F1]}
    window: {days: stay_days, in_days: stay_in_days, per_entry: stay_per_entry}
"""


def build(root: Path) -> Path:
    """Write Toyland's content into a folder and return it."""
    vocabulary = root / "vocabulary"
    vocabulary.mkdir(parents=True)
    for name in ("words.yaml", "occupations.yaml"):
        shutil.copy(VOCABULARY / name, vocabulary)
    for name, text in (("inputs", INPUTS), ("papers", PAPERS), ("charges", CHARGES)):
        (vocabulary / f"{name}.yaml").write_text(text, "utf-8")
    base = root / "countries" / "toyland"
    files = {
        "country.yaml": COUNTRY,
        "sources.yaml": SOURCES,
        "services/help.yaml": SERVICES,
        "policies/work/policy.yaml": WORK,
        "policies/work/examples.yaml": WORK_EXAMPLES,
        "policies/entry/policy.yaml": ENTRY,
    }
    for name, text in files.items():
        path = base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root
