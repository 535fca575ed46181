"""Which figures are meant, as an address can say it: a series, an edition and codes.

`series=un-migrant-stock&edition=2024&origin=KG&destination=TR&sex=F.M` is the same selection on a
page, in a download, in an embedded chart and in a living figure. Several codes of one dimension are
separated by dots.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urlencode

from django.utils.translation import gettext_noop

from karvan.analysis.tables import DIMENSIONS, Table
from karvan.errors import Refused
from karvan.observatory.queries import Edition, Figure, current_editions, figures, table_of

LATEST = "latest"
MOST_CODES = 300


@dataclass(frozen=True)
class Selection:
    """`edition` LATEST is whichever is the newest when it is looked at."""

    series: str
    edition: str
    codes: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def query(self) -> str:
        """The one address of this selection."""
        named = {"series": self.series, "edition": self.edition}
        return urlencode(named | {name: ".".join(codes) for name, codes in self.codes})

    def of(self, edition: Edition) -> Selection:
        return Selection(edition.series.key, edition.card.key, self.codes)

    def found_edition(self) -> Edition:
        """Raises Refused where there is no such series or edition."""
        editions = current_editions(series=[self.series])
        if not editions:
            raise _unknown("series", self.series, _known_series())
        if self.edition == LATEST:
            return editions[-1]
        for edition in editions:
            if edition.card.key == self.edition:
                return edition
        raise _unknown("edition", self.edition, [each.card.key for each in editions])

    def figures(self, edition: Edition) -> list[Figure]:
        return figures([edition], **dict(self.codes))

    def table(self, edition: Edition) -> Table:
        return table_of(edition, **dict(self.codes))


def selection(series: str, edition: str = LATEST, **codes: str | Iterable[str] | None) -> Selection:
    """A selection in its one spelling: dimensions in their order, codes sorted."""
    chosen = []
    for name in DIMENSIONS:
        wanted = codes.get(name)
        if wanted:
            given = {wanted} if isinstance(wanted, str) else set(wanted)
            chosen.append((name, tuple(sorted(given))))
    return Selection(series, edition, tuple(chosen))


def selection_in(query: Mapping[str, str]) -> Selection:
    """The selection of an address. Raises Refused where no series is named or codes are too many
    or no text of ours."""
    series = query.get("series", "")
    if not series:
        raise Refused("no_series", gettext_noop("Name a series: the address lacks 'series='."))
    codes = {name: [code for code in query.get(name, "").split(".") if code] for name in DIMENSIONS}
    for name, wanted in codes.items():
        if len(wanted) > MOST_CODES or any(
            len(code) > 40 or not code.isprintable() for code in wanted
        ):
            raise Refused(
                "codes_unreadable",
                gettext_noop("What the address asks of '{name}' cannot be read."),
                name=name,
            )
    return selection(series[:80].replace("\0", ""), query.get("edition") or LATEST, **codes)


def _unknown(what: str, given: str, known: list[str]) -> Refused:
    near = get_close_matches(given, known, 3, 0.3) or known[:8]
    sentence = {
        "series": gettext_noop("There is no series '{given}' here. Nearest: {near}."),
        "edition": gettext_noop("The series has no edition '{given}'. Nearest: {near}."),
    }[what]
    return Refused(f"unknown_{what}", sentence, what=what, given=given, near=", ".join(near))


def _known_series() -> list[str]:
    return sorted({edition.series.key for edition in current_editions()})
