"""The documents of `karvan law` as text for people."""

from __future__ import annotations

import re
from typing import Any

from rich.text import Text
from rich.tree import Tree

from karvan.cli.text import Page

_BRACES = re.compile(r"\{(\w+)\}")

OUTCOMES = {
    "applies": ("·", ""),
    "holds": ("✓", "green"),
    "fails": ("✗", "red"),
    "possible": ("?", "cyan"),
    "announced": ("!", "yellow"),
    "excluded": ("–", "dim"),
}


class LawText(Page):
    def editions(self, document: dict[str, Any]) -> None:
        for found in document["editions"]:
            covers = found["covers"]
            span = self.word(
                "law.from_until", start=self.day(covers["from"]), end=self.day(covers["to"])
            )
            self.line(f"{found['state']}  {found['name']}", "bold")
            self.line(f"{found['edition']} · {span}", indent=4)

    def policies(self, document: dict[str, Any]) -> None:
        self.line(f"{self.reader.say(self.law.name)} · {document['edition']}", "bold")
        for policy in document["policies"]:
            text = Text(policy["id"], style="bold")
            text.append(f"  {policy['title']}", style="not bold")
            self.item("•", text, indent=2)
            if policy["summary"]:
                self.line(policy["summary"], "dim", 4)

    def policy(self, document: dict[str, Any]) -> None:
        policy = document["policy"]
        self.line(f"{self.reader.say(self.law.name)} · {policy['title']}", "bold")
        self.line(f"{self.day(document['date'])} · {document['edition']}", "dim")
        if policy["summary"]:
            self.line(policy["summary"])
        parts = [
            self._parameters(policy),
            self._values(policy),
            self._tables(policy),
            self._statuses(policy),
            self._procedures(policy),
        ]
        if not any(parts):
            self.line(self.word("law.nothing", day=self.day(document["date"])))
        self._sources(policy)

    def _span(self, entry: dict[str, Any]) -> str:
        start, end = entry["from"], entry["until"]
        if start and end:
            return self.word("law.from_until", start=self.day(start), end=self.day(end))
        if start:
            return self.word("law.since", day=self.day(start))
        return self.word("law.until", day=self.day(end)) if end else self.word("law.always")

    def _grounds(self, entry: dict[str, Any]) -> str:
        return f"[{self._span(entry)} · {self.source(entry)}]"

    def _entry(self, sign: str, text: str, entry: dict[str, Any], indent: int = 4) -> None:
        shown = Text(self._named(text))
        shown.append(f"  {self._grounds(entry)}", style="dim")
        self.item(sign, shown, indent=indent)

    def _named(self, text: str) -> str:
        """With the names of terms where their values would stand for a person."""

        def name(match: re.Match[str]) -> str:
            found = self.law.term_name(match[1])
            return f"“{self.reader.say(found)}”" if found else match[1]

        return _BRACES.sub(name, text)

    def _name(self, entry: dict[str, Any]) -> None:
        text = Text(entry["name"], style="bold")
        text.append(f"  {entry['id']}", style="not bold dim")
        self.put(text, 2)

    def _parameters(self, policy: dict[str, Any]) -> bool:
        found = [p for p in policy["parameters"] if any(v["now"] for v in p["values"])]
        if found:
            self.heading(self.word("law.parameters"))
        for parameter in found:
            self._name(parameter)
            for entry in parameter["values"]:
                if entry["now"]:
                    said = " ".join(part for part in (entry["value_shown"], entry["note"]) if part)
                    self._entry("=", said, entry)
        return bool(found)

    def _values(self, policy: dict[str, Any]) -> bool:
        if policy["values"]:
            self.heading(self.word("law.values"))
        for entry in policy["values"]:
            self._name(entry)
            self._entry("=", entry["expression"], entry)
        return bool(policy["values"])

    def _tables(self, policy: dict[str, Any]) -> bool:
        """Rows of a table that looks at a date of its own hold by that date: all are shown."""
        found = False
        for table in policy["tables"]:
            rows = [row for row in table["rows"] if row["now"] or table["at"] != "on"]
            if rows and not found:
                found = True
                self.heading(self.word("law.tables"))
            if rows:
                self._name(table)
            for row in rows:
                self._row(table, row)
        return found

    def _row(self, table: dict[str, Any], row: dict[str, Any]) -> None:
        cells = [
            f"{column['name']}: {cell}"
            for column, cell in zip(table["columns"], row["cells"], strict=True)
            if cell
        ]
        when = "; ".join(cells) or self.word("law.otherwise")
        gives = "; ".join(
            f"{output['name']}: {given}"
            for output, given in zip(table["outputs"], row["gives"], strict=True)
        )
        self._entry("·", f"{when} → {gives}", row)
        if row["text"]:
            self.line(self._named(row["text"]), indent=6)

    def _statuses(self, policy: dict[str, Any]) -> bool:
        found = [status for status in policy["statuses"] if status["now"]]
        if found:
            self.heading(self.word("law.statuses"))
        for status in found:
            self._name(status)
            if status["guard"]:
                self.line(self.word("law.if", expression=status["guard"]), "dim", 4)
            for condition in status["conditions"]:
                if condition["now"]:
                    guard = condition["guard"]
                    when = f"{self.word('law.if', expression=guard)}: " if guard else ""
                    self._entry("✓", f"{when}{condition['text']}", condition)
            for right in status["rights"]:
                if right["now"]:
                    self._entry("•", right["text"], right)
        return bool(found)

    def _procedures(self, policy: dict[str, Any]) -> bool:
        if policy["procedures"]:
            self.heading(self.word("law.procedures"))
        for procedure in policy["procedures"]:
            self._name(procedure)
            steps = [step for step in procedure["steps"] if step["now"]]
            for n, step in enumerate(steps, 1):
                facts = [step["title"]]
                if step["time"]:
                    facts.append(self.word("step.by_law", time=step["time"]))
                if step["deadline"]:
                    facts.append(f"{self.word('step.deadline')}: {step['deadline']}")
                self._entry(f"{n}.", "; ".join(facts), step)
        return bool(policy["procedures"])

    def _sources(self, policy: dict[str, Any]) -> None:
        if not policy["sources"]:
            return
        self.heading(self.word("law.sources"))
        for source in policy["sources"]:
            names = dict.fromkeys((source["title"], source["title_local"], source["url"]))
            self.item("•", " · ".join(name for name in names if name), indent=2)

    def _about(self, found: dict[str, Any]) -> Text:
        text = Text(f"{found['name']}: ")
        text.append(found["shown"], style="bold")
        standing = found["standing"]
        facts = [found["term"], standing["text"] if standing else ""]
        text.append(f"  {' · '.join(fact for fact in facts if fact)}", style="dim")
        return text

    def value(self, document: dict[str, Any]) -> None:
        self.put(self._about(document))
        self.line(f"{self.day(document['date'])} · {document['edition']}", "dim")
        for rule in document["rules"]:
            sign, style = OUTCOMES.get(rule["outcome"], ("?", "cyan"))
            self.item(sign, self._rule(rule), style, 2)
        if document["needed"]:
            asked = "; ".join(f"{need['name']} ({need['input']})" for need in document["needed"])
            self.line(self.word("depends", questions=asked), "cyan", 2)

    def _rule(self, rule: dict[str, Any]) -> Text:
        said = rule["text"] or rule["id"]
        text = Text(f"{said}  " if said else "")
        text.append(f"{self._grounds(rule)} {rule['file']}:{rule['line']}", style="dim")
        return text

    def trace(self, document: dict[str, Any]) -> None:
        self.line(f"{self.day(document['date'])} · {document['edition']}", "dim")
        found = document["trace"]
        tree = Tree(self._about(found))
        self._branch(tree, found)
        self.put(tree)

    def _branch(self, tree: Tree, found: dict[str, Any]) -> None:
        if found["repeated"]:
            tree.add(Text(self.word("law.seen"), style="dim"))
            return
        for rule in found["rules"]:
            sign, style = OUTCOMES.get(rule["outcome"], ("?", "cyan"))
            tree.add(Text(f"{sign} ", style=style).append_text(self._rule(rule)))
        for rule in found["excluded"]:
            why = (
                self.word("law.because", name=rule["name"], value=rule["shown"])
                if rule["term"]
                else self.word("law.precedence", row=rule["precedence"])
            )
            said = f"– {rule['id']}: {self.word('law.excluded')}, {why}"
            tree.add(Text(said, style="dim"))
        for part in found["parts"]:
            self._branch(tree.add(self._about(part)), part)

    def diff(self, document: dict[str, Any]) -> None:
        days = {"start": self.day(document["from"]), "end": self.day(document["to"])}
        if not document["groups"]:
            self.line(self.word("law.no_changes", **days))
            return
        name = self.reader.say(self.law.name)
        self.line(self.word("law.changes", state=name, **days), "bold")
        for group in document["groups"]:
            self.gap()
            self.line(group["provision"], "bold")
            for change in group["changes"]:
                self._change(change)

    def _change(self, change: dict[str, Any]) -> None:
        sign, style = {"added": ("+", "green"), "ended": ("−", "red")}.get(
            change["kind"], ("±", "yellow")
        )
        text = Text(change["name"])
        text.append(f"  {change['term']} · {self.word('law.' + change['kind'])}", style="dim")
        if change["from"]:
            since = self.word("law.since", day=self.day(change["from"]))
            text.append(f" · {since}", style="dim")
        self.item(sign, text, style, 2)
        for when in ("before", "after"):
            if change[when]:
                self.line(self._named(f"{self.word(f'law.{when}')}: {change[when]}"), indent=4)
