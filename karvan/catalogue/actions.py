"""What happens to editions: they are published, and then never change."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from karvan.catalogue.bundles import pack
from karvan.catalogue.models import Edition
from karvan.errors import Refused
from karvan.policy import edition as policy
from karvan.policy.checking import check


@transaction.atomic
def publish_edition(*, edition: policy.Edition, at: datetime | None = None) -> Edition | None:
    """Publish an edition that passes its checks; None where it already is the newest.

    Content that went back to an earlier state makes that earlier edition the newest again.
    Raises Refused, naming the first of what is amiss.
    """
    newest = Edition.objects.filter(state=edition.state).first()
    if newest and newest.hash == edition.hash:
        return None
    amiss = [finding for finding in check(edition) if finding.serious]
    if amiss:
        raise Refused(
            "edition_amiss",
            "{edition} cannot be published: {count} things are amiss, first {first}",
            edition=edition.id,
            count=len(amiss),
            first=str(amiss[0]),
        )
    published, _ = Edition.objects.update_or_create(
        edition_id=edition.id,
        defaults={
            "state": edition.state,
            "hash": edition.hash,
            "bundle": pack(edition.files),
            "published_at": at or timezone.now(),
        },
    )
    return published
