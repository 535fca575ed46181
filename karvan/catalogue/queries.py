"""Reads of the published law."""

from datetime import date
from functools import lru_cache

from django.utils.translation import gettext_noop

from karvan.catalogue.bundles import unpack
from karvan.catalogue.models import Edition
from karvan.errors import Refused
from karvan.policy import edition as policy
from karvan.policy.checking import missing_texts
from karvan.policy.wording import Reader


def current_edition(state: str) -> policy.Edition:
    """The newest published edition of a State, by its code. Raises Refused where there is none."""
    newest = Edition.objects.filter(state=state).values_list("hash", flat=True).first()
    if newest is None:
        raise _no_edition()
    return edition_of(newest)


def current_editions() -> list[policy.Edition]:
    """The newest edition of each State that has one, in the order of their codes."""
    newest: dict[str, str] = {}
    for state, hash in Edition.objects.values_list("state", "hash").order_by("published_at", "pk"):
        newest[state] = hash
    return [edition_of(hash) for _, hash in sorted(newest.items())]


def edition_in_folder(folder: str) -> policy.Edition | None:
    """The newest edition of the State whose content folder is named so in addresses."""
    return next((edition for edition in current_editions() if edition.folder == folder), None)


def published_on(edition_id: str) -> date:
    return Edition.objects.values_list("published_at", flat=True).get(edition_id=edition_id).date()


def is_translated(edition: policy.Edition, language: str) -> bool:
    """Whether every text of the edition can be shown in the language."""
    return language == "en" or _is_translated(edition.hash, language)


@lru_cache(maxsize=64)
def _is_translated(hash: str, language: str) -> bool:
    return next(missing_texts(edition_of(hash).law, language), None) is None


@lru_cache(maxsize=16)
def edition_of(hash: str) -> policy.Edition:
    """The published edition with this hash."""
    # An edition never changes, so its checked form may stay in memory as long as the process.
    bundle = Edition.objects.values_list("bundle", flat=True).get(hash=hash)
    return policy.edition_from_files(unpack(bytes(bundle)))


def _no_edition() -> Refused:
    return Refused(
        "no_edition", gettext_noop("The law of this State has not been published here yet.")
    )


def hotlines(edition: policy.Edition, language: str) -> dict[str, object]:
    """The numbers a person may call in a State: number, name and what they are for."""
    reader = Reader(edition.law, language)
    lines = [
        {
            "number": service.number,
            "name": reader.say(service.name),
            "text": reader.say(service.text),
            "hours": reader.say(service.hours),
            "urgent": "emergency" in service.topics,
        }
        for service in edition.law.services
        if service.number
    ]
    return {"state": edition.state, "lines": lines}
