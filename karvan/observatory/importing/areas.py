"""Countries by whatever name a file gives them: ISO 3166-1, M49, or words in our languages."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files

from babel import Locale
from babel.core import get_global

from karvan.analysis.tables import OTHERS, TOTAL, UNSTATED

# A region is the sum of its countries and is left out; an area without one ISO code (the Channel
# Islands, a State that is no more) cannot be kept under a country.
REGION, NO_CODE = "region", "none"
LANGUAGES = ("en", "ru", "tr", "kk", "ky", "uz", "tg", "az", "tk", "fa", "ur")
_NO_COUNTRIES = {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"}
# What the UN Population Division numbers beyond M49: from 900 on, sums; 2003 are the others.
_FIRST_SUM = 900
_NUMBERED = {900: TOTAL, 2003: OTHERS}
_EMPTY_WORDS = {
    *("the", "of", "republic", "rep", "islamic", "plurinational", "state", "bolivarian", "federal"),
    *("arab", "kingdom", "республика", "республики", "королевство", "исламская"),
    *("cumhuriyeti", "islam"),
}
_FOOTNOTE = re.compile(r"(?<=[^\W\d])[\s(\[]*[\d*†‡]+[)\]]*$")


def plain(text: str) -> str:
    """A text without case, marks and punctuation, for comparing names."""
    folded = unicodedata.normalize("NFKD", text.strip().casefold().replace("ı", "i"))
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = re.sub(r"[\W_]+", " ", bare.replace("&", " and ")).split()
    return " ".join("saint" if word == "st" else word for word in words)


def area_code(text: str) -> str | None:
    """The code of a country; TOTAL, OTHERS, UNSTATED, REGION or NO_CODE; None if not known."""
    given = text.strip()
    if given in (TOTAL, OTHERS, UNSTATED):
        return given
    number = given.removesuffix(".0")
    if number.isascii() and number.isdigit():
        return _numbered(int(number))
    by_name, by_core = _names()
    if given.isascii() and given.isalpha() and len(given) in (2, 3):
        code = _coded(given.upper()) or by_name.get(plain(given))
        if code:
            return code
    name = plain(_FOOTNOTE.sub("", given))
    return by_name.get(name) or by_core.get(_core(name))


def nearest_names(text: str) -> list[str]:
    """Names and codes like one that is not known, best first."""
    by_name, _ = _names()
    near = get_close_matches(plain(text), by_name, 6, 0.7)
    codes = dict.fromkeys(by_name[name] for name in near if len(by_name[name]) == 2)
    names = Locale("en").territories
    return [f"{names.get(code, code)} ({code})" for code in list(codes)[:3]]


def _numbered(number: int) -> str | None:
    if number in _NUMBERED:
        return _NUMBERED[number]
    if number >= _FIRST_SUM:
        return REGION
    key = f"{number:03}"
    if codes := get_global("territory_aliases").get(key):
        return _single(codes)
    if key in Locale("en").territories:
        return TOTAL if number == 1 else REGION
    return None


def _coded(code: str) -> str | None:
    if len(code) == 2:
        known = code in Locale("en").territories and code not in _NO_COUNTRIES
        return code if known else None
    codes = get_global("territory_aliases").get(code)
    return _single(codes) if codes else None


def _single(codes: Iterable[str]) -> str:
    found = list(codes)
    return found[0] if len(found) == 1 else NO_CODE


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Codes by plain name, and by the name without words that many States share."""
    found: dict[str, str] = {}
    with (files(__package__) / "areas.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            found[plain(row["name"])] = row["code"]
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in _NO_COUNTRIES:
                continue
            meant = REGION if code.isdigit() else code
            found.setdefault(plain(name), meant)
    cores: dict[str, set[str]] = {}
    for name, code in found.items():
        cores.setdefault(_core(name), set()).add(code)
    return found, {core: min(codes) for core, codes in cores.items() if core and len(codes) == 1}


def _core(name: str) -> str:
    return " ".join(word for word in name.split() if word not in _EMPTY_WORDS)
