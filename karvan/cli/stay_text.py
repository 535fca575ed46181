"""The stay document as text for people."""

from __future__ import annotations

from datetime import date
from typing import Any

from rich.text import Text

from karvan.cli.text import REASON_SIGNS, Page

COLOURS = {"allowed": "green", "not_allowed": "red"}


class StayText(Page):
    def print(self, document: dict[str, Any]) -> None:
        day = self.day(document["date"])
        self.title(self.word("stay.title", state=document["state_name"], day=day))
        self.line(
            self.word(
                "law_of",
                day=day,
                edition=document["edition"],
                reviewed=self.day(document["reviewed"]),
                next_review=self.day(document["next_review"]),
            ),
            "dim",
        )
        self.line(self.word("disclaimer"), "dim")
        if self.untranslated(document):
            self.line(self.word("untranslated"), "yellow")
        self.gap()
        rule = document["rule"]
        self.line(self._said(document, rule), f"bold {COLOURS.get(rule['outcome'], 'yellow')}")
        key = "rule_entry" if rule["because"] == "entry" else "rule_date"
        self.line(self.word(f"stay.{key}", day=self.day(rule["day"])))
        self._changed(document)
        if document["count"]:
            self._count(document)
        self._trips(document)
        self._rows(document)
        if rule["outcome"] == "allowed" and document["rights"]:
            self.heading(self.word("stay.gives"))
            for right in document["rights"]:
                text = Text(right["text"])
                text.append(f"  [{self.source(right)}]", style="dim")
                self.item("•", text, indent=2)

    def _said(self, document: dict[str, Any], rule: dict[str, Any]) -> str:
        """Whether the person may stay, and how long, in one sentence."""
        first = next(name for name, status in self.law.statuses.items() if status.window)
        other = document["status"]["id"] != first
        outcome, name = rule["outcome"], document["status"]["name"]
        if outcome == "unanswered":
            asked = "; ".join(need["name"] for need in document["needed"])
            return self.word("stay.unanswered", questions=asked)
        if outcome == "allowed" and rule["window"]:
            window = self._window(rule["window"])
            if other:
                return self.word("stay.allowed_status", status=name, window=window)
            return self.word("stay.allowed", window=window)
        if outcome == "allowed":
            return self.word("stay.allowed_open")
        if outcome == "not_allowed" and other:
            return self.word("stay.not_allowed_status", status=name)
        return self.word(f"stay.{outcome}")

    def _window(self, window: dict[str, int | None]) -> str:
        parts = []
        days, width = window["days"], window["in_days"]
        if days is not None and width is not None:
            in_days = self.days(width)
            parts.append(self.word("stay.window.in_days", days=self.days(days), in_days=in_days))
        elif days is not None:
            parts.append(self.word("stay.window.days", days=self.days(days)))
        for key in ("per_entry", "per_year"):
            if (most := window[key]) is not None:
                parts.append(self.word(f"stay.window.{key}", days=self.days(most)))
        return "; ".join(parts)

    def _changed(self, document: dict[str, Any]) -> None:
        now = document["rule_on_date"]
        rule = document["rule"]
        if now and (now["outcome"], now["window"]) != (rule["outcome"], rule["window"]):
            said = self.word(
                "stay.rule_changed",
                day=self.day(document["date"]),
                text=self._said(document, now),
            )
            self.line(said, "yellow")

    def _count(self, document: dict[str, Any]) -> None:
        count, day = document["count"], self.day(document["date"])
        window = document["rule"]["window"]
        self.heading(self.word("stay.count"))
        for limit in count["limits"]:
            if document["inside"] or limit["kind"] != "per_entry":
                said = self.word(
                    f"stay.used.{limit['kind']}",
                    day=day,
                    used=limit["used"],
                    most=self.days(limit["most"]),
                    in_days=self.days(window["in_days"] or 0),
                    year=date.fromisoformat(document["date"]).year,
                )
                self.line(said, indent=2)
        self.line(self._left(document, day), "bold green" if count["last_day"] else "bold red", 2)
        if count["again_from"]:
            key = "again" if document["inside"] else "again_outside"
            self.line(self.word(f"stay.{key}", day=self.day(count["again_from"])), indent=2)
        self.line(self.word("stay.counts_both"), "dim", 2)

    def _left(self, document: dict[str, Any], day: str) -> str:
        count = document["count"]
        where = "inside" if document["inside"] else "outside"
        if count["last_day"] is None:
            return self.word(f"stay.none_{where}", day=day)
        last = self.day(count["last_day"])
        if not count["left"]:
            return self.word("stay.left_today", last_day=last)
        return self.word(
            f"stay.left_{where}", day=day, days=self.days(count["left"]), last_day=last
        )

    def _trips(self, document: dict[str, Any]) -> None:
        if not document["trips"]:
            return
        self.heading(self.word("stay.trips"))
        columns = ("entry", "exit", "days", "rule")
        table = self.table(*(self.word(f"stay.trip.{key}") for key in columns))
        table.columns[2].justify = "right"
        for trip in document["trips"]:
            leaves = self.day(trip["exit"]) if trip["exit"] else self.word("stay.trip.now")
            rule = Text(self._trip_rule(trip))
            if trip["exceeded_on"]:
                over = self.word("stay.trip.exceeded", day=self.day(trip["exceeded_on"]))
                rule.append(f"; {over}", style="red")
            table.add_row(
                Text(self.day(trip["entry"])), Text(leaves), Text(str(trip["days"])), rule
            )
        self.put(table, 2)

    def _trip_rule(self, trip: dict[str, Any]) -> str:
        if trip["outcome"] in ("not_yet", "not_covered"):
            return self.word(f"stay.trip.{trip['outcome']}")
        if trip["window"]:
            return self._window(trip["window"])
        if trip["outcome"] in ("allowed", "not_allowed"):
            key = "allowed_open" if trip["outcome"] == "allowed" else "not_allowed"
            return self.word(f"stay.{key}")
        return self.reader.word(f"kind.{trip['outcome']}")

    def _rows(self, document: dict[str, Any]) -> None:
        self.heading(self.word("stay.sources"))
        for row in document["rule"]["rows"]:
            sign, style = REASON_SIGNS[row["outcome"]]
            said = row["text"] or row["id"]
            if row["outcome"] == "reading":
                said = self.word("stay.reading", text=said)
            elif row["outcome"] == "announced":
                said = self.reader.word("reason.announced", text=said)
            text = Text(said)
            text.append(f"  [{self.source(row)}]", style="dim")
            self.item(sign, text, style, 2)
