"""The journey document as text for people."""

from __future__ import annotations

from typing import Any

from rich.text import Text

from karvan.cli.text import SIGNS, Page

JUDGED = {"forbidden": "red", "against_fair_rule": "yellow", "allowed": "green"}

# How an answer of each type is written, where it is not one of a few options.
EXAMPLES = {
    "boolean": "yes|no",
    "date": "2026-11-01",
    "country": "KG",
    "occupation": "2221",
}


class JourneyText(Page):
    def print(self, document: dict[str, Any]) -> None:
        self._head(document)
        self._answers(document)
        self._ways(document)
        if document["charges"]:
            self._charges(document)
        if document["plan"]:
            self._plan(document)
        elif not any(status["outcome"] == "open" for status in document["statuses"]):
            self.gap()
            self.line(self.word("plan.none"))
        self._needed(document)
        self._help(document)

    def _head(self, document: dict[str, Any]) -> None:
        self.title(self.word(f"title.{document['goal']}", state=document["state_name"]))
        self.line(
            self.word(
                "law_of",
                day=self.day(document["date"]),
                edition=document["edition"],
                reviewed=self.day(document["reviewed"]),
                next_review=self.day(document["next_review"]),
            ),
            "dim",
        )
        self.line(self.word("disclaimer"), "dim")
        if self.untranslated(document):
            self.line(self.word("untranslated"), "yellow")

    def _answers(self, document: dict[str, Any]) -> None:
        self.heading(self.word("answers"))
        if not document["answers_shown"]:
            self.line(self.word("no_answers"), indent=2)
        table = self.table("", "")
        table.show_header = False
        for answer in document["answers_shown"]:
            shown = Text(answer["shown"])
            if not answer["used"]:
                shown.append(f"  ({self.word('answer.unused')})", style="dim")
            table.add_row(Text(answer["name"], style="dim"), shown)
        if document["answers_shown"]:
            self.put(table, 2)

    def _ways(self, document: dict[str, Any]) -> None:
        groups: dict[str, list[dict[str, Any]]] = {}
        for status in document["statuses"]:
            groups.setdefault(status["outcome"], []).append(status)
        if not groups:
            self.gap()
            self.line(self.word("no_ways"))
        names = {need["input"]: need["name"] for need in document["needed"]}
        for outcome, statuses in groups.items():
            self.heading(f"{self.word(f'heading.{outcome}')} ({len(statuses)})")
            for status in statuses:
                if outcome == "not_applicable":
                    self._aside(status)
                else:
                    self._way(status, names)

    def _aside(self, status: dict[str, Any]) -> None:
        text = Text(status["name"])
        for reason in status["reasons"]:
            text.append(f"  {reason['text']}", style="dim")
        self.item("–", text, "dim", 2)

    def _way(self, status: dict[str, Any], names: dict[str, str]) -> None:
        sign, style = SIGNS[status["outcome"]]
        title = Text(status["name"], style="bold")
        title.append(f"  {status['id']}", style="not bold dim")
        if status["standing"] and status["outcome"] in ("open", "closed"):
            title.append(f"  · {status['standing']['text']}", style="not bold dim")
        self.gap()
        self.item(sign, title, style, 2)
        if status["summary"]:
            self.line(status["summary"], indent=4)
        if status["needs"]:
            asked = (
                names.get(need) or self.reader.say(self.law.inputs[need].name)
                for need in status["needs"]
            )
            self.line(self.word("depends", questions="; ".join(asked)), "cyan", 4)
        for reason in status["reasons"]:
            self.reason(reason, 4)
        if status["rights"] and status["outcome"] in ("open", "discretion"):
            self.line(self.word("rights"), "dim", 4)
            for right in status["rights"]:
                self._bullet(right, 4)
        if status["mend"]:
            self.line(self.word("mend"), "dim", 4)
            for mend in status["mend"]:
                self.item("→", mend["text"], "green", 4)

    def _bullet(self, entry: dict[str, Any], indent: int) -> None:
        text = Text(entry["text"])
        text.append(f"  [{self.source(entry)}]", style="dim")
        self.item("•", text, indent=indent)

    def _charges(self, document: dict[str, Any]) -> None:
        self.heading(self._of_reader("charges", document))
        for charge in document["charges"]:
            name = charge["name"]
            if charge["amount"] is not None:
                name = f"{name}, {charge['amount']} {charge['currency']}"
            judged = charge["judged"]
            text = Text(self.word(f"charge.{judged}", charge=name), style=JUDGED.get(judged, ""))
            text.append(f"  {charge['text']}", style="default")
            source = self.source(charge)
            if source:
                text.append(f"  [{source}]", style="dim")
            self.item("•", text, indent=2)

    def _of_reader(self, key: str, document: dict[str, Any]) -> str:
        return self.word(f"{key}.employer" if document["reader"] == "employer" else key)

    def _plan(self, document: dict[str, Any]) -> None:
        plan = document["plan"]
        chosen = next(s for s in document["statuses"] if s["id"] == plan["status"])
        self.heading(self.word("plan", name=plan["name"]))
        unsure = {"discretion": "discretion", "closed": "closed", "open": ""}
        note = unsure.get(chosen["outcome"], "unsure")
        if note:
            self.line(self.word(f"plan.{note}"), "yellow", 2)
        dates = {
            "start": self.day(plan["start"]),
            "goal": self.day(plan["goal_date"]),
            "days": self.days(plan["total_days"]),
        }
        if plan["unknown_times"]:
            said = self.word("plan.dates_least", n=plan["unknown_times"], **dates)
        else:
            said = self.word("plan.dates", **dates)
        self.line(said, indent=2)
        self.line(f"▲ {self.word('plan.critical')}", "dim", 2)
        numbers = {step["id"]: step["n"] for step in plan["steps"]}
        afterwards = False
        for step in plan["steps"]:
            if step["after_goal"] and not afterwards:
                afterwards = True
                self.gap()
                self.line(self.word("plan.after_goal"), "bold", 2)
            self._step(step, numbers)
        self._costs(plan)
        self._deadlines(plan)
        self._papers(plan)
        self._never_pay(document)

    def _step(self, step: dict[str, Any], numbers: dict[str, int]) -> None:
        title = Text(step["title"], style="bold")
        marks = [
            self.word(f"step.{mark}") for mark in ("critical", "goal", "perhaps") if step[mark]
        ]
        if marks:
            sign = "  ▲ " if step["critical"] else "  "
            title.append(f"{sign}{', '.join(marks)}", style="not bold yellow")
        self.gap()
        self.item(f"{step['n']}.", title, "bold", 2)
        if step["text"]:
            self.line(step["text"], indent=5)
        table = self.table("", "")
        table.show_header = False
        for key, value in self._details(step, numbers):
            table.add_row(Text(self.word(f"step.{key}"), style="dim"), Text(value))
        self.put(table, 5)

    def _details(self, step: dict[str, Any], numbers: dict[str, int]) -> list[tuple[str, str]]:
        rows = [("when", self._when(step))]
        rows.append(("who", ", ".join(actor["name"] for actor in step["actors"])))
        if step["place"]:
            rows.append(("where", step["place_name"]))
        if step["office"]:
            office = step["office"]
            names = dict.fromkeys((office["name"], office["name_local"], office["website"]))
            rows.append(("office", ", ".join(name for name in names if name)))
        before = [self.word("step.step", n=numbers[id]) for id in step["needs"] if id in numbers]
        if before:
            rows.append(("after", ", ".join(before)))
        times = []
        if step["time"]:
            known = step["time"]["known"]
            text = step["time"]["text"]
            times.append(self.word("step.by_law", time=text) if known else text)
        if step["usual"]:
            times.append(self.word("step.usual", time=step["usual"]))
        if times:
            rows.append(("time", "; ".join(times)))
        rows += [("cost", self._fee(fee)) for fee in step["fees"]]
        for key in ("needs", "gives"):
            if step["papers"][key]:
                rows.append((key, "; ".join(paper["name"] for paper in step["papers"][key])))
        if step["deadline"]:
            rows.append(("deadline", self._deadline(step["deadline"], numbers)))
        rows.append(("source", self.source(step)))
        return rows

    def _when(self, step: dict[str, Any]) -> str:
        if step["starts"] == step["earliest"]:
            said = self.word("step.on", day=self.day(step["earliest"]))
        else:
            said = self.word(
                "step.between", start=self.day(step["starts"]), end=self.day(step["earliest"])
            )
        if step["latest"] and step["latest"] != step["earliest"]:
            said += "; " + self.word("step.latest", day=self.day(step["latest"]))
        return said

    def _fee(self, fee: dict[str, Any]) -> str:
        said = f"{fee['name']}: {fee['shown']}. {fee['payer_name']}."
        if fee["text"]:
            said += f" {fee['text']}"
        return f"{said} [{self.source(fee)}]"

    def _deadline(self, deadline: dict[str, Any], numbers: dict[str, int]) -> str:
        said = self.day(deadline["date"])
        if deadline["of"]:
            said = self.word(
                f"step.deadline_{'before' if deadline['before'] else 'after'}",
                day=said,
                time=deadline["text"],
                what=self.word("step.step", n=numbers[deadline["of"]]),
            )
        if deadline["missed"]:
            said += f". {deadline['missed']}"
        return f"{said} [{self.source(deadline)}]"

    def _costs(self, plan: dict[str, Any]) -> None:
        self.heading(self.word("costs"))
        if not plan["totals"]:
            self.line(self.word("costs.none"), indent=2)
            return
        table = self.table(self.word("costs.payer"), self.word("costs.amount"))
        table.columns[1].justify = "right"
        table.add_column("")
        for total in plan["totals"]:
            unknown = total["unknown_items"]
            note = self.word("costs.unknown", n=unknown) if unknown else ""
            table.add_row(Text(total["payer_name"]), Text(total["shown"]), Text(note))
        self.put(table, 2)

    def _deadlines(self, plan: dict[str, Any]) -> None:
        if not plan["deadlines"]:
            return
        self.heading(self.word("deadlines"))
        if self.narrow:
            for due in plan["deadlines"]:
                text = Text(f"{self.day(due['date'])}: ", style="bold")
                text.append(f"{due['actor_name']}. {due['n']}. {due['title']}", style="not bold")
                if due["missed"]:
                    text.append(f". {due['missed']}", style="not bold dim")
                self.item("•", text, indent=2)
            return
        keys = ("day", "who", "what", "missed")
        table = self.table(*(self.word(f"deadlines.{key}") for key in keys))
        for due in plan["deadlines"]:
            what = f"{due['n']}. {due['title']}"
            cells = (self.day(due["date"]), due["actor_name"], what, due["missed"])
            table.add_row(*(Text(cell) for cell in cells))
        self.put(table, 2)

    def _papers(self, plan: dict[str, Any]) -> None:
        if not plan["papers"]:
            return
        self.heading(self.word("papers"))
        table = self.table(*(self.word(f"papers.{key}") for key in ("paper", "from", "needed")))
        for paper in plan["papers"]:
            comes = self._steps(paper["from_steps"]) or self.word("papers.have")
            if self.narrow:
                needed = self._steps(paper["needed_at"])
                parts = [f"{self.word('papers.from')}: {comes}"]
                parts += [f"{self.word('papers.needed')}: {needed}"] if needed else []
                text = Text(paper["name"])
                text.append(f". {'. '.join(parts)}", style="dim")
                self.item("☐", text, indent=2)
                continue
            table.add_row(
                Text(f"☐ {paper['name']}"), Text(comes), Text(self._steps(paper["needed_at"]))
            )
        if not self.narrow:
            self.put(table, 2)

    def _steps(self, numbers: list[int]) -> str:
        return ", ".join(self.word("step.step", n=n) for n in numbers)

    def _never_pay(self, document: dict[str, Any]) -> None:
        plan = document["plan"]
        found = {item["charge"]: item for item in (*plan["violations"], *plan["never_pay"])}
        if not found:
            return
        self.heading(self._of_reader("never_pay", document))
        for item in found.values():
            text = Text(item["name"], style="bold")
            text.append(f". {item['text']}", style="not bold")
            text.append(f"  [{self.source(item)}]", style="not bold dim")
            self.item("✗", text, "red", 2)

    def _needed(self, document: dict[str, Any]) -> None:
        if not document["needed"]:
            return
        self.heading(self.word("needed"))
        for need in document["needed"]:
            text = Text(need["question"])
            example = "|".join(option["value"] for option in need["options"])
            if not example:
                example = EXAMPLES.get(need["type"], "…")
            if need["type"] == "money":
                example = f"'… {need['unit']}'"
            text.append(f"  --answer {need['input']}={example}", style="dim")
            self.item("?", text, "cyan", 2)

    def _help(self, document: dict[str, Any]) -> None:
        if not document["services"]:
            return
        self.heading(self.word("help"))
        for service in document["services"]:
            text = Text(service["name"], style="bold")
            facts = [service["number"]]
            if service["number_abroad"]:
                facts.append(self.word("help.abroad", number=service["number_abroad"]))
            if service["free"]:
                facts.append(self.word("help.free"))
            facts += [service["hours"], service["website"]]
            said = ", ".join(fact for fact in facts if fact)
            text.append(f"  {said}", style="not bold")
            self.item("•", text, indent=2)
            if service["text"]:
                self.line(service["text"], indent=4)
            if service["languages"]:
                spoken = (self._language(code) for code in service["languages"])
                self.line(self.word("help.languages", languages=", ".join(spoken)), "dim", 4)

    def _language(self, code: str) -> str:
        return str(self.reader.locale.languages.get(code, code))
