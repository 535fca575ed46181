"""What has to be known of figures: whose count, of what, how, when, from where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from karvan.analysis.tables import TOTAL, Status
from karvan.observatory import wording
from karvan.observatory.cards import SourceCard
from karvan.observatory.queries import Edition, Figure


@dataclass(frozen=True)
class Source:
    title: str
    url: str
    published: str
    sure: str
    note: str


@dataclass(frozen=True)
class About:
    """What has to be known of a figure: whose count, of what, how, when, from where."""

    series: str
    definition: str
    reporter: str
    counted_by: str
    reference: str
    edition: str
    published: str
    loaded_on: str
    note: str
    changed: str
    licence: str
    missing: str
    unit: str
    sources: tuple[Source, ...]


def about(edition: Edition, figures: Iterable[Figure]) -> About:
    """What has to be known about these figures of one edition."""
    series, card = edition.series, edition.card
    base = f"editions.{card.key}"
    named = {figure.source for figure in figures}
    missing = sum(figure.value is None and figure.lower is None for figure in figures)
    withheld = sum(figure.status == Status.SUPPRESSED for figure in figures)
    to = {figure.destination for figure in figures}
    counted = [
        text_of(edition, f"{base}.counted_by.{number}", words)
        for number, (words, destinations) in enumerate(card.counted_by.items(), 1)
        if to & set(destinations)
    ]
    return About(
        series=text_of(edition, "title", series.title),
        definition=text_of(edition, "definition", series.definition),
        reporter=text_of(edition, "reporter", series.reporter),
        counted_by="; ".join(counted),
        reference=wording.reference(series.reference),
        edition=edition_title(edition),
        published=card.published,
        loaded_on=edition.loaded_on,
        note=text_of(edition, f"{base}.note", card.note),
        changed=text_of(edition, f"{base}.changed", card.changed),
        licence=card.licence,
        missing=_missing(missing - withheld, withheld),
        unit=wording.unit(series.unit),
        sources=tuple(
            _source(edition, key, source) for key, source in card.sources.items() if key in named
        ),
    )


def text_of(edition: Edition, path: str, english: str) -> str:
    return edition.series.said(path, english, get_language() or "en")


def edition_title(edition: Edition) -> str:
    return text_of(edition, f"editions.{edition.card.key}.title", edition.card.title)


def source_of(edition: Edition) -> str:
    """Who counted, and in which edition."""
    return f"{text_of(edition, 'reporter', edition.series.reporter)}, {edition_title(edition)}"


def category_title(edition: Edition, code: str) -> str:
    english = edition.series.categories.get(code)
    if english:
        return text_of(edition, f"categories.{code}", english)
    return {TOTAL: _("all"), "_O": _("others"), "_U": _("not stated")}.get(code, code)


def _source(edition: Edition, key: str, source: SourceCard) -> Source:
    note = text_of(edition, f"editions.{edition.card.key}.sources.{key}.note", source.note)
    return Source(source.title, source.url, source.published, wording.sureness(source.sure), note)


def _missing(unknown: int, withheld: int) -> str:
    if not unknown and not withheld:
        return _("No figure is missing here. A missing one would be a gap, never zero.")
    parts = []
    if unknown:
        parts.append(
            ngettext(
                "{count} figure is unknown. Unknown is a gap, never zero.",
                "{count} figures are unknown. Unknown is a gap, never zero.",
                unknown,
            ).format(count=unknown)
        )
    if withheld:
        parts.append(
            ngettext(
                "{count} figure is withheld, so that nobody can be recognised.",
                "{count} figures are withheld, so that nobody can be recognised.",
                withheld,
            ).format(count=withheld)
        )
    return " ".join(parts)
