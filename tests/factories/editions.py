"""Editions of the law, published without waiting for the checks that publishing runs."""

from datetime import UTC, datetime
from functools import cache

from karvan.catalogue.bundles import pack
from karvan.catalogue.models import Edition
from karvan.policy import edition as policy

PUBLISHED = datetime(2026, 11, 2, 9, tzinfo=UTC)


@cache
def _law(state: str) -> tuple[policy.Edition, bytes]:
    edition = policy.load_edition(state)
    return edition, pack(edition.files)


def published(state: str = "TR", at: datetime = PUBLISHED) -> policy.Edition:
    """The content's own law of a State, as published."""
    edition, bundle = _law(state)
    Edition.objects.create(
        state=edition.state,
        edition_id=edition.id,
        hash=edition.hash,
        bundle=bundle,
        published_at=at,
    )
    return edition


def published_with(files: dict[str, bytes], at: datetime = PUBLISHED) -> policy.Edition:
    """An edition of other files."""
    edition = policy.edition_from_files(files)
    Edition.objects.create(
        state=edition.state,
        edition_id=edition.id,
        hash=edition.hash,
        bundle=pack(files),
        published_at=at,
    )
    return edition


def reworded(state: str = "TR") -> dict[str, bytes]:
    """The files of a State's law with one comment more: another edition that says the same."""
    edition, _bundle = _law(state)
    name = next(name for name in edition.files if name.endswith("country.yaml"))
    return {**edition.files, name: edition.files[name] + b"# Another edition.\n"}
