"""A policy made ready for its page."""

import re
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from karvan.catalogue.queries import edition_of
from karvan.policy.edition import Edition
from karvan.policy.engine import Evaluation
from karvan.policy.showing import policy_document
from karvan.policy.values import Gap
from karvan.policy.wording import Reader

_TERM = re.compile(r"\{(\w+)\}")


# A large policy takes a third of a second to write out, and is the same for everybody.
@lru_cache(maxsize=48)
def policy_shown(hash: str, policy: str, on: date, language: str) -> dict[str, Any]:
    """A policy of the edition with this hash: its document, with the rows apart by time and the
    terms in its texts filled in. It is shared, so nobody changes it."""
    edition = edition_of(hash)
    said = policy_document(edition, policy, on=on, language=language)
    for table in said["tables"]:
        _prepare_rows(table)
    _fill_terms(edition, said, on, Reader(edition.law, language))
    return said


def _prepare_rows(table: dict[str, Any]) -> None:
    """Names beside cells and outcomes; rows of the day apart from those of other times."""
    for row in table["rows"]:
        names = (column["name"] for column in table["columns"])
        row["when"] = [(name, cell) for name, cell in zip(names, row["cells"], strict=True) if cell]
        outputs = (output["name"] for output in table["outputs"])
        row["outcomes"] = list(zip(outputs, row["gives"], strict=True))
    table["now_rows"] = [row for row in table["rows"] if row["now"]]
    table["other_rows"] = [row for row in table["rows"] if not row["now"]]


def _fill_terms(edition: Edition, said: dict[str, Any], on: date, reader: Reader) -> None:
    """Terms in braces: what they come to on the day, or their name where that differs by person."""
    run = Evaluation(edition, on, {})

    def filled(match: re.Match[str]) -> str:
        term = match[1]
        value = run.value(term)
        if isinstance(value, Gap):
            return _("“{term}”").format(term=reader.say(edition.law.term_name(term)))
        return reader.value(value, edition.law.types[term], term)

    texts = [entry for table in said["tables"] for entry in table["rows"]]
    for status in said["statuses"]:
        texts += [status, *status["conditions"], *status["rights"]]
    for entry in texts:
        for key in ("text", "summary"):
            if "{" in entry.get(key, ""):
                entry[key] = _TERM.sub(filled, entry[key])
