"""The dimensions of an edition: which codes have figures, what they are called, in which order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from karvan.analysis.periods import parse_period
from karvan.analysis.tables import DIMENSIONS, FEMALE, MALE, OTHERS, TOTAL, UNSTATED
from karvan.observatory import wording
from karvan.observatory.about import category_title
from karvan.observatory.content import vocabulary
from karvan.observatory.models import Observation
from karvan.observatory.queries import Edition
from karvan.observatory.selection import Selection

_AREAS = ("origin", "destination")
# All come before their parts; what is not told apart comes last.
_LAST = {OTHERS: 1, UNSTATED: 2}
_SEXES = {FEMALE: 0, MALE: 1, TOTAL: 2}


@lru_cache(maxsize=256)
def codes_of(edition: Edition) -> Mapping[str, frozenset[str]]:
    """The codes of each dimension that have figures. An edition never changes, so that a process
    asks once."""
    rows = Observation.objects.filter(edition_id=edition.id)
    return MappingProxyType(
        {
            name: frozenset(rows.order_by().values_list(name, flat=True).distinct())
            for name in DIMENSIONS
        }
    )


@lru_cache(maxsize=16)
def editions_by_corridor(editions: tuple[Edition, ...]) -> frozenset[int]:
    """The ids of those editions that have figures from one country to another."""
    no_country = (TOTAL, OTHERS, UNSTATED)
    return frozenset(
        Observation.objects.filter(edition_id__in=[edition.id for edition in editions])
        .exclude(origin__in=no_country)
        .exclude(destination__in=no_country)
        .order_by()
        .values_list("edition_id", flat=True)
        .distinct()
    )


def count_of(chosen: Selection, edition: Edition) -> int:
    """How many figures a selection has."""
    codes = {f"{name}__in": wanted for name, wanted in chosen.codes}
    return Observation.objects.filter(edition_id=edition.id, **codes).count()


def title(edition: Edition, dimension: str) -> str:
    """What a dimension is called; the two ends of a corridor are what the concept says they are."""
    known = vocabulary()
    concept = known.concepts.get(edition.series.concept)
    said = getattr(concept, dimension, "") if dimension in _AREAS else ""
    if said:
        path = f"concepts.{edition.series.concept}.{dimension}"
        return known.said(path, said, get_language() or "en")
    return {
        "origin": _("Where from"),
        "destination": _("Where to"),
        "sex": _("Sex"),
        "age": _("Age"),
        "category": _("Kind"),
        "period": _("Period"),
    }[dimension]


def name_of(edition: Edition, dimension: str, code: str) -> str:
    if dimension in _AREAS:
        return wording.area(code)
    if dimension == "sex":
        return wording.sex(code)
    if dimension == "category":
        return category_title(edition, code)
    if dimension == "age":
        return _("all ages") if code == TOTAL else code
    return wording.period(code)


def in_order(edition: Edition, dimension: str, codes: Iterable[str]) -> list[tuple[str, str]]:
    """(code, name): areas by the reader's alphabet, time as it runs, kinds as their series has
    them."""
    named = [(code, name_of(edition, dimension, code)) for code in codes]
    if dimension in _AREAS:
        alphabet = {code: place for place, (code, _name) in enumerate(_countries(codes))}
        return sorted(named, key=lambda each: (_LAST.get(each[0], 0), alphabet.get(each[0], -1)))
    if dimension == "sex":
        return sorted(named, key=lambda each: _SEXES.get(each[0], len(_SEXES)))
    if dimension == "category":
        written = {code: place for place, code in enumerate(edition.series.categories)}
        return sorted(named, key=lambda each: (_LAST.get(each[0], 0), written.get(each[0], -1)))
    if dimension == "age":
        return sorted(named, key=lambda each: (each[0] != TOTAL, _years(each[0]), each[0]))
    spans = {code: parse_period(code) for code, _name in named}
    return sorted(named, key=lambda each: (spans[each[0]].first, spans[each[0]].last))


def _countries(codes: Iterable[str]) -> list[tuple[str, str]]:
    return wording.in_order(code for code in codes if code not in (TOTAL, OTHERS, UNSTATED))


def _years(age: str) -> int:
    found = re.search(r"\d+", age)
    return int(found[0]) if found else 0
