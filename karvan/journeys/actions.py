"""What happens to saved journeys: they are saved, deleted, and purged when their time is over."""

from datetime import date, timedelta

from django.utils.translation import gettext_noop

from karvan.errors import Refused
from karvan.journeys.codes import keys_of, new_code
from karvan.journeys.models import SavedJourney
from karvan.journeys.notes import Notes, pack

KEPT_DAYS = 90


def save_journey(*, notes: Notes, today: date) -> tuple[str, date]:
    """Keep the notes; gives the code, which is not kept, and the last day they are kept.

    Raises Refused where there is nothing to keep.
    """
    if not notes:
        raise Refused("nothing_to_save", gettext_noop("There are no answers to save."))
    code, expires_on = new_code(), today + timedelta(days=KEPT_DAYS)
    keys = keys_of(code)
    SavedJourney.objects.create(
        lookup=keys.lookup, sealed=keys.fernet.encrypt(pack(notes)), expires_on=expires_on
    )
    return code, expires_on


def delete_saved_journey(*, code: str) -> None:
    """Delete at once. Raises Refused where nothing is kept under the code."""
    deleted, _ = SavedJourney.objects.filter(lookup=keys_of(code).lookup).delete()
    if not deleted:
        raise Refused("nothing_saved", gettext_noop("Nothing is kept under this code."))


def purge_saved_journeys(*, today: date) -> int:
    """Delete what has been kept past its last day; gives how many were."""
    return SavedJourney.objects.filter(expires_on__lt=today).delete()[0]
