"""The stay document: how long somebody may stay without a permit, and what is left of it.

The rule is that of the day of entry: of the entry of the stay under way, or of the day asked
about, taken as day of entry, where the person is not there. Each earlier trip is judged by the
rule of its own day of entry, and all trips count as days of stay. `stay.schema.json` describes the
document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from karvan.policy.answer import _Writer
from karvan.policy.answers import read_answers
from karvan.policy.edition import Edition
from karvan.policy.engine import Evaluation, check_day
from karvan.policy.errors import AnswerError
from karvan.policy.law import Law
from karvan.policy.model import Force, Grounds, Row, Status, Sure, Table, Text
from karvan.policy.stays import Count, Trip, Window, check_trips, count, first_excess
from karvan.policy.tracing import announced_rows, rows_behind
from karvan.policy.values import Gap, Kind, format_value
from karvan.policy.wording import Reader

KEYS = ("days", "in_days", "per_entry", "per_year")


def stay_document(
    edition: Edition,
    answers: Mapping[str, Any],
    *,
    on: date,
    trips: Sequence[Trip] = (),
    language: str = "en",
    status: str | None = None,
) -> dict[str, Any]:
    """The window of a stay on a day, the rule it rests on, and with trips what is left of it.

    A trip without exit, or with an exit on or after the day, is the stay under way. `status` is
    the kind of stay; the first of the State that is counted in days, if left out. Raises
    AnswerError for answers, trips, statuses or days that cannot be used.
    """
    check_day(edition.law, on)
    try:
        check_trips(trips)
    except ValueError as error:
        raise AnswerError(str(error), input="trips") from None
    given = read_answers(edition.law, answers)
    found = _Stay(edition, given, on, trips, Reader(edition.law, language), status)
    return found.document()


def counted_status(law: Law, status: str | None = None) -> Status:
    """The kind of stay that is counted in days."""
    counted = {name: entry for name, entry in law.statuses.items() if entry.window}
    if status is None:
        if not counted:
            raise AnswerError(f"No stay in {law.name.english} is counted in days.", input="status")
        return next(iter(counted.values()))
    if status not in counted:
        raise AnswerError(
            f"'{status}' is no stay that is counted in days.", input="status", nearest=counted
        )
    return counted[status]


class _Rule:
    """What the law of a day of entry says about a stay."""

    def __init__(self, stay: _Stay, on: date, entry: date | None) -> None:
        law = stay.edition.law
        answers = dict(stay.answers)
        if "where_now" in law.inputs:
            answers["where_now"] = "outside" if entry is None else "inside"
        if "entry_date" in law.inputs:
            answers.pop("entry_date", None)
            if entry is not None:
                answers["entry_date"] = entry
        self.day = entry or on
        self.run = Evaluation(stay.edition, on, answers)
        terms = dict(stay.status.window)
        self.values = {key: self.run.value(term) for key, term in terms.items()}
        self.judged = stay.judged
        self.terms = tuple(dict.fromkeys((*stay.judged, *terms.values())))

    @property
    def allowed(self) -> Any:
        """True, False or a Gap: whether one may stay so at all."""
        if self.judged:
            return self.run.value(self.judged[0])
        days = self.values.get("days", self.values.get("per_entry", self.values.get("per_year")))
        if isinstance(days, Gap):
            return False if days.kind is Kind.NOT_APPLICABLE else days
        return True

    @property
    def outcome(self) -> str:
        allowed = self.allowed
        if isinstance(allowed, Gap):
            return allowed.kind.value
        return "allowed" if allowed else "not_allowed"

    @property
    def window(self) -> Window | None:
        """The limits, where all of them are known and the stay is allowed."""
        if self.allowed is not True or any(
            isinstance(value, Gap) and value.kind is not Kind.NOT_APPLICABLE
            for value in self.values.values()
        ):
            return None
        known = {k: v for k, v in self.values.items() if not isinstance(v, Gap)}
        found = Window(**known)
        return found if found.limited else None

    @property
    def needs(self) -> frozenset[str]:
        if self.allowed is False:
            return frozenset()
        gaps = (self.allowed, *self.values.values())
        return frozenset().union(*(gap.needs for gap in gaps if isinstance(gap, Gap)))

    @property
    def sure(self) -> Sure:
        return min(self.run.conclusion(term).sure for term in self.terms)


class _Stay:
    def __init__(
        self,
        edition: Edition,
        answers: Mapping[str, Any],
        on: date,
        trips: Sequence[Trip],
        reader: Reader,
        status: str | None,
    ) -> None:
        self.edition = edition
        self.law = edition.law
        self.answers = answers
        self.on = on
        self.trips = sorted(trips, key=lambda trip: (trip.entry, trip.exit or date.max))
        self.reader = reader
        self.status = counted_status(self.law, status)
        self.judged = self._judged()

    def _judged(self) -> tuple[str, ...]:
        """The term beside the window that says whether such a stay is allowed."""
        for _, term in self.status.window:
            if term in self.law.outputs:
                table, _ = self.law.outputs[term]
                return tuple(o.id for o in table.outputs if o.type.name == "boolean")[:1]
        return ()

    def document(self) -> dict[str, Any]:
        current = next((trip for trip in reversed(self.trips) if self.on in trip), None)
        if current:
            check_day(self.law, current.entry)
        rule = _Rule(self, self.on, current.entry if current else None)
        again = _Rule(self, self.on, None) if current and current.entry != self.on else None
        window = rule.window
        say = self.reader.say
        return {
            "schema": "stay/1",
            "edition": self.edition.id,
            "state": self.law.code,
            "state_name": self.reader.territories.get(self.law.code, say(self.law.name)),
            "reviewed": self.law.reviewed.isoformat(),
            "next_review": self.law.next_review.isoformat(),
            "date": self.on.isoformat(),
            "language": self.reader.language,
            "answers": {n: format_value(value) for n, value in rule.run.answers.items()},
            "status": {"id": self.status.id, "name": say(self.status.name, rule.run)},
            "inside": current is not None,
            "needed": self._needed(rule),
            "rule": self._rule(rule),
            "rule_on_date": self._rule(again) if again else None,
            "trips": [self._trip(trip) for trip in self.trips],
            "count": self._count(count(self.trips, window, self.on)) if window else None,
            "rights": [
                {"id": right.id, "text": say(right.text, rule.run)}
                | self.reader.grounds(right.grounds, self.on)
                for right in self.status.rights
                if self.on in right.grounds.span
            ],
        }

    def _needed(self, rule: _Rule) -> list[dict[str, Any]]:
        writer = _Writer(rule.run, self.reader, "stay", frozenset())
        return [writer.question(self.law.inputs[name]) for name in sorted(rule.needs)]

    def _rule(self, rule: _Rule) -> dict[str, Any]:
        outcome = rule.outcome
        window = rule.window
        return {
            "day": rule.day.isoformat(),
            "because": "entry" if rule.run.answers.get("entry_date") else "date",
            "outcome": outcome,
            "standing": self.reader.standing(Force.IN_FORCE, rule.sure)
            if outcome in ("allowed", "not_allowed")
            else None,
            "window": {key: getattr(window, key) for key in KEYS} if window else None,
            "rows": [
                self._row(rule, table, row, "applies") for table, row in self._rows(rule, True)
            ]
            + [self._row(rule, table, row, "announced") for table, row in self._rows(rule, False)],
        }

    def _rows(self, rule: _Rule, decide: bool) -> list[tuple[Table, Row]]:
        behind = rows_behind if decide else announced_rows
        return list(behind(rule.run, rule.terms))

    def _row(self, rule: _Rule, table: Table, row: Row, outcome: str) -> dict[str, Any]:
        grounds: Grounds = row.grounds
        text: Text = row.text
        return {
            "id": f"{table.id}.{row.id}",
            "outcome": "reading" if row.reading and outcome == "applies" else outcome,
            "text": self.reader.say(text, rule.run),
            "from": grounds.span.start.isoformat() if grounds.span.start else None,
            "until": grounds.span.end.isoformat() if grounds.span.end else None,
            "gives": {
                output.id: format_value(value)
                for output, value in zip(table.outputs, row.then, strict=True)
            },
        } | self.reader.grounds(grounds, rule.day)

    def _trip(self, trip: Trip) -> dict[str, Any]:
        """A trip with the rule of its day of entry, and the first day over its limits if any."""
        counted = trip.entry <= self.on
        covered = counted and trip.entry in self.law.covers
        rule = _Rule(self, trip.entry, trip.entry) if covered else None
        window = rule.window if rule else None
        until = min(trip.exit or self.on, self.on)
        over = first_excess(self.trips, lambda t: window if t == trip else None, until)
        return {
            "entry": trip.entry.isoformat(),
            "exit": trip.exit.isoformat() if trip.exit else None,
            "days": (until - trip.entry).days + 1 if counted else 0,
            "outcome": rule.outcome if rule else "not_covered" if counted else "not_yet",
            "window": {key: getattr(window, key) for key in KEYS} if window else None,
            "exceeded_on": over.isoformat() if over else None,
        }

    def _count(self, found: Count) -> dict[str, Any]:
        def iso(day: date | None) -> str | None:
            return day.isoformat() if day else None

        return {
            "used": found.used,
            "left": found.left,
            "last_day": iso(found.last_day),
            "again_from": iso(found.again_from),
            "exceeded_on": iso(found.exceeded_on),
            "limits": [
                {"kind": limit.kind, "most": limit.most, "used": limit.used, "left": limit.left}
                for limit in found.limits
            ],
        }
