"""Finding an occupation of ISCO-08 by a word, a code or its group."""

import unicodedata
from collections.abc import Callable, Mapping

FOUND_AT_MOST = 12
# Letters cut from the end of a word until something is found: nurse → nurs → nursing.
_CUT_AT_MOST, _SHORTEST = 3, 4


def matching(labels: Mapping[str, tuple[str, ...]], typed: str) -> list[str]:
    """Codes of unit groups whose label, or whose group's label, holds every word; best first.

    `labels` gives the wordings of each code of the classification, of all levels.
    """
    typed = typed.strip()
    if typed.isdigit():
        return sorted(code for code in labels if len(code) == 4 and code.startswith(typed))[
            :FOUND_AT_MOST
        ]
    words = [word for word in plain(typed).split() if len(word) > 1]
    if not words:
        return []
    texts = {code: [f" {plain(label)} " for label in own] for code, own in labels.items()}
    # First what has the very words, then what begins with them, then with less and less of them,
    # then what holds them.
    found = dict.fromkeys(_units_where(texts, _begins_each([f"{word} " for word in words])))
    for cut in range(_CUT_AT_MOST + 1):
        stems = [word[: max(len(word) - cut, min(len(word), _SHORTEST))] for word in words]
        found |= dict.fromkeys(_units_where(texts, _begins_each(stems)))
    found |= dict.fromkeys(_units_where(texts, _holds_each(words)))
    return list(found)[:FOUND_AT_MOST]


def below(labels: Mapping[str, object], group: str) -> list[str]:
    """The next level down: major groups, then sub-major groups, then unit groups."""
    length = {0: 1, 1: 2}.get(len(group), 4)
    return sorted(code for code in labels if len(code) == length and code.startswith(group))


def plain(text: str) -> str:
    """Small letters without accents, so that any keyboard finds the word, and nothing else."""
    letters = unicodedata.normalize("NFKD", text.replace("I", "i").casefold())
    kept = "".join(c for c in letters if not unicodedata.combining(c)).replace("ı", "i")
    return " ".join("".join(c if c.isalnum() else " " for c in kept).split())


def _begins_each(stems: list[str]) -> Callable[[str], bool]:
    return lambda text: all(f" {stem}" in text for stem in stems)


def _holds_each(stems: list[str]) -> Callable[[str], bool]:
    return lambda text: all(stem in text for stem in stems)


def _units_where(texts: Mapping[str, list[str]], fits: Callable[[str], bool]) -> list[str]:
    groups = sorted((code for code, own in texts.items() if any(map(fits, own))), key=_narrow_first)
    return [
        code
        for group in groups
        for code in sorted(texts)
        if len(code) == 4 and code.startswith(group)
    ]


def _narrow_first(code: str) -> tuple[int, str]:
    return -len(code), code
