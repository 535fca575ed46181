"""Reads: a person's question, answer document and saved notes."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone

from karvan.journeys import everyday
from karvan.journeys.codes import keys_of
from karvan.journeys.models import SavedJourney
from karvan.journeys.notes import Notes, unpack
from karvan.policy.answer import journey_document
from karvan.policy.answers import read_answers
from karvan.policy.charges import Charge
from karvan.policy.edition import Edition
from karvan.policy.engine import Evaluation
from karvan.policy.errors import AnswerError
from karvan.policy.wording import Reader

CITIZENSHIP = "citizenship"


@dataclass(frozen=True)
class Question:
    """One question as it is put to one person: `entry` as the document says it, `n` its place."""

    n: int
    entry: dict[str, Any]
    given: str
    skipped: bool
    last: int
    left_so_far: int
    said: dict[str, Any]

    @property
    def id(self) -> str:
        return self.entry["input"]

    @property
    def answered_before(self) -> bool:
        return self.n <= self.last


def day_of(notes: Notes, edition: Edition) -> date:
    """The day whose law is asked for: the one chosen, else today, as far as the law is encoded."""
    covers = edition.law.covers
    asked = date.fromisoformat(notes.on) if notes.on else timezone.localdate()
    return min(max(asked, covers.start or asked), covers.end or asked)


def document_for(
    edition: Edition,
    notes: Notes,
    *,
    language: str,
    chosen: str = "",
    charges: tuple[Charge, ...] = (),
) -> tuple[Notes, dict[str, Any]]:
    """What the law says to these notes, and the notes it was said to.

    An answer that the law of today no longer understands (a question was reworded between two
    editions) is forgotten, so that it is asked again; nothing else is lost.
    """
    while True:
        try:
            return notes, journey_document(
                edition,
                notes.answers,
                on=day_of(notes, edition),
                goal=notes.goal,
                language=language,
                reader=notes.reader,
                chosen=chosen or None,
                charges=charges,
                skipped=frozenset(notes.skipped),
            )
        except AnswerError as error:
            if error.input in notes.answers:
                notes = notes.forget(error.input)
            elif chosen:
                notes, chosen = replace(notes, chosen=""), ""
            else:
                raise


def evaluation_of(edition: Edition, notes: Notes) -> Evaluation:
    """The law held against notes that it understands: those that `document_for` gave back."""
    answers = read_answers(edition.law, notes.answers)
    return Evaluation(edition, day_of(notes, edition), answers)


def question_at(edition: Edition, notes: Notes, n: int, *, language: str) -> Question | None:
    """The n-th question of this person: 0 is the citizenship told at the start, one more than
    were asked is the next one. None where there is no such question (any more)."""
    last = len(notes.asked)
    if n > last + 1:
        return None
    notes, said = document_for(edition, notes, language=language)
    needed = said["needed"]
    left = len(needed)
    if n <= last:
        name = notes.asked[n - 1] if n else CITIZENSHIP
        entry = entry_of(edition, notes, name, language=language)
    elif needed:
        entry, left = needed[0], max(left - 1, 0)
    else:
        return None
    name = entry["input"]
    given = notes.answers.get(name, "")
    return Question(n, entry, given, name in notes.skipped, last, left, said)


def entry_of(edition: Edition, notes: Notes, name: str, *, language: str) -> dict[str, Any]:
    """A question in the form in which the document says what is needed."""
    law = edition.law
    reader, found = Reader(law, language, notes.reader), law.inputs[name]
    return {
        "input": name,
        "name": reader.say(found.name),
        "question": reader.say(found.ask),
        "why": reader.say(found.why),
        "help": reader.say(found.help),
        "type": found.type.name,
        "unit": found.type.unit,
        "options": [{"value": value, "label": reader.say(label)} for value, label in found.options],
    }


def occupation_wordings(edition: Edition, language: str) -> dict[str, tuple[str, ...]]:
    """Each code's label in the reader's language, then what else finds it: the English label, and
    what people call that work."""
    reader = Reader(edition.law, language)
    return {
        code: tuple(dict.fromkeys((reader.say(label), label.english, everyday.WORDS.get(code, ""))))
        for code, label in edition.law.occupations.items()
    }


def positions(notes: Notes) -> dict[str, int]:
    """Where each answer can be changed."""
    return {CITIZENSHIP: 0} | {name: n for n, name in enumerate(notes.asked, 1)}


def saved_notes(*, code: str, today: date) -> Notes | None:
    """The notes kept under a code, unless there are none or their time is over."""
    keys = keys_of(code)
    row = SavedJourney.objects.filter(lookup=keys.lookup, expires_on__gte=today).first()
    return unpack(keys.fernet.decrypt(bytes(row.sealed))) if row else None
