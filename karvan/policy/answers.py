"""Reading answers as people give them, and saying what is wrong with those that cannot be used."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from typing import Any

from karvan.policy.errors import AnswerError
from karvan.policy.law import Law
from karvan.policy.model import Input
from karvan.policy.values import format_value, parse_value

_NUMBER = re.compile(r"-?\d(?:[\d  _.,]*\d)?")


def read_answers(law: Law, given: Mapping[str, Any]) -> dict[str, Any]:
    """Typed values by input. Texts are read; values that fit are taken as they are."""
    return {name: read_answer(law, name, value) for name, value in given.items()}


def read_answer(law: Law, name: str, value: Any) -> Any:
    entry = law.inputs.get(name)
    if entry is None:
        near = get_close_matches(name, law.inputs, 3, 0.5)
        raise AnswerError(f"There is no question '{name}'.", input=name, nearest=near)
    if not isinstance(value, str):
        value = format_value(value)
    try:
        found = parse_value(value, entry.type)
        _within(entry, found)
    except ValueError as error:
        raise AnswerError(
            f"The answer to '{name}' cannot be used: {error}",
            input=name,
            nearest=nearest_values(law, entry, value),
        ) from None
    domain = law.domain(entry.type)
    if domain and found not in domain:
        raise AnswerError(
            f"The answer to '{name}' cannot be used: '{value}' is no known code.",
            input=name,
            nearest=nearest_values(law, entry, value),
        )
    return found


def _within(entry: Input, value: Any) -> None:
    if entry.low is not None and value < entry.low:
        raise ValueError(f"{format_value(value)} is less than {format_value(entry.low)}.")
    if entry.high is not None and value > entry.high:
        raise ValueError(f"{format_value(value)} is more than {format_value(entry.high)}.")


def nearest_values(law: Law, entry: Input, text: str) -> list[str]:
    """Valid answers close to what was given, best first."""
    kind = entry.type.name
    if kind == "boolean":
        return ["yes", "no"]
    if kind == "choice":
        return get_close_matches(text.lower(), entry.type.options, 3, 0.4) or list(
            entry.type.options
        )
    if kind == "country":
        return nearest_countries(law, text)
    if kind == "occupation":
        return nearest_occupations(law, text)
    if kind == "date":
        return nearest_days(text)
    found = _NUMBER.search(text)
    number = re.sub(r"[  _]|,(?=\d{3}\b)", "", found[0]).replace(",", ".") if found else ""
    money = f"{number} {entry.type.unit}"
    for near in (money if kind == "money" else number, number.split(".")[0]):
        try:
            value = parse_value(near, entry.type)
            _within(entry, value)
        except ValueError:
            continue
        return [format_value(value)]
    return [format_value(bound) for bound in (entry.low, entry.high) if bound is not None]


def nearest_days(text: str) -> list[str]:
    """The day that a text in another form, or a day that no calendar has, may have meant."""
    numbers = [int(number) for number in re.findall(r"\d+", text)[:3]]
    if len(numbers) != 3:
        return []
    year, month, day = numbers if numbers[0] > 31 else reversed(numbers)
    if not 1000 <= year <= 9999:
        return []
    month = min(max(month, 1), 12)
    return [f"{year:04}-{month:02}-{min(max(day, 1), monthrange(year, month)[1]):02}"]


def get_close_matches(word: str, known: Iterable[str], n: int, cutoff: float) -> list[str]:
    from difflib import get_close_matches  # only when something is wrong

    return get_close_matches(word, list(known), n, cutoff)


def nearest_countries(law: Law, text: str) -> list[str]:
    code = text.strip().upper()
    if code in law.countries:
        return [code]
    from babel import Locale  # only when something is wrong

    names = {Locale("en").territories[c].lower(): c for c in law.countries}
    close = get_close_matches(text.strip().lower(), names, 3, 0.6)
    if close:
        return [names[name] for name in close]
    return get_close_matches(code, sorted(law.countries), 3, 0.5)


def nearest_occupations(law: Law, text: str) -> list[str]:
    units = {code: label for code, label in law.occupations.items() if len(code) == 4}
    text = text.strip().lower()
    if text.isdigit():
        stem = text[:4]
        while stem:
            found = sorted(code for code in units if code.startswith(stem))
            if found:
                return found[:5]
            stem = stem[:-1]
        return []
    whole = [code for code, label in units.items() if text and text in label.english.lower()]
    near = {code: _likeness(text, label.english) for code, label in units.items()}
    alike = sorted((code for code in near if near[code] >= 0.6), key=lambda code: -near[code])
    return list(dict.fromkeys((*whole[:3], *alike)))[:5]


def _likeness(text: str, label: str) -> float:
    """How much a word of the label is like the text, from 0 to 1."""
    words = label.lower().replace(",", " ").split()
    from difflib import SequenceMatcher  # only when something is wrong

    return max((SequenceMatcher(None, text, word).ratio() for word in words), default=0.0)
